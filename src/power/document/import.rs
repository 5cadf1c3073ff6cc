//! What an import starts from, and why it may come to nothing.

use jiff::Timestamp;
use serde_json::Value;

use crate::power::{Curve, LinkError, OutputError, PointsError, Run, RunId, RunOrigin};

/// The version of exported runs that this program writes and the newest it reads.
pub const EXPORT_VERSION: u64 = 1;

/// Why a text holds no run.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is empty.
    #[error(
        "there is nothing to import; give a visualization link, an exported run or an output of the reference tool"
    )]
    Empty,
    /// It begins like JSON but is none.
    #[error("the text is not valid JSON: {0}; give the whole file")]
    Json(#[source] serde_json::Error),
    /// It is something else altogether.
    #[error(
        "this is neither JSON nor a visualization link; give an exported run, a link or an output of the reference tool"
    )]
    Foreign,
    /// An exported run that this program does not understand.
    #[error(
        "the run was exported in format '{0}'; this program reads format {EXPORT_VERSION}: use a newer iacstone"
    )]
    Version(Value),
    /// An exported run with a field missing or wrong.
    #[error("the exported run is damaged: {0}; export it again")]
    Run(#[source] serde_json::Error),
    /// A chart or tuning document with a field missing or wrong.
    #[error("the document is damaged: {0}; give the whole output")]
    Document(#[source] serde_json::Error),
    /// Points that form no curve.
    #[error(transparent)]
    Points(#[from] PointsError),
    /// No output of the reference tool either.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A damaged link.
    #[error(transparent)]
    Link(#[from] LinkError),
}

/// Where imported runs get what their text does not say.
pub struct Import<'a> {
    /// What the text was read from, for the user: a file name, or `link`. It is the name of runs without one.
    pub from: &'a str,
    /// The time of the import.
    pub at: Timestamp,
    /// Makes a new id.
    pub id: &'a mut dyn FnMut() -> RunId,
}

impl Import<'_> {
    /// A run of its own for a curve that was read.
    pub(super) fn run(&mut self, name: String, curve: Curve) -> Run {
        Run {
            id: (self.id)(),
            name,
            started: self.at,
            origin: RunOrigin::Imported {
                from: self.from.to_owned(),
                architecture: curve.architecture,
                region: curve.region,
                points: curve.points,
            },
        }
    }
}
