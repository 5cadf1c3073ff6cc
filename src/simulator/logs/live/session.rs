//! One live session from its first frame to its end.

use std::io;
use std::time::Duration;

use axum::body::Bytes;
use futures::Stream;
use futures::stream::unfold;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::super::super::account::Account;
use super::super::super::chance;
use super::super::super::faults::Fault;
use super::super::super::mishap;
use super::super::event::StoredEvent;
use super::super::wanted::WantedEvents;
use super::end::SessionEnd;
use super::message;
use super::permit::SessionPermit;
use super::update::{Row, SessionUpdate};
use crate::logs::{Home, group_name};

/// The time one update covers, in milliseconds.
const SECOND_MS: i64 = 1_000;
/// How far a slow client may fall behind before it loses the oldest updates, in milliseconds.
const PATIENCE_MS: i64 = 10 * SECOND_MS;

/// What a session was asked for.
#[derive(Debug)]
pub(in crate::simulator::logs) struct SessionRequest {
    pub(in crate::simulator::logs) id: String,
    /// The groups as they were named.
    pub(in crate::simulator::logs) identifiers: Vec<String>,
    pub(in crate::simulator::logs) names: Vec<String>,
    pub(in crate::simulator::logs) prefixes: Vec<String>,
    pub(in crate::simulator::logs) pattern: Option<String>,
    /// The names of the groups.
    pub(in crate::simulator::logs) groups: Vec<String>,
    pub(in crate::simulator::logs) wanted: WantedEvents,
    /// What goes wrong with the session.
    pub(in crate::simulator::logs) fault: Option<Fault>,
}

/// A session that is open.
#[derive(Debug)]
struct OpenSession {
    permit: SessionPermit,
    request: SessionRequest,
    /// Everything taken in up to this time was told, in Unix milliseconds.
    told_ms: i64,
    /// How it will end, and when at the latest.
    end: (SessionEnd, Instant),
    /// The order to end that came before it and does not concern it.
    seen: Option<u64>,
    held: Vec<Row>,
    next: SessionNext,
}

/// What a session does next.
#[derive(Debug, Clone, Copy)]
enum SessionNext {
    Initial,
    Start,
    Update,
    /// The connection breaks.
    Break,
    Nothing,
}

/// The frames of a session; the permit is free when the stream is dropped.
pub(in crate::simulator::logs) fn stream(
    permit: SessionPermit,
    request: SessionRequest,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    unfold(OpenSession::new(permit, request), |mut session| async {
        let frame = session.frame().await?;
        Some((frame, session))
    })
}

impl OpenSession {
    fn new(permit: SessionPermit, request: SessionRequest) -> Self {
        let account = permit.account();
        let (kind, seconds) = match request.fault {
            Some(Fault::Session(end, seconds)) => (end, Duration::from_secs(seconds.into())),
            Some(Fault::Stall) => (SessionEnd::Silent, Duration::ZERO),
            Some(Fault::Cut) => (SessionEnd::Torn, Duration::ZERO),
            _ => (SessionEnd::TimedOut, account.options().session_timeout),
        };
        let end = (kind, account.clock().after(seconds));
        // What is taken in during this very millisecond is told.
        let told_ms = account.now_ms() - 1;
        let seen = account.state().logs.ending.map(|(number, _)| number);
        Self {
            permit,
            request,
            told_ms,
            end,
            seen,
            held: Vec::new(),
            next: SessionNext::Initial,
        }
    }

    /// Waits for the next frame; `None` at a clean end.
    async fn frame(&mut self) -> Option<io::Result<Bytes>> {
        match self.next {
            SessionNext::Initial => {
                self.next = SessionNext::Start;
                Some(message::initial())
            }
            SessionNext::Start => {
                self.next = SessionNext::Update;
                Some(message::start(&self.opening()))
            }
            SessionNext::Update => self.second().await,
            SessionNext::Break => {
                self.next = SessionNext::Nothing;
                Some(mishap::breakage().await)
            }
            SessionNext::Nothing => None,
        }
    }

