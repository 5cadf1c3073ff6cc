//! What a subscription of CloudWatch Logs sends: `awslogs.data` is JSON, packed with gzip, in base64. A payload may have
//! the JSON itself there, as one reads it; it is packed when it is sent.

use std::io::{self, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;

/// Where the data stands in the event.
const DATA: &str = "/awslogs/data";

/// Data is read up to so many bytes: a small text may be packed from a very large one.
const LARGEST: u64 = 4 << 20;

/// Why the data of a subscription cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SubscriptionError {
    /// It is no base64.
    #[error("awslogs.data is no base64")]
    Base64,
    /// It is not packed with gzip, or damaged.
    #[error("awslogs.data cannot be unpacked: {0}")]
    Packing(io::Error),
    /// It is larger than is read.
    #[error("awslogs.data is over 4 MiB when unpacked; no subscription sends so much")]
    TooLarge,
    /// It is not what a subscription sends.
    #[error("awslogs.data holds no JSON object")]
    NoObject,
}

/// The event as it is sent: data that can be read is packed. Any other value is as it was.
pub(in crate::power) fn as_sent(mut event: Value) -> Value {
    if let Some(data) = event.pointer_mut(DATA)
        && data.is_object()
        && let Ok(packed) = packed(&data.to_string())
    {
        *data = Value::String(packed);
    }
    event
}

/// The event as one reads it, with its data unpacked; `None` for an event without packed data.
///
/// # Errors
/// [`SubscriptionError`] when there is data that cannot be read.
pub fn readable(event: &Value) -> Result<Option<Value>, SubscriptionError> {
    let Some(Value::String(packed)) = event.pointer(DATA) else {
        return Ok(None);
    };
    let object = unpacked(packed)?;
    let mut event = event.clone();
    if let Some(data) = event.pointer_mut(DATA) {
        *data = object;
    }
    Ok(Some(event))
}

/// Neither the time nor a file name is part of it: the same text is always packed alike.
fn packed(text: &str) -> io::Result<String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    Ok(STANDARD.encode(encoder.finish()?))
}

fn unpacked(packed: &str) -> Result<Value, SubscriptionError> {
    let bytes = STANDARD.decode(packed.trim());
    let bytes = bytes.map_err(|_not_base64| SubscriptionError::Base64)?;
    let mut text = Vec::new();
    let mut reader = GzDecoder::new(bytes.as_slice()).take(LARGEST + 1);
    reader
        .read_to_end(&mut text)
        .map_err(SubscriptionError::Packing)?;
    if text.len() as u64 > LARGEST {
        return Err(SubscriptionError::TooLarge);
    }
    match serde_json::from_slice(&text) {
        Ok(object @ Value::Object(_)) => Ok(object),
        _ => Err(SubscriptionError::NoObject),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// An event with this data.
    fn event(data: impl Into<Value>) -> Value {
        json!({ "awslogs": { "data": data.into() } })
    }

    /// What the service sent once, packed by another program.
    const SENT: &str = "H4sIAAAAAAACA02PUWuDMBSF/4qEPVZiYmutb8JcKWwM1LdORjS3LmCiS+JKKf3vu24r7Hu69+ScQ+6VaHBO9FBfJiAZeczr/P2lqKp8X5AVGc8GLMqMx+tNsk13EeMoD2O/t+M84QsVZ0cHoVspqL6Ep9l0Xo3m11R5C0Kji0c8oRGjbEePD895XVR1I9pOLr1odXPrOqumJfmkBg/WkexIwNoRp+anq/gC4xf5SpTESlj2g2QY9wqP8ELjf9g2SdOYRTxCVvfj0F6U5WsZuFGD/1CmD05CDSCDEj5nzB5kFrA/Qo6EMRKukXDzjzdDbs3tGx22gf81AQAA";

    #[test]
    fn what_the_service_sends_is_the_sample_event_when_unpacked() {
        let sample = super::super::named("cloudwatch-logs").unwrap();
        assert_eq!(readable(&event(SENT)).unwrap().unwrap(), sample.readable);
        assert!(sample.is_encoded());
        assert_eq!(readable(&sample.sent()).unwrap().unwrap(), sample.readable);
        assert_eq!(sample.sent(), sample.sent());
    }

    #[test]
    fn only_readable_data_is_packed() {
        let others = [json!(null), json!([1]), event("text"), event(7)];
        for other in others {
            assert_eq!(as_sent(other.clone()), other);
        }
        assert!(matches!(readable(&json!({"a": 1})), Ok(None)));
        assert!(matches!(readable(&event(json!({"a": 1}))), Ok(None)));
    }

    #[test]
    fn data_that_cannot_be_read_is_told() {
        let told = |data: &str| readable(&event(data)).unwrap_err().to_string();
        assert_eq!(told("\u{1b}[2J"), "awslogs.data is no base64");
        assert!(told("aGVsbG8=").contains("cannot be unpacked"));
        assert!(told(&SENT[..200]).contains("cannot be unpacked"));
        assert!(told(&packed("[1]").unwrap()).contains("no JSON object"));
        assert!(told(&packed("{\"a\"").unwrap()).contains("no JSON object"));
    }

    #[test]
    fn a_small_text_that_becomes_a_large_one_is_refused() {
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(8 << 20));
        let small = packed(&large).unwrap();
        assert!(small.len() < 20_000);
        let error = readable(&event(small)).unwrap_err();
        assert!(matches!(error, SubscriptionError::TooLarge), "{error}");
    }
}
