//! The keymap file: reading its tables, and the check that no key means two things at once.

use std::collections::HashMap;

use crate::keys::{ACTIONS, Action, Chord, ChordError, Scope};
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

/// Reads the bindings in the order of the file.
pub(super) fn read(name: &str, text: &str) -> Result<Vec<Binding>, FileError> {
    let document = TomlDocument::parse(name, text)?;
    let mut bindings = Vec::new();
    for entry in document.root().entries() {
        let scope = scope(&entry)?;
        for entry in entry.section()?.entries() {
            bindings.push(binding(scope, &entry)?);
        }
    }
    Ok(bindings)
}

/// Checks the merged lists; the blame goes to the line that brought the chord, the later one of two.
pub(super) fn check(
    name: &str,
    merged: &HashMap<Action, Vec<Chord>>,
    bindings: &[Binding],
) -> Result<(), FileError> {
    for (index, binding) in bindings.iter().enumerate() {
        let comes_later = |action| bindings.iter().skip(index + 1).any(|b| b.action == action);
        if binding.action == Action::Quit && binding.chords.is_empty() {
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

fn scope(entry: &KeyValue<'_>) -> Result<Scope, FileError> {
    let known = Scope::ALL.map(Scope::name);
    Scope::ALL
        .into_iter()
        .find(|scope| scope.name() == entry.name())
        .ok_or_else(|| entry.unknown("scope", &known))
}

fn binding(scope: Scope, entry: &KeyValue<'_>) -> Result<Binding, FileError> {
    let action = action(scope, entry)?;
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

fn action(scope: Scope, entry: &KeyValue<'_>) -> Result<Action, FileError> {
    match ACTIONS.iter().find(|info| info.name == entry.name()) {
        Some(info) if info.scope == scope => Ok(info.action),
        Some(info) => Err(entry.error(format!(
            "action '{}' belongs to [{}], not to [{}]; move it there",
            info.name,
            info.scope.name(),
            scope.name()
        ))),
        None => {
            let known = names_to_suggest(scope, entry.name());
            Err(entry.unknown("action", &known))
        }
    }
}

/// The actions of the scope, or all when only one of another scope can have been meant.
fn names_to_suggest(scope: Scope, word: &str) -> Vec<&'static str> {
    let rows = ACTIONS.iter().filter(|info| info.scope == scope);
    let own: Vec<&str> = rows.map(|info| info.name).collect();
    let all: Vec<&str> = ACTIONS.iter().map(|info| info.name).collect();
    if nearest(word, &own).is_none() && nearest(word, &all).is_some() {
        return all;
    }
    own
}

/// Another action that can be asked for at the same time with the same chord, the first of the table.
fn rival(merged: &HashMap<Action, Vec<Chord>>, action: Action, chord: Chord) -> Option<Action> {
    let scope = action.info().scope;
    ACTIONS
        .iter()
        .filter(|info| info.action != action && info.scope.meets(scope))
        .find(|info| {
            let chords = merged.get(&info.action);
            chords.is_some_and(|chords| chords.contains(&chord))
        })
        .map(|info| info.action)
}

fn conflict(chord: Chord, action: Action, other: Action) -> String {
    let (mine, theirs) = (action.info(), other.info());
    format!(
        "'{chord}' means '{}' in [{}] and '{}' in [{}]; give one of them another key",
        mine.name,
        mine.scope.name(),
        theirs.name,
        theirs.scope.name()
    )
}
