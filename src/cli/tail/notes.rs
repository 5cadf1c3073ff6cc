//! The honesty line of a headless tail.

use crate::logs::{FilterPattern, TailMode, TailStatus};

/// What the user should hear when a first picture came too late for some of it.
pub(super) const REFUSED: &str = "Some events came late and are older than the first line: they are left out; --since shows them.";

/// What the user should hear when a line holds what looks like a secret, and goes wherever standard output goes.
pub(super) const SECRETS: &str = "Something printed looks like a secret (a key, a token, a password in an address): --redact takes such things out.";

/// How a tail stands, on one line.
pub(super) fn line(standing: &TailStatus) -> String {
    let mut words = vec![format!(
        "{} {:.0} ev/s",
        standing.mode.badge(),
        standing.rate
    )];
    if let Some(lag_ms) = standing.lag_ms {
        words.push(format!("lag {:.1} s", lag_ms as f64 / 1000.0));
    }
    if standing.sampled {
        words.push("sampled".to_owned());
    }
    words.push(format!("recovered {}", standing.recovered));
    words.push(format!("gaps {}", standing.gaps));
    words.push(format!("dropped {}", standing.dropped));
    words.push(format!("{} min live", standing.live_minutes));
    words.join(" · ")
}

/// What the user should hear when the mode has changed; nothing when it is as planned.
pub(super) fn change(mode: &TailMode) -> Option<String> {
    match mode {
        TailMode::Polling(why) => Some(format!(
            "No live session ({why}): the stored events are read again and again instead."
        )),
        TailMode::Failing(why) => Some(format!(
            "Neither a live session nor reading the stored events works ({why}); it is tried again and again."
        )),
        TailMode::Waiting(sentence) => Some(sentence.clone()),
        TailMode::Connecting | TailMode::Live | TailMode::Stalled | TailMode::Reconnecting(_) => {
            None
        }
    }
}

/// What the user should hear about a pattern before it is sent: that it is not understood here, or that the service
/// does not read it as it is meant.
pub(super) fn doubts(pattern: &str) -> Option<String> {
    let sentence = match FilterPattern::parse(pattern) {
        Err(problem) => format!("--filter: {problem}. It is sent as it is: CloudWatch Logs decides."),
        Ok(pattern) if pattern.ignores_optional_terms() => {
            "CloudWatch Logs ignores the ?terms of --filter beside other terms; leave out one or the other.".to_owned()
        }
        Ok(_) => return None,
    };
    Some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_the_service_ignores_are_told() {
        assert!(doubts("ERROR ?WARN").is_some_and(|it| it.contains("ignores the ?terms")));
        assert_eq!(doubts("?ERROR ?WARN"), None);
    }

    #[test]
    fn a_pattern_that_is_not_understood_is_sent_and_that_is_told() {
        let sentence = doubts("{ no pattern").unwrap_or_default();
        assert!(
            sentence.contains("not understood at column 3"),
            "{sentence}"
        );
        assert!(sentence.ends_with("CloudWatch Logs decides."), "{sentence}");
    }

    #[test]
    fn the_line_says_what_is_known() {
        let standing = TailStatus {
            mode: TailMode::Live,
            rate: 312.4,
            lag_ms: Some(1_420),
            recovered: 17,
            gaps: 0,
            dropped: 0,
            sampled: false,
            live_minutes: 12,
        };
        assert_eq!(
            line(&standing),
            "LIVE 312 ev/s · lag 1.4 s · recovered 17 · gaps 0 · dropped 0 · 12 min live"
        );
    }
}
