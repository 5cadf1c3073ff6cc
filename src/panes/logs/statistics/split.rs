//! What the statistics of a group are split into, to be compared.

use crate::effect::CountedPart;
use crate::lambda::MemoryMb;
use crate::logs::short_time;
use crate::logs::statistics::{InvocationSubset, is_version};
use crate::power::RunClaim;

/// What is counted apart of each group.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum ColumnSplit {
    /// Nothing: all of it is one.
    #[default]
    None,
    /// What came before a time in Unix milliseconds, and what came at or after it.
    Since(i64),
    /// These versions of the function, at least one.
    Versions(Vec<String>),
    /// These memory sizes of the function, at least one.
    Memory(Vec<MemoryMb>),
    /// The two memory sizes that a run claims something of.
    Claim(Box<RunClaim>),
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
        let part = |name: &str, range_ms, only| {
            let group = group.to_owned();
            (
                name.to_owned(),
                CountedPart {
                    group,
                    range_ms,
                    only,
                },
            )
        };
        let of = |only: InvocationSubset, range_ms| {
            let version = only.version().map(str::to_owned);
            let name = version.unwrap_or_else(|| only.to_string());
            part(&format!("{name} "), range_ms, Some(only))
        };
        match self {
            Self::None => vec![part("", range_ms, None)],
            Self::Since(split_ms) => {
                let before = (from_ms, split_ms.saturating_sub(1));
                vec![
                    part("before ", before, None),
                    part("since ", (*split_ms, to_ms), None),
                ]
            }
            Self::Versions(_) | Self::Memory(_) => {
                let subsets = self.subsets().into_iter();
                subsets.map(|only| of(only, range_ms)).collect()
            }
            Self::Claim(claim) => {
                let (before, since) = around(claim, to_ms - from_ms, to_ms);
                let size = InvocationSubset::Memory;
                vec![of(size(claim.from), before), of(size(claim.to), since)]
            }
        }
    }

    /// The invocations that have a column each, over all of the time.
    fn subsets(&self) -> Vec<InvocationSubset> {
        match self {
            Self::Versions(versions) => {
                let versions = versions.iter().cloned();
                versions.map(InvocationSubset::Version).collect()
            }
            Self::Memory(sizes) => sizes
                .iter()
                .copied()
                .map(InvocationSubset::Memory)
                .collect(),
            Self::None | Self::Since(_) | Self::Claim(_) => Vec::new(),
        }
    }

    /// The memory sizes that a text names.
    ///
    /// # Errors
    /// A sentence when a word is no memory size.
    pub(in crate::panes::logs) fn memory(text: &str) -> Result<Self, String> {
        let words = text.split([',', ' ']).filter(|word| !word.is_empty());
        let mut sizes = Vec::new();
        for word in words {
            let Ok(size) = word.parse() else {
                return Err(format!(
                    "'{word}' is no memory size; type megabytes such as 256,512"
                ));
            };
            let size = MemoryMb::of_any_function(size).map_err(|error| error.to_string())?;
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
        Ok(if sizes.is_empty() {
            Self::None
        } else {
            Self::Memory(sizes)
        })
    }

    /// How many columns a group has.
    pub(super) const fn columns(&self) -> usize {
        match self {
            Self::None => 1,
            Self::Since(_) | Self::Claim(_) => 2,
            Self::Versions(versions) => versions.len(),
            Self::Memory(sizes) => sizes.len(),
        }
    }

    /// What a run claims, when that is what is looked at.
    #[must_use]
    pub fn claim(&self) -> Option<&RunClaim> {
        match self {
            Self::Claim(claim) => Some(claim),
            _ => None,
        }
    }

    /// What the columns are called, of several groups.
    #[must_use]
    pub const fn columns_word(&self) -> &'static str {
        match self {
            Self::None => "groups",
            _ => "columns",
        }
    }

    /// What is compared, in words; nothing when nothing is.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Since(split_ms) => Some(format!("compared at {} UTC", short_time(*split_ms))),
            Self::Versions(versions) => Some(format!("of version {}", versions.join(", "))),
            Self::Memory(sizes) => {
                let sizes: Vec<String> = sizes.iter().map(MemoryMb::to_string).collect();
                Some(format!("at {} MB", sizes.join(", ")))
            }
            Self::Claim(claim) => Some(format!(
                "before the run at {} MB, and since at {} MB",
                claim.from, claim.to
            )),
        }
    }
}

/// So many milliseconds before the run of a claim, and from it up to a time, in Unix milliseconds.
fn around(claim: &RunClaim, length_ms: i64, to_ms: i64) -> ((i64, i64), (i64, i64)) {
    let run_ms = claim.started.as_millisecond();
    let before = (run_ms.saturating_sub(length_ms), run_ms - 1);
    (before, (run_ms, to_ms.max(run_ms)))
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
            .map(|(name, part)| {
                (
                    &**name,
                    part.range_ms,
                    part.only.as_ref().and_then(InvocationSubset::version),
                )
            })
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
