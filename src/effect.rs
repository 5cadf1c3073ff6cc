//! The plain data between panes, program and runtime: messages in, effects out, jobs and their reports; what a pane may
//! ask of the frame around it.

mod browser;
mod context;
mod editor;
mod message;
mod notice;
mod outbox;
mod problem;
mod prompt;

pub use browser::Browser;
pub use context::{AppContext, Backend};
pub use editor::Editor;
pub use message::{
    CodeJob, CodeReport, Copied, CountedPart, Effect, Fetch, ImportOutcome, Job, JobReport, Msg,
    OpenedArticle, QueryJob, QueryOutcome, QueryReading, QueryReport, ReaderJob, ReaderReport,
    RunEvent, Severity,
};
pub use notice::{Notice, NoticeText, Notices};
pub use outbox::{BroughtPayload, Outbox, Visit};
pub(crate) use outbox::{Request, TaskIds};
pub use problem::{Problem, ProblemKind};
pub use prompt::{Confirm, ConfirmAction, Prompt, PromptAid, PromptOutcome, Verdict, check_json};
