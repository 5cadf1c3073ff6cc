//! What works everywhere, whatever pane is in front; and every action of the program.

use super::{AccountLookup, App, Overlay, Palette, PaneId, Panes};
use crate::effect::{Confirm, ConfirmAction, Effect, Severity};
use crate::keys::{Action, Keymap, Scope};

/// An action, and what it does.
type GlobalRow = (Action, fn(&mut App) -> Vec<Effect>);

/// The actions before those that bring a pane to the front, in the order of the help.
const FIRST: &[GlobalRow] = &[
    (Action::QUIT, quit),
    (Action::HELP, |app| lay_over(app, Overlay::Help(0))),
    (PALETTE, |app| {
        lay_over(app, Overlay::Palette(Box::new(Palette::open(app))))
    }),
    (Action::BACK, back),
];

/// The actions after them.
const LAST: &[GlobalRow] = &[
    (
        Scope::GLOBAL.action("next-pane", &["tab"], "Next pane"),
        |app| go_to(app, app.pane.neighbour(1)),
    ),
    (
        Scope::GLOBAL.action("previous-pane", &["shift-tab"], "Previous pane"),
        |app| go_to(app, app.pane.neighbour(PaneId::ALL.len() - 1)),
    ),
    (
        Scope::GLOBAL.action("suspend", &["ctrl-z"], "Suspend to the shell"),
        suspend,
    ),
    (
        Scope::GLOBAL.action("redraw", &["ctrl-l"], "Draw the screen anew"),
        |_| vec![Effect::Redraw],
    ),
    (Action::REFRESH, refresh),
];

/// Lists what can be done here.
pub(super) const PALETTE: Action =
    Scope::GLOBAL.action("palette", &[":"], "Find an action by its words");

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

/// Does what an action says: everywhere, or in the pane in front.
pub(super) fn act(app: &mut App, action: Action) -> Vec<Effect> {
    let mut rows = FIRST.iter().chain(LAST);
    if let Some((_, run)) = rows.find(|(it, _)| *it == action) {
        return run(app);
    }
    let mut panes = PaneId::ALL.into_iter();
    match panes.find(|pane| pane.action() == action) {
        Some(pane) => go_to(app, pane),
        None => app.with_front(|pane, out| pane.act(action, out)),
    }
}

fn lay_over(app: &mut App, overlay: Overlay) -> Vec<Effect> {
    app.overlay = Some(overlay);
    Vec::new()
}

/// Dismisses the notice, else goes back in the pane.
fn back(app: &mut App) -> Vec<Effect> {
    if app.notices.dismiss() {
        return Vec::new();
    }
    app.with_front(|pane, out| pane.act(Action::BACK, out))
}

/// Brings a pane to the front.
fn go_to(app: &mut App, pane: PaneId) -> Vec<Effect> {
    app.bring_to_front(pane);
    let mut effects = app.ask_account();
    effects.extend(app.with_front(|pane, out| pane.enter(out)));
    effects
}

fn refresh(app: &mut App) -> Vec<Effect> {
    let mut effects = Vec::new();
    if app.account.is_failed() && app.front().needs_account() {
        effects = app.with_account(AccountLookup::ask);
    }
    effects.extend(app.with_front(|pane, out| pane.act(Action::REFRESH, out)));
    effects
}

/// Suspends, unless a stopped process would leave a function at a test size.
fn suspend(app: &mut App) -> Vec<Effect> {
    let changing = app.panes.tuning.live().filter(|live| !live.restored);
    let Some(name) = changing.map(|live| live.name().to_owned()) else {
        return vec![Effect::Suspend];
    };
    let refusal = format!("A run is changing {name}; suspend after it is restored.");
    app.tell(Severity::Warning, refusal);
    Vec::new()
}

/// Leaves at once, or asks first when a run would have to be cut off.
fn quit(app: &mut App) -> Vec<Effect> {
    let Some(live) = app.panes.tuning.live().filter(|_| !app.leaving) else {
        app.leaving = true;
        let mut effects = app.with_outbox(|panes, out| panes.articles.store_place(out));
        effects.push(Effect::Quit);
        return effects;
    };
    app.overlay = Some(Overlay::Confirm(Confirm {
        question: format!("Cancel the run of {} and quit?", live.name()),
        details: vec![
            "Its memory size is restored and the run's own versions are deleted first; the samples so far are kept.".to_owned(),
        ],
        answer: ConfirmAction::CancelAndQuit,
    }));
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_declared_once_with_keys_that_are_keys() {
        let keymap = keymap();
        let moves = Action::MOVES.into_iter();
        for action in everywhere().chain(moves).chain(Panes::actions()) {
            let known = keymap.actions().iter().find(|it| **it == action).unwrap();
            assert_eq!(
                (known.scope.name, known.keys, known.help),
                (action.scope.name, action.keys, action.help),
                "{action:?} is the name of two actions"
            );
            assert!(!action.keys.is_empty(), "{action:?} has no key");
            assert_eq!(
                keymap.chords(action).len(),
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
