//! Which invocations of a group alone count.

use crate::lambda::MemoryMb;

/// The invocations of a group that alone count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvocationSubset {
    /// Those of a version of the function.
    Version(String),
    /// Those at a memory size of the function.
    Memory(MemoryMb),
}

impl InvocationSubset {
    /// The version that is meant, if one is.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        match self {
            Self::Version(version) => Some(version),
            Self::Memory(_) => None,
        }
    }

    /// The memory size that is meant, if one is.
    #[must_use]
    pub const fn memory(&self) -> Option<MemoryMb> {
        match self {
            Self::Version(_) => None,
            Self::Memory(size) => Some(*size),
        }
    }
}

impl std::fmt::Display for InvocationSubset {
    /// Writes `[41]`, as in the name of a stream, or `512 MB`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Version(version) => write!(f, "[{version}]"),
            Self::Memory(size) => write!(f, "{size} MB"),
        }
    }
}
