//! The list of sample events that letters narrow, over the plan form.

use crate::panes::stepped;
use crate::power::{SampleEvent, events};
use crate::text::fuzzy;

/// The sample events that have the letters typed so far, and the one in front.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EventChooser {
    words: String,
    chosen: Option<&'static str>,
    /// What was typed as the payload when the list was opened from there.
    typed: Option<String>,
}

impl EventChooser {
    /// A list before anything is typed, opened over this text of the payload if it was being edited.
    pub(super) fn over(typed: Option<String>) -> Self {
        Self {
            typed,
            ..Self::default()
        }
    }

    /// The events with the letters typed, the best first.
    #[must_use]
    pub fn entries(&self) -> Vec<&'static SampleEvent> {
        let all = events::all();
        let names: Vec<String> = all
            .iter()
            .map(|event| format!("{} {}", event.name, event.title))
            .collect();
        let found = fuzzy(&self.words, names.iter().map(String::as_str));
        found.into_iter().filter_map(|at| all.get(at)).collect()
    }

    /// The event in front: the chosen one, else the first.
    #[must_use]
    pub fn selected(&self) -> Option<&'static SampleEvent> {
        let entries = self.entries();
        let chosen = entries.iter().find(|event| Some(event.name) == self.chosen);
        chosen.or(entries.first()).copied()
    }

    /// Takes other letters.
    pub(super) fn narrow(&mut self, words: &str) {
        words.clone_into(&mut self.words);
        self.chosen = None;
    }

    /// Moves to another event; it stops at the ends.
    pub(super) fn step(&mut self, rows: isize) {
        let entries = self.entries();
        let names = entries.iter().map(|event| event.name);
        self.chosen = stepped(names, self.chosen, rows);
    }

    /// What was typed as the payload before.
    pub(super) fn into_typed(self) -> Option<String> {
        self.typed
    }
}

#[cfg(test)]
mod tests {
    use super::EventChooser;

    #[test]
    fn letters_narrow_the_list_and_the_first_is_in_front() {
        let mut chooser = EventChooser::default();
        assert_eq!(chooser.selected().unwrap().name, "empty");
        chooser.narrow("cogpre");
        let names: Vec<&str> = chooser.entries().iter().map(|it| it.name).collect();
        assert!(names.len() >= 3 && names.iter().all(|it| it.starts_with("cognito-")));
        chooser.step(1);
        assert_eq!(chooser.selected().unwrap().name, names[1]);
        chooser.narrow("zzqq");
        assert_eq!(chooser.selected(), None);
        chooser.step(1);
        assert_eq!(chooser.selected(), None);
    }
}
