//! The vocabulary of AWS Lambda: plain values that every other room shares. No I/O, no SDK types.

mod architecture;
mod function;
mod memory;
pub mod record;
mod reference;
pub mod report;

pub use architecture::Architecture;
pub use function::{
    Function, FunctionCode, FunctionLogging, FunctionStatus, FunctionVariables, LogFormat,
    PackageType, SnapStart, State, UpdateStatus, default_log_group,
};
pub use memory::{MemoryError, MemoryMb};
pub use reference::{FunctionRef, FunctionRefError};
