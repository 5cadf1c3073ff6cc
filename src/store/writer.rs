//! The thread that owns the connection: calls come in order through a bounded channel, each with its way back.

use std::thread;

use tokio::sync::{mpsc, oneshot};

use super::database::Database;
use super::error::StoreError;
use super::turnstile::{Disk, Turnstile};

/// Calls that may wait; further callers wait before they send.
const WAITING: usize = 64;

/// The way to the thread, which ends when the last clone is gone or closes it.
#[derive(Debug, Clone)]
pub(super) struct Writer {
    calls: mpsc::Sender<WriterCall>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(database: Database) -> Result<Self, StoreError> {
        let (calls, inbox) = mpsc::channel(WAITING);
        thread::Builder::new()
            .name(String::from("store"))
            .spawn(move || serve(database, inbox))
            .map_err(StoreError::Thread)?;
        Ok(Self { calls })
    }

    /// Serves without a thread: calls are carried out for as long as the returned future is polled.
    pub(super) fn in_steps(
        mut database: Database,
        mut turnstile: impl Turnstile,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (calls, mut inbox) = mpsc::channel(WAITING);
        let serving = async move {
            while let Some(call) = inbox.recv().await {
                let disk = turnstile.pass().await;
                match call {
                    WriterCall::Serve(work) => work(on_disk(disk, &mut database)),
                    WriterCall::Close(reply) => return answer(reply, database.close()),
                }
            }
        };
        (Self { calls }, serving)
    }

    /// Has the thread do some work and gives what came of it; dropped half-way, the work may still be done.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Database) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, outcome) = oneshot::channel();
        let work = move |database: &mut Database| answer(reply, work(database));
        self.call(WriterCall::Serve(Box::new(work)), outcome).await
    }

    /// Closes the file after everything that was asked before; from then on every clone gets [`StoreError::Closed`].
    pub(super) async fn close(&self) -> Result<(), StoreError> {
        let (reply, outcome) = oneshot::channel();
        self.call(WriterCall::Close(reply), outcome).await
    }

    async fn call<T>(
        &self,
        call: WriterCall,
        outcome: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let sent = self.calls.send(call).await;
        sent.map_err(|_closed| StoreError::Closed)?;
        outcome.await.map_err(|_gone| StoreError::Closed)?
    }
}

/// The way back to the caller.
type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// What the thread is told.
enum WriterCall {
    /// Do this; it answers its caller itself.
    Serve(Box<dyn FnOnce(&mut Database) + Send>),
    /// Close the file; nothing is served after this one.
    Close(Reply<()>),
}

fn serve(mut database: Database, mut inbox: mpsc::Receiver<WriterCall>) {
    while let Some(call) = inbox.blocking_recv() {
        match call {
            WriterCall::Serve(work) => work(&mut database),
            WriterCall::Close(reply) => return answer(reply, database.close()),
        }
    }
    if let Err(error) = database.close() {
        tracing::warn!(%error, "the store did not close cleanly");
    }
}

fn on_disk(disk: Disk, database: &mut Database) -> &mut Database {
    if let Err(error) = database.set_disk(disk) {
        tracing::warn!(%error, "the store cannot be told how the disk is");
    }
    database
}

/// Nobody may wait any more: then a failure is at least logged.
fn answer<T>(reply: Reply<T>, outcome: Result<T, StoreError>) {
    if let Err(Err(error)) = reply.send(outcome) {
        tracing::warn!(%error, "a request to the store failed after its caller had gone");
    }
}
