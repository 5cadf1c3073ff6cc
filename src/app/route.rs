//! The way of a key: text prompt, then overlay, then the pane if it takes keys itself, then the keymap, from the nearest
//! scope out.

use super::actions::act;
use super::{App, Overlay, Palette};
use crate::effect::{Confirm, Effect, PromptOutcome, Severity, Verdict};
use crate::keys::{Action, Chord, Scope, help};
use crate::panes::Move;

impl App {
    pub(super) fn key(&mut self, chord: Chord) -> Vec<Effect> {
        if self.prompt.is_some() {
            return self.prompt_key(chord);
        }
        match self.overlay.clone() {
            Some(Overlay::Confirm(confirm)) => self.confirm_key(confirm, chord),
            Some(Overlay::Help(from)) => {
                self.help_key(from, chord);
                Vec::new()
            }
            Some(Overlay::Palette(palette)) => self.palette_key(palette, chord),
            None => {
                let mut is_taken = false;
                let effects = self.with_front(|pane, out| is_taken = pane.key(chord, out));
                if is_taken {
                    effects
                } else {
                    self.pane_key(chord)
                }
            }
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        if let Some(prompt) = &mut self.prompt {
            prompt.paste(text);
            return self.prompt_edited();
        }
        if let Some(Overlay::Palette(mut palette)) = self.overlay.take_if(is_palette) {
            palette.paste(text, self);
            self.overlay = Some(Overlay::Palette(palette));
            return Vec::new();
        }
        self.tell(
            Severity::Info,
            "Nothing takes the pasted text here; open a prompt first.",
        );
        Vec::new()
    }

    fn prompt_key(&mut self, chord: Chord) -> Vec<Effect> {
        let Some(prompt) = &mut self.prompt else {
            return Vec::new();
        };
        match prompt.key(chord) {
            PromptOutcome::Edited => self.prompt_edited(),
            PromptOutcome::Moved(rows) => {
                self.panes.get_mut(self.pane).step(rows);
                Vec::new()
            }
            PromptOutcome::Submitted => self.prompt_submitted(),
            PromptOutcome::Aided(aid) => {
                let text = prompt.text();
                self.prompt = None;
                self.with_front(|pane, out| pane.prompt_aid(aid, text, out))
            }
            PromptOutcome::Closed => {
                self.prompt = None;
                self.with_front(|pane, out| pane.prompt_closed(out))
            }
        }
    }

    fn prompt_edited(&mut self) -> Vec<Effect> {
        let Some(mut prompt) = self.prompt.take() else {
            return Vec::new();
        };
        let text = prompt.text();
        let effects = self.with_front(|pane, out| {
            prompt.error = pane.prompt_edited(&text, out).err();
        });
        self.prompt = Some(prompt);
        effects
    }

    fn prompt_submitted(&mut self) -> Vec<Effect> {
        let Some(mut prompt) = self.prompt.take() else {
            return Vec::new();
        };
        let text = prompt.text();
        let mut taken = Ok(());
        let effects = self.with_front(|pane, out| taken = pane.prompt_submitted(&text, out));
        if let Err(why) = taken {
            prompt.error = Some(why);
            self.prompt = Some(prompt);
        }
        effects
    }

    fn palette_key(&mut self, mut palette: Box<Palette>, chord: Chord) -> Vec<Effect> {
        let outcome = palette.key(chord, self);
        self.overlay = None;
        match outcome {
            PromptOutcome::Closed => Vec::new(),
            PromptOutcome::Submitted => match palette.chosen(self) {
                Some(action) => act(self, action),
                None => Vec::new(),
            },
            PromptOutcome::Edited | PromptOutcome::Moved(_) | PromptOutcome::Aided(_) => {
                self.overlay = Some(Overlay::Palette(palette));
                Vec::new()
            }
        }
    }

    fn confirm_key(&mut self, confirm: Confirm, chord: Chord) -> Vec<Effect> {
        match Confirm::verdict(chord) {
            Verdict::Undecided => Vec::new(),
            Verdict::No => {
                self.overlay = None;
                Vec::new()
            }
            Verdict::Yes => {
                self.overlay = None;
                self.answer(confirm.answer)
            }
        }
    }

    fn help_key(&mut self, from: usize, chord: Chord) {
        let action = self.context.keymap.action(Scope::MOVE, chord);
        let last = self.help_length().saturating_sub(self.help_rows());
        let closes = [Action::HELP, Action::BACK, Action::QUIT];
        self.overlay = match action {
            Some(action) if closes.contains(&action) => None,
            action => {
                let rows = action
                    .and_then(Move::of)
                    .map_or(0, |step| step.rows(self.help_rows()));
                Some(Overlay::Help(from.saturating_add_signed(rows).min(last)))
            }
        };
    }

    /// Rows of text in the help overlay.
    #[must_use]
    pub fn help_rows(&self) -> usize {
        usize::from(self.terminal.whole.height.saturating_sub(4)).max(1)
    }

    /// Lines of text in the help overlay: a title, the keys and a blank line per section.
    #[must_use]
    pub fn help_length(&self) -> usize {
        self.help()
            .iter()
            .map(|(_, rows)| rows.len() + 2)
            .sum::<usize>()
            .saturating_sub(1)
    }

    /// The help of this place: what works here first.
    #[must_use]
    pub fn help(&self) -> Vec<help::Section> {
        help::sections(&self.context.keymap, self.front().scope())
    }

    fn pane_key(&mut self, chord: Chord) -> Vec<Effect> {
        if let Some(action) = self.context.keymap.action(self.front().scope(), chord) {
            return act(self, action);
        }
        // Escape and a key that arrive together, as over a slow line, look like a key with Alt.
        let Some([escape, key]) = chord.split() else {
            return Vec::new();
        };
        let mut effects = self.key(escape);
        effects.extend(self.key(key));
        effects
    }
}

fn is_palette(overlay: &mut Overlay) -> bool {
    matches!(overlay, Overlay::Palette(_))
}
