//! The honesty line of a headless tail.

use crate::logs::{
    FilterPattern, MOST_SESSIONS, TailMode, TailStatus, TailTarget, hourly_usd, shared_out,
};

/// Live sessions that nobody needs to be told of.
const FEW: usize = 2;

/// What the user should hear when a first picture came too late for some of it.
pub(super) const REFUSED: &str = "Some events came late and are older than the first line: they are left out; --since shows them.";

/// What a tail of many groups takes.
pub(super) fn sessions(wanted: &TailTarget) -> Option<String> {
    let sessions = shared_out(&wanted.groups).len();
    (sessions > FEW && !wanted.poll).then(|| {
        format!(
            "{} log groups take {sessions} live sessions of the {MOST_SESSIONS} an account may have in a region: {:.2} USD an hour beyond the free minutes; --poll does without.",
            wanted.groups.len(),
            hourly_usd(sessions)
        )
    })
}

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

/// What the user should hear about a pattern the service takes and does not read as it is meant.
pub(super) fn ignored(pattern: &str) -> Option<&'static str> {
    let pattern = FilterPattern::parse(pattern).ok()?;
    let sentence = "CloudWatch Logs ignores the ?terms of --filter beside other terms; leave out one or the other.";
    pattern.ignores_optional_terms().then_some(sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_the_service_ignores_are_told() {
        assert!(ignored("ERROR ?WARN").is_some());
        assert_eq!(ignored("?ERROR ?WARN"), None);
        assert_eq!(ignored("{ no pattern"), None);
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
