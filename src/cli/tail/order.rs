//! The order of what is printed: paper cannot be written on above the last line.

use crate::logs::{EventOrigin, LogEvent};

/// Events that wait at most for what is older.
const MOST: usize = 50_000;

/// What waits for older events, and what is too old to be printed any more.
#[derive(Debug)]
pub(super) struct ReorderBuffer {
    /// Whether history was asked for.
    has_history: bool,
    /// Whether history comes in order: that of one group does. It is printed as it comes, and everything else waits for it.
    is_sorted: bool,
    /// What waits until what was there before the tail has been told; `None` once it has.
    held: Option<Vec<LogEvent>>,
    /// The time of the first line, when what was there before must not be older.
    first_ms: Option<i64>,
    refusal: LateWarning,
}

/// Whether events were too old, and whether that was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LateWarning {
    None,
    Unsaid,
    Said,
}

impl ReorderBuffer {
    /// The order of events that come in order.
    pub(super) const fn as_it_comes() -> Self {
        Self {
            has_history: true,
            is_sorted: true,
            held: None,
            first_ms: None,
            refusal: LateWarning::None,
        }
    }

    /// The order of a tail that follows so many groups, with a history that was asked for or the newest events.
    pub(super) fn of_tail(has_history: bool, groups: usize) -> Self {
        Self {
            has_history,
            is_sorted: has_history && groups == 1,
            held: Some(Vec::new()),
            ..Self::as_it_comes()
        }
    }

    /// Takes events; gives those that can be printed now, in order.
    pub(super) fn take(&mut self, mut events: Vec<LogEvent>) -> Vec<LogEvent> {
        let Some(held) = &mut self.held else {
            return sorted(events);
        };
        let is_history = |event: &mut LogEvent| event.origin == EventOrigin::History;
        let ready: Vec<LogEvent> = if self.is_sorted {
            events.extract_if(.., is_history).collect()
        } else {
            Vec::new()
        };
        held.append(&mut events);
        if held.len() > MOST {
            let mut all = self.open();
            all.extend(ready);
            return sorted(all);
        }
        sorted(ready)
    }

    /// What was there before has been told: gives all that waited, in order. Nothing waits from now on.
    pub(super) fn open(&mut self) -> Vec<LogEvent> {
        sorted(self.held.take().unwrap_or_default())
    }

    /// Whether an event may be printed next: not when it was there before the tail, and is older than the first line.
    pub(super) fn admits(&mut self, event: &LogEvent) -> bool {
        if self.has_history {
            return true;
        }
        let first_ms = *self.first_ms.get_or_insert(event.time_ms);
        let is_refused = event.origin == EventOrigin::History && event.time_ms < first_ms;
        if is_refused && self.refusal == LateWarning::None {
            self.refusal = LateWarning::Unsaid;
        }
        !is_refused
    }

    /// Whether events were refused and that is to be said; it is once.
    pub(super) fn has_refused(&mut self) -> bool {
        let is_news = self.refusal == LateWarning::Unsaid;
        if is_news {
            self.refusal = LateWarning::Said;
        }
        is_news
    }
}

fn sorted(mut events: Vec<LogEvent>) -> Vec<LogEvent> {
    events.sort_by_key(|event| (event.time_ms, event.ingested_ms));
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(time_ms: i64, origin: EventOrigin) -> LogEvent {
        LogEvent {
            group: "/g".into(),
            stream: "s".into(),
            time_ms,
            ingested_ms: time_ms,
            message: String::new(),
            id: None,
            origin,
        }
    }

    fn times(events: &[LogEvent]) -> Vec<i64> {
        events.iter().map(|event| event.time_ms).collect()
    }

    #[test]
    fn a_first_picture_is_printed_in_order_with_what_came_meanwhile() {
        let mut order = ReorderBuffer::of_tail(false, 2);
        let page = |times: [i64; 2]| times.map(|it| event(it, EventOrigin::History)).to_vec();
        assert!(order.take(page([30, 40])).is_empty());
        assert!(order.take(vec![event(50, EventOrigin::Live)]).is_empty());
        assert!(order.take(page([10, 20])).is_empty());
        assert_eq!(times(&order.open()), [10, 20, 30, 40, 50]);
        assert_eq!(times(&order.take(vec![event(45, EventOrigin::Live)])), [45]);
    }

    #[test]
    fn what_was_there_before_and_is_older_than_the_first_line_is_left_out_and_that_is_said_once() {
        let mut order = ReorderBuffer::of_tail(false, 1);
        order.open();
        assert!(order.admits(&event(30, EventOrigin::History)));
        assert!(order.admits(&event(29, EventOrigin::Live)) && !order.has_refused());
        assert!(!order.admits(&event(29, EventOrigin::History)) && order.has_refused());
        assert!(!order.admits(&event(28, EventOrigin::History)) && !order.has_refused());
        assert!(order.admits(&event(30, EventOrigin::History)));
    }

    #[test]
    fn a_history_that_was_asked_for_is_printed_at_once_and_what_is_new_after_it() {
        let mut order = ReorderBuffer::of_tail(true, 1);
        let news = vec![
            event(90, EventOrigin::Live),
            event(10, EventOrigin::History),
        ];
        assert_eq!(times(&order.take(news)), [10]);
        assert_eq!(
            times(&order.take(vec![event(20, EventOrigin::History)])),
            [20]
        );
        assert_eq!(times(&order.open()), [90]);
        assert!(order.admits(&event(5, EventOrigin::History)));
    }

    #[test]
    fn the_histories_of_several_groups_wait_for_each_other() {
        let mut order = ReorderBuffer::of_tail(true, 2);
        assert!(order.take(vec![event(30, EventOrigin::History)]).is_empty());
        assert!(order.take(vec![event(10, EventOrigin::History)]).is_empty());
        assert_eq!(times(&order.open()), [10, 30]);
        assert!(order.admits(&event(5, EventOrigin::History)));
    }

    #[test]
    fn what_waits_is_bounded() {
        let mut order = ReorderBuffer::of_tail(true, 1);
        let ready = order.take(vec![event(1, EventOrigin::Live); MOST + 1]);
        assert_eq!(ready.len(), MOST + 1);
        assert_eq!(order.take(vec![event(1, EventOrigin::Live)]).len(), 1);
    }
}
