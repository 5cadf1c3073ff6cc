//! AWS Lambda power tuning: plan, measurement, statistics, prices, picks, and the record of a run.

pub mod advice;
pub mod answer;
mod by_payload;
mod claim;
pub mod compare;
mod cost_check;
mod count;
pub mod curve;
pub mod document;
pub mod estimate;
pub mod evaluation;
pub mod events;
pub mod examples;
pub mod export;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixture;
pub mod input;
pub mod journal;
pub mod limits;
pub mod link;
pub mod listed;
mod month;
mod number;
pub mod output;
pub mod pattern;
pub mod pick;
pub mod plan;
mod point;
pub mod price;
pub mod pricing;
pub mod reference;
pub mod resume;
pub mod rounds;
pub mod run;
mod sample;
pub mod statistics;
mod strategy;
pub mod summary;
mod surcharge;
mod tuning;

pub use advice::{Advice, AdviceWeight, advice, misfit};
pub use answer::FirstAnswer;
pub use by_payload::PayloadFigures;
pub use claim::{ClaimError, RunClaim};
pub use compare::{Change, MeanChange, MeanDifference, SizeDifference, unlike};
pub use cost_check::{CostCheck, CostVerdict};
pub use curve::{BillingStep, Curve, PointsError};
pub use document::{Import, ImportError};
pub use estimate::{Estimate, TypicalDurations, estimate, estimate_rest};
pub use events::{EventCall, SampleEvent, SubscriptionError};
pub use examples::Example;
pub use finding::{Course, Finding, Stopped};
pub use input::{InputError, ReferenceInput};
pub use journal::{Journal, JournalEntry, Original};
pub use limits::{LimitCheck, LimitStanding, LimitsReport, SizeLimits};
pub use link::LinkError;
pub use listed::{ListedRun, RunFilter, RunOrder};
pub use month::MonthBill;
pub use output::{OutputError, ReferenceOutput};
pub use pattern::{CurvePattern, MemoryPattern};
pub use pick::{Picks, pick, picks};
pub use plan::{
    Apply, DurationLimit, FigureLimits, Goal, LimitFigure, Payload, PayloadSequence, PickDraft,
    PickLimits, Plan, PlanDraft, PlanError, SampleCount, Sampling, SamplingDraft, SizeList,
    WeightedPayload,
};
pub use point::{Interval, Point};
pub use price::{Currency, Prices, Rate, SnapshotRate};
pub use pricing::Pricing;
pub use resume::{ResumeError, Resumption, code_of};
pub use run::{
    Applied, Cleanup, Difference, MeasuredRun, Probe, Run, RunId, RunOrigin, RunPreflight,
    RunState, RunUsage, SizeRun, SizeState,
};
pub use sample::{Sample, SampleKind, SampledCall};
pub use strategy::{Strategy, Weight};
pub use summary::{ChartDocument, ChartLimits, TuneSummary};
pub use surcharge::Surcharges;
pub use tuning::RunEvent;
