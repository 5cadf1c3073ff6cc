//! The plain data that flows through the program: messages in, effects out, jobs and their reports.

mod code;
mod query;
mod reader;

use std::sync::Arc;

use jiff::Timestamp;

use super::{Editor, Problem};
use crate::aws::CallerIdentity;
use crate::keys::Chord;
use crate::lambda::{Function, FunctionRef};
use crate::logs::statistics::{EventSummary, GroupFigures, InvocationSubset, RunVersion};
use crate::logs::{
    BufferScan, Export, GroupSet, LogGroup, RunLog, SavedList, ScanResult, Snapshot, TailTarget,
    Tailing,
};
use crate::power::{Journal, ListedRun, Plan, Resumption, Run, RunId};
use crate::task::TaskId;

pub use crate::power::RunEvent;
pub use code::{CodeJob, CodeReport};
pub use query::{QueryJob, QueryOutcome, QueryReading, QueryReport};
pub use reader::{Fetch, OpenedArticle, ReaderJob, ReaderReport};

/// What the update is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Chord),
    /// Text was pasted.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resized(u16, u16),
    /// The time of the messages that follow; sent once per batch.
    Tick(Timestamp),
    /// A job reported. Reports of a task nobody waits for any more are stale and dropped.
    Task(TaskId, JobReport),
    /// What became of [`Effect::Copy`].
    Copied(Copied),
    /// The process was asked to end (SIGTERM, SIGHUP, or the terminal is gone).
    Terminated,
}

impl Msg {
    /// Whether it only brings what flows in by itself: nobody waits for the frame that shows it.
    #[must_use]
    pub const fn is_news(&self) -> bool {
        matches!(self, Self::Task(_, JobReport::Tail(_)))
    }
}

/// Where copied text went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// To the terminal's clipboard, as far as one can know.
    Clipboard,
    /// To tmux, which passes it on or not, and to the file at this path.
    Tmux(String),
    /// To the file at this path: the terminal has no clipboard.
    File(String),
    /// To the file at this path: the text is too long for the terminal's clipboard.
    TooLong(String),
    /// Nowhere; the sentence says why and what to do.
    Failed(String),
}

/// What the update asks the runtime to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Start a job.
    Spawn(TaskId, Job),
    /// Cancel a job; it may still report while it cleans up.
    Cancel(TaskId),
    /// Tell a job to hold, or that it may go on; what is under way finishes.
    Pause(TaskId, bool),
    /// Lend the terminal to the editor that a job starts, until the job reports.
    Edit(TaskId, Job),
    /// Put text on the clipboard.
    Copy(String),
    /// Give the terminal back to the shell until `fg`.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave; jobs that must finish are waited for.
    Quit,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Done as asked.
    Success,
    /// Needs a look.
    Warning,
    /// Failed.
    Error,
}

/// What is counted of a log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedPart {
    /// The name of the group.
    pub group: String,
    /// The first and the last millisecond, in Unix time.
    pub range_ms: (i64, i64),
    /// The invocations that alone count; nothing for all.
    pub only: Option<InvocationSubset>,
}

/// Background work as data.
#[derive(Debug, Clone, PartialEq)]
pub enum Job {
    /// Ask who the credentials are.
    Identify,
    /// List all functions, page by page.
    ListFunctions,
    /// Read one function's configuration.
    DescribeFunction(FunctionRef),
    /// List all log groups, page by page.
    ListGroups,
    /// Look for the log groups that Lambda@Edge writes to for a function, in the other regions.
    FindEdgeGroups(String),
    /// Follow log groups until cancelled.
    Follow(Box<TailTarget>),
    /// Read what a tuning run wrote into the log group of this key.
    ReadRunLog(String, Box<RunLog>),
    /// Count the invocations of a part of a log group, or its events when it has none.
    CountInvocations(CountedPart),
    /// Fold the messages of the rows of a tail to templates; those at or after a time in Unix milliseconds are counted
    /// apart too.
    FoldMessages(Snapshot, Option<i64>),
    /// Look through the rows of a tail.
    Scan(Box<BufferScan>),
    /// Write the rows of a tail to a new file.
    ExportRows(Box<Export>),
    /// Load the versions that tuning runs published.
    LoadRunVersions,
    /// Load the saved sets of log groups.
    LoadSets,
    /// Save or replace a set of log groups.
    SaveSet(GroupSet),
    /// Delete a set of log groups.
    DeleteSet(String),
    /// Work on Logs Insights queries.
    Query(QueryJob),
    /// Load the filters and hidden fields that were saved.
    LoadLists,
    /// Save or replace filters or hidden fields; without entries, delete them.
    SaveList(SavedList),
    /// Run a power tuning. Finishes its clean-up before exit.
    Tune(RunId, Box<Plan>),
    /// Go on with a run that broke off. Finishes its clean-up before exit.
    Resume(Box<Resumption>),
    /// Undo what a killed run left behind. Finishes before exit.
    Recover(RunId),
    /// Load all saved runs and the open journals.
    LoadRuns,
    /// Save or replace a run.
    SaveRun(Box<Run>),
    /// Rename a run.
    RenameRun(RunId, String),
    /// Give a run another note.
    NoteRun(RunId, String),
    /// Delete a run.
    DeleteRun(RunId),
    /// Read a run from a link, or from the file at a path.
    ImportRun(String),
    /// Write a run to the file at a path.
    ExportRun(Box<Run>, String),
    /// Read a payload from the file at a path.
    ReadPayload(String),
    /// Have an editor change a text; it has the terminal. Finishes before exit.
    EditText(Editor, String),
    /// Work of the reader.
    Reader(ReaderJob),
    /// Work on infrastructure as code.
    Code(CodeJob),
}

