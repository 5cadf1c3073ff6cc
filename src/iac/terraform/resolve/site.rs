//! A place that a value was followed to, and what else stands there.

use crate::iac::place::{PlaceConfidence, PlaceFinding};
use crate::iac::source_file::SourceFile;

/// What stands at a place, where it is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::iac::terraform) enum ValueShape {
    /// Nothing that is known.
    Unknown,
    Text(String),
    /// A text with `${…}` for what is not known of it.
    Partly(String),
    /// The keys of a map.
    Map(Vec<String>),
    /// The items of a list; an empty text for one that is none.
    List(Vec<String>),
}

/// A place in a file.
#[derive(Debug, Clone)]
pub(in crate::iac::terraform) struct ValueSite<'c> {
    pub(in crate::iac::terraform) file: &'c SourceFile,
    pub(in crate::iac::terraform) finding: PlaceFinding,
    /// Whether a key of the instance led here, so that no other instance has it.
    pub(in crate::iac::terraform) is_keyed: bool,
    pub(in crate::iac::terraform) shape: ValueShape,
}

impl<'c> ValueSite<'c> {
    pub(in crate::iac::terraform) const fn at(file: &'c SourceFile, finding: PlaceFinding) -> Self {
        Self {
            file,
            finding,
            is_keyed: false,
            shape: ValueShape::Unknown,
        }
    }

    pub(super) fn shaped(mut self, shape: ValueShape) -> Self {
        self.shape = shape;
        self
    }

    pub(super) fn key_in(&mut self) {
        self.is_keyed = true;
    }

    /// Whether it is more than a guess.
    pub(super) fn is_meant(&self) -> bool {
        self.finding.confidence != PlaceConfidence::Guess
    }
}
