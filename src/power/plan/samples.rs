//! How many samples a size gets.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{LEAST_NUM, MAX_NUM, PlanError};

/// How many samples a size gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SampleCount {
    /// As many as it takes to know the answer, in rounds over the sizes that are left.
    Auto,
    /// So many.
    #[serde(untagged)]
    Fixed(u32),
}

/// Samples per size of a run that measures cold starts, when nothing else is asked for.
const COLD_STARTS: u32 = 20;

impl SampleCount {
    /// The number, if it is fixed.
    #[must_use]
    pub const fn fixed(self) -> Option<u32> {
        match self {
            Self::Auto => None,
            Self::Fixed(num) => Some(num),
        }
    }

    /// What this comes to in a plan: one sample in a dry run, and a number for cold starts, each of which takes a version
    /// of its own.
    pub(super) fn checked(self, dry_run: bool, only_cold_starts: bool) -> Result<Self, PlanError> {
        match self {
            _ if dry_run => Ok(Self::Fixed(1)),
            Self::Auto if only_cold_starts => Ok(Self::Fixed(COLD_STARTS)),
            Self::Fixed(num) if !(LEAST_NUM..=MAX_NUM).contains(&num) => Err(PlanError::Num {
                num,
                least: LEAST_NUM,
                most: MAX_NUM,
            }),
            count => Ok(count),
        }
    }
}

impl From<u32> for SampleCount {
    fn from(num: u32) -> Self {
        Self::Fixed(num)
    }
}

impl fmt::Display for SampleCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Fixed(num) => write!(f, "{num}"),
        }
    }
}

impl FromStr for SampleCount {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "auto" => Ok(Self::Auto),
            number => number
                .parse()
                .map(Self::Fixed)
                .map_err(|_not_a_number| format!("'{number}' is neither auto nor a whole number")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_read_as_it_is_written() {
        for count in [SampleCount::Auto, SampleCount::Fixed(7)] {
            assert_eq!(count.to_string().parse(), Ok(count));
            let json = serde_json::to_string(&count).unwrap();
            assert_eq!(serde_json::from_str::<SampleCount>(&json).unwrap(), count);
        }
        assert_eq!(
            serde_json::to_string(&SampleCount::Auto).unwrap(),
            "\"auto\""
        );
        assert_eq!(serde_json::to_string(&SampleCount::Fixed(7)).unwrap(), "7");
        assert!("many".parse::<SampleCount>().is_err());
    }

    #[test]
    fn cold_starts_and_dry_runs_have_a_number() {
        let auto = |dry_run, cold| SampleCount::Auto.checked(dry_run, cold).unwrap();
        assert_eq!(auto(false, false), SampleCount::Auto);
        assert_eq!(auto(true, false), SampleCount::Fixed(1));
        assert_eq!(auto(false, true), SampleCount::Fixed(20));
    }
}
