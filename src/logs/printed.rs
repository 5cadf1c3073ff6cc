//! The event that a function printed: the JSON of a line, without what the platform and loggers put around it.

use serde_json::Value;

use super::json::embedded;

/// The JSON object or array that a text is or ends with, as it stands there.
#[must_use]
pub fn json_in(text: &str) -> Option<&str> {
    embedded(text).map(|(_, value)| value.text())
}

/// The event that a line prints, as JSON: what a logger has under `event`, or as its message, else the JSON of the line.
/// `None` for records of the platform and lines that only say something.
#[must_use]
pub fn printed_event(text: &str) -> Option<String> {
    let json = json_in(text)?;
    let value: Value = serde_json::from_str(json).ok()?;
    let named = |name: &str| value.get(name);
    let is_record = named("type").and_then(Value::as_str);
    if is_record.is_some_and(|kind| kind.starts_with("platform.")) {
        return None;
    }
    if let Some(event @ (Value::Object(_) | Value::Array(_))) = named("event") {
        return Some(event.to_string());
    }
    let is_logged = ["level", "levelname", "severity"].into_iter();
    if !is_logged.clone().any(|name| named(name).is_some()) {
        return Some(json.to_owned());
    }
    match named("message").or(named("msg"))? {
        Value::String(message) => json_in(message).map(str::to_owned),
        message @ (Value::Object(_) | Value::Array(_)) => Some(message.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{json_in, printed_event};

    #[test]
    fn what_the_function_printed_is_found_in_what_loggers_made_of_it() {
        let printed = |text: &str| printed_event(text);
        let event = Some(r#"{"id":7}"#.to_owned());
        for line in [
            r#"{"id":7}"#,
            "2026-01-19T13:57:00.000Z\ta-1\tINFO\tEVENT {\"id\":7}\n",
            r#"{"level":"INFO","message":{"id":7}}"#,
            r#"{"level":"INFO","message":"Event: {\"id\":7}"}"#,
            r#"{"level":"INFO","message":"called","event":{"id":7}}"#,
        ] {
            assert_eq!(printed(line), event, "{line}");
        }
        for line in [
            "START RequestId: a-1 Version: 7",
            r#"{"level":"INFO","message":"done","took":12}"#,
            r#"{"time":"x","type":"platform.start","record":{"requestId":"a-1"}}"#,
            r#"{"cut":"#,
            "",
        ] {
            assert_eq!(printed(line), None, "{line}");
        }
        assert_eq!(json_in("a [1, {}] "), Some("[1, {}]"));
    }
}
