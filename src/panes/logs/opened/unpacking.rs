//! The data of a log subscription, packed in an event, as it can be read.

use std::collections::BTreeSet;

use serde_json::Value;

use super::OpenedEvent;
use crate::logs::{Detail, json_in};
use crate::power::SubscriptionError;
use crate::power::events::readable;

impl OpenedEvent {
    /// Whether it looks as if it held the data of a log subscription as that is sent.
    pub(in crate::panes::logs) fn has_packed_data(&self) -> bool {
        self.raw.contains("awslogs") && self.raw.contains("H4sI")
    }

    /// The event with the data of a log subscription unpacked: of the value under the cursor, else of the whole; `None`
    /// where there is none.
    ///
    /// # Errors
    /// [`SubscriptionError`] when it cannot be unpacked.
    pub(in crate::panes::logs) fn unpacked(&self) -> Result<Option<Self>, SubscriptionError> {
        let value = self.value().unwrap_or_default();
        for text in [&*value, json_in(&self.raw).unwrap_or_default()] {
            let packed: Option<Value> = serde_json::from_str(text).ok();
            let readable = packed.map(|packed| readable(&packed)).transpose()?;
            if let Some(readable) = readable.flatten() {
                return Ok(Some(self.reading(readable.to_string())));
            }
        }
        Ok(None)
    }

    /// The event with another text.
    fn reading(&self, raw: String) -> Self {
        let mut opened = Self {
            detail: Detail::of(&raw),
            raw,
            folded: BTreeSet::new(),
            ..self.clone()
        };
        opened.lay_out(0);
        opened
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{opened, texts};
    use crate::power::events;

    #[test]
    fn the_data_of_a_log_subscription_is_unpacked_and_made_harmless() {
        let mut inside = events::named("cloudwatch-logs").unwrap().clone();
        inside.readable["awslogs"]["data"]["owner"] = "\u{1b}[2J\u{202e}".into();
        let packed = opened(&format!("INFO event {}", inside.sent()));
        assert!(packed.has_packed_data());
        let unpacked = packed.unpacked().unwrap().unwrap();
        let shown = texts(&unpacked).join("\n");
        assert!(shown.contains("DATA_MESSAGE"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
        assert!(unpacked.unpacked().unwrap().is_none());
        assert!(unpacked.whole().starts_with("{\"awslogs\":{\"data\":{"));
        let broken = opened(r#"{"awslogs":{"data":"H4sI"}}"#);
        assert!(broken.unpacked().is_err());
    }
}
