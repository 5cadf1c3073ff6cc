//! Searches by themselves.

use super::known::KnownPast;
use super::search::LateSearch;
use super::*;
use crate::logs::{EventOrigin, LogEvent};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn at(seconds: u64) -> Now {
    Now {
        at: Duration::from_secs(seconds),
        wall_ms: DAY_MS * 2 + i64::try_from(seconds).unwrap() * 1_000,
    }
}

fn event(time_ms: i64, ingested_ms: i64) -> LogEvent {
    LogEvent {
        group: "/g".into(),
        stream: "s".into(),
        time_ms,
        ingested_ms,
        message: String::new(),
        id: None,
        origin: EventOrigin::History,
    }
}

fn begin(search: &mut LateSearch, seconds: u64, density: f64, share: f64) {
    let now = at(seconds);
    let start = SearchStart {
        now,
        server_ms: now.wall_ms,
        begun_ms: at(0).wall_ms,
        floor_ms: 0,
        density,
    };
    search.begin(start, share);
}

/// Reads all pieces of a search, each with so many pages; gives the times from which on each reads.
fn read(search: &mut LateSearch, seconds: u64, pages: u32) -> Vec<i64> {
    let mut from_ms = Vec::new();
    while search.is_under_way() {
        let request = search.request("/g", &TailTarget::default(), at(seconds));
        let request = request.unwrap();
        if request.next.is_none() {
            from_ms.push(at(seconds).wall_ms - request.from_ms);
        }
        let count = request.next.map_or(1, |next| next.parse().unwrap());
        let next = (count < pages).then(|| (count + 1).to_string());
        let events = Vec::new();
        assert!(search.take(FilterPage { events, next }).is_some());
    }
    from_ms
}

#[test]
fn a_quiet_group_is_searched_an_hour_back_every_five_minutes_and_a_day_every_hour() {
    let mut search = LateSearch::default();
    assert!(!search.is_due(at(299)) && search.is_due(at(300)));
    begin(&mut search, 300, 0.0, 0.2);
    // All that was taken in since the tail began, and was invisible then, may be an hour late.
    assert_eq!(read(&mut search, 300, 1), [HOUR_MS + 390_000]);
    assert!(!search.is_due(at(599)) && search.is_due(at(600)));
    begin(&mut search, 3_600, 0.0, 0.2);
    read(&mut search, 3_600, 1);
    assert!(search.is_due(at(3_600)));
    begin(&mut search, 3_600, 0.0, 0.2);
    assert_eq!(read(&mut search, 3_600, 1).pop(), Some(DAY_MS + 3_690_000));
    assert_eq!(search.reach_ms(at(3_600)), DAY_MS);
}

#[test]
fn what_could_be_read_when_a_search_looked_is_known_and_what_came_later_is_not() {
    let mut known = KnownPast::default();
    known.add(i64::MIN, 100_000);
    assert!(known.holds(&event(0, 10_000)) && !known.holds(&event(0, 10_001)));
    known.add(50_000, 200_000);
    assert!(known.holds(&event(50_000, 110_000)) && !known.holds(&event(49_999, 110_000)));
    known.add(0, 300_000);
    assert!(known.holds(&event(0, 210_000)) && known.holds(&event(49_999, 210_000)));
    assert!(!known.holds(&event(-1, 10_001)) && known.holds(&event(-1, 10_000)));
}

#[test]
fn a_search_ends_where_its_pages_do_and_says_how_late_what_it_finds_may_be() {
    let mut search = LateSearch::default();
    // A page a minute, and thirty pages in five minutes.
    begin(&mut search, 300, 1.0 / 60_000.0, 0.1);
    let read_ms = read(&mut search, 300, 8).pop().unwrap();
    assert!((1_800_000..3_000_000).contains(&read_ms), "{read_ms}");
    // What was taken in since the tail began, and was invisible then, may be so late.
    assert_eq!(search.reach_ms(at(300)), read_ms - 390_000);
}

#[test]
fn a_search_gives_what_the_one_before_could_not_meet() {
    let mut search = LateSearch::default();
    let taken = |search: &mut LateSearch, seconds: u64, events: &[LogEvent]| {
        begin(search, seconds, 0.0, 0.2);
        drop(search.request("/g", &TailTarget::default(), at(seconds)));
        let (events, next) = (events.to_vec(), None);
        search.take(FilterPage { events, next }).unwrap().events
    };
    let began_ms = at(0).wall_ms;
    let before = event(began_ms - 1_800_000, began_ms - 90_000);
    let late = event(began_ms - 1_800_000, began_ms + 100_000);
    let both = [before.clone(), late.clone()];
    assert_eq!(taken(&mut search, 300, &both), std::slice::from_ref(&late));
    let later = event(began_ms - 1_800_000, began_ms + 210_001);
    assert_eq!(
        taken(&mut search, 600, &[before, late, later.clone()]),
        [later]
    );
}

#[test]
fn a_search_whose_turn_does_not_come_is_not_said_to_find_anything() {
    let mut search = LateSearch::default();
    for seconds in [300, 599] {
        search.wait(at(seconds), true);
        assert_eq!(search.reach_ms(at(seconds)), DAY_MS);
    }
    search.wait(at(600), true);
    assert_eq!(search.reach_ms(at(600)), 120_000);
    begin(&mut search, 600, 0.0, 0.2);
    search.wait(at(600), true);
    assert_eq!(search.reach_ms(at(600)), DAY_MS);
}
