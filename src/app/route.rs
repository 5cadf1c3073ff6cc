//! The way of a key: text prompt, then overlay, then the focused pane's scopes, then the global one.

use super::{
    AccountLookup, App, Confirm, ConfirmAction, Effect, Overlay, PaneId, PromptOutcome, Severity,
    Verdict,
};
use crate::keys::{Action, Chord, Scope, help};

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
            PromptOutcome::Closed => {
                let Some(prompt) = self.prompt.take() else {
                    return Vec::new();
                };
                self.with_outbox(|panes, out| {
                    let pane = panes.get_mut(prompt.purpose.pane());
                    pane.prompt_closed(&prompt.purpose, out);
                })
            }
        }
    }

    fn prompt_edited(&mut self) -> Vec<Effect> {
        let Some(mut prompt) = self.prompt.take() else {
            return Vec::new();
        };
        let text = prompt.text();
        let effects = self.with_outbox(|panes, out| {
            let pane = panes.get_mut(prompt.purpose.pane());
            let edited = pane.prompt_edited(&prompt.purpose, &text, out);
            prompt.error = edited.err();
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
        let effects = self.with_outbox(|panes, out| {
            let pane = panes.get_mut(prompt.purpose.pane());
            taken = pane.prompt_submitted(&prompt.purpose, &text, out);
        });
        if let Err(why) = taken {
            prompt.error = Some(why);
            self.prompt = Some(prompt);
        }
        effects
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
        let action = self
            .context
            .keymap
            .action(&[Scope::Move, Scope::Global], chord);
        let last = self.help_length().saturating_sub(self.help_rows());
        let page = self.help_rows();
        self.overlay = match action {
            Some(Action::Down) => Some((from + 1).min(last)),
            Some(Action::Up) => Some(from.saturating_sub(1)),
            Some(Action::PageDown) => Some((from + page).min(last)),
            Some(Action::PageUp) => Some(from.saturating_sub(page)),
            Some(Action::Top) => Some(0),
            Some(Action::Bottom) => Some(last),
            Some(Action::Help | Action::Back | Action::Quit) => None,
            _ => Some(from.min(last)),
        }
        .map(Overlay::Help);
    }

    /// Rows of text in the help overlay.
    #[must_use]
    pub fn help_rows(&self) -> usize {
        usize::from(self.size.1.saturating_sub(4)).max(1)
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
        let mut scopes = self.scopes();
        scopes.extend(
            Scope::ALL
                .into_iter()
                .filter(|scope| !self.scopes().contains(scope)),
        );
        help::sections(&self.context.keymap, &scopes)
    }

    /// The scopes that hear a key now, the focused one first.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let mut scopes = self.front().scopes();
        scopes.extend([Scope::Move, Scope::Global]);
        scopes
    }

    fn pane_key(&mut self, chord: Chord) -> Vec<Effect> {
        if let Some(action) = self.context.keymap.action(&self.scopes(), chord) {
            return self.act(action);
        }
        // Escape and a key that arrive together, as over a slow line, look like a key with Alt.
        let Some([escape, key]) = chord.split() else {
            return Vec::new();
        };
        let mut effects = self.key(escape);
        effects.extend(self.key(key));
        effects
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return self.quit(),
            Action::Suspend => return self.suspend(),
            Action::Redraw => return vec![Effect::Redraw],
            Action::Help => self.overlay = Some(Overlay::Help(0)),
            Action::NextPane => return self.go_to(self.pane.neighbour(1)),
            Action::PreviousPane => {
                return self.go_to(self.pane.neighbour(PaneId::ALL.len() - 1));
            }
            Action::Back if self.notices.dismiss() => {}
            Action::Refresh => return self.refresh(),
            action => {
                let mut named = PaneId::ALL.into_iter();
                return match named.find(|pane| pane.action() == action) {
                    Some(pane) => self.go_to(pane),
                    None => self.with_front(|pane, out| pane.act(action, out)),
                };
            }
        }
        Vec::new()
    }

    /// Brings a pane to the front.
    fn go_to(&mut self, pane: PaneId) -> Vec<Effect> {
        if self.pane != pane {
            self.notices.hush();
        }
        self.pane = pane;
        self.with_front(|pane, out| pane.enter(out))
    }

    fn refresh(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.account.is_failed() {
            effects = self.with_account(AccountLookup::ask);
        }
        effects.extend(self.with_front(|pane, out| pane.act(Action::Refresh, out)));
        effects
    }

    /// Suspends, unless a stopped process would leave a function at a test size.
    fn suspend(&mut self) -> Vec<Effect> {
        let changing = self.panes.tuning.live().filter(|live| !live.restored);
        let Some(name) = changing.map(|live| live.name().to_owned()) else {
            return vec![Effect::Suspend];
        };
        let refusal = format!("A run is changing {name}; suspend after it is restored.");
        self.tell(Severity::Warning, refusal);
        Vec::new()
    }

    /// Leaves at once, or asks first when a run would have to be cut off.
    fn quit(&mut self) -> Vec<Effect> {
        let Some(live) = self.panes.tuning.live().filter(|_| !self.leaving) else {
            self.leaving = true;
            return vec![Effect::Quit];
        };
        self.overlay = Some(Overlay::Confirm(Confirm {
            question: format!("Cancel the run of {} and quit?", live.name()),
            details: vec![
                "Its memory size is restored and the run's own versions are deleted first; the samples so far are kept.".to_owned(),
            ],
            answer: ConfirmAction::CancelAndQuit,
        }));
        Vec::new()
    }
}
