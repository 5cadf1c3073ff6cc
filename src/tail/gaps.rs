//! Stretches of time that are not known to be complete: told when they begin, and again when a sweep has filled them.

use std::time::Duration;

use super::ids::SessionGroupId;
use super::poller::YOUNG_MS;
use super::server::ServiceTime;
use crate::clock::Now;
use crate::logs::{Marker, MarkerKind, OpenGap};
use crate::text::clock_length;
use crate::text::thousands;

/// How long after a stretch has ended a sweep must begin to vouch for it, in milliseconds: what is younger it leaves to the
/// session.
const SETTLE_MS: i64 = YOUNG_MS;
/// A stretch that does not end, such as a burst that is sampled for hours, is vouched for in pieces this long.
const PIECE: Duration = Duration::from_secs(10);
/// How long a session must not have left events out until that counts as over.
const CALM: Duration = Duration::from_secs(5);

/// What makes a stretch doubtful.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// No session brought updates.
    Session,
    /// The session left events out.
    Sampled,
    /// The session may have left events out: too many bytes.
    Flood,
    /// The reader was too slow.
    Reader,
    /// No sweep has looked for lost events for long.
    Unchecked,
    /// A group is read no more.
    Unread,
}

/// A stretch of time, for the groups of one session group.
#[derive(Debug)]
struct Gap {
    session_group: SessionGroupId,
    cause: Cause,
    from: ServiceTime,
    /// When it ended; `None` while it goes on.
    to: Option<ServiceTime>,
    /// When it last had a reason.
    seen_at: Duration,
    /// When something was last told about it.
    told_at: Duration,
    recovered: u64,
}

/// The stretches that are open.
#[derive(Debug, Default)]
pub(super) struct Gaps(Vec<Gap>);

impl Gaps {
    /// A stretch begins, or goes on after it had ended, unless it goes on already; gives what to tell.
    pub(super) fn open(
        &mut self,
        session_group: SessionGroupId,
        cause: Cause,
        from: ServiceTime,
        why: &str,
        now: Now,
    ) -> Option<Marker> {
        let mut own = self.of_mut(session_group);
        if let Some(gap) = own.find(|gap| gap.cause == cause) {
            let has_ended = gap.to.take().is_some();
            gap.from = gap.from.earlier(from);
            gap.seen_at = now.at;
            if !has_ended {
                return None;
            }
        } else {
            drop(own);
            self.0.push(Gap {
                session_group,
                cause,
                from,
                to: None,
                seen_at: now.at,
                told_at: now.at,
                recovered: 0,
            });
        }
        let text = format!("{}: {why}; refilling", cause.word());
        Some(Marker {
            time_ms: from.server_ms,
            kind: MarkerKind::Gap,
            text,
        })
    }

    /// A stretch begins that nobody will fill: a group of these is read no more.
    pub(super) fn open_for_good(&mut self, of: SessionGroupId, from: ServiceTime, now: Now) {
        self.0.push(Gap {
            session_group: of,
            cause: Cause::Unread,
            from,
            to: None,
            seen_at: now.at,
            told_at: now.at,
            recovered: 0,
        });
    }

    /// The reason for a stretch is gone; it stays until it is filled.
    pub(super) fn end(&mut self, session_group: SessionGroupId, cause: Cause, to: ServiceTime) {
        let own = self.of_mut(session_group);
        own.filter(|gap| gap.cause == cause)
            .for_each(|gap| gap.end(to));
    }

    /// Ends the stretches in which a session left events out, or may have, when it has not for a while.
    pub(super) fn calm_down(&mut self, session_group: SessionGroupId, to: ServiceTime, now: Now) {
        let own = self.of_mut(session_group);
        let calm = own.filter(|gap| gap.cause.is_of_updates() && now.since(gap.seen_at) >= CALM);
        calm.for_each(|gap| gap.end(to));
    }

    /// Whether a stretch is open that has not ended.
    pub(super) fn goes_on(&self, session_group: SessionGroupId, cause: Cause) -> bool {
        let mut own = self.of(session_group);
        own.any(|gap| gap.cause == cause && gap.to.is_none())
    }

    /// Whether any session leaves events out.
    pub(super) fn are_sampled(&self) -> bool {
        let mut sampled = self.0.iter().filter(|gap| gap.cause == Cause::Sampled);
        sampled.any(|gap| gap.to.is_none())
    }

    /// Counts events that a sweep found and no session had brought.
    pub(super) fn add_recovered(&mut self, session_group: SessionGroupId, events: u64) {
        self.of_mut(session_group)
            .for_each(|gap| gap.recovered += events);
    }

