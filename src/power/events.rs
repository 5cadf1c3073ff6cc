//! Sample events: what services send to a function, ready to be a payload, with what is known of who sends them.

mod subscription;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{DurationLimit, LimitFigure};
use crate::text::advice;
pub(super) use subscription::as_sent;
pub use subscription::{SubscriptionError, readable};

/// One sample event.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleEvent {
    /// What it is called on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub title: String,
    /// Who sends such an event, at the beginning of a sentence.
    pub sender: String,
    /// How the function is called with it.
    pub call: EventCall,
    /// How long the sender waits for the answer, in milliseconds, where it is known to give up.
    pub time_limit_ms: Option<u32>,
    /// What a right answer looks like.
    pub answer: String,
    /// What the function may do with it that one should know before it is sent: sentences.
    pub effects: Vec<String>,
    /// The event as one reads and edits it.
    pub readable: Value,
}

/// How a function is called with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventCall {
    /// The sender waits for the answer.
    Sync,
    /// Nobody waits.
    Async,
    /// Lambda reads it from a queue or a stream, and waits for the answer.
    Polled,
}

impl EventCall {
    /// The word used on screen and in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Async => "async",
            Self::Polled => "polled",
        }
    }
}

impl SampleEvent {
    /// The event as it is sent.
    #[must_use]
    pub fn sent(&self) -> Value {
        as_sent(self.readable.clone())
    }

    /// Whether it is sent otherwise than one reads it.
    #[must_use]
    pub fn is_encoded(&self) -> bool {
        self.sent() != self.readable
    }

    /// The limit on durations that its sender sets: no answer may take longer.
    #[must_use]
    pub fn limit(&self) -> Option<DurationLimit> {
        let most_ms = f64::from(self.time_limit_ms?);
        Some(DurationLimit {
            figure: LimitFigure::Max,
            most_ms,
        })
    }

    /// How long the sender waits for the answer, in words, where it is known to give up.
    #[must_use]
    pub fn time_limit(&self) -> Option<String> {
        let limit = self.time_limit_ms?;
        Some(format!("{} s", limit / 1000))
    }

    /// Whether somebody waits for the answer, and how long, in a sentence.
    #[must_use]
    pub fn waiting(&self) -> String {
        let sender = &self.sender;
        match (self.call, self.time_limit()) {
            (EventCall::Sync, Some(limit)) => format!("{sender} waits {limit} for the answer."),
            (EventCall::Sync, None) => format!("{sender} waits for the answer."),
            (EventCall::Async, _) => format!("{sender} does not wait for the answer."),
            (EventCall::Polled, _) => {
                "Lambda reads it from its source and waits for the answer.".to_owned()
            }
        }
    }
}

/// Every sample event, by what sends it.
#[must_use]
pub fn all() -> &'static [SampleEvent] {
    &EVENTS
}

/// The sample event of this name.
///
/// # Errors
/// A sentence that says which name was meant, or where they are listed.
pub fn named(name: &str) -> Result<&'static SampleEvent, String> {
    let found = EVENTS.iter().find(|event| event.name == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = EVENTS.iter().map(|event| event.name).collect();
        let meant = advice(name, &names, 3).unwrap_or_default();
        format!("there is no sample event '{name}': {meant} (`iacstone events list` shows all)")
    })
}

/// The files of `assets/events`, each with its name.
macro_rules! sources {
    ($($name:literal)+) => {
        const SOURCES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../assets/events/", $name, ".json"))),)+
        ];
    };
}

sources! {
    "empty"
    "api-gateway-rest" "api-gateway-http" "function-url" "alb-request" "alb-request-multi-value"
    "cloudfront-viewer-request" "appsync" "appsync-batch"
    "sqs" "sns" "sns-in-sqs" "s3-put" "dynamodb-stream" "kinesis" "kafka-msk" "kafka-self-managed" "documentdb"
    "eventbridge" "eventbridge-schedule" "scheduler" "step-functions-task-token"
    "cloudwatch-logs" "firehose-transform"
    "cognito-pre-sign-up" "cognito-post-confirmation" "cognito-pre-authentication" "cognito-post-authentication"
    "cognito-define-challenge" "cognito-create-challenge" "cognito-verify-challenge" "cognito-pre-token"
    "cognito-migrate-user" "cognito-custom-message"
    "config-change" "config-scheduled" "config-oversized"
    "cfn-macro" "codedeploy-hook" "codepipeline-job"
    "aurora-sync" "aurora-async"
}

// The texts are part of the program and `every_file_is_an_event` reads them: none is ever left out.
static EVENTS: LazyLock<Vec<SampleEvent>> = LazyLock::new(|| {
    let sources = SOURCES.iter();
    sources
        .filter_map(|(name, text)| read(name, text))
        .collect()
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventFile {
    title: String,
    sender: String,
    call: EventCall,
    time_limit_s: Option<u32>,
    answer: String,
    effects: Vec<String>,
    event: Value,
}

fn read(name: &'static str, text: &str) -> Option<SampleEvent> {
    let file: EventFile = serde_json::from_str(text).ok()?;
    Some(SampleEvent {
        name,
        title: file.title,
        sender: file.sender,
        call: file.call,
        time_limit_ms: file.time_limit_s.map(|seconds| seconds * 1000),
        answer: file.answer,
        effects: file.effects,
        readable: file.event,
    })
}

#[cfg(test)]
mod tests;
