//! The honesty line of a headless tail.

use jiff::Timestamp;

use crate::aws::AwsError;
use crate::logs::query::ScanCost;
use crate::logs::{FilterPattern, Marker, OpenGap, SessionNeed, TailMode, TailStatus, TailTarget};
use crate::text::{size, thousands};

/// Live sessions that nobody needs to be told of.
const FEW: usize = 2;

/// What the user should hear when a first picture came too late for some of it.
pub(super) const REFUSED: &str = "Some events came late and are older than the first line: they are left out; --since shows them.";

/// What the user should hear when calls work again that waited for the credentials.
pub(super) const RENEWED: &str = "The credentials work again.";
/// What the user should hear when a line holds what looks like a secret, and goes wherever standard output goes.
pub(super) const SECRETS: &str = "Something printed looks like a secret (a key, a token, a password in an address): --redact takes such things out.";

/// What went wrong; of a group that only queries read, what the user can do, where nobody has agreed to queries.
pub(super) fn failed(error: &AwsError, is_agreed: bool) -> String {
    match error {
        AwsError::Refused(refused) if refused.is_about_class() && !is_agreed => format!(
            "only Logs Insights reads '{}' (its class): --max-scan SIZE, such as --max-scan 1GB, lets `iacstone tail` do so, a query a minute for each such group, billed by the bytes read, until they are so many; `iacstone query` asks once",
            refused.call.subject
        ),
        error => error.to_string(),
    }
}

/// What the user should hear when a stretch of time is read and none of so many events was printed.
pub(super) fn nothing(seen: u64, is_narrowed: bool) -> String {
    match (seen, is_narrowed) {
        (0, false) => "There is no event in this range; --since reaches further back.".to_owned(),
        (0, true) => "No event in this range fits --filter.".to_owned(),
        (seen, _) => format!(
            "None of the {} events in this range fits --match.",
            thousands(seen)
        ),
    }
}

/// What queries have read in all.
pub(super) fn scanned(scanned: ScanCost) -> String {
    let (read, price) = (size(scanned.bytes), scanned.price.words());
    format!("Logs Insights has read {read}: {price}.")
}

/// What a tail of many groups takes, for a session that works in a region.
pub(super) fn sessions(wanted: &TailTarget, region: &str) -> Option<String> {
    let need = SessionNeed::of(&wanted.groups, Some(region));
    (need.sessions() > FEW && !wanted.poll).then(|| {
        format!(
            "{} log groups take {need}: {:.2} USD an hour beyond the free minutes; --poll does without.",
            wanted.groups.len(),
            need.hourly_usd()
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
    words.extend(standing.scanned.map(ScanCost::words));
    words.push(format!("recovered {}", standing.recovered));
    words.push(format!("gaps {}", standing.gaps));
    words.push(format!("dropped {}", standing.dropped));
    if let Some(late_ms) = standing.late_ms {
        words.push(format!("late to {} only", TailStatus::lateness(late_ms)));
    }
    words.push(format!("{} min live", standing.live_minutes));
    words.join(" · ")
}

/// What the user should hear when the mode has changed; nothing when it is as planned.
pub(super) fn change(mode: &TailMode) -> Option<String> {
    match mode {
        TailMode::Polling(why) => Some(format!(
            "No live session ({why}): the stored events are read again and again instead."
        )),
        TailMode::Querying => Some(
            "The events come by Logs Insights queries, one a minute for each group.".to_owned(),
        ),
        TailMode::Failing(why) => Some(format!(
            "Neither a live session nor reading the stored events works ({why}); it is tried again and again."
        )),
        TailMode::Waiting(sentence) => Some(sentence.clone()),
        TailMode::Connecting | TailMode::Live | TailMode::Stalled | TailMode::Reconnecting(_) => {
            None
        }
    }
}

/// What the user should hear in the end about stretches that are not known to be complete, open or never looked through;
/// nothing when there are none.
pub(super) fn incomplete(open: &[OpenGap], unchecked: &[Marker]) -> Option<String> {
    let mut stretches: Vec<String> = Vec::new();
    for gap in open {
        let (from, cause) = (second(gap.from_ms), gap.cause);
        stretches.push(match gap.to_ms {
            Some(to_ms) => format!("{from} to {} ({cause})", second(to_ms)),
            None => format!("from {from} on ({cause})"),
        });
    }
    for marker in unchecked {
        stretches.push(format!("at {} ({})", second(marker.time_ms), marker.text));
    }
    let what = "Not known to be complete";
    (!stretches.is_empty()).then(|| format!("{what}: {}.", stretches.join(", ")))
}

/// A time in UTC, to the second.
fn second(unix_ms: i64) -> String {
    Timestamp::from_millisecond(unix_ms)
        .map_or_else(|_beyond| unix_ms.to_string(), |time| format!("{time:.0}"))
}

/// What the user should hear about a pattern before it is sent: that it is not understood here, or that the service
/// does not read it as it is meant. Queries can only be filtered here.
pub(super) fn doubts(pattern: &str, with_queries: bool) -> Option<String> {
    let sentence = match FilterPattern::parse(pattern) {
        Err(problem) if with_queries => format!(
            "--filter: {problem}. It is sent as it is: CloudWatch Logs decides. Logs Insights knows no filter patterns: with this one it reads no group, whatever --max-scan says."
        ),
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
    use crate::logs::MarkerKind;

    #[test]
    fn terms_the_service_ignores_are_told() {
        assert!(doubts("ERROR ?WARN", true).is_some_and(|it| it.contains("ignores the ?terms")));
        assert_eq!(doubts("?ERROR ?WARN", true), None);
    }

    #[test]
    fn a_pattern_that_is_not_understood_is_sent_and_that_is_told() {
        let sentence = doubts("{ no pattern", false).unwrap_or_default();
        assert!(
            sentence.contains("not understood at column 3"),
            "{sentence}"
        );
        assert!(sentence.ends_with("CloudWatch Logs decides."), "{sentence}");
        let sentence = doubts("{ no pattern", true).unwrap_or_default();
        assert!(
            sentence.contains("Logs Insights knows no filter patterns"),
            "{sentence}"
        );
    }

    #[test]
    fn the_last_word_says_which_seconds_are_incomplete() {
        assert_eq!(incomplete(&[], &[]), None);
        let gap = |cause, to_ms| OpenGap {
            cause,
            from_ms: 1_700_000_000_000,
            to_ms,
        };
        let unchecked = Marker {
            time_ms: 1_700_000_000_000,
            kind: MarkerKind::Unchecked,
            text: "unchecked 00:00:09: too many".to_owned(),
        };
        let open = [gap("gap", Some(1_700_000_007_000)), gap("sampled", None)];
        assert_eq!(
            incomplete(&open, &[unchecked]).unwrap(),
            "Not known to be complete: 2023-11-14T22:13:20Z to 2023-11-14T22:13:27Z (gap), \
             from 2023-11-14T22:13:20Z on (sampled), \
             at 2023-11-14T22:13:20Z (unchecked 00:00:09: too many)."
        );
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
            late_ms: Some(1_320_000),
            scanned: Some(ScanCost::of(2_000_000_000, Some("us-east-1"))),
            open: Vec::new(),
        };
        assert_eq!(
            line(&standing),
            "LIVE 312 ev/s · lag 1.4 s · 2.0 GB read · 0.0100 USD · recovered 17 · gaps 0 · dropped 0 · late to 22 min only · 12 min live"
        );
    }
}