    /// How many there are.
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }

    /// The beginning of the earliest stretch of a session group.
    pub(super) fn earliest_ms(&self, session_group: SessionGroupId) -> Option<i64> {
        let own = self.of(session_group);
        own.map(|gap| gap.from.server_ms).min()
    }

    /// All that are open; the reader is told times that are so much later.
    pub(super) fn open_ones(&self, modesty_ms: i64) -> Vec<OpenGap> {
        let told = |moment: ServiceTime| moment.server_ms + modesty_ms;
        let open = self.0.iter().map(|gap| OpenGap {
            cause: gap.cause.word(),
            from_ms: told(gap.from),
            to_ms: gap.to.map(told),
        });
        open.collect()
    }

    /// Closes what is filled. `reach_ms` says up to which of the service's times a session group was swept without a break for what
    /// happened from a time on; that clock is `skew_ms` milliseconds ahead of this machine's.
    pub(super) fn settle(
        &mut self,
        session_group: SessionGroupId,
        reach_ms: impl Fn(i64) -> i64,
        skew_ms: i64,
        now: Now,
    ) -> Vec<Marker> {
        let mut markers = Vec::new();
        self.0.retain_mut(|gap| {
            if !gap.is_fillable_of(session_group) {
                return true;
            }
            let sound_ms = reach_ms(gap.from.server_ms) - SETTLE_MS;
            if let Some(to) = gap.to.filter(|to| to.server_ms <= sound_ms) {
                markers.push(gap.filled(to, ""));
                return false;
            }
            if sound_ms > gap.from.server_ms && now.since(gap.told_at) >= PIECE {
                let sound = ServiceTime {
                    server_ms: sound_ms,
                    wall_ms: sound_ms - skew_ms,
                };
                markers.push(gap.filled(sound, "; it goes on"));
                (gap.from, gap.told_at, gap.recovered) = (sound, now.at, 0);
            }
            true
        });
        markers
    }

    /// Whether a stretch that is over stays open although sweeps began late enough to vouch for it: none looked at all of it.
    pub(super) fn wants_depth(&self, session_group: SessionGroupId, reach_ms: i64) -> bool {
        let mut own = self.of(session_group);
        own.any(|gap| (gap.to).is_some_and(|to| to.server_ms <= reach_ms - SETTLE_MS))
    }

    fn of(&self, session_group: SessionGroupId) -> impl Iterator<Item = &Gap> {
        let gaps = self.0.iter();
        gaps.filter(move |gap| gap.is_fillable_of(session_group))
    }

    fn of_mut(&mut self, session_group: SessionGroupId) -> impl Iterator<Item = &mut Gap> {
        let gaps = self.0.iter_mut();
        gaps.filter(move |gap| gap.session_group == session_group)
    }
}

impl Gap {
    /// Whether sweeps of a session group can fill it.
    fn is_fillable_of(&self, session_group: SessionGroupId) -> bool {
        self.session_group == session_group && self.cause != Cause::Unread
    }

    /// Ends it, unless it has ended.
    fn end(&mut self, to: ServiceTime) {
        self.to.get_or_insert(to.later(self.from));
    }

    fn filled(&self, to: ServiceTime, rest: &str) -> Marker {
        let found = match self.recovered {
            0 => "nothing was missing".to_owned(),
            1 => "1 event recovered".to_owned(),
            many => format!("{} events recovered", thousands(many)),
        };
        let length = clock_length(to.wall_ms - self.from.wall_ms);
        Marker {
            time_ms: to.server_ms,
            kind: MarkerKind::Filled,
            text: format!("{} {length} filled: {found}{rest}", self.cause.word()),
        }
    }
}

