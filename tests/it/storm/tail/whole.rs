//! Whether each event was told exactly once, nothing was asked too often, and what waited stayed within its bound.

use std::collections::BTreeMap;

use iacstone::logs::Tailing;

use super::WINDOW_MS;
use super::life::Life;
use super::record::{Event, Written};
use super::wire::{Asked, Passed};
use super::world::World;
use crate::promise;
use crate::storm::Broken;

/// Events of the first picture, shared by the groups, and the fewest of one group.
const PICTURE: (u64, u64) = (200, 20);
/// Pages after which a first picture is shown as it is.
const PATIENCE: usize = 10;
/// What was brought this shortly before the end may not have been told.
const END_MS: i64 = 2_000;
/// Calls that may come at once.
const BURST: f64 = 2.0;

/// How often the region lets everybody ask in a second, and the part of it that is taken.
pub(super) fn share(region: &str) -> f64 {
    0.4 * if region == "us-east-1" { 25.0 } else { 5.0 }
}

/// Checks one life of the program against what was written; gives what it had to tell.
pub(super) fn check<'a>(
    life: &Life,
    world: &World,
    written: &'a [Written],
) -> Result<Vec<&'a Written>, Broken> {
    let told = told(life);
    let wanted: Vec<&'a Written> = (written.iter())
        .filter(|it| world.wants(&it.event.stream, &it.event.text))
        .collect();
    none_twice(&told, &wanted)?;
    let passed = life.wire.passed();
    within_the_quota(&passed, share(world.region))?;
    let mut windows = BTreeMap::new();
    for group in &world.groups {
        windows.insert(
            group.as_str(),
            Window::of(group, life, &passed, world, &wanted),
        );
    }
    nothing_older(&told, &windows, &wanted)?;
    let mut due = wanted.clone();
    due.retain(|it| it.gone_ms.is_none() && windows[it.event.group.as_str()].takes(it));
    if life.is_crashed {
        return Ok(due);
    }
    let dropped = life.standing().map_or(0, |standing| standing.dropped);
    let mut must = BTreeMap::new();
    for written in &due {
        *must.entry(written.event.clone()).or_default() += written.copies;
    }
    brought(&passed, &windows, life.ended_ms, &mut must);
    none_lost(&told, &must, dropped)?;
    Ok(due)
}

/// How often each event was told.
fn told(life: &Life) -> BTreeMap<Event, u64> {
    let mut told = BTreeMap::new();
    for (_, news) in life.told().iter() {
        if let Tailing::Events(events) = news {
            for event in events {
                *told.entry(Event::of(event)).or_default() += 1;
            }
        }
    }
    told
}

fn none_twice(told: &BTreeMap<Event, u64>, wanted: &[&Written]) -> Result<(), Broken> {
    let mut there: BTreeMap<&Event, u64> = BTreeMap::new();
    for written in wanted {
        *there.entry(&written.event).or_default() += written.copies;
    }
    for (event, times) in told {
        let copies = there.get(event).copied().unwrap_or_default();
        promise!(
            *times <= copies,
            "{event} was told {times} times and is there {copies} times"
        );
    }
    Ok(())
}

/// Which events of a group the program is to tell.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "each is a time in milliseconds")]
struct Window {
    /// What could be read then, and is not older than `first_ms`, is told.
    painted_ms: i64,
    /// Nothing older was asked for.
    first_ms: i64,
    /// What could be read when the program began and is older than this must not be told.
    least_ms: i64,
    /// When it began, and until when what was there before it was looked at.
    begun_ms: i64,
    read_ms: i64,
}

