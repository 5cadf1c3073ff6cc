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
