//! How long ago something was, or how soon it will be, in one rounded unit.

use jiff::Timestamp;

/// `just now`, `5 min ago`, `3 h ago`, `12 days ago`.
pub(super) fn ago(then: Timestamp, now: Timestamp) -> String {
    let seconds = now.duration_since(then).as_secs();
    if seconds < 60 {
        return "just now".to_owned();
    }
    format!("{} ago", span(seconds))
}

/// `now`, `in 5 min`, `in 3 h`.
pub(super) fn ahead(then: Timestamp, now: Timestamp) -> String {
    let seconds = then.duration_since(now).as_secs();
    if seconds <= 0 {
        return "now".to_owned();
    }
    format!("in {}", span(seconds.max(60)))
}

fn span(seconds: i64) -> String {
    match (seconds / 60, seconds / 3600, seconds / 86_400) {
        (minutes, 0, _) => format!("{minutes} min"),
        (_, hours, 0 | 1) => format!("{hours} h"),
        (_, _, days) => format!("{days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_one_unit() {
        let now = Timestamp::from_second(1_000_000_000).unwrap();
        let before = |seconds: i64| Timestamp::from_second(1_000_000_000 - seconds).unwrap();
        assert_eq!(ago(before(20), now), "just now");
        assert_eq!(ago(before(-20), now), "just now");
        assert_eq!(ago(before(3599), now), "59 min ago");
        assert_eq!(ago(before(40 * 3600), now), "40 h ago");
        assert_eq!(ago(before(12 * 86_400), now), "12 days ago");
        assert_eq!(ahead(before(-90), now), "in 1 min");
        assert_eq!(ahead(before(5), now), "now");
    }
}