impl Window {
    fn of(group: &str, life: &Life, passed: &Passed, world: &World, wanted: &[&Written]) -> Self {
        let begun_ms = life.begun_ms;
        if let Some(since) = life.wanted.since {
            let first_ms = since.as_millisecond();
            return Self {
                painted_ms: begun_ms,
                first_ms,
                least_ms: first_ms,
                begun_ms,
                read_ms: begun_ms,
            };
        }
        let paints = passed.asked.iter();
        let paints: Vec<&Asked> = paints.filter(|it| it.paints && it.group == group).collect();
        let answers = paints.iter().filter_map(|it| it.answered);
        let painted_ms = paints.first().map_or(i64::MIN, |it| it.at_ms);
        let read_ms = answers.clone().map(|(at_ms, _)| at_ms).max();
        let read_ms = read_ms.unwrap_or(i64::MAX);
        let least = (PICTURE.0 / world.groups.len() as u64).max(PICTURE.1);
        let is_tired = answers.count() > PATIENCE;
        let first_ms = cut(group, read_ms, least, wanted);
        Self {
            painted_ms,
            first_ms: if is_tired { read_ms } else { first_ms },
            least_ms: cut(group, begun_ms, least, wanted),
            begun_ms,
            read_ms,
        }
    }

    /// Whether an event is to be told whoever brings it.
    fn takes(&self, written: &Written) -> bool {
        let Written {
            event, visible_ms, ..
        } = written;
        let is_recent = visible_ms - event.time_ms <= WINDOW_MS;
        event.time_ms >= self.first_ms && (*visible_ms <= self.painted_ms || is_recent)
    }
}

/// The time of the last of the newest so many events that could be read at a time; the beginning of all time when there
/// are fewer.
fn cut(group: &str, at_ms: i64, most: u64, wanted: &[&Written]) -> i64 {
    let mut times: Vec<i64> = Vec::new();
    for written in wanted {
        if written.event.group == group && written.visible_ms <= at_ms {
            times.extend((0..written.copies).map(|_| written.event.time_ms));
        }
    }
    times.sort_unstable();
    let last = times.len().checked_sub(usize::try_from(most).unwrap());
    last.and_then(|last| times.get(last).copied())
        .unwrap_or(i64::MIN)
}

fn nothing_older(
    told: &BTreeMap<Event, u64>,
    windows: &BTreeMap<&str, Window>,
    wanted: &[&Written],
) -> Result<(), Broken> {
    for written in wanted {
        let window = windows[written.event.group.as_str()];
        let is_older = written.event.time_ms < window.least_ms;
        let was_there = written.visible_ms < window.begun_ms;
        promise!(
            !(is_older && was_there && told.contains_key(&written.event)),
            "{} is older than anything that was asked for, and was told",
            written.event
        );
    }
    Ok(())
}

/// What sessions brought is to be told, however late it is, unless it was there before.
fn brought(
    passed: &Passed,
    windows: &BTreeMap<&str, Window>,
    ended_ms: i64,
    must: &mut BTreeMap<Event, u64>,
) {
    let frames = passed.sessions.iter().flat_map(|session| &session.frames);
    for frame in frames.filter(|frame| frame.at_ms <= ended_ms - END_MS) {
        for event in &frame.events {
            if event.ingested_ms >= windows[event.group.as_str()].read_ms {
                must.entry(event.clone()).or_insert(1);
            }
        }
    }
}

fn none_lost(
    told: &BTreeMap<Event, u64>,
    must: &BTreeMap<Event, u64>,
    dropped: u64,
) -> Result<(), Broken> {
    let (mut lost, mut first) = (0, None);
    for (event, copies) in must {
        let times = told.get(event).copied().unwrap_or_default();
        lost += copies.saturating_sub(times);
        if times < *copies {
            first = first.or(Some((event, times, copies)));
        }
    }
    if let Some((event, times, copies)) = first {
        promise!(
            lost <= dropped,
            "{lost} events are lost and {dropped} are said to be: {event} was told {times} times of {copies}"
        );
    }
    Ok(())
}

/// No stretch of time sees more than the share of the quota and what may come at once.
fn within_the_quota(passed: &Passed, rate: f64) -> Result<(), Broken> {
    let (mut left, mut before_us) = (BURST, 0);
    for asked in &passed.asked {
        let seconds = (asked.at_us - before_us) as f64 / 1e6;
        left = (left + seconds * rate).min(BURST) - 1.0;
        before_us = asked.at_us;
        let is_over = left < -0.01;
        promise!(
            !is_over,
            "more was asked than {rate} times a second at {}",
            super::clock_of(asked.at_ms)
        );
    }
    Ok(())
}
