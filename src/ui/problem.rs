//! What stands in place of a list that could not be loaded: why, and the key and the command that help.

use crate::effect::Problem;
use crate::keys::{Action, Keymap};
use crate::text;

/// Why a list is not there, and what helps.
pub(super) fn not_loaded(problem: &Problem, keymap: &Keymap) -> String {
    let why = text::sentence(&problem.sentence);
    let retry = keymap.way_to(Action::REFRESH);
    let words = format!("{why} Press {retry} to try again.");
    match problem.kind.command() {
        Some(command) => format!("{words} `{command}` looks into it."),
        None => words,
    }
}
