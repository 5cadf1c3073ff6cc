//! Which key means which action. A keymap file that would give a chord two meanings at once is refused.

mod file;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::{Action, Chord, Scope};
use crate::toml_file::FileError;

/// The keys of every action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    /// Every action there is, scope by scope.
    actions: Vec<Action>,
    chords: HashMap<Action, Vec<Chord>>,
    meanings: HashMap<(&'static str, Chord), Action>,
}

impl Keymap {
    /// The built-in map of these actions: each one's own keys. An action that comes again is the same one.
    #[must_use]
    pub fn new(actions: impl IntoIterator<Item = Action>) -> Self {
        let mut map = Self::default();
        for action in actions {
            if let Entry::Vacant(place) = map.chords.entry(action) {
                // A key that is none is left out; a test reads those of every action.
                let chords = action.keys.iter().filter_map(|key| key.parse().ok());
                place.insert(chords.collect());
                map.actions.push(action);
            }
        }
        let scopes = map.scopes();
        map.actions
            .sort_by_key(|action| scopes.iter().position(|it| *it == action.scope));
        map.find_meanings();
        map
    }

    /// This map with the lists of a keymap file in place of its own, action by action; an empty list
    /// leaves an action without a key. `name` stands for the file in errors.
    ///
    /// # Errors
    /// [`FileError`] with the line of a syntax error, an unknown scope, action or key, an action in the
    /// wrong scope, a key that would mean two things at once, or a `quit` without a key.
    pub fn merged(mut self, name: &str, text: &str) -> Result<Self, FileError> {
        let bindings = file::read(name, text, &self)?;
        for binding in &bindings {
            let chords = binding.chords.iter().map(|(chord, _)| *chord).collect();
            self.chords.insert(binding.action, chords);
        }
        file::check(name, &self, &bindings)?;
        self.find_meanings();
        Ok(self)
    }

    fn find_meanings(&mut self) {
        let bound = self.chords.iter().flat_map(|(&action, chords)| {
            let meaning = move |&chord| ((action.scope.name, chord), action);
            chords.iter().map(meaning)
        });
        self.meanings = bound.collect();
    }

    /// Every action, scope by scope.
    #[must_use]
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// The scopes of the actions, in their order.
    #[must_use]
    pub fn scopes(&self) -> Vec<&'static Scope> {
        let mut scopes: Vec<&'static Scope> = Vec::new();
        for action in &self.actions {
            if !scopes.contains(&action.scope) {
                scopes.push(action.scope);
            }
        }
        scopes
    }

    /// The actions of a scope.
    pub fn actions_of(&self, scope: &Scope) -> impl Iterator<Item = Action> {
        let of_scope = move |action: &Action| action.scope == scope;
        self.actions.iter().copied().filter(of_scope)
    }

    /// What the chord means in this scope and those around it; the nearest that binds it wins.
    #[must_use]
    pub fn action(&self, scope: &Scope, chord: Chord) -> Option<Action> {
        let mut chain = scope.chain();
        chain.find_map(|scope| self.meanings.get(&(scope.name, chord)).copied())
    }

    /// The chords of an action, the preferred one first; empty when it has none.
    #[must_use]
    pub fn chords(&self, action: Action) -> &[Chord] {
        self.chords.get(&action).map_or(&[], Vec::as_slice)
    }

    /// How to ask for an action, for a sentence: its preferred chord, else the way through the palette by its name.
    #[must_use]
    pub fn way_to(&self, action: Action) -> String {
        match self.chords(action).first() {
            Some(chord) => chord.to_string(),
            None => format!("`:{}`", action.name),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::fixture::{COMPARE, NEW_RUN, PLAN, RUNS, UNDO, keymap};

    fn merge(text: &str) -> Result<Keymap, String> {
        keymap()
            .merged("keymap.toml", text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_map_written_as_a_file_is_read_as_the_same_map() {
        let sample = keymap().sample();
        assert_eq!(merge(&sample).unwrap(), keymap());
        assert!(sample.contains("\n[runs]\nnew-run = [\"n\"]\n"), "{sample}");
    }

    #[test]
    fn an_action_that_is_declared_again_is_the_same_one() {
        let twice = Keymap::new([Action::QUIT, COMPARE, Action::HELP, COMPARE]);
        assert_eq!(twice.actions(), [Action::QUIT, Action::HELP, COMPARE]);
    }

    #[test]
    fn a_chord_means_what_the_nearest_scope_says() {
        let keymap = keymap();
        let find = |scope: &Scope, text: &str| keymap.action(scope, text.parse().unwrap());
        assert_eq!(find(RUNS, "n"), Some(NEW_RUN));
        assert_eq!(find(PLAN, "n"), None);
        assert_eq!(find(PLAN, "q"), Some(Action::QUIT));
        assert_eq!(keymap.hint(Action::QUIT), "q");
    }

    #[test]
    fn a_users_list_replaces_the_list_of_that_action_only() {
        let keymap = merge("[runs]\ncompare = [\"v\"]\nundo = []\n").unwrap();
        let chord = |text: &str| text.parse::<Chord>().unwrap();
        assert_eq!(keymap.chords(COMPARE), [chord("v")]);
        assert_eq!(keymap.action(RUNS, chord("c")), None);
        assert!(keymap.chords(UNDO).is_empty());
        assert_eq!(keymap.hint(UNDO), "");
        assert_eq!(keymap.way_to(UNDO), "`:undo`");
        assert_eq!(keymap.way_to(NEW_RUN), "n");
        assert_eq!(keymap.hint(NEW_RUN), "n");
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
