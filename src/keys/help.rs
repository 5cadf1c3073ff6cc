//! The help texts made from the action table and the keymap: the overlay's sections, the tables of `help keys`.

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

/// All keys as tables in HTML, one per scope. Every action is listed, also without a key.
#[must_use]
pub fn html(keymap: &Keymap) -> String {
    let mut html = String::new();
    for scope in keymap.scopes() {
        let (title, name) = (scope.title, scope.name);
        let _ = writeln!(html, "<h2>{title} <code>[{name}]</code></h2>\n<table>");
        html.push_str("<tr><th>keys</th><th>what it does</th><th>action</th></tr>\n");
        for action in keymap.actions_of(scope) {
            let (keys, help) = (escaped(&keys(keymap, action)), escaped(action.help));
            let keys = if keys.is_empty() { "none" } else { &keys };
            let _ = writeln!(
                html,
                "<tr><td>{keys}</td><td>{help}</td><td>{}</td></tr>",
                action.name
            );
        }
        html.push_str("</table>\n");
    }
    html
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::fixture::{PLAN, RUNS, keymap};

    #[test]
    fn the_tables_name_every_action_with_its_keys() {
        let bound = "[runs]\nundo = []\nnew-run = [\"<\", \"&\"]\n";
        let keymap = keymap().merged("keymap.toml", bound).unwrap();
        let html = html(&keymap);
        for action in keymap.actions() {
            let row = format!("<td>{}</td><td>{}</td></tr>", action.help, action.name);
            let line = html.lines().find(|line| line.ends_with(&row));
            assert!(line.is_some(), "no row for {}", action.name);
        }
        assert!(html.contains("<tr><td>none</td><td>Undo"), "{html}");
        assert!(html.contains("<tr><td>&lt; &amp;</td><td>"), "{html}");
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