impl Job {
    /// Whether it writes what the user wants kept: that is still begun, and waited for, when the program is about to end.
    #[must_use]
    pub const fn writes(&self) -> bool {
        match self {
            Self::SaveRun(_)
            | Self::RenameRun(..)
            | Self::NoteRun(..)
            | Self::DeleteRun(_)
            | Self::ImportRun(_)
            | Self::ExportRun(..)
            | Self::SaveSet(_)
            | Self::DeleteSet(_)
            | Self::SaveList(_)
            | Self::ExportRows(_) => true,
            Self::Query(job) => job.writes(),
            Self::Code(job) => matches!(job, CodeJob::WritePatch { .. }),
            Self::Reader(job) => matches!(
                job,
                ReaderJob::Mark(..)
                    | ReaderJob::KeepPlace(..)
                    | ReaderJob::SaveSearch(_)
                    | ReaderJob::RemoveSearch(_)
                    | ReaderJob::Unfollow(_)
                    | ReaderJob::Save(..)
            ),
            _ => false,
        }
    }
}

/// What became of a run that was read from elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    /// It is saved.
    New,
    /// It was saved before, perhaps under another name.
    Known,
    /// It is saved beside another one of the same id, under a new one.
    Beside,
}

/// What a job says while it works and when it ends.
#[derive(Debug, Clone, PartialEq)]
pub enum JobReport {
    /// The answer to [`Job::Identify`], and the region the session works in.
    Identified(CallerIdentity, String),
    /// One more page of functions.
    Functions(Vec<Function>),
    /// The answer to [`Job::DescribeFunction`].
    Described(Box<Function>),
    /// One more page of log groups.
    Groups(Vec<LogGroup>),
    /// The answer to [`Job::FindEdgeGroups`]: the groups, and a sentence for each region that could not be asked.
    EdgeGroups(Vec<LogGroup>, Vec<String>),
    /// Something a tail told.
    Tail(Box<Tailing>),
    /// How far [`Job::CountInvocations`] is.
    Counting {
        /// Events read so far.
        events: u64,
        /// Up to when they were read, in Unix milliseconds, when that is known.
        reached_ms: Option<i64>,
    },
    /// The versions that tuning runs published.
    RunVersions(Vec<RunVersion>),
    /// The answer to [`Job::CountInvocations`]; no further report follows.
    Counted(GroupFigures),
    /// The answer to [`Job::FoldMessages`]: the figures of each group, by name; no further report follows.
    Folded(Vec<(Arc<str>, EventSummary)>),
    /// A part of the answer to [`Job::Scan`].
    Found(ScanResult),
    /// The saved sets of log groups, by name.
    Sets(Vec<GroupSet>),
    /// Something about Logs Insights queries.
    Query(QueryReport),
    /// The saved filters and hidden fields, by kind and name.
    Lists(Vec<SavedList>),
    /// The saved runs, newest first, each with what a list says of it, and the journals of runs that were cut off.
    Runs(Vec<(Run, ListedRun)>, Vec<Journal>),
    /// Something happened in a tuning run.
    Tuning(RunEvent),
    /// A run was read from elsewhere and saved.
    Imported(Box<Run>, ImportOutcome),
    /// A run was written to this path.
    Exported(String),
    /// The answer to [`Job::ReadPayload`]: the path, and the text there; no further report follows.
    Payload(String, String),
    /// The answer to [`Job::EditText`]: the text as it is now; no further report follows.
    Edited(String),
    /// Something for the reader.
    Reader(ReaderReport),
    /// Something about infrastructure as code.
    Code(CodeReport),
    /// The job did what it was asked to; no further report follows.
    Done,
    /// The job failed. No further report follows.
    Failed(Problem),
    /// The job was cancelled and has cleaned up; no further report follows.
    Cancelled,
}
