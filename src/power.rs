//! AWS Lambda power tuning: plan, measurement, statistics, prices, picks, and the record of a run.

pub mod advice;
pub mod compare;
mod count;
pub mod curve;
pub mod document;
pub mod estimate;
pub mod examples;
#[cfg(test)]
pub(crate) mod fixture;
pub mod input;
pub mod journal;
pub mod link;
pub mod output;
pub mod pattern;
pub mod pick;
pub mod plan;
pub mod price;
pub mod pricing;
pub mod reference;
pub mod run;
pub mod statistics;
pub mod summary;
mod tuning;

pub use advice::{Advice, AdviceWeight, advice};
pub use compare::Change;
pub use curve::{BillingStep, Curve, Interval, Picks, Point, PointsError};
pub use document::{Import, ImportError};
pub use estimate::{Estimate, estimate, typical_ms};
pub use examples::Example;
pub use input::{InputError, ReferenceInput};
pub use journal::{Journal, JournalEntry, Original};
pub use link::LinkError;
pub use output::{OutputError, ReferenceOutput};
pub use pattern::{MemoryPattern, pattern};
pub use pick::{PickLimits, pick, picks};
pub use plan::{
    Apply, Payload, PayloadSequence, Plan, PlanDraft, PlanError, Strategy, Weight, WeightedPayload,
    parse_sizes,
};
pub use price::{Currency, Prices, Rate};
pub use pricing::Pricing;
pub use run::{
    Applied, Cleanup, Difference, MeasuredRun, Probe, Run, RunId, RunOrigin, RunState, Sample,
    SampleKind, SizeRun, SizeState,
};
pub use summary::{ChartDocument, TuneSummary};
pub use tuning::RunEvent;
