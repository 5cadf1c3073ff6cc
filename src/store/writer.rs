//! The thread that owns the connection: requests come in order through a bounded channel, each with its way back.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use super::StoreError;
use super::database::Database;
use super::reading::ReadCall;
use super::runs::StoredSample;
use super::turnstile::{Disk, Turnstile};
use crate::lambda::MemoryMb;
use crate::logs::statistics::RunVersion;
use crate::power::{Journal, JournalEntry, Run, RunId};

/// Requests that may wait; further callers wait before they send.
const WAITING: usize = 64;

/// The way back to the caller.
pub(super) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// What is read, and one sentence for each row that could not be.
type Readable<T> = (Vec<T>, Vec<String>);

/// One call of [`super::Store`].
#[derive(Debug)]
pub(super) enum StoreRequest {
    /// Insert or replace a run.
    SaveRun(Box<Run>, Reply<()>),
    /// Add a sample to a run.
    AppendSample(RunId, MemoryMb, Box<StoredSample>, Reply<()>),
    /// Read all runs.
    Runs(Reply<Readable<Run>>),
    /// Read one run.
    Run(RunId, Reply<Option<Run>>),
    /// Find a run by id, name or beginning of the id.
    FindRun(String, Reply<Run>),
    /// Rename a run.
    RenameRun(RunId, String, Reply<()>),
    /// Delete a run.
    DeleteRun(RunId, Reply<()>),
    /// Begin a journal.
    BeginJournal(Box<Journal>, Reply<()>),
    /// Add a step to a journal.
    AppendStep(RunId, JournalEntry, Reply<()>),
    /// End a journal.
    CloseJournal(RunId, Reply<()>),
    /// Read the versions that runs published.
    RunVersions(Reply<Vec<RunVersion>>),
    /// Read the open journals.
    OpenJournals(Reply<Readable<Journal>>),
    /// Read one open journal.
    Journal(RunId, Reply<Option<Journal>>),
    /// Read or change the sets of log groups.
    Sets(super::group_sets::Sets),
    /// Read or change feeds and articles.
    Reading(ReadCall),
    /// Check the file.
    Check(Reply<()>),
}

/// What the thread is told.
#[derive(Debug)]
pub(super) enum WriterCall {
    /// Serve a request.
    Serve(StoreRequest),
    /// Close the file; nothing is served after this one.
    Close(Reply<()>),
}

/// Starts the thread; it ends when the last sender is gone, or at [`WriterCall::Close`].
pub(super) fn start(database: Database) -> Result<mpsc::Sender<WriterCall>, StoreError> {
    let (calls, inbox) = mpsc::channel(WAITING);
    thread::Builder::new()
        .name(String::from("store"))
        .spawn(move || serve(database, inbox))
        .map_err(StoreError::Thread)?;
    Ok(calls)
}

/// Serves without a thread, as a task of the current runtime that goes on for as long as the returned future is polled.
pub(super) fn in_steps(
    mut database: Database,
    mut turnstile: impl Turnstile,
) -> (mpsc::Sender<WriterCall>, impl Future<Output = ()> + Send) {
    let (calls, mut inbox) = mpsc::channel(WAITING);
    let serving = async move {
        while let Some(call) = inbox.recv().await {
            let disk = turnstile.pass().await;
            match call {
                WriterCall::Serve(request) => database.serve_on(disk, request),
                WriterCall::Close(reply) => return answer(reply, database.close()),
            }
        }
    };
    (calls, serving)
}

fn serve(mut database: Database, mut inbox: mpsc::Receiver<WriterCall>) {
    while let Some(call) = inbox.blocking_recv() {
        match call {
            WriterCall::Serve(request) => database.serve(request),
            WriterCall::Close(reply) => return answer(reply, database.close()),
        }
    }
    if let Err(error) = database.close() {
        tracing::warn!(%error, "the store did not close cleanly");
    }
}

impl Database {
    fn serve_on(&mut self, disk: Disk, request: StoreRequest) {
        if let Err(error) = self.set_disk(disk) {
            tracing::warn!(%error, "the store cannot be told how the disk is");
        }
        self.serve(request);
    }

    fn serve(&mut self, request: StoreRequest) {
        match request {
            StoreRequest::SaveRun(run, reply) => answer(reply, self.save_run(*run)),
            StoreRequest::AppendSample(run, memory, sample, reply) => {
                answer(reply, self.append_sample(&run, memory, &sample));
            }
            StoreRequest::Runs(reply) => answer(reply, self.runs()),
            StoreRequest::Run(id, reply) => answer(reply, self.run(&id)),
            StoreRequest::FindRun(text, reply) => answer(reply, self.find_run(&text)),
            StoreRequest::RenameRun(id, name, reply) => answer(reply, self.rename_run(&id, &name)),
            StoreRequest::DeleteRun(id, reply) => answer(reply, self.delete_run(&id)),
            StoreRequest::BeginJournal(journal, reply) => {
                answer(reply, self.begin_journal(&journal));
            }
            StoreRequest::AppendStep(run, step, reply) => {
                answer(reply, self.append_step(&run, &step));
            }
            StoreRequest::CloseJournal(run, reply) => answer(reply, self.close_journal(&run)),
            StoreRequest::RunVersions(reply) => answer(reply, self.run_versions()),
            StoreRequest::OpenJournals(reply) => answer(reply, self.open_journals()),
            StoreRequest::Journal(run, reply) => answer(reply, self.journal(&run)),
            StoreRequest::Sets(sets) => self.serve_sets(sets),
            StoreRequest::Reading(reading) => self.serve_reading(reading),
            StoreRequest::Check(reply) => answer(reply, self.check()),
        }
    }
}

/// Nobody may wait any more: then a failure is at least logged.
pub(super) fn answer<T>(reply: Reply<T>, outcome: Result<T, StoreError>) {
    if let Err(Err(error)) = reply.send(outcome) {
        tracing::warn!(%error, "a request to the store failed after its caller had gone");
    }
}
