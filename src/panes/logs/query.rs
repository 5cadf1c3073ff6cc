//! The query of the pane: what is asked of which groups and when, how it stands, what was answered, and what is
//! remembered of queries.

mod answer;
mod known;
mod prompts;
mod range;

use crate::effect::{
    Job, JobReport, Outbox, Problem, QueryJob, QueryReading, QueryReport, Severity,
};
use crate::logs::query::{KnownQuery, LogPlace, QueryRequest};
use crate::task::TaskId;
pub use answer::{AnswerBasis, AnswerPage, ShownColumn};
pub use known::KnownQueries;
pub use prompts::QueryPrompt;
pub(super) use prompts::{edit, name};

/// What the editor begins with.
const FIRST: &str = "fields @timestamp, @message\n| sort @timestamp desc\n| limit 200";
/// How far back is looked when nobody says.
const RANGE: &str = "1h";

/// The query of the pane.
#[derive(Debug)]
pub struct LogQuery {
    /// The groups that are asked, in order of name.
    pub groups: Vec<String>,
    /// The query as it stands in the editor.
    pub text: String,
    /// The stretch of time, as it was typed.
    pub range: String,
    /// How it stands.
    pub phase: QueryPhase,
    /// The queries that are remembered.
    pub known: KnownQueries,
    /// What looks for the event of a row.
    locating: Option<TaskId>,
}

/// How a query stands.
#[derive(Debug)]
pub enum QueryPhase {
    /// Nothing was asked yet.
    Unasked,
    /// It runs.
    Running {
        /// The job.
        task: TaskId,
        /// How far it is, once that is known.
        reading: Option<QueryReading>,
        /// The stretch of time it is about, as it was typed.
        range: String,
        /// Whether it is being stopped.
        stops: bool,
    },
    /// It was answered, or stopped with what it had found.
    Answered(Box<AnswerPage>),
    /// It failed.
    Failed(Problem),
}

impl Default for LogQuery {
    fn default() -> Self {
        Self {
            groups: Vec::new(),
            text: String::new(),
            range: RANGE.to_owned(),
            phase: QueryPhase::Unasked,
            known: KnownQueries::default(),
            locating: None,
        }
    }
}

impl LogQuery {
    /// Asks these groups from now on; what is under way goes on.
    pub(super) fn open(&mut self, mut groups: Vec<String>, out: &mut Outbox<'_>) {
        groups.sort();
        if !self.is_running() {
            self.groups = groups;
        }
        if self.text.is_empty() {
            FIRST.clone_into(&mut self.text);
        }
        self.known.load_once(out);
    }

