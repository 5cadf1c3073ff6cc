//! What the statistics of a group are split into, to be compared.

use crate::effect::CountedPart;
use crate::logs::short_time;
use crate::logs::statistics::is_version;

/// What is counted apart of each group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ColumnSplit {
    /// Nothing: all of it is one.
    #[default]
    None,
    /// What came before a time in Unix milliseconds, and what came at or after it.
    Since(i64),
    /// These versions of the function, at least one.
    Versions(Vec<String>),
}

impl ColumnSplit {
    /// The versions that a text names.
    ///
    /// # Errors
    /// A sentence when a word is no version of a function.
    pub(in crate::panes::logs) fn versions(text: &str) -> Result<Self, String> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        let mut versions: Vec<String> = Vec::new();
        for word in words {
            if !is_version(word) {
                return Err(format!(
                    "'{word}' is no version; type numbers such as 41,42, or $LATEST"
                ));
            }
            if !versions.iter().any(|known| known == word) {
                versions.push(word.to_owned());
            }
        }
        Ok(if versions.is_empty() {
            Self::None
        } else {
            Self::Versions(versions)
        })
    }

    /// The columns of a group whose events are counted between these times, in Unix milliseconds: what stands before its
    /// name, and what each counts.
    pub(super) fn parts(&self, group: &str, range_ms: (i64, i64)) -> Vec<(String, CountedPart)> {
        let (from_ms, to_ms) = range_ms;
        let part = |name: &str, range_ms, version: Option<&String>| {
            let part = CountedPart {
                group: group.to_owned(),
                range_ms,
                version: version.cloned(),
            };
            (name.to_owned(), part)
        };
        match self {
            Self::None => vec![part("", range_ms, None)],
            Self::Since(split_ms) => vec![
                part("before ", (from_ms, split_ms.saturating_sub(1)), None),
                part("since ", (*split_ms, to_ms), None),
            ],
            Self::Versions(versions) => {
                let versions = versions.iter();
                let parts = versions.map(|it| part(&format!("{it} "), range_ms, Some(it)));
                parts.collect()
            }
        }
    }

    /// How many columns a group has.
    pub(super) const fn columns(&self) -> usize {
        match self {
            Self::None => 1,
            Self::Since(_) => 2,
            Self::Versions(versions) => versions.len(),
        }
    }

    /// What the columns are called, of several groups.
    #[must_use]
    pub const fn columns_word(&self) -> &'static str {
        match self {
            Self::None => "groups",
            Self::Since(_) | Self::Versions(_) => "columns",
        }
    }

    /// What is compared, in words; nothing when nothing is.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Since(split_ms) => Some(format!("compared at {} UTC", short_time(*split_ms))),
            Self::Versions(versions) => Some(format!("of version {}", versions.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_each_has_a_column() {
        let versions = ColumnSplit::versions("41, 42 $LATEST,41").unwrap();
        let parts = versions.parts("g", (1, 9));
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, part)| (&**name, part.range_ms, part.version.as_deref()))
            .collect();
        assert_eq!(
            parts,
            [
                ("41 ", (1, 9), Some("41")),
                ("42 ", (1, 9), Some("42")),
                ("$LATEST ", (1, 9), Some("$LATEST"))
            ]
        );
        assert_eq!((parts.len(), versions.columns()), (3, 3));
        assert_eq!(ColumnSplit::versions(" "), Ok(ColumnSplit::None));
        let error = ColumnSplit::versions("41,latest").unwrap_err();
        assert!(error.starts_with("'latest' is no version"), "{error}");
    }
}
