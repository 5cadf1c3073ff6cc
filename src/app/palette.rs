//! The palette: the actions that do something where the program is, to be found by a few letters.

use super::App;
use super::actions::{PALETTE, everywhere};
use crate::effect::{Prompt, PromptOutcome};
use crate::keys::{Action, Chord, Scope};
use crate::panes::Availability;
use crate::text::fuzzy;

/// The letters typed so far, and what is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub prompt: Prompt,
    /// The chosen action; it stays the same one however the list changes under it.
    chosen: Option<Action>,
}

/// An action of the palette, with the word the footer has for it, if it has one.
pub type PaletteEntry = (Action, Option<&'static str>);

impl Palette {
    /// A palette before anything is typed.
    pub(super) fn open(app: &App) -> Self {
        let mut palette = Self {
            prompt: Prompt::filter("", ""),
            chosen: None,
        };
        palette.choose_first(app);
        palette
    }

    /// What can be chosen: the actions of the screen the footer names first, then the others, then those that work
    /// everywhere, and the moves; of these the ones with the letters typed, the best first.
    #[must_use]
    pub fn entries(&self, app: &App) -> Vec<PaletteEntry> {
        let entries = entries(app);
        let names: Vec<String> = entries
            .iter()
            .map(|(action, word)| format!("{} {} {}", word.unwrap_or(""), action.help, action.name))
            .collect();
        let found = fuzzy(&self.prompt.text(), names.iter().map(String::as_str));
        found
            .into_iter()
            .filter_map(|at| entries.get(at).copied())
            .collect()
    }

    /// Whether this action is the chosen one.
    #[must_use]
    pub fn is_chosen(&self, action: Action) -> bool {
        self.chosen == Some(action)
    }

    /// The chosen action, as long as it is there.
    pub(super) fn chosen(&self, app: &App) -> Option<Action> {
        let is_there = |chosen: &Action| self.entries(app).iter().any(|(it, _)| it == chosen);
        self.chosen.filter(is_there)
    }

    /// Takes a key; says what it did to the letters.
    pub(super) fn key(&mut self, chord: Chord, app: &App) -> PromptOutcome {
        let before = self.prompt.text();
        let outcome = self.prompt.key(chord);
        match outcome {
            PromptOutcome::Edited if self.prompt.text() != before => self.choose_first(app),
            PromptOutcome::Moved(rows) => self.step(rows, app),
            _ => {}
        }
        outcome
    }

    /// Takes pasted text.
    pub(super) fn paste(&mut self, text: &str, app: &App) {
        self.prompt.paste(text);
        self.choose_first(app);
    }

    fn choose_first(&mut self, app: &App) {
        self.chosen = self.entries(app).first().map(|(action, _)| *action);
    }

    fn step(&mut self, rows: isize, app: &App) {
        let entries = self.entries(app);
        let here = entries.iter().position(|(it, _)| self.is_chosen(*it));
        let last = entries.len().saturating_sub(1);
        let there = here.map_or(0, |at| at.saturating_add_signed(rows).min(last));
        self.chosen = entries.get(there).map(|(action, _)| *action);
    }
}

/// Everything that can be done where the program is.
fn entries(app: &App) -> Vec<PaletteEntry> {
    let word = |stands| match stands {
        Availability::Offered(_, word) => Some(word),
        _ => None,
    };
    let of_screen = app.front().available().into_iter();
    let (moves, mut entries): (Vec<PaletteEntry>, Vec<PaletteEntry>) = of_screen
        .map(|(action, stands)| (action, word(stands)))
        .partition(|(action, word)| action.scope == Scope::MOVE && word.is_none());
    let is_new = |action: &Action| entries.iter().all(|(it, _)| it != action);
    let does_something = |action: &Action| {
        if *action == Action::BACK {
            app.notices.current().is_some()
        } else if *action == Action::REFRESH {
            app.account.is_failed()
        } else {
            *action != PALETTE && *action != app.pane.action()
        }
    };
    let elsewhere: Vec<Action> = everywhere()
        .filter(|action| is_new(action) && does_something(action))
        .collect();
    entries.extend(elsewhere.into_iter().map(|action| (action, None)));
    entries.extend(moves);
    entries
}
