//! `PutLogEvents`: what the service takes in, what it rejects and what it refuses.

use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::request::WireRequest;
use super::errors::{constraint, invalid, no_group, no_stream};
use super::name;
use super::store::InputLogEvent;

/// The most events of one call.
const LARGEST_BATCH: usize = 10_000;
/// The most bytes of one call, 26 counted for each event beside its text.
const LARGEST_UPLOAD: usize = 1_048_576;
/// What an event weighs beside its text, in bytes.
const OVERHEAD: usize = 26;
/// The longest time between the first and the last event of one call, in milliseconds.
const LONGEST_SPAN_MS: i64 = 24 * 3_600_000;
/// How far back an event may lie, in milliseconds.
const OLDEST_MS: i64 = 14 * 24 * 3_600_000;
/// How far ahead an event may lie, in milliseconds.
const NEWEST_MS: i64 = 2 * 3_600_000;

#[derive(Debug, Deserialize)]
struct Upload {
    #[serde(rename = "logGroupName")]
    group: String,
    #[serde(rename = "logStreamName")]
    stream: String,
    #[serde(rename = "logEvents")]
    events: Vec<PutLogEventsInput>,
}

#[derive(Debug, Deserialize)]
struct PutLogEventsInput {
    timestamp: i64,
    message: String,
}

/// `PutLogEvents`.
pub(super) fn put(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let upload: Upload = call.json()?;
    name::check_group(&upload.group)?;
    name::check_stream(&upload.stream)?;
    check(&upload.events)?;
    let now_ms = account.now_ms();
    let mut state = account.state();
    let (group, stream) = (&upload.group, &upload.stream);
    if !state.logs.groups.contains_key(group) {
        return Err(no_group());
    }
    if state.logs.stream(group, stream, now_ms).is_none() {
        return Err(no_stream());
    }
    let events = &upload.events;
    let too_old = events.partition_point(|event| event.timestamp < now_ms - OLDEST_MS);
    let too_new = events.partition_point(|event| event.timestamp <= now_ms + NEWEST_MS);
    let total = events.len();
    let stream: Arc<str> = upload.stream.into();
    let accepted = upload.events.into_iter().take(too_new).skip(too_old);
    let entries = accepted.map(|event| InputLogEvent {
        stream: Arc::clone(&stream),
        time_ms: event.timestamp,
        ingested_ms: now_ms,
        message: event.message.into(),
    });
    state.logs.append(&upload.group, entries);
    Ok(receipt(too_old, too_new, total, state.logs.stored()))
}

/// The answer; it names what was rejected, if anything was.
fn receipt(too_old: usize, too_new: usize, total: usize, stored: u64) -> Value {
    // Clients no longer need the token; it is there for those that read it.
    let token = format!("4{stored:055}");
    let mut rejected = serde_json::Map::new();
    if too_old > 0 {
        rejected.insert("tooOldLogEventEndIndex".into(), json!(too_old));
    }
    if too_new < total {
        rejected.insert("tooNewLogEventStartIndex".into(), json!(too_new));
    }
    if rejected.is_empty() {
        return json!({ "nextSequenceToken": token });
    }
    json!({ "nextSequenceToken": token, "rejectedLogEventsInfo": rejected })
}

/// Refuses a batch that breaks a rule as a whole.
fn check(events: &[PutLogEventsInput]) -> Result<(), ApiError> {
    let (Some(first), Some(last)) = (events.first(), events.last()) else {
        let must = "have length greater than or equal to 1";
        return Err(constraint("[]", "logEvents", must));
    };
    if events.len() > LARGEST_BATCH {
        let must = "have length less than or equal to 10000";
        return Err(constraint("[…]", "logEvents", must));
    }
    if let Some(index) = events.iter().position(|event| event.message.is_empty()) {
        let field = format!("logEvents.{}.member.message", index + 1);
        let must = "have length greater than or equal to 1";
        return Err(constraint("", &field, must));
    }
    if !events.is_sorted_by_key(|event| event.timestamp) {
        return Err(invalid(
            "Log events in a single PutLogEvents request must be in chronological order.",
        ));
    }
    if last.timestamp - first.timestamp > LONGEST_SPAN_MS {
        return Err(invalid(
            "The batch of log events in a single PutLogEvents request cannot span more than 24 hours.",
        ));
    }
    let sizes = events.iter().map(|event| event.message.len() + OVERHEAD);
    let size: usize = sizes.sum();
    if size > LARGEST_UPLOAD {
        return Err(invalid(format!(
            "Upload too large: {size} bytes exceeds limit of {LARGEST_UPLOAD}"
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(times: &[i64], size: usize) -> Vec<PutLogEventsInput> {
        let event = |timestamp: &i64| PutLogEventsInput {
            timestamp: *timestamp,
            message: "x".repeat(size),
        };
        times.iter().map(event).collect()
    }

    #[test]
    fn a_batch_that_breaks_a_rule_is_refused_as_a_whole() {
        assert!(check(&batch(&[1, 1, 2], 5)).is_ok());
        for (events, words) in [
            (batch(&[], 1), "greater than or equal to 1"),
            (batch(&[1, 2], 0), "logEvents.1.member.message"),
            (batch(&[2, 1], 5), "chronological order"),
            (batch(&[0, LONGEST_SPAN_MS + 1], 5), "more than 24 hours"),
            (batch(&[1, 2], 524_263), "Upload too large: 1048578 bytes"),
            (batch(&vec![1; LARGEST_BATCH + 1], 1), "10000"),
        ] {
            let error = check(&events).unwrap_err();
            assert!(error.message.contains(words), "{}", error.message);
            assert_eq!(error.code, "InvalidParameterException");
        }
    }

    #[test]
    fn the_receipt_says_what_was_rejected() {
        assert!(receipt(0, 3, 3, 3).get("rejectedLogEventsInfo").is_none());
        let rejected = &receipt(1, 2, 3, 1)["rejectedLogEventsInfo"];
        assert_eq!(rejected["tooOldLogEventEndIndex"], 1);
        assert_eq!(rejected["tooNewLogEventStartIndex"], 2);
    }
}
