//! The application as the event loop drives it: the update of [`App`], and the view.

use ratatui::Frame;

use crate::app::{App, Effect, Msg};
use crate::runtime::Program;

impl Program for App {
    fn start(&mut self) -> Vec<Effect> {
        Self::start(self)
    }

    fn update(&mut self, message: Msg) -> Vec<Effect> {
        Self::update(self, message)
    }

    fn update_all(&mut self, batch: Vec<Msg>) -> Vec<Effect> {
        Self::update_all(self, batch)
    }

    fn view(&self, frame: &mut Frame<'_>) {
        super::view(self, frame);
    }
}
