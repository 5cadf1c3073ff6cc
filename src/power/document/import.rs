//! What an import starts from, and why it may come to nothing.

use jiff::Timestamp;
use serde_json::Value;

use crate::power::link::FoundLink;
use crate::power::{Curve, LinkError, OutputError, PointsError, Run, RunId, RunOrigin};
use crate::text;

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
        "this is neither JSON nor a visualization link, and holds none; give an exported run, a link or an output of the reference tool"
    )]
    Foreign,
    /// What Step Functions tells of an execution that has no output.
    #[error("the execution is {status} and has no output{}; {}", said(cause.as_deref()), remedy(status))]
    NoOutput {
        /// `FAILED`, `RUNNING` and the like.
        status: String,
        /// Why it failed, if that is told.
        cause: Option<String>,
    },
    /// There are several links and none was named. The words stand behind those for the text.
    #[error("holds {count} visualization links: {choice}; add '--link N' to say which", count = .0.0.len(), choice = .0)]
    SeveralLinks(LinkChoice),
    /// The link that was named is not there.
    #[error("there is no visualization link {asked}; it holds {count}")]
    NoSuchLink {
        /// The number asked for, from 1.
        asked: usize,
        /// How many there are.
        count: usize,
    },
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
    /// Which visualization link of the text is meant, from 1, if that is known.
    pub link: Option<usize>,
}

/// The links of a text, each worth a line to choose from.
#[derive(Debug)]
pub struct LinkChoice(pub Vec<FoundLink>);

impl LinkChoice {
    /// Each link in a few words, in order: what the text calls it, and its sizes.
    pub fn words(&self) -> impl Iterator<Item = String> + '_ {
        self.0.iter().map(|link| {
            let curves = link.curves.iter();
            let names: Vec<&str> = curves.clone().map(|curve| curve.name.as_str()).collect();
            let label = link.label.clone().unwrap_or_else(|| names.join(" and "));
            let sizes = curves.flat_map(|curve| &curve.points);
            let sizes: Vec<String> = sizes.map(|point| point.memory_mb.to_string()).collect();
            let between = match sizes.as_slice() {
                [one] => format!("{one} MB"),
                [first, .., last] => format!("{first} to {last} MB"),
                [] => String::new(),
            };
            text::neutralise(&format!("'{label}' ({between})")).into_owned()
        })
    }
}

impl std::fmt::Display for LinkChoice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, words) in self.words().enumerate() {
            let gap = if at == 0 { "" } else { ", " };
            write!(f, "{gap}{} {words}", at + 1)?;
        }
        Ok(())
    }
}

fn said(cause: Option<&str>) -> String {
    cause.map_or_else(String::new, |words| {
        format!(": {}", text::neutralise(words))
    })
}

fn remedy(status: &str) -> &'static str {
    if status == "RUNNING" {
        "wait for its end and describe it again"
    } else {
        "look at it in Step Functions"
    }
}

impl Import<'_> {
    /// A run of its own for a curve that was read.
    pub(super) fn run(&mut self, name: String, curve: Curve) -> Run {
        Run {
            id: (self.id)(),
            name,
            note: String::new(),
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
