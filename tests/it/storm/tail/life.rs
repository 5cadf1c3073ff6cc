//! One life of the program: a tail that follows, a reader who listens, and what went over the wire between.

use std::sync::{Arc, Mutex, MutexGuard};

use iacstone::aws::{AwsError, Session, SessionOptions};
use iacstone::logs::{TailStatus, TailTarget, Tailing};
use iacstone::simulator::Account;
use iacstone::tail::{Clock, TailEnd, follow};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::wire::Wire;
use crate::storm::Steps;

/// What was told, with the account's time in Unix milliseconds.
pub(super) type Told = Vec<(i64, Tailing)>;

/// A program at work, or one that was.
#[derive(Debug)]
pub(super) struct Life {
    pub(super) wanted: TailTarget,
    pub(super) wire: Wire,
    /// When it began, by the account's clock.
    pub(super) begun_ms: i64,
    /// When it ended.
    pub(super) ended_ms: i64,
    /// Whether it was dropped in the middle of its work.
    pub(super) is_crashed: bool,
    told: Arc<Mutex<Told>>,
    stop: CancellationToken,
    /// What it ended with, and when.
    tail: JoinHandle<(Result<TailEnd, AwsError>, i64)>,
    reader: JoinHandle<()>,
}

impl Life {
    /// Starts it in a region. The clock of its machine is `off_ms` milliseconds ahead.
    pub(super) async fn start(
        account: &Account,
        wanted: TailTarget,
        wire: Wire,
        (region, off_ms): (&str, i64),
        paused: watch::Receiver<u32>,
        steps: &Steps,
    ) -> Self {
        let options = SessionOptions {
            http: Some(wire.client()),
            region: Some(region.to_owned()),
            ..SessionOptions::default()
        };
        let logs = Session::connect(options).await.unwrap().logs();
        let clock = Clock::pinned(account.now() + jiff::SignedDuration::from_millis(off_ms));
        let (sender, receiver) = mpsc::channel(4);
        let (told, stop) = (Arc::default(), CancellationToken::new());
        let (token, asked) = (stop.clone(), wanted.clone());
        let its_account = account.clone();
        let tail = async move {
            let end = follow(&logs, asked, sender, token, clock).await;
            (end.into_result(), its_account.now_ms())
        };
        let reader = listen(
            receiver,
            Arc::clone(&told),
            account.clone(),
            paused,
            steps.clone(),
        );
        Self {
            begun_ms: account.now_ms(),
            ended_ms: i64::MAX,
            is_crashed: false,
            wanted,
            wire,
            told,
            stop,
            tail: tokio::spawn(tail),
            reader: tokio::spawn(reader),
        }
    }

    pub(super) fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap()
    }

    /// How it stands, as far as it told.
    pub(super) fn standing(&self) -> Option<TailStatus> {
        let told = self.told();
        told.iter().rev().find_map(|(_, news)| match news {
            Tailing::Status(standing) => Some(standing.clone()),
            _ => None,
        })
    }

    /// Whether a page ever came.
    pub(super) fn has_read(&self) -> bool {
        let passed = self.wire.passed();
        let mut answers = passed.asked.iter().filter_map(|asked| asked.answered);
        answers.any(|(_, is_whole)| is_whole)
    }

    /// Whether it ended by itself.
    pub(super) fn is_over(&self) -> bool {
        self.tail.is_finished()
    }

    /// What it ended with.
    pub(super) async fn outcome(&mut self) -> Result<TailEnd, AwsError> {
        let (outcome, ended_ms) = (&mut self.tail).await.unwrap();
        self.ended_ms = ended_ms;
        outcome
    }

    /// Drops it wherever it is.
    pub(super) async fn crash(&mut self, now_ms: i64) {
        self.tail.abort();
        self.reader.abort();
        let _aborted = (&mut self.tail).await;
        (self.is_crashed, self.ended_ms) = (true, now_ms);
    }

    /// Ends it as a user does.
    pub(super) async fn end(&mut self) -> Result<TailEnd, AwsError> {
        self.stop.cancel();
        self.outcome().await
    }
}

async fn listen(
    mut receiver: mpsc::Receiver<Tailing>,
    told: Arc<Mutex<Told>>,
    account: Account,
    mut paused: watch::Receiver<u32>,
    steps: Steps,
) {
    while let Some(news) = receiver.recv().await {
        if paused.wait_for(|pauses| *pauses == 0).await.is_err() {
            return;
        }
        steps.note(words(&news));
        told.lock().unwrap().push((account.now_ms(), news));
    }
}

/// What was told, in words.
fn words(news: &Tailing) -> String {
    match news {
        Tailing::Events(events) => {
            let first = events.first().map(super::record::Event::of);
            let first = first.map(|event| event.to_string()).unwrap_or_default();
            let origin = events.first().map(|event| event.origin);
            format!("told {} events ({origin:?}), first {first}", events.len())
        }
        Tailing::Opened => "told that what was there has been told".to_owned(),
        Tailing::Marker(marker) => format!("told {:?}: {}", marker.kind, marker.text),
        Tailing::Status(it) => format!(
            "told {:?}, {} recovered, {} gaps, {} dropped{}",
            it.mode,
            it.recovered,
            it.gaps,
            it.dropped,
            if it.sampled { ", sampled" } else { "" }
        ),
    }
}
