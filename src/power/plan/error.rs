//! Why a plan is refused before anything is paid for.

use crate::lambda::{FunctionRefError, MemoryError, MemoryMb};

/// Why what was asked for is no plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// Nothing says which function to tune.
    #[error("no function is named; give its name or its ARN")]
    NoFunction,
    /// The text does not name a function.
    #[error(transparent)]
    Function(#[from] FunctionRefError),
    /// The function has a qualifier and another was given beside it.
    #[error(
        "the function is named with the qualifier '{named}' and '{given}' was given too; keep one"
    )]
    TwoQualifiers {
        /// The one in the name.
        named: String,
        /// The one beside it.
        given: String,
    },
    /// A memory size is out of range.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// A word stands where memory sizes should be.
    #[error(
        "'{0}' is not a memory size; give whole megabytes such as '128,256,512', a range such as '512..2048/256', or 'default', \
         'ALL', 'FULL' or 'current'"
    )]
    Size(String),
    /// The ends and the step of a range are none.
    #[error(
        "'{0}' is no range of memory sizes; give the smallest, the largest and the step such as '512..2048/256'"
    )]
    SizeRange(String),
    /// The size of the function is asked for before it is known.
    #[error(
        "the memory size that 'current' stands for is not known here; give it in megabytes instead"
    )]
    CurrentUnknown,
    /// The list of sizes is empty.
    #[error("no memory size is given; give at least one between 128 and 10240 MB")]
    NoSizes,
    /// A size is given twice.
    #[error("memory size {0} MB is given twice; remove one of the two")]
    SizeTwice(MemoryMb),
    /// Too few or too many invocations.
    #[error(
        "{num} invocations per memory size is outside {least} to {most}; choose one in between"
    )]
    Num {
        /// What was asked for.
        num: u32,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// The strategy is not one.
    #[error("'{0}' is not a strategy; choose 'cost', 'speed' or 'balanced'")]
    Strategy(String),
    /// Two percentages that mean the same.
    #[error("'within-percent' and 'tolerance' both say how much more may be paid; keep one")]
    TwoTolerances,
    /// A number is out of its range.
    #[error("{what} '{value}' is {range}")]
    Range {
        /// What the number stands for.
        what: &'static str,
        /// The number.
        value: f64,
        /// What is wrong, and the range.
        range: &'static str,
    },
    /// A weight of a payload cannot be one.
    #[error("payload {position} has the weight '{weight}'; give a number above 0")]
    PayloadWeight {
        /// Which payload, from 1.
        position: usize,
        /// Its weight.
        weight: f64,
    },
    /// The weights leave a payload without an invocation.
    #[error(
        "payload {position} would never be sent with {num} invocations per size; raise the number of invocations or its weight"
    )]
    TooFewInvocations {
        /// Which payload, from 1.
        position: usize,
        /// The invocations per size.
        num: u32,
    },
    /// The plan comes from a record that keeps no payload.
    #[error("the payload of this run was not kept; give it again")]
    PayloadRedacted,
    /// The alias cannot be one.
    #[error(
        "'{0}' cannot be an alias; use letters, digits, '-' and '_', not digits alone, at most 128 characters"
    )]
    Alias(String),
    /// The tenant id cannot be one.
    #[error(
        "'{0}' cannot be a tenant id; use letters, digits, blanks and '._:/=+-@', at most 256 characters, no blank at an end"
    )]
    Tenant(String),
    /// An allowed exception is empty.
    #[error("an allowed exception is empty; give the error type, such as 'TimeoutError'")]
    EmptyException,
}
