//! The background task pool: one queue with its own limit per kind, so that a stuck kind cannot starve another.
//!
//! Invariant: every job that is accepted ends with exactly one last report, whether it returns, is cancelled, runs out
//! of time or panics; its reports arrive in the order it made them.

mod blocking;
mod context;
mod id;
mod limits;
mod pause;
mod pool;
mod retry;
mod supervise;
mod worker;

pub use blocking::{Blocking, BrokenWork};
pub use context::JobContext;
pub use id::{TaskId, TaskKind};
pub use limits::JobLimits;
pub use pause::{Pause, PauseSwitch};
pub use pool::{Pool, SpawnError};
pub use retry::{Backoff, jitter, retry};
pub use worker::{JobEnding, Rules, Worker};
