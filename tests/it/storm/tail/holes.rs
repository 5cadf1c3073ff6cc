//! Whether each hole was told in time, and taken back only when it was filled.

use std::collections::BTreeMap;

use iacstone::logs::{Marker, TailMode, Tailing};

use super::life::Life;
use super::wire::{Passed, Session};
use crate::promise;
use crate::storm::Broken;

/// How soon a hole that can be known is told, in milliseconds.
const SOON_MS: i64 = 3_000;
/// How soon it is told that nothing vouches for what sessions bring, in milliseconds.
const UNCHECKED_MS: i64 = 21_000;
/// Bytes in one update above which a session may leave events out without a word.
const FLOOD: usize = 700_000;

/// When a page was asked for, when the answer was there, and whether it was one.
type Question = (i64, Option<(i64, bool)>);

/// Checks the holes of one life; `pauses` says when the reader took nothing.
pub(super) fn check(life: &Life, pauses: &[(i64, i64)]) -> Result<(), Broken> {
    let heard = Heard::of(life, pauses);
    let passed = life.wire.passed();
    for session in passed.sessions.iter().filter(|it| !it.frames.is_empty()) {
        sessions(session, &heard)?;
    }
    let mut groups: BTreeMap<&str, Vec<Question>> = BTreeMap::new();
    for asked in &passed.asked {
        let calls = groups.entry(&asked.group).or_default();
        calls.push((asked.at_ms, asked.answered));
    }
    for (group, calls) in groups {
        pages(group, &calls, &passed, &heard)?;
    }
    Ok(())
}

/// What the reader heard about holes.
struct Heard<'a> {
    /// When, and whether something is doubtful after it.
    doubts: Vec<(i64, bool)>,
    markers: Vec<(i64, Marker)>,
    pauses: &'a [(i64, i64)],
    ended_ms: i64,
}

impl<'a> Heard<'a> {
    fn of(life: &Life, pauses: &'a [(i64, i64)]) -> Self {
        let mut heard = Self {
            doubts: Vec::new(),
            markers: Vec::new(),
            pauses,
            ended_ms: life.ended_ms,
        };
        for (at_ms, news) in life.told().iter() {
            match news {
                Tailing::Marker(marker) => {
                    heard.markers.push((*at_ms, marker.clone()));
                    if marker.opens_gap() {
                        heard.doubts.push((*at_ms, true));
                    }
                }
                Tailing::Status(it) => {
                    let is_doubtful = it.gaps > 0
                        || it.sampled
                        || matches!(it.mode, TailMode::Waiting(_) | TailMode::Failing(_));
                    heard.doubts.push((*at_ms, is_doubtful));
                }
                Tailing::Events(_) | Tailing::Opened => {}
            }
        }
        heard
    }

    /// Whether it was told that a group is left out until it can be read.
    fn is_left_out(&self, group: &str, by_ms: i64) -> bool {
        let markers = self.markers.iter().filter(|(at_ms, _)| *at_ms <= by_ms);
        let (out, back) = (
            format!("'{group}' is left out until"),
            format!("'{group}' can be read now"),
        );
        let mut about = markers.filter(|(_, it)| it.text.starts_with(&out) || it.text == back);
        about.next_back().is_some_and(|(_, it)| it.text != back)
    }

    /// Whether a hole that could be known at a time was told by another one. A reader who pauses hears of it afterwards.
    fn hears(&self, known_ms: i64, by_ms: i64) -> bool {
        let mut by_ms = by_ms;
        for &(from_ms, to_ms) in self.pauses {
            if from_ms <= by_ms && to_ms >= known_ms {
                by_ms = by_ms.max(to_ms.saturating_add(SOON_MS));
            }
        }
        if by_ms >= self.ended_ms {
            return true;
        }
        let until = self.doubts.partition_point(|(at_ms, _)| *at_ms <= by_ms);
        let (before, _) = self.doubts.split_at(until);
        let since = before.partition_point(|(at_ms, _)| *at_ms < known_ms);
        let (earlier, within) = before.split_at(since);
        earlier.last().is_some_and(|(_, doubtful)| *doubtful) || within.iter().any(|(_, it)| *it)
    }
}

/// A session that ended, fell silent, or left events out and says so or lets it be seen.
fn sessions(session: &Session, heard: &Heard<'_>) -> Result<(), Broken> {
    let at = super::clock_of;
    if let Some(ended_ms) = session.ended_ms {
        promise!(
            heard.hears(ended_ms, ended_ms + SOON_MS),
            "a session ended at {} and nothing was told",
            at(ended_ms)
        );
    }
    let mut signs: Vec<i64> = session.frames.iter().map(|frame| frame.at_ms).collect();
    signs.extend([session.ended_ms, session.dropped_ms].into_iter().flatten());
    signs.sort_unstable();
    for pair in signs.windows(2) {
        promise!(
            pair[1] - pair[0] <= SOON_MS || heard.hears(pair[0], pair[0] + SOON_MS),
            "a session was silent from {} on and nothing was told",
            at(pair[0])
        );
    }
    for frame in &session.frames {
        promise!(
            !(frame.sampled || frame.bytes > FLOOD)
                || heard.hears(frame.at_ms, frame.at_ms + SOON_MS),
            "a session left events out at {} and nothing was told",
            at(frame.at_ms)
        );
    }
    Ok(())
}

/// Pages that do not come: where there is no session, nothing does.
fn pages(
    group: &str,
    calls: &[Question],
    passed: &Passed,
    heard: &Heard<'_>,
) -> Result<(), Broken> {
    let mut fails_since: Option<i64> = None;
    let mut was_read = false;
    for (asked_ms, answered) in calls {
        let over_ms = answered.map_or(heard.ended_ms, |(at_ms, _)| at_ms);
        // From the first question on that was answered badly, or not at all. Before anything came there is nothing that could
        // stand still.
        let known_ms = if was_read { *asked_ms } else { over_ms };
        let since_ms = *fails_since.get_or_insert(known_ms);
        for (limit_ms, is_dark) in [(SOON_MS, true), (UNCHECKED_MS, false)] {
            let by_ms = since_ms + limit_ms;
            let is_hole = over_ms > by_ms && (!is_dark || passed.is_dark(since_ms, by_ms));
            promise!(
                !is_hole || heard.hears(since_ms, by_ms) || heard.is_left_out(group, by_ms),
                "pages of {group} fail from {} on and nothing was told by {}",
                super::clock_of(since_ms),
                super::clock_of(by_ms)
            );
        }
        if answered.is_some_and(|(_, is_whole)| is_whole) {
            (fails_since, was_read) = (None, true);
        }
    }
    Ok(())
}

impl Passed {
    /// Whether no session was open at any time between two, nor shortly before.
    fn is_dark(&self, from_ms: i64, to_ms: i64) -> bool {
        let mut sessions = self.sessions.iter().filter(|it| !it.frames.is_empty());
        !sessions.any(|session| {
            let over_ms = [session.ended_ms, session.dropped_ms].into_iter().flatten();
            let over_ms = over_ms.min().unwrap_or(i64::MAX);
            session.opened_ms <= to_ms && over_ms >= from_ms - SOON_MS
        })
    }
}
