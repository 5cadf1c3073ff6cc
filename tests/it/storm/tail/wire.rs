//! What passes between the program and the account, written down on the way: each call, each answer, each frame.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_runtime_api::client::http::{
    HttpClient as _, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use axum::body::Bytes;
use http_body::{Body, Frame};
use iacstone::simulator::{Account, http_client};
use serde_json::Value;

use super::record::Event;
use crate::storm::{Dice, Steps};

/// A question for stored events.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) group: String,
    pub(super) at_ms: i64,
    /// The same by the exact clock, in microseconds since the beginning.
    pub(super) at_us: u128,
    /// Whether it asks for the newest first, which only the first picture does.
    pub(super) paints: bool,
    /// When the answer was there as a whole, and whether it was one.
    pub(super) answered: Option<(i64, bool)>,
}

/// A live session as the program saw it; without a frame it never was one.
#[derive(Debug, Clone, Default)]
pub(super) struct Session {
    /// When it was answered.
    pub(super) opened_ms: i64,
    pub(super) frames: Vec<Heard>,
    /// When the account ended it.
    pub(super) ended_ms: Option<i64>,
    /// When the program let go of it.
    pub(super) dropped_ms: Option<i64>,
}

/// One frame of a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    pub(super) at_ms: i64,
    pub(super) sampled: bool,
    /// Bytes of all messages.
    pub(super) bytes: usize,
    pub(super) events: Vec<Event>,
}

/// Everything that passed.
#[derive(Debug, Default)]
pub(super) struct Passed {
    pub(super) asked: Vec<Asked>,
    pub(super) sessions: Vec<Session>,
    pub(super) calls: u64,
}

/// The wire of one life of the program; clones share it.
#[derive(Debug, Clone)]
pub(super) struct Wire {
    account: Account,
    passed: Arc<Mutex<Passed>>,
    dice: Arc<Mutex<Dice>>,
    latency_ms: (u64, u64),
    steps: Steps,
    began: tokio::time::Instant,
}

impl Wire {
    pub(super) fn new(
        account: &Account,
        dice: Dice,
        latency_ms: &std::ops::RangeInclusive<u64>,
        steps: &Steps,
    ) -> Self {
        Self {
            account: account.clone(),
            passed: Arc::default(),
            dice: Arc::new(Mutex::new(dice)),
            latency_ms: (*latency_ms.start(), *latency_ms.end()),
            steps: steps.clone(),
            began: tokio::time::Instant::now(),
        }
    }

    pub(super) fn passed(&self) -> MutexGuard<'_, Passed> {
        self.passed.lock().unwrap()
    }

    /// A client for the SDK whose calls go over this wire.
    pub(super) fn client(&self) -> SharedHttpClient {
        let (wire, inner) = (self.clone(), http_client(&self.account));
        http_client_fn(
            move |settings: &HttpConnectorSettings, components: &RuntimeComponents| {
                SharedHttpConnector::new(Line {
                    wire: wire.clone(),
                    inner: inner.http_connector(settings, components),
                })
            },
        )
    }

    fn latency(&self) -> std::time::Duration {
        let (from, to) = self.latency_ms;
        self.dice.lock().unwrap().millis(from..=to)
    }

    /// Writes down a call; gives its number when its answer is of interest.
    fn call(&self, request: &HttpRequest) -> Number {
        let mut passed = self.passed();
        passed.calls += 1;
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        if target.ends_with(".StartLiveTail") {
            return Number::Session;
        }
        if !target.ends_with(".FilterLogEvents") {
            return Number::None;
        }
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        let from = super::clock_of(body["startTime"].as_i64().unwrap());
        let (number, goes_on) = (passed.asked.len(), body["nextToken"].is_string());
        self.steps.note(format_args!(
            "call {number}: a page of {} from {from} on, {}",
            body["logGroupName"],
            if goes_on {
                "the next one"
            } else {
                "the first one"
            }
        ));
        passed.asked.push(Asked {
            group: body["logGroupName"].as_str().unwrap().to_owned(),
            at_ms: self.account.now_ms(),
            at_us: self.began.elapsed().as_micros(),
            paints: body["startFromHead"] == false,
            answered: None,
        });
        Number::Asked(passed.asked.len() - 1)
    }

    fn answered(&self, number: usize, is_whole: bool) {
        let now_ms = self.account.now_ms();
        let mut passed = self.passed();
        let answered = &mut passed.asked[number].answered;
        if answered.is_none() {
            *answered = Some((now_ms, is_whole));
            let how = if is_whole { "answered" } else { "failed" };
            self.steps.note(format_args!("call {number} {how}"));
        }
    }

    fn watched(&self, number: Number, response: &mut HttpResponse) {
        let is_fine = response.status().is_success();
        let watch = match number {
            Number::Asked(number) if is_fine => Watch::Page(number, Vec::new()),
            Number::Asked(number) => return self.answered(number, false),
            Number::Session if is_fine => {
                let mut passed = self.passed();
                self.steps.note("a session is answered");
                passed.sessions.push(Session {
                    opened_ms: self.account.now_ms(),
                    ..Session::default()
                });
                Watch::Session(passed.sessions.len() - 1)
            }
            Number::Session | Number::None => return,
        };
        let inner = response.take_body();
        let watched = Watched {
            wire: self.clone(),
            inner,
            watch,
        };
        *response.body_mut() = SdkBody::from_body_1_x(watched);
    }

    fn frame(&self, session: usize, mut bytes: Bytes) {
        let mut heard = Heard {
            at_ms: self.account.now_ms(),
            ..Heard::default()
        };
        // Half a frame brings nothing, nor does what is none.
        let Ok(message) = read_message_from(&mut bytes) else {
            return;
        };
        let update: Value = serde_json::from_slice(message.payload()).unwrap();
        heard.sampled = update["sessionMetadata"]["sampled"] == true;
        let results = update["sessionResults"].as_array().cloned();
        heard.events = results.unwrap_or_default().iter().map(event).collect();
        heard.bytes = heard.events.iter().map(|event| event.text.len()).sum();
        self.passed().sessions[session].frames.push(heard);
    }
}