    /// Waits for a second to pass and tells what it brought.
    async fn second(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            self.wait().await;
            if let Some(end) = self.ending() {
                return self.finish(end).await;
            }
            let faults = self.permit.account().state().faults.strike_update();
            let update = self.update(&faults);
            if !faults.contains(&Fault::Lose) {
                return Some(self.told(&update));
            }
        }
    }

    /// Waits until the second to tell about is over. A client that reads too slowly loses the oldest ones.
    async fn wait(&mut self) {
        let account = self.permit.account();
        loop {
            let now_ms = account.now_ms();
            let left_ms = self.told_ms + SECOND_MS - now_ms;
            if left_ms < 0 {
                self.told_ms = self.told_ms.max(now_ms - PATIENCE_MS - SECOND_MS);
                return;
            }
            let left = Duration::from_millis(left_ms.unsigned_abs() + 1);
            tokio::time::sleep(left).await;
        }
    }

    /// How the session ends now, if it does.
    fn ending(&self) -> Option<SessionEnd> {
        let ordered = self.permit.account().state().logs.ending;
        let ordered = ordered.filter(|(number, _)| self.seen != Some(*number));
        let (end, at) = self.end;
        let due = (Instant::now() >= at).then_some(end);
        ordered.map(|(_, end)| end).or(due)
    }

    /// Says how it ends, unless it just falls silent.
    async fn finish(&mut self, end: SessionEnd) -> Option<io::Result<Bytes>> {
        self.next = SessionNext::Nothing;
        match end {
            SessionEnd::TimedOut => Some(message::timed_out()),
            SessionEnd::Failed => Some(message::failed()),
            SessionEnd::Closed => None,
            SessionEnd::Torn => {
                self.next = SessionNext::Break;
                let update = self.update(&[]);
                Some(self.told(&update).map(|frame| {
                    let half = frame.len() / 2;
                    frame.slice(..half)
                }))
            }
            SessionEnd::Silent => std::future::pending().await,
        }
    }

    /// What was taken in during the second after what was told.
    fn update(&mut self, faults: &[Fault]) -> SessionUpdate {
        let (after_ms, until_ms) = (self.told_ms, self.told_ms + SECOND_MS);
        self.told_ms = until_ms;
        let mut arrived = Vec::new();
        for (index, group) in self.request.groups.iter().enumerate() {
            let wanted = arrivals(self.permit.account(), group, after_ms, until_ms)
                .into_iter()
                .filter(|e| self.request.wanted.takes(e));
            arrived.extend(wanted.map(|event| (index, event)));
        }
        let mut update = SessionUpdate::new(arrived, std::mem::take(&mut self.held), faults);
        self.held = std::mem::take(&mut update.held);
        update
    }

    /// An update as a frame. Groups are named as `account:group`.
    fn told(&self, update: &SessionUpdate) -> io::Result<Bytes> {
        let number = &self.permit.account().place().account;
        let names = self.request.groups.iter();
        let names: Vec<String> = names.map(|group| identifier(number, group)).collect();
        let rows = update.rows.iter();
        let rows: Vec<Value> = rows
            .map(|(group, event)| {
                json!({
                    "logStreamName": &*event.stream,
                    "logGroupIdentifier": names.get(*group),
                    "message": &*event.message,
                    "timestamp": event.time_ms,
                    "ingestionTime": event.ingested_ms,
                })
            })
            .collect();
        let is_broken = self.request.fault == Some(Fault::BrokenText);
        message::update(&rows, update.sampled, is_broken)
    }

    fn opening(&self) -> Value {
        let request = &self.request;
        let session_id = chance::uuid(&mut self.permit.account().state().rng);
        let mut start = json!({
            "requestId": request.id,
            "sessionId": session_id,
            "logGroupIdentifiers": request.identifiers,
            "logStreamNames": request.names,
            "logStreamNamePrefixes": request.prefixes,
        });
        if let (Some(pattern), Some(fields)) = (&request.pattern, start.as_object_mut()) {
            fields.insert("logEventFilterPattern".into(), json!(pattern));
        }
        start
    }
}

/// The events of a group taken in after `after_ms`, up to and including `until_ms`, in no order.
fn arrivals(account: &Account, group: &str, after_ms: i64, until_ms: i64) -> Vec<StoredEvent> {
    let state = account.state();
    let (stored, feed) = state.logs.arrivals(group, after_ms, until_ms);
    // Making events takes time: not while the account is locked.
    drop(state);
    let made = feed.map(|feed| feed.arrivals(after_ms, until_ms));
    stored
        .into_iter()
        .chain(made.into_iter().flatten())
        .collect()
}
/// A group as the events of a session name it: its account's number and its name.
fn identifier(number: &str, key: &str) -> String {
    let home = Home::of_arn(key);
    let number = home.as_ref().map_or(number, |home| &home.account);
    format!("{number}:{}", group_name(key))
}
