//! Answers that are not quite JSON: bytes that are no UTF-8 and halves of surrogate pairs, as some writers of logs leave
//! them behind. The SDK refuses the whole page for one of them; here it becomes U+FFFD and the page is read.

mod frames;

use std::io;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use futures::stream;
use http_body::Frame;
use http_body_util::{BodyExt, StreamBody};
use sync_wrapper::SyncStream;

pub(super) use frames::MendFrames;

/// The escape of U+FFFD.
const REPLACEMENT: &str = "\\ufffd";
/// The length of an escape such as `\ud83d`.
const ESCAPE: usize = 6;

/// Mends answers before they are read.
#[derive(Debug)]
pub(super) struct Mend;

#[dyn_dispatch_hint]
impl Intercept for Mend {
    fn name(&self) -> &'static str {
        "Mend"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _settings: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().body_mut();
        let whole = std::mem::replace(body, SdkBody::taken());
        let mended = stream::once(async move {
            let collected = whole.collect().await.map_err(io::Error::other)?;
            let bytes = sanitize(collected.to_bytes().into());
            Ok::<_, io::Error>(Frame::data(bytes.into()))
        });
        *body = SdkBody::from_body_1_x(StreamBody::new(SyncStream::new(Box::pin(mended))));
        Ok(())
    }
}

/// Whether there is nothing to mend, as in nearly every answer.
fn is_sound(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| !has_surrogates(text))
}

fn has_surrogates(json: &str) -> bool {
    json.contains("\\ud") || json.contains("\\uD")
}

/// JSON that can be read, of bytes that nearly are.
fn sanitize(bytes: Vec<u8>) -> Vec<u8> {
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    if has_surrogates(&text) {
        pair(&text).into_bytes()
    } else {
        text.into_bytes()
    }
}

/// Replaces the escapes of surrogates that have no other half.
fn pair(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        out.push_str(before);
        let (kept, length) = match surrogate(escape) {
            Some(Half::High) if matches!(second(escape), Some(Half::Low)) => (None, 2 * ESCAPE),
            Some(_) => (Some(REPLACEMENT), ESCAPE),
            // Whatever is escaped, a backslash too, is no beginning of another escape.
            None => (None, 1 + escape.chars().nth(1).map_or(0, char::len_utf8)),
        };
        let (taken, after) = escape.split_at_checked(length).unwrap_or((escape, ""));
        out.push_str(kept.unwrap_or(taken));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Half of a pair.
enum Half {
    High,
    Low,
}

/// The half that a text begins with as an escape.
fn surrogate(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Half::High),
        0xdc00..=0xdfff => Some(Half::Low),
        _ => None,
    }
}

/// The half that follows the first escape at once.
fn second(text: &str) -> Option<Half> {
    surrogate(text.get(ESCAPE..)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(bytes: &[u8]) -> String {
        String::from_utf8(sanitize(bytes.to_vec())).unwrap()
    }

    #[test]
    fn sound_json_stays_as_it_is() {
        for text in [
            "",
            "{}",
            r#"{"m":"\ud83d\udc69 \\ud800 \\\ud83d\udc69 \n"}"#,
            "{\"m\":\"日本語\"}",
        ] {
            assert_eq!(mended(text.as_bytes()), text);
        }
    }

    #[test]
    fn halves_of_pairs_become_replacement_characters() {
        for (broken, whole) in [
            (r#""\ud800""#, r#""\ufffd""#),
            (r#""\udc00 x""#, r#""\ufffd x""#),
            (r#""\uD800\uD83D\uDC69""#, r#""\ufffd\uD83D\uDC69""#),
            (r#""\ud83d\n""#, r#""\ufffd\n""#),
            (r#""\\\ud800""#, r#""\\\ufffd""#),
        ] {
            assert_eq!(mended(broken.as_bytes()), whole, "{broken}");
            assert!(serde_json::from_str::<String>(whole).is_ok());
        }
    }

    #[test]
    fn bytes_that_are_no_text_become_replacement_characters() {
        assert_eq!(mended(b"\"a\xff\xc3b\\\""), "\"a\u{fffd}\u{fffd}b\\\"");
        assert_eq!(mended(b"\\"), "\\");
        assert_eq!(mended(b"\\ud8"), "\\ud8");
    }
}
