//! The palette: the actions that do something where the program is, to be found by a few letters.

use super::App;
use super::actions::everywhere;
use crate::effect::{Prompt, PromptOutcome};
use crate::keys::{Action, Chord, Scope};
use crate::text::fuzzy;

/// The letters typed so far, and the row that is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub prompt: Prompt,
    /// The chosen row.
    pub at: usize,
}

impl Default for Palette {
    fn default() -> Self {
        Self {
            prompt: Prompt::filter("Do", "letters of what it does; enter does it"),
            at: 0,
        }
    }
}

impl Palette {
    /// What can be chosen: the actions of the screen the footer names first, then the others, then those that work
    /// everywhere, and the moves; of these the ones with the letters typed, the best first.
    #[must_use]
    pub fn actions(&self, app: &App) -> Vec<Action> {
        let screen = app.front().available();
        let (moves, mut actions): (Vec<Action>, Vec<Action>) = screen
            .into_iter()
            .map(|(action, _)| action)
            .partition(|action| action.scope == Scope::MOVE && action.keys.len() > 1);
        let elsewhere: Vec<Action> = everywhere().filter(|it| !actions.contains(it)).collect();
        actions.extend(elsewhere);
        actions.extend(moves);
        let names: Vec<String> = actions
            .iter()
            .map(|action| format!("{} {}", action.help, action.name))
            .collect();
        let found = fuzzy(&self.prompt.text(), names.iter().map(String::as_str));
        found
            .into_iter()
            .filter_map(|at| actions.get(at).copied())
            .collect()
    }

    /// The chosen action, if any has the letters.
    pub(super) fn chosen(&self, app: &App) -> Option<Action> {
        self.actions(app).get(self.at).copied()
    }

    /// Takes a key; says what it did to the letters.
    pub(super) fn key(&mut self, chord: Chord, app: &App) -> PromptOutcome {
        let outcome = self.prompt.key(chord);
        match outcome {
            PromptOutcome::Edited => self.at = 0,
            PromptOutcome::Moved(rows) => {
                let last = self.actions(app).len().saturating_sub(1);
                self.at = self.at.saturating_add_signed(rows).min(last);
            }
            _ => {}
        }
        outcome
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str) {
        self.prompt.paste(text);
        self.at = 0;
    }
}
