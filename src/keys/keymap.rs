//! Which key means which action. A keymap holds no chord that means two things at once.

mod file;

use std::collections::HashMap;

use super::{Action, Chord, Scope};
use crate::toml_file::FileError;

/// The keys of every action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    chords: HashMap<Action, Vec<Chord>>,
    actions: HashMap<(Scope, Chord), Action>,
}

impl Keymap {
    /// The built-in map, `assets/keymap.toml`.
    #[must_use]
    pub fn defaults() -> Self {
        // The built-in file cannot fail to parse: the tests below read it on every build.
        Self::default()
            .merged(DEFAULTS_NAME, DEFAULTS)
            .unwrap_or_default()
    }

    /// This map with the lists of a keymap file in place of its own, action by action; an empty list
    /// leaves an action without a key. `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`FileError`] with the line of a syntax error, an unknown scope, action or key, an action in the
    /// wrong scope, a key that would mean two things at once, or a `quit` without a key.
    pub fn merged(mut self, name: &str, text: &str) -> Result<Self, FileError> {
        let bindings = file::read(name, text)?;
        for binding in &bindings {
            let chords = binding.chords.iter().map(|(chord, _)| *chord).collect();
            self.chords.insert(binding.action, chords);
        }
        file::check(name, &self.chords, &bindings)?;
        self.actions = self
            .chords
            .iter()
            .flat_map(|(&action, chords)| {
                let scope = action.info().scope;
                chords.iter().map(move |&chord| ((scope, chord), action))
            })
            .collect();
        Ok(self)
    }

    /// What the chord means in these scopes; the first scope that binds it wins.
    #[must_use]
    pub fn action(&self, scopes: &[Scope], chord: Chord) -> Option<Action> {
        scopes
            .iter()
            .find_map(|&scope| self.actions.get(&(scope, chord)).copied())
    }

    /// The chords of an action, the preferred one first; empty when it has none.
    #[must_use]
    pub fn chords(&self, action: Action) -> &[Chord] {
        self.chords.get(&action).map_or(&[], Vec::as_slice)
    }

    /// The preferred chord of an action in words, for the footer; empty when it has none.
    #[must_use]
    pub fn hint(&self, action: Action) -> String {
        self.chords(action)
            .first()
            .map(ToString::to_string)
            .unwrap_or_default()
    }
}

const DEFAULTS_NAME: &str = "assets/keymap.toml";
const DEFAULTS: &str = include_str!("../../assets/keymap.toml");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::ACTIONS;

    fn merge(text: &str) -> Result<Keymap, String> {
        Keymap::defaults()
            .merged("keymap.toml", text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_built_in_file_gives_every_action_a_key() {
        let parsed = Keymap::default().merged(DEFAULTS_NAME, DEFAULTS).unwrap();
        assert_eq!(parsed, Keymap::defaults());
        for info in ACTIONS {
            assert!(!parsed.chords(info.action).is_empty(), "{}", info.name);
        }
    }

    #[test]
    fn a_chord_means_what_the_first_scope_says() {
        let keymap = Keymap::defaults();
        let find = |scopes: &[Scope], text: &str| keymap.action(scopes, text.parse().unwrap());
        assert_eq!(
            find(&[Scope::Runs, Scope::Global], "n"),
            Some(Action::NewRun)
        );
        assert_eq!(find(&[Scope::Plan, Scope::Global], "n"), None);
        assert_eq!(find(&[Scope::Plan, Scope::Global], "q"), Some(Action::Quit));
        assert_eq!(keymap.hint(Action::Quit), "q");
    }

    #[test]
    fn a_users_list_replaces_the_list_of_that_action_only() {
        let keymap = merge("[runs]\ncompare = [\"v\"]\nundo = []\n").unwrap();
        let chord = |text: &str| text.parse::<Chord>().unwrap();
        assert_eq!(keymap.chords(Action::Compare), [chord("v")]);
        assert_eq!(keymap.action(&[Scope::Runs], chord("c")), None);
        assert!(keymap.chords(Action::Undo).is_empty());
        assert_eq!(keymap.hint(Action::Undo), "");
        assert_eq!(keymap.hint(Action::NewRun), "n");
    }

    #[test]
    fn keys_may_be_swapped_within_one_file_and_shared_by_two_panes() {
        merge("[global]\nrefresh = [\"b\"]\n[runs]\nbaseline = [\"r\"]\n").unwrap();
        merge("[plan]\nstart = [\"n\"]\n").unwrap();
    }

    #[test]
    fn a_key_that_would_mean_two_things_is_refused_with_its_line() {
        let error = merge("[global]\nrefresh = [\"b\"]\n").unwrap_err();
        assert_eq!(
            error,
            "keymap.toml:2: 'b' means 'refresh' in [global] and 'baseline' in [runs]; give one of them another key"
        );
        let error = merge("[runs]\nundo = [\"z\"]\nexport-run = [\n  \"z\",\n]\n").unwrap_err();
        assert!(error.starts_with("keymap.toml:4: 'z' means"), "{error}");
    }

    #[test]
    fn the_way_out_cannot_be_unbound() {
        let error = merge("[global]\nquit = []\n").unwrap_err();
        assert!(error.starts_with("keymap.toml:2: 'quit'"), "{error}");
    }
}
