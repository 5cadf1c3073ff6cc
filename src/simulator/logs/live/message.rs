//! What a session says, as frames of the event stream.

use std::io;

use aws_smithy_eventstream::frame::write_message_to;
use axum::body::Bytes;
use serde_json::{Value, json};

use super::super::super::broken;
use super::super::super::frame::{event, exception};

/// The type of every payload.
const JSON: &str = "application/json";

/// What the protocol says before anything else.
pub(super) fn initial() -> io::Result<Bytes> {
    let payload = Bytes::from_static(b"{}");
    written(&event(
        "initial-response",
        "application/x-amz-json-1.1",
        payload,
    ))
}

/// The start of a session.
pub(super) fn start(start: &Value) -> io::Result<Bytes> {
    written(&event("sessionStart", JSON, start.to_string().into()))
}

/// One second of a session.
pub(super) fn update(results: &[Value], sampled: bool, is_broken: bool) -> io::Result<Bytes> {
    let update = json!({
        "sessionMetadata": { "sampled": sampled },
        "sessionResults": results,
    });
    let update = update.to_string();
    let payload = if is_broken {
        broken::texts(update.as_bytes())
    } else {
        update.into()
    };
    written(&event("sessionUpdate", JSON, payload))
}

/// The end of a session that has lasted long enough.
pub(super) fn timed_out() -> io::Result<Bytes> {
    let words = "The Live Tail session has timed out.";
    failure("SessionTimeoutException", words)
}

/// The end of a session in which something went wrong.
pub(super) fn failed() -> io::Result<Bytes> {
    let words = "An unknown error occurred during the Live Tail session.";
    failure("SessionStreamingException", words)
}

fn failure(kind: &'static str, words: &str) -> io::Result<Bytes> {
    let payload = json!({ "message": words }).to_string();
    written(&exception(kind, JSON, payload.into()))
}

fn written(message: &aws_smithy_types::event_stream::Message) -> io::Result<Bytes> {
    let mut frame = Vec::new();
    write_message_to(message, &mut frame).map_err(io::Error::other)?;
    Ok(frame.into())
}
