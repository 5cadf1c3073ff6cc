//! The events of a stream before and after one of them.

use crate::aws::{AwsError, FilterRequest, LogsClient};
use crate::effect::JobReport;
use crate::insights::PATIENT;
use crate::jobs::problem::failed;
use crate::logs::query::LogPlace;
use crate::logs::{LogEvent, Marker, MarkerKind, Tailing, written_time};
use crate::task::{JobContext, retry};

/// How far back and how far on is looked, in milliseconds.
const REACH_MS: i64 = 15 * 60 * 1_000;
/// Events on each side, at most.
const MOST: usize = 500;
/// Pages read for each side, at most: pages may be empty although more follow.
const MOST_PAGES: usize = 20;

/// Reads the events around a place and reports them as those of a tail; the marks at the ends say how far was read.
pub(super) async fn read(
    logs: &LogsClient,
    place: &LogPlace,
    context: &JobContext<JobReport>,
) -> JobReport {
    let sides = tokio::try_join!(side(logs, place, true), side(logs, place, false));
    let (before, after) = match sides {
        Ok(sides) => sides,
        Err(error) => return failed(error),
    };
    let ends = [
        before.end("nothing before", -1),
        after.end("nothing after", 1),
    ];
    let events = [before.events, after.events].concat();
    context.report(told(Tailing::Events(events))).await;
    for end in ends {
        context.report(told(Tailing::Marker(end))).await;
    }
    JobReport::Done
}

fn told(told: Tailing) -> JobReport {
    JobReport::Tail(Box::new(told))
}

/// The events on one side.
struct Side {
    events: Vec<LogEvent>,
    /// The last millisecond that was read.
    reached_ms: i64,
}

impl Side {
    /// The mark where reading ended; `step` leads away from the event.
    fn end(&self, what: &str, step: i64) -> Marker {
        let at = written_time(self.reached_ms);
        Marker {
            time_ms: self.reached_ms.saturating_add(step),
            kind: MarkerKind::Course,
            text: format!("{what} {at} was read"),
        }
    }
}

/// Reads the events before a time, the newest first, or from it on.
async fn side(logs: &LogsClient, place: &LogPlace, before: bool) -> Result<Side, AwsError> {
    let at = place.time_ms;
    let (from_ms, to_ms) = if before {
        (at.saturating_sub(REACH_MS).max(0), at - 1)
    } else {
        (at, at.saturating_add(REACH_MS))
    };
    let mut request = FilterRequest {
        group: place.group.clone(),
        streams: vec![place.stream.clone()],
        from_ms,
        to_ms: Some(to_ms),
        newest_first: before,
        ..FilterRequest::default()
    };
    let mut events: Vec<LogEvent> = Vec::new();
    let mut is_whole = false;
    for _ in 0..MOST_PAGES {
        let page = retry(PATIENT, AwsError::is_transient, async || {
            logs.at(&request.group).quota().wait().await;
            logs.filter(&request).await
        });
        let page = page.await?;
        events.extend(page.events);
        is_whole = page.next.is_none();
        request.next = page.next;
        if is_whole || events.len() >= MOST {
            break;
        }
    }
    Ok(nearest(events, (from_ms, to_ms), before, is_whole))
}

/// The events that are nearest to the place, in order of time, whatever the order they came in.
fn nearest(mut events: Vec<LogEvent>, range: (i64, i64), before: bool, is_whole: bool) -> Side {
    events.sort_by_key(|event| event.time_ms);
    let surplus = events.len().saturating_sub(MOST);
    if before {
        events.drain(..surplus);
    } else {
        events.truncate(MOST);
    }
    let outermost = if before {
        events.first()
    } else {
        events.last()
    };
    let is_cut = surplus > 0 || !is_whole;
    let reached_ms = match outermost.filter(|_| is_cut) {
        Some(event) => event.time_ms,
        // Pages without events, and more of them to come: nothing is known.
        None if before == is_whole => range.0,
        None => range.1,
    };
    Side { events, reached_ms }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::EventOrigin;

    fn events(times: std::ops::Range<i64>) -> Vec<LogEvent> {
        let event = |time_ms| LogEvent {
            group: "g".into(),
            stream: "s".into(),
            time_ms,
            ingested_ms: time_ms,
            message: "x".to_owned(),
            id: None,
            origin: EventOrigin::History,
        };
        times.map(event).collect()
    }

    #[test]
    fn of_many_events_those_nearest_to_the_place_are_shown_and_the_end_is_told() {
        // A server that gives the oldest first although the newest were asked for.
        let before = nearest(events(0..800), (0, 799), true, true);
        assert_eq!((before.events.len(), before.reached_ms), (500, 300));
        assert_eq!(before.events[0].time_ms, 300);
        let after = nearest(events(800..2_000), (800, 9_000), false, false);
        assert_eq!((after.events.len(), after.reached_ms), (500, 1_299));
    }

    #[test]
    fn a_side_that_was_read_whole_reaches_to_the_end_of_the_range() {
        let before = nearest(events(10..20), (0, 99), true, true);
        assert_eq!((before.events.len(), before.reached_ms), (10, 0));
        let after = nearest(Vec::new(), (100, 200), false, true);
        assert_eq!((after.events.len(), after.reached_ms), (0, 200));
        // Only empty pages, and more would follow: nothing was read.
        assert_eq!(nearest(Vec::new(), (0, 99), true, false).reached_ms, 99);
        assert_eq!(
            nearest(Vec::new(), (100, 200), false, false).reached_ms,
            100
        );
    }
}
