//! A text of an article or a log event as the payload of a plan.

use crate::effect::{BroughtPayload, Outbox, Severity, Visit, check_json};
use crate::lambda::MemoryMb;
use crate::power::events;
use crate::text::{json_document, sentence};

/// The JSON of a text, indented; the data of a log subscription in it can be read.
///
/// # Errors
/// The place of the first mistake.
pub(super) fn payload_text(text: &str) -> Result<String, String> {
    let wrong = |why: &str| format!("No valid JSON: {why}");
    check_json(text).map_err(|why| wrong(&why))?;
    let value: serde_json::Value =
        serde_json::from_str(text).map_err(|_there_is_none| wrong("there is nothing"))?;
    // What cannot be unpacked is sent as it came.
    let readable = events::readable(&value).ok().flatten();
    let document = json_document(&readable.unwrap_or(value));
    document.map_err(|error| wrong(&error.to_string()))
}

/// Brings a text to the plan of a function as its payload, or says why it is none; without a function the user is asked.
/// With `too_small` a memory size is known to be too small for it.
pub(super) fn bring(
    (from, text): (&str, &str),
    function: Option<String>,
    too_small: Option<MemoryMb>,
    out: &mut Outbox<'_>,
) {
    match payload_text(text) {
        Ok(text) => out.visit(Visit::Payload {
            function,
            payload: BroughtPayload {
                from: from.to_owned(),
                text,
                too_small,
            },
        }),
        Err(why) => out.notice(Severity::Warning, sentence(&why)),
    }
}

#[cfg(test)]
mod tests {
    use super::payload_text;
    use crate::power::events;

    #[test]
    fn json_is_indented_and_broken_json_is_placed() {
        assert_eq!(payload_text("{\"a\":1}").unwrap(), "{\n  \"a\": 1\n}\n");
        let told = |text: &str| payload_text(text).unwrap_err();
        let broken = told("{\n  \"a\": 1,\n  \"b\" 2\n}");
        assert!(
            broken.starts_with("No valid JSON: line 3, column 7"),
            "{broken}"
        );
        assert_eq!(told(" "), "No valid JSON: there is nothing");
    }

    #[test]
    fn the_data_of_a_log_subscription_can_be_read() {
        let sample = events::named("cloudwatch-logs").unwrap();
        let text = payload_text(&sample.sent().to_string()).unwrap();
        assert!(text.contains("DATA_MESSAGE"), "{text}");
        let broken = r#"{"awslogs":{"data":"broken"}}"#;
        assert!(payload_text(broken).unwrap().contains("\"broken\""));
    }
}
