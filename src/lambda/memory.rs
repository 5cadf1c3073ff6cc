//! A memory size a Lambda function can have.

use serde::{Deserialize, Serialize};

/// A Lambda memory size in megabytes, always within [`MemoryMb::MIN`] and [`MemoryMb::LARGEST`]; one that a run can give a
/// function is at most [`MemoryMb::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct MemoryMb(u32);

/// Why a number is not a memory size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "memory size '{0}' MB is outside 128 to 10240; give a whole number of megabytes in that range"
)]
pub struct MemoryError(pub u32);

impl MemoryMb {
    /// The smallest size, 128 MB.
    pub const MIN: Self = Self(128);
    /// The largest size of a function that is billed by the millisecond, 10240 MB.
    pub const MAX: Self = Self(10_240);
    /// The largest size of a function on Managed Instances, 32768 MB: what was measured elsewhere may have it.
    pub const LARGEST: Self = Self(32_768);

    /// Checks the range of a size in megabytes.
    ///
    /// # Errors
    /// [`MemoryError`] outside 128 to 10240.
    pub const fn new(megabytes: u32) -> Result<Self, MemoryError> {
        if megabytes < Self::MIN.0 || megabytes > Self::MAX.0 {
            return Err(MemoryError(megabytes));
        }
        Ok(Self(megabytes))
    }

    /// Checks the range of a size in megabytes that was measured elsewhere: any a function can have.
    ///
    /// # Errors
    /// [`MemoryError`] outside 128 to 32768.
    pub const fn of_any_function(megabytes: u32) -> Result<Self, MemoryError> {
        if megabytes < Self::MIN.0 || megabytes > Self::LARGEST.0 {
            return Err(MemoryError(megabytes));
        }
        Ok(Self(megabytes))
    }

    /// The size in megabytes.
    #[must_use]
    pub const fn megabytes(self) -> u32 {
        self.0
    }

    /// The size in gigabytes as AWS bills it: megabytes / 1024.
    #[must_use]
    pub fn gigabytes(self) -> f64 {
        f64::from(self.0) / 1024.0
    }
}

impl TryFrom<u32> for MemoryMb {
    type Error = MemoryError;

    fn try_from(megabytes: u32) -> Result<Self, MemoryError> {
        Self::of_any_function(megabytes)
    }
}

impl From<MemoryMb> for u32 {
    fn from(size: MemoryMb) -> Self {
        size.0
    }
}

impl std::fmt::Display for MemoryMb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_outside_the_range_are_refused() {
        assert_eq!(MemoryMb::new(127), Err(MemoryError(127)));
        assert_eq!(MemoryMb::new(10_241), Err(MemoryError(10_241)));
        assert_eq!(MemoryMb::new(128), Ok(MemoryMb::MIN));
        assert_eq!(MemoryMb::new(10_240), Ok(MemoryMb::MAX));
    }

    #[test]
    fn sizes_of_managed_instances_can_be_read_and_not_be_asked_for() {
        assert_eq!(MemoryMb::of_any_function(32_768), Ok(MemoryMb::LARGEST));
        assert_eq!(MemoryMb::of_any_function(32_769), Err(MemoryError(32_769)));
        assert!(MemoryMb::new(16_384).is_err());
        let kept: MemoryMb = serde_json::from_str("16384").unwrap();
        assert_eq!(serde_json::to_string(&kept).unwrap(), "16384");
    }
}