    /// Whether a query runs.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, QueryPhase::Running { .. })
    }

    /// The answer, once there is one.
    #[must_use]
    pub fn answer(&self) -> Option<&AnswerPage> {
        match &self.phase {
            QueryPhase::Answered(page) => Some(page),
            _ => None,
        }
    }

    pub(super) fn answer_mut(&mut self) -> Option<&mut AnswerPage> {
        match &mut self.phase {
            QueryPhase::Answered(page) => Some(page),
            _ => None,
        }
    }

    /// Asks the query; one that runs is stopped first.
    ///
    /// # Errors
    /// A sentence when the stretch of time cannot be read any more.
    pub(super) fn run(&mut self, out: &mut Outbox<'_>) -> Result<(), String> {
        if out.context.offline {
            let words = "This session is offline; start iacstone without --offline to ask queries.";
            out.notice(Severity::Warning, words);
            return Ok(());
        }
        let (from_s, to_s) = range::read(&self.range, out.now)?;
        if let QueryPhase::Running { task, .. } = self.phase {
            out.cancel(task);
        }
        let request = QueryRequest {
            groups: self.groups.clone(),
            query: self.text.clone(),
            from_s,
            to_s,
            limit: None,
        };
        self.phase = QueryPhase::Running {
            task: out.spawn(Job::Query(QueryJob::Ask(request))),
            reading: None,
            range: self.range.clone(),
            stops: false,
        };
        let asked = self.as_known(None, out);
        self.known.keep(asked, out);
        Ok(())
    }

    /// The query as it is remembered.
    fn as_known(&self, name: Option<String>, out: &Outbox<'_>) -> KnownQuery {
        KnownQuery {
            name,
            query: self.text.clone(),
            groups: self.groups.clone(),
            at: out.now,
        }
    }

    /// Stops the query that runs; says whether one does.
    pub(super) fn stop(&mut self, out: &mut Outbox<'_>) -> bool {
        let QueryPhase::Running { task, stops, .. } = &mut self.phase else {
            return false;
        };
        if !*stops {
            *stops = true;
            out.cancel(*task);
        }
        true
    }

    /// Looks for the event of the row under the cursor, to open it in its stream: gives the place when the row tells it.
    pub(super) fn locate(&mut self, out: &mut Outbox<'_>) -> Option<LogPlace> {
        let page = self.answer()?;
        let row = page.row()?;
        if let Some(place) = page.table().place(row, &page.basis.groups) {
            return Some(place);
        }
        match page.table().pointer(row).map(str::to_owned) {
            Some(pointer) => {
                let job = QueryJob::Locate {
                    pointer,
                    groups: page.basis.groups.clone(),
                };
                let locating = out.spawn(Job::Query(job));
                if let Some(earlier) = self.locating.replace(locating) {
                    out.cancel(earlier);
                }
            }
            None => out.notice(
                Severity::Info,
                "This row does not stand for one event; one does that has @ptr, or @log, @logStream and @timestamp.",
            ),
        }
        None
    }

    /// Whether this task is about queries.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.is_task(id) || self.locating == Some(id) || self.known.awaits(id)
    }

    fn is_task(&self, id: TaskId) -> bool {
        matches!(self.phase, QueryPhase::Running { task, .. } if task == id)
    }

    /// Takes a report of such a task; gives the place of the event that was looked for. `is_seen` says whether the screen
    /// is in front.
    pub(super) fn report(
        &mut self,
        id: TaskId,
        report: JobReport,
        is_seen: bool,
        out: &mut Outbox<'_>,
    ) -> Option<LogPlace> {
        if self.known.awaits(id) {
            self.known.report(id, report, out);
        } else if self.is_task(id) {
            self.take(report, is_seen, out);
        } else {
            self.locating = None;
            return located(report, out);
        }
        None
    }

    /// Takes what the job that asks tells.
    fn take(&mut self, report: JobReport, is_seen: bool, out: &mut Outbox<'_>) {
        match report {
            JobReport::Query(QueryReport::Progress(read)) => {
                if let QueryPhase::Running { reading, .. } = &mut self.phase {
                    *reading = Some(read);
                }
            }
            JobReport::Query(QueryReport::Answered(outcome)) => {
                if !is_seen {
                    let words = format!("The query was answered: {} rows.", outcome.reading.rows);
                    out.notice(Severity::Success, words);
                }
                let range = match &self.phase {
                    QueryPhase::Running { range, .. } => range.clone(),
                    _ => String::new(),
                };
                let groups = self.groups.clone();
                let page = AnswerPage::new(*outcome, AnswerBasis { groups, range });
                self.phase = QueryPhase::Answered(Box::new(page));
            }
            JobReport::Failed(why) => {
                if !is_seen {
                    out.notice(Severity::Error, why.clone());
                }
                self.phase = QueryPhase::Failed(why);
            }
            JobReport::Cancelled => {
                self.phase = QueryPhase::Unasked;
                out.notice(Severity::Info, "The query was stopped before it ran.");
            }
            _ => {}
        }
    }
}

/// Where the event is that was looked for.
fn located(report: JobReport, out: &mut Outbox<'_>) -> Option<LogPlace> {
    match report {
        JobReport::Query(QueryReport::Located(Some(place))) => return Some(place),
        JobReport::Query(QueryReport::Located(None)) => {
            let words = "The record of this row does not say in which group and stream it is.";
            out.notice(Severity::Warning, words);
        }
        JobReport::Failed(why) => out.notice(Severity::Error, why),
        _ => {}
    }
    None
}