impl Cause {
    /// Whether updates of a session tell of it.
    const fn is_of_updates(self) -> bool {
        matches!(self, Self::Sampled | Self::Flood)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Session => "gap",
            Self::Sampled => "sampled",
            Self::Flood => "flood",
            Self::Reader => "dropped",
            Self::Unchecked => "unchecked",
            Self::Unread => "not read",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: SessionGroupId = SessionGroupId(0);
    const OTHER: SessionGroupId = SessionGroupId(1);

    fn at(seconds: u64) -> Now {
        Now {
            at: Duration::from_secs(seconds),
            wall_ms: 0,
        }
    }

    fn by(server_ms: i64) -> ServiceTime {
        ServiceTime {
            server_ms,
            wall_ms: server_ms,
        }
    }

    #[test]
    fn a_gap_is_told_once_and_filled_once_a_sweep_began_after_it() {
        let mut gaps = Gaps::default();
        let told = gaps.open(
            ONE,
            Cause::Session,
            by(10_000),
            "the connection broke",
            at(1),
        );
        assert_eq!(told.unwrap().text, "gap: the connection broke; refilling");
        assert_eq!(
            gaps.open(ONE, Cause::Session, by(11_000), "again", at(2)),
            None
        );
        gaps.add_recovered(ONE, 1_234);
        gaps.add_recovered(OTHER, 9);
        gaps.end(ONE, Cause::Session, by(17_000));
        assert!(gaps.settle(ONE, |_| 21_000, 0, at(3)).is_empty());
        assert!(gaps.settle(OTHER, |_| 90_000, 0, at(3)).is_empty());
        let filled = gaps.settle(ONE, |_| 22_000, 0, at(4));
        assert_eq!(
            filled[0].text,
            "gap 00:00:07 filled: 1,234 events recovered"
        );
        assert_eq!((filled[0].time_ms, gaps.count()), (17_000, 0));
    }

    #[test]
    fn a_gap_stays_open_until_a_sweep_has_looked_at_all_of_it() {
        let mut gaps = Gaps::default();
        assert!(
            gaps.open(ONE, Cause::Unchecked, by(10_000), "no answer", at(1))
                .is_some()
        );
        gaps.end(ONE, Cause::Unchecked, by(60_000));
        let looked_from_30 = |from_ms| if from_ms >= 30_000 { 65_000 } else { 11_000 };
        assert!(gaps.settle(ONE, looked_from_30, 0, at(2)).is_empty());
        assert!(gaps.wants_depth(ONE, 65_000));
        assert!(!gaps.wants_depth(ONE, 64_999) && !gaps.wants_depth(OTHER, 65_000));
        assert_eq!(gaps.settle(ONE, |_| 65_000, 0, at(3)).len(), 1);
        assert!(!gaps.wants_depth(ONE, 65_000));
    }

    #[test]
    fn a_burst_without_end_is_filled_in_pieces() {
        let mut gaps = Gaps::default();
        assert!(
            gaps.open(ONE, Cause::Sampled, by(0), "too many", at(0))
                .is_some()
        );
        gaps.add_recovered(ONE, 5);
        assert!(gaps.settle(ONE, |_| 9_000, 0, at(9)).is_empty());
        let filled = gaps.settle(ONE, |_| 15_000, 0, at(12));
        assert_eq!(
            filled[0].text,
            "sampled 00:00:10 filled: 5 events recovered; it goes on"
        );
        assert_eq!((gaps.count(), gaps.earliest_ms(ONE)), (1, Some(10_000)));
        gaps.end(ONE, Cause::Sampled, by(11_000));
        let filled = gaps.settle(ONE, |_| 16_000, 0, at(13));
        assert_eq!(
            filled[0].text,
            "sampled 00:00:01 filled: nothing was missing"
        );
    }

    #[test]
    fn a_stretch_that_begins_again_before_it_is_filled_is_told_again() {
        let mut gaps = Gaps::default();
        let sampled = |gaps: &mut Gaps, from_ms, seconds| {
            gaps.open(ONE, Cause::Sampled, by(from_ms), "too many", at(seconds))
        };
        assert!(sampled(&mut gaps, 1_000, 1).is_some());
        assert!(sampled(&mut gaps, 2_000, 2).is_none());
        gaps.calm_down(ONE, by(7_000), at(7));
        let again = sampled(&mut gaps, 8_000, 8).unwrap();
        assert_eq!((again.time_ms, gaps.count()), (8_000, 1));
        let open = OpenGap {
            cause: "sampled",
            from_ms: 1_300,
            to_ms: None,
        };
        assert_eq!(gaps.open_ones(300), [open]);
    }

    #[test]
    fn a_gap_is_as_long_as_it_was_whatever_was_learnt_of_the_service_s_clock_meanwhile() {
        let mut gaps = Gaps::default();
        let early = ServiceTime {
            server_ms: 0,
            wall_ms: 300_000,
        };
        drop(gaps.open(ONE, Cause::Session, early, "it broke", at(1)));
        gaps.end(ONE, Cause::Session, by(307_000));
        let filled = gaps.settle(ONE, |_| 400_000, 0, at(2));
        assert_eq!(filled[0].text, "gap 00:00:07 filled: nothing was missing");
    }
}
