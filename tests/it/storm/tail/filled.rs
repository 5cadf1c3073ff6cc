//! Whether a stretch that is said to be filled is.

use std::collections::BTreeMap;

use iacstone::logs::{MarkerKind, Tailing};

use super::life::Life;
use super::record::{Event, Written};
use crate::promise;
use crate::storm::Broken;

/// Checks that whatever is due and can be read within a stretch was told before the stretch was called filled.
pub(super) fn check(life: &Life, due: &[&Written]) -> Result<(), Broken> {
    let told = life.told();
    // A group that is on its own has gaps of its own, and so has a reader who is too slow.
    let is_apart = |news: &Tailing| match news {
        Tailing::Marker(it) => it.text.starts_with('\'') || it.text.starts_with("dropped"),
        _ => false,
    };
    if life.wanted.groups.len() > 10 || told.iter().any(|(_, news)| is_apart(news)) {
        return Ok(());
    }
    let mut heard: BTreeMap<Event, u64> = BTreeMap::new();
    for (at_ms, news) in told.iter() {
        match news {
            Tailing::Events(events) => {
                for event in events {
                    *heard.entry(Event::of(event)).or_default() += 1;
                }
            }
            Tailing::Marker(marker) if marker.kind == MarkerKind::Filled => {
                let from_ms = marker.time_ms - length_ms(&marker.text);
                for written in due
                    .iter()
                    .filter(|it| lies_within(it, from_ms, marker.time_ms))
                {
                    promise!(
                        heard
                            .get(&written.event)
                            .is_some_and(|times| *times >= written.copies),
                        "at {} it was told '{}' up to {}, and {} was missing",
                        super::clock_of(*at_ms),
                        marker.text,
                        super::clock_of(marker.time_ms),
                        written.event
                    );
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn lies_within(written: &Written, from_ms: i64, to_ms: i64) -> bool {
    written.event.time_ms >= from_ms && written.event.time_ms.max(written.visible_ms) <= to_ms
}

/// The length in a text such as `gap 00:00:07 filled`, which is rounded up to seconds, at least.
fn length_ms(text: &str) -> i64 {
    let clock = text.split(' ').nth(1).unwrap();
    let fields = clock.split(':').map(|field| field.parse::<i64>().unwrap());
    (fields.fold(0, |sum, field| sum * 60 + field) * 1_000 - 999).max(0)
}
