//! AWS Lambda power tuning: plan, measurement, statistics, prices, picks, and the record of a run.

pub mod curve;
pub mod journal;
pub mod plan;
pub mod price;
pub mod reference;
pub mod run;
pub mod statistics;
mod tuning;

pub use curve::{BillingStep, Curve, Interval, Picks, Point};
pub use journal::{Journal, Original, Step};
pub use plan::{Apply, Payload, Plan, Strategy, Weight, WeightedPayload};
pub use price::{Currency, Prices, Rate};
pub use run::{
    Cleanup, Measured, Origin, Run, RunId, RunState, Sample, SampleKind, SizeRun, SizeState,
};
pub use tuning::Tuning;
