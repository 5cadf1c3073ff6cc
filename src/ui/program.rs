//! The application as the event loop drives it: the update of [`App`], and the view.

use std::time::Duration;

use jiff::SignedDuration;
use ratatui::Frame;

use crate::app::{App, Effect, Msg, PaneId, Program};

impl Program for App {
    fn start(&mut self) -> Vec<Effect> {
        Self::start(self)
    }

    fn update(&mut self, batch: Vec<Msg>) -> Vec<Effect> {
        self.update_all(batch)
    }

    /// The elapsed time of a live run goes on between two reports, and so do the ages of log rows; feeds become due, and
    /// good news passes.
    fn heartbeat(&self) -> Option<Duration> {
        let passing = self.notices.passes_in(self.now);
        let passing = passing.map(SignedDuration::unsigned_abs);
        passing.into_iter().chain(self.beat()).min()
    }

    fn view(&self, frame: &mut Frame<'_>) {
        super::view(self, frame);
    }
}

impl App {
    fn beat(&self) -> Option<Duration> {
        let beat = |id: PaneId| {
            let pane = self.panes.get(id);
            pane.beat(&self.context, id == self.pane)
        };
        PaneId::ALL.into_iter().filter_map(beat).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Backend;
    use crate::app::fixture::{context, form, press, ready};

    #[test]
    fn only_a_live_run_wants_to_be_told_the_time() {
        let mut app = ready(context());
        assert_eq!(app.heartbeat(), None);
        form(&mut app);
        press(&mut app, "ctrl-s");
        assert_eq!(app.heartbeat(), Some(Duration::from_secs(1)));
    }

    #[test]
    fn the_time_goes_on_where_feeds_become_due() {
        let mut app = ready(context());
        app.pane = PaneId::Articles;
        assert_eq!(app.heartbeat(), None, "the demo fetches nothing unasked");
        app.context.source = Backend::Aws;
        assert_eq!(app.heartbeat(), Some(Duration::from_mins(1)));
    }
}
