//! The palette: the actions that do something where the program is, to be found by a few letters.

use super::App;
use super::actions::everywhere;
use crate::effect::{Effect, Prompt, PromptOutcome};
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

impl App {
    /// The actions of a palette: those of the screen the footer names first, then the others, then those that work
    /// everywhere, and the moves; of these the ones with the letters typed, the best first.
    #[must_use]
    pub fn palette(&self, palette: &Palette) -> Vec<Action> {
        let screen = self.front().available();
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
        let found = fuzzy(&palette.prompt.text(), names.iter().map(String::as_str));
        found
            .into_iter()
            .filter_map(|at| actions.get(at).copied())
            .collect()
    }

    pub(super) fn palette_key(&mut self, mut palette: Box<Palette>, chord: Chord) -> Vec<Effect> {
        let count = self.palette(&palette).len();
        match palette.prompt.key(chord) {
            PromptOutcome::Edited => palette.at = 0,
            PromptOutcome::Moved(rows) => {
                let there = palette.at.saturating_add_signed(rows);
                palette.at = there.min(count.saturating_sub(1));
            }
            PromptOutcome::Closed => {
                self.overlay = None;
                return Vec::new();
            }
            PromptOutcome::Submitted => {
                self.overlay = None;
                let chosen = self.palette(&palette).get(palette.at).copied();
                return chosen.map_or_else(Vec::new, |action| self.act(action));
            }
        }
        self.overlay = Some(super::Overlay::Palette(palette));
        Vec::new()
    }
}
