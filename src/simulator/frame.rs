//! The messages of an event stream: events and exceptions with their headers.

use aws_smithy_types::event_stream::{Header, HeaderValue as Value, Message};
use axum::body::Bytes;
use axum::http::HeaderValue;

/// The content type of a stream of messages.
pub(super) const CONTENT: HeaderValue =
    HeaderValue::from_static("application/vnd.amazon.eventstream");

/// An event of this kind; `content` is the type of its payload.
pub(super) fn event(kind: &'static str, content: &'static str, payload: Bytes) -> Message {
    message("event", ":event-type", kind, content, payload)
}

/// An exception of this kind, which ends the stream.
pub(super) fn exception(kind: &'static str, content: &'static str, payload: Bytes) -> Message {
    message("exception", ":exception-type", kind, content, payload)
}

fn message(
    side: &'static str,
    key: &'static str,
    kind: &'static str,
    content: &'static str,
    payload: Bytes,
) -> Message {
    let header = |name, value: &'static str| Header::new(name, Value::String(value.into()));
    Message::new(payload)
        .add_header(header(key, kind))
        .add_header(header(":content-type", content))
        .add_header(header(":message-type", side))
}
