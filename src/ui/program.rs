//! The application as the event loop drives it: the update of [`App`], and the view.

use std::time::Duration;

use jiff::SignedDuration;
use ratatui::Frame;

use crate::app::{App, Effect, Msg, PaneId};
use crate::panes::articles;
use crate::runtime::Program;

/// The elapsed time is shown in seconds.
const HEARTBEAT: Duration = Duration::from_secs(1);

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
        let shows_ages = self.pane == PaneId::Logs && self.logs.shows_ages();
        if self.tuning.live().is_some() || shows_ages {
            return Some(HEARTBEAT);
        }
        let fetches = self.pane == PaneId::Articles && articles::fetches_unasked(&self.context);
        fetches.then(|| articles::LOOK_EVERY.unsigned_abs())
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
        assert_eq!(app.heartbeat(), Some(HEARTBEAT));
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
