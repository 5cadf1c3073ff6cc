//! Page runs by themselves.

use super::*;
use crate::logs::EventOrigin;

fn event(number: i64) -> LogEvent {
    LogEvent {
        group: "/g".into(),
        stream: "s".into(),
        time_ms: number,
        ingested_ms: number,
        message: format!("event {number}"),
        id: Some(number.to_string().into()),
        origin: EventOrigin::History,
    }
}

fn page(numbers: std::ops::Range<i64>, next: Option<&str>) -> FilterPage {
    FilterPage {
        events: numbers.map(event).collect(),
        next: next.map(str::to_owned),
    }
}

#[test]
fn a_picture_from_the_oldest_on_begins_anew_without_what_it_had_when_a_token_is_refused() {
    let mut page_run = PageRun::new(RunPurpose::Paint(200), 0, 1_000);
    assert_eq!(
        page_run.take(page(0..100, Some("more"))),
        (Vec::new(), Stage::Going)
    );
    assert_eq!(page_run.drop_token(), Some(Stage::Going));
    assert_eq!(page_run.drop_token(), None);
    page_run.take(page(0..100, Some("again")));
    let (events, stage) = page_run.take(page(100..150, None));
    let numbers: Vec<i64> = events.iter().map(|event| event.time_ms).collect();
    assert_eq!((numbers, stage), ((0..150).collect(), Stage::Done));
}

#[test]
fn pages_in_any_order_give_the_newest_events() {
    let mut page_run = PageRun::new(RunPurpose::Paint(3), 0, 1_000);
    let pages = |page_run: &mut PageRun, pages: &[&[i64]]| {
        let mut given = Vec::new();
        for (place, times) in pages.iter().enumerate() {
            let next = (place + 1 < pages.len()).then(|| place.to_string());
            let events = times.iter().map(|&time_ms| event(time_ms)).collect();
            let (events, stage) = page_run.take(FilterPage { events, next });
            given.extend(events.iter().map(|event| event.time_ms));
            if stage == Stage::Done {
                break;
            }
        }
        given
    };
    // One stream after the other, each from its oldest event on.
    assert_eq!(
        pages(&mut page_run, &[&[20, 30, 40], &[1, 2, 35]]),
        [30, 35, 40]
    );
    // The newest first: the pages to come have nothing newer.
    let mut page_run = PageRun::new(RunPurpose::Paint(3), 0, 1_000);
    assert_eq!(
        pages(&mut page_run, &[&[9, 8, 8, 8, 7], &[6]]),
        [8, 8, 8, 9]
    );
    // A page of one millisecond, or of one event, tells of no order.
    let mut page_run = PageRun::new(RunPurpose::Paint(3), 0, 1_000);
    assert_eq!(
        pages(&mut page_run, &[&[5, 5, 5, 5], &[6, 7], &[8, 9]]),
        [7, 8, 9]
    );
    let mut page_run = PageRun::new(RunPurpose::Paint(2), 0, 1_000);
    assert_eq!(pages(&mut page_run, &[&[5], &[6], &[4], &[7]]), [6, 7]);
}
