//! The simulated `CloudWatch` Logs, driven by the real SDK client.

mod broken;
mod demo;
mod live;
mod pages;
mod putting;
mod upkeep;

use std::collections::HashSet;
use std::fmt::Debug;
use std::time::Duration;

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::config::retry::RetryConfig;
use aws_sdk_cloudwatchlogs::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_cloudwatchlogs::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_cloudwatchlogs::operation::filter_log_events::builders::FilterLogEventsFluentBuilder;
use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use iacstone::simulator::{Account, AccountOptions, Faults, http_client};
use jiff::Timestamp;

const GROUP: &str = "/test/numbers";

/// The account's calendar begins here, so that every run sees the same times.
fn options() -> AccountOptions {
    AccountOptions {
        seed: 7,
        epoch: Some("2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap()),
        ..AccountOptions::default()
    }
}

fn faulty(faults: &[&str]) -> AccountOptions {
    let faults = faults.iter().map(|text| Faults::parse(text).unwrap());
    AccountOptions {
        faults: faults.fold(Faults::default(), Faults::and),
        ..options()
    }
}

/// A client that does not retry and whose streams may stay silent.
pub(super) fn client(account: &Account) -> Client {
    let config = aws_sdk_cloudwatchlogs::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::for_tests())
        .region(Region::new("us-east-1"))
        .retry_config(RetryConfig::disabled())
        .stalled_stream_protection(
            aws_sdk_cloudwatchlogs::config::StalledStreamProtectionConfig::disabled(),
        )
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .http_client(http_client(account))
        .build();
    Client::from_conf(config)
}

fn arn(group: &str) -> String {
    format!("arn:aws:logs:us-east-1:123456789012:log-group:{group}")
}

/// Puts events that are taken in at once, numbered from 0, one in each millisecond that ends now.
fn numbered(account: &Account, count: i64) {
    let now_ms = account.now_ms();
    for number in 0..count {
        let time_ms = now_ms - count + number;
        let stream = format!("stream-{}", number % 3);
        account.put_event(GROUP, &stream, time_ms, now_ms, &format!("n={number}"));
    }
}

/// The number in a message of [`numbered`].
fn number(message: Option<&str>) -> i64 {
    let word = message.and_then(|text| text.strip_prefix("n="));
    word.and_then(|word| word.parse().ok()).expect("a number")
}

/// All pages of a question, at most so many.
async fn pages(
    question: FilterLogEventsFluentBuilder,
    most: usize,
) -> (Vec<Vec<FilteredLogEvent>>, bool) {
    let (mut pages, mut token) = (Vec::new(), None);
    for _ in 0..most {
        let page = question.clone().set_next_token(token).send().await.unwrap();
        token = page.next_token().map(str::to_owned);
        pages.push(page.events.unwrap_or_default());
        if token.is_none() {
            return (pages, true);
        }
    }
    (pages, false)
}

/// The code of a service's refusal.
fn code<E: ProvideErrorMetadata + Debug, R: Debug>(error: &SdkError<E, R>) -> &str {
    error.code().unwrap_or("no code")
}

fn distinct_ids(events: &[FilteredLogEvent]) -> usize {
    let ids: HashSet<&str> = events.iter().filter_map(|event| event.event_id()).collect();
    ids.len()
}

/// Lets the account's time pass; only in tests whose clock is paused.
async fn pass(seconds: u64) {
    tokio::time::sleep(Duration::from_secs(seconds)).await;
}
