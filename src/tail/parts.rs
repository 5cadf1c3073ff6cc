//! What a tail tells in parts, so that whoever takes them in can do something else in between.

use crate::logs::Tailing;

/// The same in order, with at most so many events in a part.
#[must_use]
pub fn parts(told: Tailing, most: usize) -> Vec<Tailing> {
    let Tailing::Events(mut rest) = told else {
        return vec![told];
    };
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let after = rest.split_off(rest.len().min(most.max(1)));
        parts.push(Tailing::Events(std::mem::replace(&mut rest, after)));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::{EventOrigin, LogEvent};

    #[test]
    fn parts_hold_everything_in_order_and_no_more_than_asked_for() {
        let event = |number: i64| LogEvent {
            group: "/g".into(),
            stream: "s".into(),
            time_ms: number,
            ingested_ms: number,
            message: String::new(),
            id: None,
            origin: EventOrigin::Live,
        };
        let events: Vec<LogEvent> = (0..7).map(event).collect();
        let told = parts(Tailing::Events(events.clone()), 3);
        let part = |range: std::ops::Range<usize>| Tailing::Events(events[range].to_vec());
        assert_eq!(told, [part(0..3), part(3..6), part(6..7)]);
        assert_eq!(parts(Tailing::Opened, 3), [Tailing::Opened]);
        assert_eq!(parts(Tailing::Events(Vec::new()), 3), []);
    }
}
