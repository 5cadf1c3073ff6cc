//! The application as the event loop drives it.

use std::time::Duration;

use ratatui::Frame;

use super::{Effect, Msg};

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
