//! Infrastructure as code, read from its files: projects and their stacks, where a function's memory size stands and
//! the change that gives it another one, outputs side by side, commands to type.
//!
//! Nothing is written and nothing is run here. What a file marks as sensitive is dropped where the file is read: no stack
//! keeps it, nothing shows it. What is read is bounded, in size, depth and number; what is left out for that is told, and
//! what cannot be read is an error with file and line.

mod answer;
mod budget;
mod cdk;
mod code;
mod commands;
mod data;
mod edit;
mod environment;
#[cfg(test)]
mod fixture;
mod made_of;
mod matching;
mod memory;
mod outputs;
mod place;
mod pulumi;
mod quote;
mod samples;
mod serverless;
mod snippet;
mod source_file;
mod sources;
mod stack;
mod survey;
mod target;
mod template;
mod terraform;
mod tool;
mod walk;
mod whereabouts;

pub use answer::{StackAnswer, StackRead};
pub use commands::{StackCommand, StackIntent};
pub use environment::IacEnvironment;
pub use outputs::{OutputCell, OutputColumn, OutputGrid, OutputGridRow};
pub use place::{CodePlace, FunctionTarget, MemoryCode, MemoryDrift, PlaceConfidence};
pub use samples::{SAMPLES, samples_stamp};
pub use snippet::CodeForm;
pub use source_file::SourceStamp;
pub use stack::{OutputValue, ResourceKind, Stack, StackKey, StackOutput, StackResource};
pub use survey::{Project, Survey};
pub use tool::Tool;
pub use walk::{PROJECT_FILES, WalkLimits};
pub use whereabouts::{Whereabouts, WorkBranch};

#[cfg(test)]
mod tests;
