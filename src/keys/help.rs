//! The help texts made from the action table and the keymap: the overlay's sections, the README's table.

use std::fmt::Write as _;

use super::{ACTIONS, Action, Keymap, Scope};

/// One block of the help overlay: its title, and per action the keys and what they do.
pub type Section = (&'static str, Vec<(String, &'static str)>);

/// The help of these scopes, in the order given; actions without a key and scopes without actions are left out.
#[must_use]
pub fn sections(keymap: &Keymap, scopes: &[Scope]) -> Vec<Section> {
    scopes
        .iter()
        .map(|&scope| (scope.title(), rows(keymap, scope)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect()
}

/// All keys as Markdown tables, one per scope, for the README. Every action is listed, also without a key.
#[must_use]
pub fn markdown(keymap: &Keymap) -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        let mut actions = actions_of(scope).peekable();
        if actions.peek().is_none() {
            continue;
        }
        let separator = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(
            text,
            "{separator}**{}** (`[{}]`)\n\n| keys | action | what it does |\n|---|---|---|",
            scope.title(),
            scope.name()
        );
        for action in actions {
            let info = action.info();
            let _ = writeln!(
                text,
                "| {} | `{}` | {} |",
                markdown_keys(keymap, action),
                info.name,
                info.help
            );
        }
    }
    text
}

fn rows(keymap: &Keymap, scope: Scope) -> Vec<(String, &'static str)> {
    actions_of(scope)
        .filter(|&action| !keymap.chords(action).is_empty())
        .map(|action| (keys(keymap, action), action.info().help))
        .collect()
}

fn actions_of(scope: Scope) -> impl Iterator<Item = Action> {
    let rows = ACTIONS.iter().filter(move |info| info.scope == scope);
    rows.map(|info| info.action)
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

    #[test]
    fn the_readme_table_names_every_action_with_its_first_key() {
        let keymap = Keymap::defaults();
        let table = markdown(&keymap);
        for info in ACTIONS {
            let first = keymap.hint(info.action);
            let line = table
                .lines()
                .find(|line| line.contains(&format!("| `{}` |", info.name)))
                .unwrap_or_else(|| panic!("no line for {}", info.name));
            assert!(line.starts_with(&format!("| `{first}`")), "{line}");
            assert!(line.ends_with(&format!("| {} |", info.help)), "{line}");
        }
    }

    #[test]
    fn sections_follow_the_scopes_asked_for_and_skip_empty_ones() {
        let scopes = [Scope::Plan, Scope::Functions, Scope::Global];
        let unbound = "[functions]\nfunction-logs = []\n";
        let keymap = Keymap::defaults().merged("keymap.toml", unbound).unwrap();
        let sections = sections(&keymap, &scopes);
        let titles: Vec<_> = sections.iter().map(|(title, _)| *title).collect();
        assert_eq!(titles, ["Plan", "Everywhere"]);
        assert_eq!(sections[0].1, [("ctrl-s f5".to_owned(), "Start the run")]);
    }
}
