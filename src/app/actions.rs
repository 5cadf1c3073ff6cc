//! What works everywhere, whatever pane is in front; and every action of the program.

use super::{AccountLookup, App, Overlay, PaneId, Panes};
use crate::effect::{Confirm, ConfirmAction, Effect, Severity};
use crate::keys::{Action, Keymap, Scope};

/// An action, and what it does.
type GlobalRow = (Action, fn(&mut App) -> Vec<Effect>);

/// The actions before those that bring a pane to the front, in the order of the help.
const FIRST: &[GlobalRow] = &[
    (Action::QUIT, App::quit),
    (Action::HELP, |app| app.lay_over(Overlay::Help(0))),
    (PALETTE, |app| {
        app.lay_over(Overlay::Palette(Box::default()))
    }),
    (Action::BACK, App::back),
];

/// The actions after them.
const LAST: &[GlobalRow] = &[
    (
        Scope::GLOBAL.action("next-pane", &["tab"], "Next pane"),
        |app| app.go_to(app.pane.neighbour(1)),
    ),
    (
        Scope::GLOBAL.action("previous-pane", &["shift-tab"], "Previous pane"),
        |app| app.go_to(app.pane.neighbour(PaneId::ALL.len() - 1)),
    ),
    (
        Scope::GLOBAL.action("suspend", &["ctrl-z"], "Suspend to the shell"),
        App::suspend,
    ),
    (
        Scope::GLOBAL.action("redraw", &["ctrl-l"], "Draw the screen anew"),
        |_| vec![Effect::Redraw],
    ),
    (Action::REFRESH, App::refresh),
];

/// Lists what can be done here.
const PALETTE: Action = Scope::GLOBAL.action("palette", &[":"], "Find an action by its words");

/// The actions that work everywhere, in the order of the help.
pub(super) fn everywhere() -> impl Iterator<Item = Action> {
    let named = |rows: &'static [GlobalRow]| rows.iter().map(|(action, _)| *action);
    let panes = PaneId::ALL.into_iter().map(PaneId::action);
    named(FIRST).chain(panes).chain(named(LAST))
}

/// The built-in keys of every action of the program.
#[must_use]
pub fn keymap() -> Keymap {
    let moves = Action::MOVES.into_iter();
    Keymap::new(everywhere().chain(moves).chain(Panes::actions()))
}

impl App {
    /// Does what an action says: everywhere, or in the pane in front.
    pub(super) fn act(&mut self, action: Action) -> Vec<Effect> {
        let mut rows = FIRST.iter().chain(LAST);
        if let Some((_, run)) = rows.find(|(it, _)| *it == action) {
            return run(self);
        }
        let mut panes = PaneId::ALL.into_iter();
        match panes.find(|pane| pane.action() == action) {
            Some(pane) => self.go_to(pane),
            None => self.with_front(|pane, out| pane.act(action, out)),
        }
    }

    fn lay_over(&mut self, overlay: Overlay) -> Vec<Effect> {
        self.overlay = Some(overlay);
        Vec::new()
    }

    /// Dismisses the notice, else goes back in the pane.
    fn back(&mut self) -> Vec<Effect> {
        if self.notices.dismiss() {
            return Vec::new();
        }
        self.with_front(|pane, out| pane.act(Action::BACK, out))
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
        effects.extend(self.with_front(|pane, out| pane.act(Action::REFRESH, out)));
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_action_has_a_name_of_its_own_and_keys_that_are_keys() {
        let keymap = keymap();
        let names: HashSet<&str> = keymap.actions().iter().map(|action| action.name).collect();
        assert_eq!(names.len(), keymap.actions().len());
        for action in keymap.actions() {
            assert!(!action.keys.is_empty(), "{action:?} has no key");
            assert_eq!(
                keymap.chords(*action).len(),
                action.keys.len(),
                "{action:?} has a key that is none"
            );
        }
    }

    #[test]
    fn no_key_means_two_things_at_once() {
        let keymap = keymap();
        let same = keymap.clone().merged("keymap.toml", &keymap.sample());
        assert_eq!(same.unwrap(), keymap);
    }
}
