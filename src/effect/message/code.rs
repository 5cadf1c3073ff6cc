//! What is asked of the background about infrastructure as code, and what it tells.

use std::sync::Arc;

use crate::iac::{
    FunctionTarget, MemoryCode, SourceStamp, StackAnswer, StackRead, Survey, Whereabouts,
};

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
    /// Write a change to a new file, as long as the file that it is of is what it was.
    WritePatch {
        /// The change, as `git apply` takes it.
        diff: String,
        /// What the file was that it is of.
        stamp: SourceStamp,
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
    /// The projects, what they say of the function, and the names of the patches that are here already.
    Found(Arc<Survey>, Arc<MemoryCode>, Vec<String>),
    /// That a file was changed since a change of it was worked out, as the beginning of a sentence: nothing was written.
    Stale(String),
    /// What a command answered.
    Answered(Box<StackAnswer>),
}
