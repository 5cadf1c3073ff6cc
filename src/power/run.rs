//! The record of a run: every sample of a run made here, or the points of one that came from elsewhere.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{FirstAnswer, Plan, Point, Sample, Surcharges};
use crate::lambda::{Architecture, MemoryMb};

/// Names a run; sorts by start. `r` + UTC time to the second + four random hex digits: `r20261121-101530-7f3a`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub String);

impl RunId {
    /// Makes the id of a run that starts at `at`; `salt` tells apart two that start in the same second.
    #[must_use]
    pub fn new(at: Timestamp, salt: u16) -> Self {
        Self(format!("r{}-{salt:04x}", at.strftime("%Y%m%d-%H%M%S")))
    }
}

impl std::fmt::Display for RunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One run, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its id.
    pub id: RunId,
    /// The name shown in lists; the user may change it.
    pub name: String,
    /// What the user noted about it; nothing at first.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub note: String,
    /// When it started, or was imported.
    pub started: Timestamp,
    /// Where it comes from, and what it holds.
    pub origin: RunOrigin,
}

impl Run {
    /// What a run made by iacstone holds.
    #[must_use]
    pub fn measured(&self) -> Option<&MeasuredRun> {
        match &self.origin {
            RunOrigin::Measured(measured) => Some(measured),
            RunOrigin::Imported { .. } => None,
        }
    }

    /// The same, to be changed.
    pub fn measured_mut(&mut self) -> Option<&mut MeasuredRun> {
        match &mut self.origin {
            RunOrigin::Measured(measured) => Some(measured),
            RunOrigin::Imported { .. } => None,
        }
    }

    /// Its name beside another run: with the time it was made (UTC) where both are called the same.
    #[must_use]
    pub fn name_beside(&self, other: &Self) -> String {
        if self.name != other.name {
            return self.name.clone();
        }
        let form = if self.started.strftime("%F %R").to_string()
            == other.started.strftime("%F %R").to_string()
        {
            "%m-%d %H:%M:%S"
        } else {
            "%m-%d %H:%M"
        };
        format!("{} {}", self.name, self.started.strftime(form))
    }

    /// Closes a run that ended without a word: its process was killed. What it measured and paid is kept.
    pub fn cut_off(&mut self) {
        if let Some(measured) = self.measured_mut() {
            measured.cut_off();
        }
    }
}

/// Where a run comes from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunOrigin {
    /// Measured by iacstone, with every sample.
    Measured(Box<MeasuredRun>),
    /// Means only: from a link, the reference tool's output, or a bundled example.
    Imported {
        /// What it was read from, for the user: a file name, `link`, `example`.
        from: String,
        /// The instruction set, `x86_64` when not stated.
        architecture: Architecture,
        /// The region, `us-east-1` when not stated.
        region: String,
        /// Sorted by memory, no size twice, all numbers finite.
        points: Vec<Point>,
    },
}

/// What a run made by iacstone holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasuredRun {
    /// The function's unqualified ARN.
    pub function_arn: String,
    /// Its instruction set.
    pub architecture: Architecture,
    /// Its region.
    pub region: String,
    /// The memory size the function has outside the run: the baseline.
    pub current_memory: MemoryMb,
    /// What was asked for; the payload redacted when the plan says so.
    pub plan: Plan,
    /// How far it got.
    pub state: RunState,
    /// One entry per planned size, ascending.
    pub sizes: Vec<SizeRun>,
    /// What was known before anything was changed.
    #[serde(flatten)]
    pub preflight: RunPreflight,
    /// What the run itself took.
    #[serde(flatten)]
    pub usage: RunUsage,
    /// What the run left behind.
    pub cleanup: Cleanup,
    /// What was written to the live function because the plan asked for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub applied: Option<Applied>,
    /// Sentences for the user.
    pub warnings: Vec<String>,
}

/// What was known of the function before a run changed anything. A part of [`MeasuredRun`] in JSON, not an object of its
/// own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct RunPreflight {
    /// Invocations of `$LATEST` as it was, paid before anything was changed, to see that the function works at all.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub probes: Vec<Probe>,
    /// What tells the function's code and configuration from others, so that more samples are only joined with samples of
    /// the same; `None` in the records of an iacstone that did not note it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<String>,
    /// What the function answered first.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub first_answer: Option<FirstAnswer>,
    /// What the function is charged for beside memory and requests; `None` in the records of an iacstone that did not note
    /// it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub surcharges: Option<Surcharges>,
}

/// What a run itself took, in calls, money and time. A part of [`MeasuredRun`] in JSON, not an object of its own.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct RunUsage {
    /// Control-plane calls made (everything but invocations).
    pub control_calls: u32,
    /// Money spent on invocations, requests included, in USD.
    pub spent_usd: f64,
    /// Wall-clock time from start to the last clean-up, in milliseconds.
    pub wall_ms: u64,
    /// How much of that the run was paused, in milliseconds.
    #[serde(skip_serializing_if = "is_none", default)]
    pub paused_ms: u64,
    /// Durable executions that its invocations began.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub durable_executions: u32,
}

/// An invocation of `$LATEST` before the run: no size stands on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// The memory size `$LATEST` had.
    pub memory_mb: MemoryMb,
    /// The invocation.
    pub sample: Sample,
}

