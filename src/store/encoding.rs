//! How values become text columns and come back. Invariant: what does not come back equal is not written.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{StoreError, TransactionError};

/// The JSON of a value; `what` names it for the user.
pub(super) fn encode<T>(value: &T, what: impl FnOnce() -> String) -> Result<String, StoreError>
where
    T: Serialize + DeserializeOwned + PartialEq,
{
    let reason = match serde_json::to_string(value) {
        Ok(text) => match serde_json::from_str::<T>(&text) {
            Ok(back) if back == *value => return Ok(text),
            Ok(_) => String::from("a number in it is not finite"),
            Err(error) => format!("it would not be readable again ({error})"),
        },
        Err(error) => error.to_string(),
    };
    Err(StoreError::Unstorable {
        what: what(),
        reason,
    })
}

/// The value of a JSON column.
pub(super) fn decode<T: DeserializeOwned>(
    text: &str,
    what: impl FnOnce() -> String,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(what, &error))
}

/// A time as text that sorts as times do: RFC 3339 in UTC, always nine decimals.
pub(super) fn encode_time(time: Timestamp) -> String {
    format!("{time:.9}")
}

/// The time of a text column.
pub(super) fn decode_time(
    text: &str,
    what: impl FnOnce() -> String,
) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|error| unreadable(what, &error))
}

/// Tells a row that makes no sense, which the caller reports and passes over, from a store that cannot be read.
pub(super) fn sort_out<T>(
    read: Result<T, TransactionError>,
) -> Result<Result<T, String>, TransactionError> {
    match read {
        Ok(value) => Ok(Ok(value)),
        Err(TransactionError::Told(error @ StoreError::Unreadable { .. })) => {
            Ok(Err(error.to_string()))
        }
        Err(trouble) => Err(trouble),
    }
}

/// The error for a row that makes no sense.
pub(super) fn unreadable(
    what: impl FnOnce() -> String,
    reason: &impl std::fmt::Display,
) -> StoreError {
    StoreError::Unreadable {
        what: what(),
        reason: reason.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_would_not_come_back_is_refused() {
        for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let refused = encode(&Some(number), || "it".to_owned()).unwrap_err();
            assert!(matches!(refused, StoreError::Unstorable { .. }));
        }
        assert_eq!(encode(&Some(0.1), || "it".to_owned()).unwrap(), "0.1");
    }

    #[test]
    fn times_as_text_sort_like_times() {
        let mut times: Vec<Timestamp> = ["2026-11-21T10:15:30.5Z", "2026-11-21T10:15:30Z"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        let mut texts: Vec<String> = times.iter().copied().map(encode_time).collect();
        times.sort();
        texts.sort();
        let back: Vec<Timestamp> = texts
            .iter()
            .map(|text| decode_time(text, String::new).unwrap())
            .collect();
        assert_eq!(back, times);
    }
}
