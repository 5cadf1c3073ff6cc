//! What is asked of the background about infrastructure as code, and what it tells.

use std::sync::Arc;

use crate::iac::{FunctionTarget, MemoryCode, StackAnswer, StackRead, Survey, Whereabouts};

/// Background work on infrastructure as code, as data.
#[derive(Debug, Clone, PartialEq)]
pub enum CodeJob {
    /// Look which branch and which environments are worked on here.
    LookAround,
    /// Look for projects under the directory.
    Survey,
    /// Look for the code that gives a function its memory size; in these projects, if they are known already.
    Find(Option<Arc<Survey>>, FunctionTarget),
    /// Run a command that reads a stack; the user said yes to it.
    Read(Box<StackRead>),
    /// Write a change to a new file.
    WritePatch {
        /// The change, as `git apply` takes it.
        diff: String,
        /// The path of the file.
        path: String,
    },
}

/// What such a job says.
#[derive(Debug, Clone, PartialEq)]
pub enum CodeReport {
    /// The branch and the environments here.
    Around(Whereabouts),
    /// The projects.
    Surveyed(Arc<Survey>),
    /// The projects, and what they say of the function.
    Found(Arc<Survey>, Arc<MemoryCode>),
    /// What a command answered.
    Answered(Box<StackAnswer>),
}
