//! The environment variables as data: what iacstone reads is handed in, so that tests can say what it is.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

/// A set of environment variables. One that is set to nothing counts as not set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// The value of a variable as text; what is not UTF-8 is shown with replacement characters.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<String> {
        let value = self.value(name)?;
        Some(value.to_string_lossy().into_owned())
    }

    /// The value of a variable as a path, byte for byte.
    #[must_use]
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.value(name).map(PathBuf::from)
    }

    /// The first of these variables that is set, with its value.
    #[must_use]
    pub fn first(&self, names: &[&'static str]) -> Option<(&'static str, String)> {
        names
            .iter()
            .find_map(|&name| Some((name, self.text(name)?)))
    }

    fn value(&self, name: &str) -> Option<&OsString> {
        let value = self.0.get(&OsString::from(name))?;
        (!value.is_empty()).then_some(value)
    }
}

impl<N: Into<OsString>, V: Into<OsString>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(variables: I) -> Self {
        let pairs = variables.into_iter();
        Self(
            pairs
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_set_to_nothing_is_not_set() {
        let environment: Environment = [("A", ""), ("B", "b")].into_iter().collect();
        assert_eq!(environment.text("A"), None);
        assert_eq!(environment.first(&["A", "B"]), Some(("B", "b".to_owned())));
        assert_eq!(environment.path("C"), None);
    }
}
