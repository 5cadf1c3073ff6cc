//! The vocabulary of AWS Lambda: plain values that every other room shares. No I/O, no SDK types.

mod architecture;
mod function;
mod hosting;
mod memory;
mod partition;
pub mod record;
mod reference;
pub mod report;

pub use architecture::Architecture;
pub use function::{
    Function, FunctionCode, FunctionLogging, FunctionStatus, FunctionVariables, LogFormat,
    PackageType, State, UpdateStatus, default_log_group,
};
pub use hosting::{Capacity, DurableExecutions, FunctionHosting, SnapStart, Tenancy};
pub use memory::{MemoryError, MemoryMb};
pub use partition::partition;
pub use reference::{FunctionRef, FunctionRefError};
