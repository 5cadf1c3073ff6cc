//! The check of a region's name.

/// A text that cannot name a region.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a region; give a name such as 'eu-west-1'")]
pub struct RegionError(String);

/// The region of this name. Which regions exist is for AWS to say; only names that can be none are refused.
///
/// # Errors
/// [`RegionError`] unless the name is lower-case words and digits joined by `-`.
pub fn region(text: &str) -> Result<String, RegionError> {
    let is_word = |word: &str| {
        let mut bytes = word.bytes();
        !word.is_empty() && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if text.contains('-') && text.split('-').all(is_word) {
        return Ok(text.to_owned());
    }
    Err(RegionError(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_can_be_no_region_are_refused() {
        for good in ["eu-west-1", "us-gov-west-1", "cn-north-1"] {
            assert_eq!(region(good).as_deref(), Ok(good));
        }
        for wrong in [
            "",
            "eu west 1",
            "EU-WEST-1",
            "eu--1",
            "eu-west-1a.x",
            "frankfurt",
        ] {
            assert!(region(wrong).is_err(), "{wrong}");
        }
    }
}
