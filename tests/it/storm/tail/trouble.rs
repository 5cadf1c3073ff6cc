//! What goes wrong around a tail: when, for how long, and in plain words.

use std::fmt;
use std::time::Duration;

use iacstone::simulator::{Faults, SessionEnd};

use super::world::World;
use crate::storm::Dice;

/// One thing that goes wrong.
#[derive(Debug, Clone)]
pub(crate) struct Trouble {
    /// When it begins, from the beginning of the storm.
    pub(super) at: Duration,
    /// For how long it stays; what happens in a moment lasts no time.
    pub(super) lasts: Duration,
    /// What it is.
    pub(super) kind: Kind,
}

/// The kinds of troubles.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// Calls and updates fail, as the simulated account writes it.
    Fault(String),
    /// Every session that is open ends like this.
    Sessions(SessionEnd),
    /// The group of this number is deleted; it is made anew afterwards.
    Deleted(usize),
    /// The reader takes nothing.
    Pause,
    /// The program is dropped, and started again afterwards: it begins so long before it was dropped.
    Crash(Duration),
    /// The machine's clock is off by so many milliseconds, from the beginning.
    Clock(i64),
}

impl Trouble {
    /// When it is over.
    pub(super) fn end(&self) -> Duration {
        self.at + self.lasts
    }

    /// The faults of the account that it stands for.
    pub(super) fn faults(&self) -> Option<Faults> {
        match &self.kind {
            Kind::Fault(text) => Some(Faults::parse(text).unwrap()),
            _ => None,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.at.as_secs_f64(), self.end().as_secs_f64());
        match &self.kind {
            Kind::Fault(text) => write!(f, "{text} from {from:.3} s to {to:.3} s"),
            Kind::Sessions(end) => write!(f, "every session ends at {from:.3} s: {end:?}"),
            Kind::Deleted(group) => write!(
                f,
                "group {group} is deleted at {from:.3} s and made anew at {to:.3} s"
            ),
            Kind::Pause => write!(f, "the reader pauses from {from:.3} s to {to:.3} s"),
            Kind::Crash(back) => write!(
                f,
                "the program is dropped at {from:.3} s and started again at {to:.3} s, from {:.3} s before",
                back.as_secs_f64()
            ),
            Kind::Clock(off_ms) => write!(f, "the machine's clock is off by {off_ms} ms"),
        }
    }
}

/// Faults of the updates of sessions, of new sessions, of pages and of every call, with `%` for a share.
const UPDATES: [&str; 5] = ["lose:%", "hollow:%", "sample:%", "repeat:%", "shuffle:%"];
const SESSIONS: [&str; 14] = [
    "session-timeout:4",
    "stream-error:3",
    "close:0",
    "close:12",
    "tear:6",
    "silence:0",
    "silence:9",
    "cut",
    "limit-exceeded",
    "access-denied",
    "throttle:%",
    "server-error:%",
    "slow:3500:%",
    "garbage:%",
];
const PAGES: [&str; 10] = [
    "throttle:%",
    "server-error:%",
    "empty-page:%",
    "short-page:3:%",
    "repeat-token:%",
    "page-expired:%",
    "cut:%",
    "stall:%",
    "garbage:%",
    "slow:2500:%",
];
const ALL: [&str; 4] = ["expired-token", "throttle:%", "server-error:%", "cut:%"];
const ENDS: [SessionEnd; 5] = [
    SessionEnd::TimedOut,
    SessionEnd::Failed,
    SessionEnd::Closed,
    SessionEnd::Torn,
    SessionEnd::Silent,
];

/// Draws what goes wrong in this world.
pub(super) fn draw(seed: u64, world: &World) -> Vec<Trouble> {
    let mut dice = Dice::of(seed, "troubles");
    let count = dice.within(1..=6);
    let mut troubles = Vec::new();
    for _ in 0..count {
        one(&mut dice, world, &mut troubles);
    }
    if world.is_heavy {
        troubles.push(Trouble {
            at: dice.millis(0..=10_000),
            lasts: world.length + dice.millis(0..=30_000),
            kind: Kind::Pause,
        });
    }
    if dice.percent(12) {
        let off_ms = *dice.pick(&[-280_000, -60_000, -3_000, 2_000, 45_000, 240_000]);
        let (at, lasts) = (Duration::ZERO, Duration::ZERO);
        let kind = Kind::Clock(off_ms);
        troubles.push(Trouble { at, lasts, kind });
    }
    troubles
}

fn one(dice: &mut Dice, world: &World, troubles: &mut Vec<Trouble>) {
    let length = u64::try_from(world.length.as_millis()).unwrap();
    let at = dice.millis(0..=length);
    let lasts = match dice.within(0..=9) {
        0..=5 => dice.millis(1_000..=15_000),
        6..=8 => dice.millis(5_000..=30_000),
        _ => dice.millis(20_000..=100_000),
    };
    let (mut lasts, mut at) = (lasts, at);
    let kind = match dice.within(0..=99) {
        0..=24 => fault(dice, "StartLiveTail", &UPDATES),
        25..=39 => fault(dice, "StartLiveTail", &SESSIONS),
        40..=57 => fault(dice, "FilterLogEvents", &PAGES),
        58..=66 => {
            // A token is sent only where pages are many.
            let share = dice.within(3..=8);
            let few = Kind::Fault(format!("FilterLogEvents=short-page:2:0.{share}"));
            troubles.push(Trouble {
                at,
                lasts,
                kind: few,
            });
            fault(dice, "FilterLogEvents", &PAGES[4..6])
        }
        67..=71 => fault(dice, "*", &ALL),
        72..=85 => {
            lasts = Duration::ZERO;
            Kind::Sessions(*dice.pick(&ENDS))
        }
        86..=89 if world.streams.is_empty() => {
            // Before anything was read, a group that is missing is a mistake of the user.
            at += Duration::from_secs(15);
            Kind::Deleted(usize::try_from(dice.within(0..=99)).unwrap() % world.groups.len())
        }
        86..=95 => Kind::Pause,
        _ => {
            lasts = dice.millis(0..=15_000);
            Kind::Crash(dice.millis(0..=200_000))
        }
    };
    troubles.push(Trouble { at, lasts, kind });
}

fn fault(dice: &mut Dice, operation: &str, kinds: &[&str]) -> Kind {
    let share = *dice.pick(&["0.2", "0.5", "0.8", "1"]);
    let kind = dice.pick(kinds).replace('%', share);
    Kind::Fault(format!("{operation}={kind}"))
}