fn event(row: &Value) -> Event {
    let text = |name: &str| row[name].as_str().unwrap().to_owned();
    let group = text("logGroupIdentifier");
    Event {
        group: group.split_once(':').unwrap().1.to_owned(),
        stream: text("logStreamName"),
        time_ms: row["timestamp"].as_i64().unwrap(),
        ingested_ms: row["ingestionTime"].as_i64().unwrap(),
        text: text("message"),
    }
}

/// What a call was.
#[derive(Debug, Clone, Copy)]
enum Number {
    Asked(usize),
    Session,
    None,
}

#[derive(Debug)]
struct Line {
    wire: Wire,
    inner: SharedHttpConnector,
}

impl HttpConnector for Line {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (wire, inner) = (self.wire.clone(), self.inner.clone());
        let number = wire.call(&request);
        let latency = wire.latency();
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(latency).await;
            let mut answer = inner.call(request).await;
            match &mut answer {
                Ok(response) => wire.watched(number, response),
                Err(_) => {
                    if let Number::Asked(number) = number {
                        wire.answered(number, false);
                    }
                }
            }
            answer
        })
    }
}

#[derive(Debug)]
enum Watch {
    Page(usize, Vec<u8>),
    Session(usize),
}

/// A body that is written down while it is read.
struct Watched {
    wire: Wire,
    inner: SdkBody,
    watch: Watch,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = <SdkBody as Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        let polled = Pin::new(&mut self.inner).poll_frame(context);
        let Poll::Ready(next) = &polled else {
            return polled;
        };
        let wire = self.wire.clone();
        match (&mut self.watch, next) {
            (Watch::Page(_, read), Some(Ok(frame))) => {
                read.extend_from_slice(frame.data_ref().unwrap());
            }
            (Watch::Page(number, _), Some(Err(_))) => wire.answered(*number, false),
            (Watch::Page(number, read), None) => {
                wire.answered(
                    *number,
                    read.starts_with(b"{\"events\"") && read.ends_with(b"}"),
                );
            }
            (Watch::Session(number), Some(Ok(frame))) => {
                wire.frame(*number, frame.data_ref().unwrap().clone());
            }
            (Watch::Session(number), Some(Err(_)) | None) => {
                let now_ms = wire.account.now_ms();
                wire.steps.note(format_args!("session {number} ends"));
                wire.passed().sessions[*number]
                    .ended_ms
                    .get_or_insert(now_ms);
            }
        }
        polled
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let now_ms = self.wire.account.now_ms();
        match self.watch {
            Watch::Page(number, _) => self.wire.answered(number, false),
            Watch::Session(number) => {
                self.wire.passed().sessions[number].dropped_ms = Some(now_ms);
            }
        }
    }
}
