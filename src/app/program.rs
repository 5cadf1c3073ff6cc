//! The application as the event loop drives it.

use std::time::Duration;

use jiff::SignedDuration;
use ratatui::Frame;

use super::{App, PaneId};
use crate::effect::{Effect, Msg};

/// The application as the loop sees it: state, a pure update, a view.
pub trait Program {
    /// What is to be done first. Interpreted after the first frame.
    fn start(&mut self) -> Vec<Effect>;

    /// Takes a batch of messages, in order; returns what is to be done, in order.
    fn update(&mut self, batch: Vec<Msg>) -> Vec<Effect>;

    /// How often it wants to be told the time although nothing happens; `None` to be left alone.
    fn heartbeat(&self) -> Option<Duration>;

    /// Draws the state.
    fn view(&self, frame: &mut Frame<'_>);
}

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
        passing.into_iter().chain(beat(self)).min()
    }

    fn view(&self, frame: &mut Frame<'_>) {
        super::view(self, frame);
    }
}

/// How often the panes want to be told the time.
fn beat(app: &App) -> Option<Duration> {
    let of_pane = |id: PaneId| app.panes.get(id).beat(&app.context, id == app.pane);
    PaneId::ALL.into_iter().filter_map(of_pane).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture::{context, form, press, ready};
    use crate::effect::Backend;

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
