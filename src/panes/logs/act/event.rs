//! What each action does in one event.

use crate::app::{Outbox, Severity};
use crate::keys::Action;
use crate::panes::logs::{LogsPane, LogsScreen, OpenedEvent};
use crate::panes::moving::rows;

impl LogsPane {
    pub(super) fn act_on_event(&mut self, action: Action, out: &mut Outbox<'_>) {
        let LogsScreen::Event(opened) = &mut self.screen else {
            return;
        };
        if let Some(rows) = rows(action, out.page) {
            return opened.step(rows);
        }
        match action {
            Action::Left => opened.scroll(false),
            Action::Right => opened.scroll(true),
            Action::FoldValue | Action::Open => opened.fold(),
            Action::WrapEvent => self.turn_wrap(),
            Action::CopyValue | Action::CopyPath | Action::CopyEvent => self.copy_of(action, out),
            Action::ValueIn => self.filter_by_value(false, out),
            Action::ValueOut => self.filter_by_value(true, out),
            Action::NextEvent => self.open_beside(1, out),
            Action::PreviousEvent => self.open_beside(-1, out),
            Action::Back => self.screen = LogsScreen::Tail,
            _ => {}
        }
    }

    /// Wraps long lines or not; the next event that is opened is shown the same way.
    fn turn_wrap(&mut self) {
        if let (LogsScreen::Event(opened), Some(tail)) = (&mut self.screen, &mut self.tail) {
            opened.turn_wrap();
            tail.look.wraps_event = opened.wraps();
        }
    }

    fn copy_of(&self, action: Action, out: &mut Outbox<'_>) {
        let (LogsScreen::Event(opened), Some(tail)) = (&self.screen, &self.tail) else {
            return;
        };
        let (text, what) = match action {
            Action::CopyPath => (opened.path(), "the path"),
            Action::CopyValue => (opened.value().map(|value| tail.shown(&value)), "the value"),
            _ => (Some(tail.shown(opened.whole())), "the event"),
        };
        match text {
            Some(text) => out.copy(text, what.to_owned()),
            None => out.notice(Severity::Info, "There is no field here."),
        }
    }

    fn filter_by_value(&mut self, hides: bool, out: &mut Outbox<'_>) {
        let (LogsScreen::Event(opened), Some(tail)) = (&self.screen, &mut self.tail) else {
            return;
        };
        match opened.condition() {
            Some(condition) => {
                tail.put_filter(None, condition, hides, out);
                self.screen = LogsScreen::Tail;
            }
            None => out.notice(Severity::Info, "There is no value here to filter by."),
        }
    }

    fn open_beside(&mut self, places: isize, out: &mut Outbox<'_>) {
        let (LogsScreen::Event(opened), Some(tail)) = (&mut self.screen, &mut self.tail) else {
            return;
        };
        match tail.step_to_event(places) {
            Some(message) => **opened = OpenedEvent::new(message, opened.wraps()),
            None => out.notice(Severity::Info, "There is no further event."),
        }
    }
}
