//! What a pane hands back while it updates: effects for the runtime, and requests for the frame around it.

use jiff::Timestamp;

use super::{AppContext, Confirm, Effect, Job, NoticeText, Prompt, ReaderJob, Severity};
use crate::lambda::MemoryMb;
use crate::logs::{Home, RunLog};
use crate::power::{Run, RunClaim};
use crate::task::TaskId;

/// Issues task ids; each is used once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TaskIds(u64);

impl TaskIds {
    fn issue(&mut self) -> TaskId {
        self.0 += 1;
        TaskId(self.0)
    }
}

/// What a pane may know and ask for during one update.
#[derive(Debug)]
pub struct Outbox<'a> {
    /// The facts of the session.
    pub context: &'a AppContext,
    /// The time of the message.
    pub now: Timestamp,
    /// The account and region of the session, once they are known.
    pub home: Option<Home>,
    /// How many rows a page of a list has.
    pub page: usize,
    /// Whether the program is about to end: nothing that changes the account is begun any more.
    pub leaving: bool,
    tasks: &'a mut TaskIds,
    pub(crate) effects: Vec<Effect>,
    pub(crate) requests: Vec<Request>,
}

/// What a pane asks of the frame around it.
#[derive(Debug)]
pub(crate) enum Request {
    /// Remember what was put on the clipboard until it is there.
    Copied(String),
    /// Remember that this task opens an address in the browser.
    Browsed(TaskId),
    /// Show a notice.
    Notice(Severity, NoticeText),
    /// Open a text prompt.
    Prompt(Box<Prompt>),
    /// Ask before doing something.
    Confirm(Confirm),
    /// Go on in another pane.
    Visit(Visit),
}

/// What one pane asks another to do, with the other pane in front.
#[derive(Debug, Clone, PartialEq)]
pub enum Visit {
    /// Follow log groups in the logs pane: each by its name, and where it is.
    Follow(Vec<(String, Option<Home>)>),
    /// Show, in the logs pane, what a tuning run wrote into a log group: its name, and where it is.
    RunLog((String, Option<Home>), Box<RunLog>),
    /// Count, in the logs pane, what a function did at the sizes that a run claims something of; its log group by name, and
    /// where that is.
    Held((String, Option<Home>), Box<RunClaim>),
    /// Keep and show a run of means that was made of other figures, in the tuning pane.
    Figures(Box<Run>),
    /// Go back to the tuning pane as it was left.
    Runs,
    /// Go back to the logs pane as it was left.
    Statistics,
    /// Go back to the articles pane as it was left.
    Article,
    /// Plan a tuning run of the function of this name in the tuning pane.
    Plan(String),
    /// Plan a run with this payload in the tuning pane.
    Payload {
        /// The function, as it can be called; the user is asked when it is not known.
        function: Option<String>,
        /// The payload.
        payload: BroughtPayload,
    },
    /// Search the articles for this name in the articles pane.
    Mentions(String),
    /// Read the bundled note of this name in the articles pane.
    Note(&'static str),
    /// Show the run behind this visualization link in the tuning pane.
    Chart(String),
}

/// A payload of another screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtPayload {
    /// Where it comes from, in words.
    pub from: String,
    /// The payload.
    pub text: String,
    /// A memory size that is known to be too small for it.
    pub too_small: Option<MemoryMb>,
}

impl<'a> Outbox<'a> {
    pub(crate) fn new(
        context: &'a AppContext,
        now: Timestamp,
        page: usize,
        tasks: &'a mut TaskIds,
    ) -> Self {
        Self {
            context,
            now,
            home: None,
            page,
            leaving: false,
            tasks,
            effects: Vec::new(),
            requests: Vec::new(),
        }
    }

    /// Starts a job and returns its id.
    pub fn spawn(&mut self, job: Job) -> TaskId {
        let id = self.tasks.issue();
        self.effects.push(Effect::Spawn(id, job));
        id
    }

    /// Cancels a job.
    pub fn cancel(&mut self, id: TaskId) {
        self.effects.push(Effect::Cancel(id));
    }

    /// Tells a job to hold, or that it may go on.
    pub fn pause(&mut self, id: TaskId, is_on: bool) {
        self.effects.push(Effect::Pause(id, is_on));
    }

    /// Has the editor of the user's own change a text; returns the id of the job.
    pub fn edit(&mut self, text: String) -> TaskId {
        let id = self.tasks.issue();
        let job = Job::EditText(self.context.editor.clone(), text);
        self.effects.push(Effect::Edit(id, job));
        id
    }

    /// Puts text on the clipboard; `what` names it in the notice that follows.
    pub fn copy(&mut self, text: String, what: String) {
        self.requests.push(Request::Copied(what));
        self.effects.push(Effect::Copy(text));
    }

    /// Opens a web address in the browser; without one copies it. `what` names it in the notice that follows.
    pub fn browse(&mut self, address: String, what: &str) {
        let Some(browser) = &self.context.browser else {
            return self.copy(address, format!("{what} (no browser opens on this screen)"));
        };
        let job = ReaderJob::Browse(browser.command(&address));
        let id = self.spawn(Job::Reader(job));
        self.requests.push(Request::Browsed(id));
    }

    /// Shows a notice.
    pub fn notice(&mut self, severity: Severity, text: impl Into<NoticeText>) {
        self.requests.push(Request::Notice(severity, text.into()));
    }

    /// Opens a text prompt.
    pub fn prompt(&mut self, prompt: Prompt) {
        self.requests.push(Request::Prompt(Box::new(prompt)));
    }

    /// Asks before doing something.
    pub fn confirm(&mut self, confirm: Confirm) {
        self.requests.push(Request::Confirm(confirm));
    }

    /// Goes on in another pane.
    pub fn visit(&mut self, visit: Visit) {
        self.requests.push(Request::Visit(visit));
    }

    /// Makes the id of a run that starts now.
    pub fn run_id(&mut self) -> crate::power::RunId {
        let TaskId(number) = self.tasks.issue();
        let low = u16::try_from(number & 0xffff).unwrap_or_default();
        crate::power::RunId::new(self.now, self.context.salt.wrapping_add(low))
    }
}
