//! What each background job does, given an AWS account and the data store.
//!
//! Headless commands call the same functions; the [`Worker`] here only ties them to the pool.

mod account;
mod blocking;
mod browser;
mod child;
mod code;
mod editor;
mod fetching;
mod files;
mod groups;
mod links;
mod listing;
mod logs;
mod notes;
mod problem;
mod projects;
mod query;
mod reader;
mod run_log;
mod runs;
mod stack_read;
pub mod statistics;
mod tuning;

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;

use crate::effect::{Job, JobReport, Problem};
use crate::store::Store;
use crate::task::{BrokenWork, JobContext, JobEnding, Rules, TaskKind, Worker};
pub use account::Connection;
pub use fetching::{FeedWeb, Feeds};
pub use files::{FileFailure, write_new, write_over};
pub use listing::Listing;
pub use notes::furnish;
use problem::failed;
pub use projects::{ProjectsFailure, ProjectsPlace};
pub use runs::{ImportFailure, import_runs, read_runs, take_in, unusable};
pub use tuning::elsewhere;

/// Reads of the account give up after this.
const ACCOUNT_LIMIT: Duration = Duration::from_mins(2);
/// Reads and writes of the user's data give up after this.
const STORE_LIMIT: Duration = Duration::from_mins(1);
/// The rules of what reads the store or a file, and of what writes there and is not broken off.
const READS: (TaskKind, Option<Duration>, JobEnding) =
    (TaskKind::Store, Some(STORE_LIMIT), JobEnding::Abort);
const WRITES: (TaskKind, Option<Duration>, JobEnding) =
    (TaskKind::Store, Some(STORE_LIMIT), JobEnding::Complete);
/// A fetch of all feeds gives up after this; each feed has its own, shorter limit.
const FEEDS_LIMIT: Duration = Duration::from_mins(10);

/// Does the jobs of the interface.
#[derive(Debug, Clone)]
pub struct Jobs {
    connection: Arc<Connection>,
    store: Store,
    feeds: Arc<Feeds>,
    projects: Arc<ProjectsPlace>,
}

impl Jobs {
    /// Jobs on this account, this store, these feeds and projects.
    #[must_use]
    pub fn new(
        connection: Arc<Connection>,
        store: Store,
        feeds: Feeds,
        projects: ProjectsPlace,
    ) -> Self {
        Self {
            connection,
            store,
            feeds: Arc::new(feeds),
            projects: Arc::new(projects),
        }
    }

    async fn perform(self, job: Job, context: JobContext<JobReport>) -> JobReport {
        let (connection, store) = (&self.connection, &self.store);
        match job {
            Job::Identify => account::identify(connection).await,
            Job::ListFunctions => account::list_functions(connection, &context).await,
            Job::DescribeFunction(function) => account::describe(connection, &function).await,
            Job::ListGroups => logs::list_groups(connection, &context).await,
            Job::FindEdgeGroups(function) => groups::find_edge_groups(connection, &function).await,
            Job::Follow(wanted) => logs::follow(connection, *wanted, &context).await,
            Job::ReadRunLog(group, wanted) => {
                run_log::read(connection, store, (group, *wanted), &context).await
            }
            Job::CountInvocations(part) => logs::count(connection, store, part, &context).await,
            Job::FoldMessages(rows, split) => logs::fold_messages(rows, split, &context).await,
            Job::Scan(scan) => logs::scan(*scan, &context).await,
            Job::ExportRows(export) => logs::export(*export).await,
            Job::LoadSets => logs::load_sets(store, &context).await,
            Job::LoadLists => logs::load_lists(store, &context).await,
            Job::SaveSet(set) => runs::ended(store.group_sets().save(&set).await),
            Job::DeleteSet(name) => runs::ended(store.group_sets().delete(&name).await),
            Job::SaveList(list) => runs::ended(store.saved_lists().save(&list).await),
            Job::Query(job) => query::perform(connection, store, job, &context).await,
            Job::Tune(id, plan) => tuning::tune(connection, store, id, *plan, &context).await,
            Job::Resume(wanted) => tuning::resume(connection, store, &wanted, &context).await,
            Job::Recover(id) => tuning::recover(connection, store, &id).await,
            Job::LoadRuns => runs::load(store, &context).await,
            Job::LoadRunVersions => runs::load_versions(store, &context).await,
            Job::SaveRun(run) => runs::ended(store.runs().save(&run).await),
            Job::RenameRun(id, name) => runs::ended(store.runs().rename(&id, &name).await),
            Job::NoteRun(id, note) => runs::ended(store.runs().annotate(&id, &note).await),
            Job::DeleteRun(id) => runs::ended(store.runs().delete(&id).await),
            Job::ImportRun(source) => runs::import(store, &source, &context).await,
            Job::ExportRun(run, path) => runs::export(*run, path).await,
            Job::ReadPayload(path) => tuning::read_payload(path).await,
            Job::EditText(program, text) => editor::edit(&program, text, &context).await,
            Job::Reader(job) => reader::perform(store, &self.feeds, job, &context).await,
            Job::Code(job) => code::perform(self.projects, job, &context).await,
        }
    }
}

impl Worker for Jobs {
    type Job = Job;
    type Report = JobReport;

    fn rules(&self, job: &Job) -> Rules {
        let (kind, time_limit, ending) = match job {
            Job::Follow(_) => (TaskKind::Logs, None, JobEnding::CleanUp),
            Job::Scan(_)
            | Job::FoldMessages(..)
            | Job::CountInvocations(_)
            | Job::ReadRunLog(..) => (TaskKind::Logs, None, JobEnding::Abort),
            Job::Identify
            | Job::ListFunctions
            | Job::ListGroups
            | Job::FindEdgeGroups(_)
            | Job::DescribeFunction(_) => {
                (TaskKind::Account, Some(ACCOUNT_LIMIT), JobEnding::Abort)
            }
            Job::Tune(..) | Job::Resume(_) | Job::Recover(_) => {
                (TaskKind::Tuning, None, JobEnding::CleanUp)
            }
            Job::EditText(..) => (TaskKind::Editor, None, JobEnding::CleanUp),
            Job::Query(job) => return query::rules(job, ACCOUNT_LIMIT, STORE_LIMIT),
            Job::Reader(job) => return reader::rules(job, STORE_LIMIT, FEEDS_LIMIT),
            Job::Code(job) => return code::rules(job),
            Job::LoadRuns
            | Job::LoadRunVersions
            | Job::LoadSets
            | Job::LoadLists
            | Job::ReadPayload(_) => READS,
            Job::SaveRun(_)
            | Job::SaveSet(_)
            | Job::SaveList(_)
            | Job::ExportRows(_)
            | Job::DeleteSet(_)
            | Job::RenameRun(..)
            | Job::NoteRun(..)
            | Job::DeleteRun(_)
            | Job::ImportRun(_)
            | Job::ExportRun(..) => WRITES,
        };
        Rules::of(kind, time_limit, ending)
    }

    fn run(&self, job: Job, context: JobContext<JobReport>) -> BoxFuture<'static, JobReport> {
        self.clone().perform(job, context).boxed()
    }

    fn cancelled(&self) -> JobReport {
        JobReport::Cancelled
    }

    fn timed_out(&self, limit: Duration) -> JobReport {
        failed(Problem::other(format!(
            "no answer within {} s; check the network, then try again",
            limit.as_secs()
        )))
    }

    fn panicked(&self, message: &str) -> JobReport {
        failed(BrokenWork(message.to_owned()))
    }
}
