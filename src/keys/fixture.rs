//! A few actions for tests of this room.

use super::{Action, Keymap, Scope};

pub(super) const RUNS: &Scope = &Scope::of_screen("runs", "Runs and chart");
pub(super) const PLAN: &Scope = &Scope::of_screen("plan", "Plan");
pub(super) const NEW_RUN: Action = RUNS.action("new-run", &["n"], "Pick a function and plan a run");
pub(super) const COMPARE: Action = RUNS.action("compare", &["c", "m"], "Mark or unmark the run");
pub(super) const UNDO: Action = RUNS.action("undo", &["u"], "Undo the last delete");

/// The keys of those actions.
pub(super) fn keymap() -> Keymap {
    let mut actions = vec![Action::QUIT, Action::HELP, Action::BACK, Action::REFRESH];
    actions.extend(Action::MOVES);
    actions.extend([
        NEW_RUN,
        COMPARE,
        RUNS.action(
            "baseline",
            &["b"],
            "Make the size under the cursor the baseline",
        ),
        UNDO,
        RUNS.action("export-run", &["e"], "Write the run to a file"),
        PLAN.action("start", &["ctrl-s", "f5"], "Start the run"),
    ]);
    Keymap::new(actions)
}
