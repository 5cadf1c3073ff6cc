//! The keymap file: reading its tables, the check that no key means two things at once, and the sample.

use std::fmt::Write as _;

use super::Keymap;
use crate::keys::{Action, Chord, ChordError, Scope};
use crate::text::nearest;
use crate::toml_file::{FileError, KeyValue, TomlDocument};

/// One line of the file: an action and its list.
pub(super) struct Binding {
    /// The action.
    pub(super) action: Action,
    /// Its chords, each with its line.
    pub(super) chords: Vec<(Chord, usize)>,
    line: usize,
}

/// What stands above the tables of the sample.
const PREFACE: &str = "\
# The keys of iacstone, as they are built in. Put your own lists into `keymap.toml` beside `config.toml`.
#
# One table per scope, one line per action: action = [\"key\", ...]. The first key is the one the footer shows.
# Your list replaces the list here for that action; an empty list leaves the action without a key.
# Keys: a character as typed (\"j\", \"G\", \"/\"), or space, enter, esc, tab, shift-tab, backspace, delete, insert,
# up, down, left, right, home, end, pgup, pgdn, f1 to f24, with ctrl-, alt- and shift- in front (\"ctrl-r\").
# No key may mean two things at once: keys of [global] and [move] are taken everywhere, those of [articles] in [article]
# too; two screens may share a key.
";

impl Keymap {
    /// This map as a keymap file.
    #[must_use]
    pub fn sample(&self) -> String {
        let mut text = PREFACE.to_owned();
        for scope in self.scopes() {
            let _ = writeln!(text, "\n[{}]", scope.name);
            for action in self.actions_of(scope) {
                let quoted = |chord: &Chord| toml::Value::from(chord.to_string()).to_string();
                let keys: Vec<String> = self.chords(action).iter().map(quoted).collect();
                let _ = writeln!(text, "{} = [{}]", action.name, keys.join(", "));
            }
        }
        text
    }
}

/// Reads the bindings in the order of the file.
pub(super) fn read(name: &str, text: &str, known: &Keymap) -> Result<Vec<Binding>, FileError> {
    let document = TomlDocument::parse(name, text)?;
    let mut bindings = Vec::new();
    for entry in document.root().entries() {
        let scope = scope(&entry, known)?;
        for entry in entry.section()?.entries() {
            bindings.push(binding(scope, &entry, known)?);
        }
    }
    Ok(bindings)
}

/// Checks the merged lists; the blame goes to the line that brought the chord, the later one of two.
pub(super) fn check(name: &str, merged: &Keymap, bindings: &[Binding]) -> Result<(), FileError> {
    for (index, binding) in bindings.iter().enumerate() {
        let comes_later = |action| bindings.iter().skip(index + 1).any(|b| b.action == action);
        if binding.action == Action::QUIT && binding.chords.is_empty() {
            let message = "'quit' needs a key, or there is no way out; give it one";
            return Err(FileError::at(name, binding.line, message));
        }
        for &(chord, line) in &binding.chords {
            let other = rival(merged, binding.action, chord);
            if let Some(other) = other.filter(|&other| !comes_later(other)) {
                let message = conflict(chord, binding.action, other);
                return Err(FileError::at(name, line, message));
            }
        }
    }
    Ok(())
}

fn scope(entry: &KeyValue<'_>, known: &Keymap) -> Result<&'static Scope, FileError> {
    let scopes = known.scopes();
    let found = scopes.iter().find(|scope| scope.name == entry.name());
    found.copied().ok_or_else(|| {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name).collect();
        entry.unknown("scope", &names)
    })
}

fn binding(scope: &Scope, entry: &KeyValue<'_>, known: &Keymap) -> Result<Binding, FileError> {
    let action = action(scope, entry, known)?;
    let chords = entry
        .strings()?
        .into_iter()
        .map(|item| {
            let chord = item
                .text
                .parse()
                .map_err(|error: ChordError| item.refused(&error))?;
            Ok((chord, item.line))
        })
        .collect::<Result<_, FileError>>()?;
    Ok(Binding {
        action,
        chords,
        line: entry.line(),
    })
}

fn action(scope: &Scope, entry: &KeyValue<'_>, known: &Keymap) -> Result<Action, FileError> {
    let mut actions = known.actions().iter();
    match actions.find(|action| action.name == entry.name()) {
        Some(action) if action.scope == scope => Ok(*action),
        Some(action) => Err(entry.error(format!(
            "action '{}' belongs to [{}], not to [{}]; move it there",
            action.name, action.scope.name, scope.name
        ))),
        None => {
            let names = names_to_suggest(scope, entry.name(), known);
            Err(entry.unknown("action", &names))
        }
    }
}

/// The actions of the scope, or all when only one of another scope can have been meant.
fn names_to_suggest(scope: &Scope, word: &str, known: &Keymap) -> Vec<&'static str> {
    let own: Vec<&str> = known.actions_of(scope).map(|action| action.name).collect();
    let all: Vec<&str> = known.actions().iter().map(|action| action.name).collect();
    if nearest(word, &own).is_none() && nearest(word, &all).is_some() {
        return all;
    }
    own
}

/// Another action that can be asked for at the same time with the same chord, the first of the table.
fn rival(merged: &Keymap, action: Action, chord: Chord) -> Option<Action> {
    let others = merged.actions().iter().copied();
    others
        .filter(|other| *other != action && other.scope.meets(action.scope))
        .find(|&other| merged.chords(other).contains(&chord))
}

fn conflict(chord: Chord, mine: Action, theirs: Action) -> String {
    format!(
        "'{chord}' means '{}' in [{}] and '{}' in [{}]; give one of them another key",
        mine.name, mine.scope.name, theirs.name, theirs.scope.name
    )
}
