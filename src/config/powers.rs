//! Which memory sizes a run measures when none are picked by hand: a named set or a list.

use crate::lambda::{MemoryError, MemoryMb};
use crate::power::plan::{all_sizes, default_sizes, full_sizes};

/// The memory sizes of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Powers {
    /// 128, 256, 512, 1024, 1536 and 3008 MB.
    #[default]
    Default,
    /// 128 to 3008 MB in steps of 64: what the reference tool calls all.
    All,
    /// 128 to 10240 MB: those of `ALL`, then in steps of 512.
    Full,
    /// These sizes, ascending, none twice, at least one.
    List(Vec<MemoryMb>),
}

/// Why a text does not say which sizes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PowersError {
    /// Something in the list is not a whole number.
    #[error(
        "'{0}' is not a memory size; give megabytes such as '128,512,1024', or 'default', 'ALL' or 'FULL'"
    )]
    NotANumber(String),
    /// A number is no memory size.
    #[error(transparent)]
    OutOfRange(#[from] MemoryError),
    /// A size is there twice.
    #[error("memory size '{0}' is given twice; give each size once")]
    Twice(MemoryMb),
    /// There is no size at all.
    #[error("there is no memory size; give at least one")]
    Empty,
}

impl Powers {
    /// The sizes, ascending, none twice.
    #[must_use]
    pub fn sizes(&self) -> Vec<MemoryMb> {
        match self {
            Self::Default => default_sizes(),
            Self::All => all_sizes(),
            Self::Full => full_sizes(),
            Self::List(sizes) => sizes.clone(),
        }
    }

    /// The sizes of a list in any order.
    ///
    /// # Errors
    /// [`PowersError`] when it is empty, or holds a size twice.
    pub fn list(mut sizes: Vec<MemoryMb>) -> Result<Self, PowersError> {
        sizes.sort_unstable();
        let mut pairs = sizes.iter().zip(sizes.iter().skip(1));
        if let Some((size, _)) = pairs.find(|(one, next)| one == next) {
            return Err(PowersError::Twice(*size));
        }
        if sizes.is_empty() {
            return Err(PowersError::Empty);
        }
        Ok(Self::List(sizes))
    }
}

impl std::str::FromStr for Powers {
    type Err = PowersError;

    fn from_str(text: &str) -> Result<Self, PowersError> {
        match text.trim() {
            "default" => return Ok(Self::Default),
            "ALL" | "all" => return Ok(Self::All),
            "FULL" | "full" => return Ok(Self::Full),
            _ => {}
        }
        let size = |word: &str| -> Result<MemoryMb, PowersError> {
            let word = word.trim();
            let megabytes: Option<u32> = word.parse().ok();
            let megabytes = megabytes.ok_or_else(|| PowersError::NotANumber(word.to_owned()))?;
            Ok(MemoryMb::new(megabytes)?)
        };
        Self::list(text.split(',').map(size).collect::<Result<_, _>>()?)
    }
}

impl std::fmt::Display for Powers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::All => f.write_str("ALL"),
            Self::Full => f.write_str("FULL"),
            Self::List(sizes) => {
                let words: Vec<String> = sizes.iter().map(ToString::to_string).collect();
                f.write_str(&words.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_sets_have_the_sizes_they_promise() {
        assert_eq!(Powers::Default.sizes().len(), 6);
        assert_eq!(Powers::All.sizes().len(), 46);
        let full = Powers::Full.sizes();
        assert_eq!((full.len(), full.last()), (60, Some(&MemoryMb::MAX)));
    }

    #[test]
    fn a_list_is_sorted_and_written_as_it_is_read() {
        let powers: Powers = "1024, 128,512".parse().unwrap();
        assert_eq!(powers.to_string(), "128,512,1024");
        for text in ["default", "ALL", "FULL", "128,512,1024"] {
            assert_eq!(text.parse::<Powers>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn impossible_sizes_are_refused_with_what_to_give() {
        for (text, words) in [
            ("", "'' is not a memory size"),
            ("128,,256", "'' is not a memory size"),
            ("some", "'some' is not a memory size"),
            ("64", "outside 128 to 10240"),
            ("128,256,128", "'128' is given twice"),
        ] {
            let error = text.parse::<Powers>().unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
