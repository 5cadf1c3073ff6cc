//! Mends the updates of a live session, frame by frame: one text that is none would end the session.

use std::io;

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::event_stream::Message;
use futures::{StreamExt, stream};
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use sync_wrapper::SyncStream;

use super::{is_sound, sanitize};

/// The type of an answer that is a stream of frames; errors have another.
const CONTENT: &str = "application/vnd.amazon.eventstream";
/// The shortest frame, and the longest AWS sends, in bytes.
const LENGTHS: std::ops::RangeInclusive<usize> = 16..=24 << 20;

/// Mends the frames of answers as they arrive.
#[derive(Debug)]
pub(in crate::aws::logs) struct MendFrames;

#[dyn_dispatch_hint]
impl Intercept for MendFrames {
    fn name(&self) -> &'static str {
        "MendFrames"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response_mut();
        if response.headers().get("content-type") != Some(CONTENT) {
            return Ok(());
        }
        let body = response.body_mut();
        let frames = Frames {
            body: std::mem::replace(body, SdkBody::taken()),
            waiting: Vec::new(),
        };
        let mended = stream::unfold(frames, |mut frames| async {
            let bytes = frames.next().await?;
            Some((bytes.map(|bytes| Frame::data(bytes.into())), frames))
        });
        // The SDK asks again after the end.
        let mended = mended.fuse();
        *body = SdkBody::from_body_1_x(StreamBody::new(SyncStream::new(Box::pin(mended))));
        Ok(())
    }
}

/// A stream of frames.
struct Frames {
    body: SdkBody,
    /// What has arrived of frames that are not whole.
    waiting: Vec<u8>,
}

impl Frames {
    /// The next whole frame; at an end in the middle of one, what there is of it.
    async fn next(&mut self) -> Option<io::Result<Vec<u8>>> {
        loop {
            if let Some(frame) = self.frame() {
                return Some(Ok(frame));
            }
            match self.body.frame().await {
                Some(Ok(chunk)) => {
                    if let Ok(data) = chunk.into_data() {
                        self.waiting.extend_from_slice(&data);
                    }
                }
                Some(Err(error)) => {
                    self.body = SdkBody::empty();
                    return Some(Err(io::Error::other(error)));
                }
                None if self.waiting.is_empty() => return None,
                None => return Some(Ok(std::mem::take(&mut self.waiting))),
            }
        }
    }

    /// The first frame, when it is whole. What is no frame is passed on: whoever reads it says so.
    fn frame(&mut self) -> Option<Vec<u8>> {
        let length = u32::from_be_bytes(*self.waiting.first_chunk()?);
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if !LENGTHS.contains(&length) {
            return Some(std::mem::take(&mut self.waiting));
        }
        if self.waiting.len() < length {
            return None;
        }
        let rest = self.waiting.split_off(length);
        Some(mended(std::mem::replace(&mut self.waiting, rest)))
    }
}

/// A frame whose payload can be read. One that is broken otherwise stays so.
fn mended(frame: Vec<u8>) -> Vec<u8> {
    let Ok(message) = read_message_from(frame.as_slice()) else {
        return frame;
    };
    if is_sound(message.payload()) {
        return frame;
    }
    let payload = sanitize(message.payload().to_vec());
    let headers = message.headers().iter().cloned();
    let message = headers.fold(Message::new(payload), Message::add_header);
    let mut whole = Vec::with_capacity(frame.len());
    match write_message_to(&message, &mut whole) {
        Ok(()) => whole,
        Err(_too_long) => frame,
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::event_stream::{Header, HeaderValue};

    use super::*;

    fn frame(payload: &[u8]) -> Vec<u8> {
        let kind = Header::new(":event-type", HeaderValue::String("sessionUpdate".into()));
        let message = Message::new(payload.to_vec()).add_header(kind);
        let mut bytes = Vec::new();
        write_message_to(&message, &mut bytes).unwrap();
        bytes
    }

    fn frames(waiting: Vec<u8>) -> Frames {
        Frames {
            body: SdkBody::empty(),
            waiting,
        }
    }

    #[tokio::test]
    async fn frames_come_one_by_one_and_only_broken_texts_are_changed() {
        let (sound, broken) = (frame(b"{\"m\":1}"), frame(b"\"a\xff\\ud83d\""));
        let cut = &sound[..20];
        let mut frames = frames([&sound[..], &broken, &sound, cut].concat());
        let mut next = async || frames.next().await.map(Result::unwrap);
        assert_eq!(next().await.as_ref(), Some(&sound));
        let mended = read_message_from(next().await.unwrap().as_slice()).unwrap();
        assert_eq!(&mended.payload()[..], "\"a\u{fffd}\\ufffd\"".as_bytes());
        assert_eq!(mended.headers().len(), 1);
        assert_eq!(next().await.as_ref(), Some(&sound));
        assert_eq!(next().await.as_deref(), Some(cut));
        assert_eq!(next().await, None);
    }

    #[tokio::test]
    async fn what_is_no_frame_is_passed_on() {
        for foreign in [&b"<html>not a frame</html>"[..], &[0; 20]] {
            let mut frames = frames(foreign.to_vec());
            assert_eq!(frames.next().await.unwrap().unwrap(), foreign);
        }
        let mut spoilt = frame(b"\xff");
        *spoilt.last_mut().unwrap() ^= 1;
        let passed = frames(spoilt.clone()).next().await;
        assert_eq!(passed.unwrap().unwrap(), spoilt);
    }
}
