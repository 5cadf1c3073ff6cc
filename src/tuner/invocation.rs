//! An invocation, as those speak of it who plan it and those who make it.

use crate::lambda::MemoryMb;

/// One invocation to start now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct InvocationRequest {
    /// The size it measures.
    pub memory: MemoryMb,
    /// The version to invoke.
    pub version: String,
    /// Which of the plan's payloads, counted over the size's invocations.
    pub turn: usize,
    /// Whether its environment has to be new.
    pub expect_cold: bool,
    /// Whether the lane was busy before, so that the plan's pause applies.
    pub pause: bool,
}

/// How an invocation ended, as far as it matters for whether its size works at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InvocationFate {
    /// It answered, or failed in a way the plan allows.
    Fine,
    /// The function reported an error.
    Failed,
    /// It ran into its time-out.
    TimedOut,
    /// It was killed for want of memory.
    OutOfMemory,
}

/// What is known of an invocation that gave no sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missed {
    /// The function was surely not run.
    NotRun,
    /// It may have been run, and is charged then.
    Unclear,
}