/// A pick on the live function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// The memory size of `$LATEST` now.
    pub memory_mb: MemoryMb,
    /// The version published for the alias.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub version: Option<String>,
    /// The alias that points at it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alias: Option<String>,
}

/// How far a run got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunState {
    /// Under way.
    Running,
    /// Its process ended without a word; the journal knows what it left behind.
    CutOff,
    /// Every planned size was dealt with.
    Finished,
    /// The user stopped it.
    Cancelled,
    /// It could not go on; the sentence says why.
    Failed(String),
}

impl RunState {
    /// What is unusual about it, for people; nothing for a run that finished.
    #[must_use]
    pub fn unusual(&self) -> Option<String> {
        match self {
            Self::Running => Some("under way".to_owned()),
            Self::CutOff => Some("cut off".to_owned()),
            Self::Finished => None,
            Self::Cancelled => Some("cancelled".to_owned()),
            Self::Failed(why) => Some(format!("failed: {why}")),
        }
    }
}

/// The warning of a run that its cost cap ended.
pub const CAPPED: &str = "the cost cap was reached before every size had its samples; raise --max-cost for a full result";

impl MeasuredRun {
    /// What is unusual about how it ended, for people: as its state says, that its cost cap ended it, and that nothing
    /// is left of a run that was cut off.
    #[must_use]
    pub fn unusual(&self) -> Option<String> {
        if self.is_capped() {
            return Some("capped".to_owned());
        }
        let is_undone = self.state == RunState::CutOff && self.cleanup.is_complete();
        let words = self.state.unusual()?;
        Some(if is_undone {
            format!("{words}, undone later")
        } else {
            words
        })
    }

    /// Whether its cost cap kept it from samples that it was to have: it can be gone on with.
    #[must_use]
    pub fn is_capped(&self) -> bool {
        let is_told = self.warnings.iter().any(|warning| warning == CAPPED);
        self.state == RunState::Finished && is_told
    }

    /// What became of a size that the plan names.
    pub(super) fn size_mut(&mut self, memory: MemoryMb) -> Option<&mut SizeRun> {
        self.sizes.iter_mut().find(|size| size.memory_mb == memory)
    }
}

/// Whether the function is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Cleanup {
    /// Its memory size is what it was before the run (or what a deploy in between made it).
    pub restored: bool,
    /// Versions of this run that could not be deleted.
    pub versions_left: u32,
    /// How the function differs from what it was before the run, when it does though the run took back what is its own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub differs: Option<Difference>,
}

/// Why a function is not what it was before a run that took back what is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// It has the size that the run was to apply.
    Applied(MemoryMb),
    /// Somebody else changed it meanwhile.
    ByOthers,
}

impl Cleanup {
    /// Whether nothing is left to undo.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.restored && self.versions_left == 0
    }

    /// What can be said of the function after `the function`: `is as it was`, and the like.
    #[must_use]
    pub fn words(self) -> String {
        match self.differs {
            _ if !self.restored => "does not have its own memory size yet".to_owned(),
            None => "is as it was".to_owned(),
            Some(Difference::Applied(size)) => format!(
                "has the {size} MB that the run was to apply, with what it made for an alias"
            ),
            Some(Difference::ByOthers) => {
                "is as somebody else made it meanwhile, which is left alone".to_owned()
            }
        }
    }
}

/// What became of one memory size.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SizeRun {
    /// The memory size.
    pub memory_mb: MemoryMb,
    /// Its state.
    pub state: SizeState,
    /// Every sample in order of arrival, cold ones included.
    pub samples: Vec<Sample>,
    /// How many samples it had each time that its run was gone on with: all environments are new after that.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub resumed_after: Vec<usize>,
    /// How many samples it had each time that its run went on after a pause: environments may be new after that.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub paused_after: Vec<usize>,
}

impl SizeRun {
    /// A size of which nothing was measured yet.
    #[must_use]
    pub const fn pending(memory_mb: MemoryMb) -> Self {
        Self {
            memory_mb,
            state: SizeState::Pending,
            samples: Vec::new(),
            resumed_after: Vec::new(),
            paused_after: Vec::new(),
        }
    }

    /// Its run goes on after a pause.
    pub fn note_pause(&mut self) {
        if !self.samples.is_empty() {
            self.paused_after.push(self.samples.len());
        }
    }

    /// Whether its environments may be new from the sample at this place on.
    pub(super) fn begins_anew(&self, at: usize) -> bool {
        self.resumed_after.contains(&at) || self.paused_after.contains(&at)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the shape serde asks for"
)]
const fn is_none(milliseconds: &u64) -> bool {
    *milliseconds == 0
}

/// The state of one memory size in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeState {
    /// Not yet published, or being measured.
    Pending,
    /// Measured.
    Ok,
    /// Measured in part, then given up as it looked worse than the best.
    Dropped,
    /// The function does not work at this size; the sentence says why.
    Infeasible(String),
    /// Not measured; the sentence says why.
    Skipped(String),
}

impl SizeState {
    /// Why a size was dropped: it need not be shown to be dearer in the end.
    pub const DROPPED_FOR: &'static str = "it looked dearer";
}
