//! The help texts made from the action table and the keymap: the overlay's sections, the README's table.

use std::fmt::Write as _;

use super::{Action, Keymap, Scope};

/// One block of the help overlay: its title, and per action the keys and what they do.
pub type Section = (&'static str, Vec<(String, &'static str)>);

/// The help where the keys of this scope work: that scope first, those around it, then the others. Actions without a
/// key and scopes without actions are left out.
#[must_use]
pub fn sections(keymap: &Keymap, nearest: &'static Scope) -> Vec<Section> {
    let mut scopes: Vec<&Scope> = nearest.chain().collect();
    for scope in keymap.scopes() {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    let sections = scopes
        .into_iter()
        .map(|scope| (scope.title, rows(keymap, scope)));
    sections.filter(|(_, rows)| !rows.is_empty()).collect()
}

/// All keys as Markdown tables, one per scope, for the README. Every action is listed, also without a key.
#[must_use]
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::new();
    for scope in keymap.scopes() {
        let separator = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            text,
            "{separator}**{}** (`[{}]`)\n\n| keys | action | what it does |\n|---|---|---|",
            scope.title, scope.name
        );
        for action in keymap.actions_of(scope) {
            let keys = markdown_keys(keymap, action);
            let _ = writeln!(text, "| {keys} | `{}` | {} |", action.name, action.help);
        }
    }
    text
}

fn rows(keymap: &Keymap, scope: &Scope) -> Vec<(String, &'static str)> {
    let bound = |action: &Action| !keymap.chords(*action).is_empty();
    let actions = keymap.actions_of(scope).filter(bound);
    actions
        .map(|action| (keys(keymap, action), action.help))
        .collect()
}

/// The keys of an action as the overlay shows them: `q ctrl-c`.
fn keys(keymap: &Keymap, action: Action) -> String {
    let names: Vec<String> = keymap
        .chords(action)
        .iter()
        .map(ToString::to_string)
        .collect();
    names.join(" ")
}

fn markdown_keys(keymap: &Keymap, action: Action) -> String {
    let chords = keymap.chords(action);
    if chords.is_empty() {
        return "none".to_owned();
    }
    let cells: Vec<String> = chords
        .iter()
        .map(|chord| format!("`{}`", chord.to_string().replace('|', "\\|")))
        .collect();
    cells.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::fixture::{PLAN, RUNS, keymap};

    #[test]
    fn the_readme_table_names_every_action_with_its_first_key() {
        let keymap = keymap();
        let table = markdown(&keymap);
        for action in keymap.actions() {
            let first = keymap.hint(*action);
            let line = table
                .lines()
                .find(|line| line.contains(&format!("| `{}` |", action.name)))
                .unwrap_or_else(|| panic!("no line for {}", action.name));
            assert!(line.starts_with(&format!("| `{first}`")), "{line}");
            assert!(line.ends_with(&format!("| {} |", action.help)), "{line}");
        }
    }

    #[test]
    fn sections_begin_where_the_keys_are_asked_for_and_skip_empty_ones() {
        let unbound =
            "[runs]\nnew-run = []\ncompare = []\nbaseline = []\nundo = []\nexport-run = []\n";
        let titles = |keymap: &Keymap, scope| -> Vec<&str> {
            let sections = sections(keymap, scope);
            sections.iter().map(|(title, _)| *title).collect()
        };
        assert_eq!(
            titles(&keymap(), RUNS),
            ["Runs and chart", "Moving", "Everywhere", "Plan"]
        );
        let keymap = keymap().merged("keymap.toml", unbound).unwrap();
        assert_eq!(titles(&keymap, PLAN), ["Plan", "Moving", "Everywhere"]);
        let plan = sections(&keymap, PLAN).remove(0);
        assert_eq!(plan.1, [("ctrl-s f5".to_owned(), "Start the run")]);
    }
}
