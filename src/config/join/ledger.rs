//! The record of which value was taken from where.

use std::fmt::Display;
use std::path::PathBuf;

use super::super::{Environment, FileConfig, Located, Resolved, SettingSource};

/// A value that some source gave.
pub(super) struct Chosen<T> {
    value: T,
    origin: SettingSource,
}

/// The value of a flag, if it was given.
pub(super) fn on_flag<T>(flag: &'static str, value: Option<T>) -> Option<Chosen<T>> {
    let origin = SettingSource::CommandLine(flag);
    value.map(|value| Chosen { value, origin })
}

/// The value of a key, if the file has it.
pub(super) fn on_file<T: Clone>(file: &FileConfig, key: Option<&Located<T>>) -> Option<Chosen<T>> {
    key.map(|line| Chosen {
        value: line.value.clone(),
        origin: SettingSource::File(file.name.clone(), Some(line.line)),
    })
}

impl<T> Chosen<T> {
    /// The value of a variable, if it is set.
    pub(super) fn from_variable(variable: &'static str, value: Option<T>) -> Option<Self> {
        let origin = SettingSource::Environment(variable);
        value.map(|value| Self { value, origin })
    }

    /// What a variable tells about the terminal.
    pub(super) fn detected(found: Option<(T, &'static str)>) -> Option<Self> {
        found.and_then(|(value, variable)| Self::from_variable(variable, Some(value)))
    }

    /// What the value says, from the same origin, if it says anything.
    pub(super) fn and_then<U>(self, change: impl FnOnce(T) -> Option<U>) -> Option<Chosen<U>> {
        let origin = self.origin;
        change(self.value).map(|value| Chosen { value, origin })
    }
}

impl Chosen<String> {
    /// The text of the first of these variables that is set.
    pub(super) fn from_first(environment: &Environment, names: &[&'static str]) -> Option<Self> {
        let (variable, text) = environment.first(names)?;
        Self::from_variable(variable, Some(text))
    }
}

/// Every value settled so far.
#[derive(Default)]
pub(super) struct Ledger(Vec<Resolved>);

impl Ledger {
    /// Settles a key that always has a value.
    pub(super) fn settle<T: Display>(
        &mut self,
        key: &'static str,
        chosen: Option<Chosen<T>>,
        default: T,
    ) -> T {
        self.settle_as(key, chosen, default, T::to_string)
    }

    /// Settles a key that always has a value, with its own words for it.
    pub(super) fn settle_as<T>(
        &mut self,
        key: &'static str,
        chosen: Option<Chosen<T>>,
        default: T,
        words: impl FnOnce(&T) -> String,
    ) -> T {
        let Chosen { value, origin } = chosen.unwrap_or(Chosen {
            value: default,
            origin: SettingSource::Default,
        });
        self.note(key, Some(words(&value)), origin);
        value
    }

    /// Settles a key that may have no value.
    pub(super) fn settle_optional<T: Display>(
        &mut self,
        key: &'static str,
        chosen: Option<Chosen<T>>,
    ) -> Option<T> {
        let (value, origin) = apart(chosen);
        self.note(key, value.as_ref().map(T::to_string), origin);
        value
    }

    /// Settles a path that may have no value.
    pub(super) fn settle_path(
        &mut self,
        key: &'static str,
        chosen: Option<Chosen<PathBuf>>,
        default: Option<PathBuf>,
    ) -> Option<PathBuf> {
        let (value, origin) = apart(chosen);
        let value = value.or(default);
        let words = value.as_ref().map(|path| path.display().to_string());
        self.note(key, words, origin);
        value
    }

    /// Notes the file a whole table came from, if there is one.
    pub(super) fn note_file(&mut self, key: &'static str, file: Option<&str>) {
        let origin = match file {
            Some(file) => SettingSource::File(file.to_owned(), None),
            None => SettingSource::Default,
        };
        self.note(key, Some(file.unwrap_or("built in").to_owned()), origin);
    }

    /// The record in the order of settling.
    pub(super) fn into_entries(self) -> Vec<Resolved> {
        self.0
    }

    fn note(&mut self, key: &'static str, value: Option<String>, origin: SettingSource) {
        self.0.push(Resolved { key, value, origin });
    }
}

fn apart<T>(chosen: Option<Chosen<T>>) -> (Option<T>, SettingSource) {
    match chosen {
        Some(Chosen { value, origin }) => (Some(value), origin),
        None => (None, SettingSource::Default),
    }
}
