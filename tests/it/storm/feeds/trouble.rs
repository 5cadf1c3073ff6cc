//! What goes wrong with feeds: servers, the ways to them, the disk, the program itself.

use std::fmt;
use std::time::Duration;

use super::cast;
use crate::storm::Dice;

/// One thing that goes wrong. Times are counted from the beginning of the storm.
#[derive(Debug, Clone)]
pub(crate) enum Trouble {
    /// A server answers badly for a while.
    Fault(usize, Period, Fault),
    /// A feed moves for good: where it was, this status leads to the new place from then on.
    Move(usize, Duration, u16, Place),
    /// A feed is elsewhere for a while, where it is so much older.
    Detour(usize, Period, u16, Place, Duration),
    /// All feeds are behind one gateway for a while, to which this status leads.
    Gateway(Period, u16, Place),
    /// A feed redirects in circles.
    Circle(usize, Period, u16),
    /// The program dies, and starts again so much later.
    Crash(When, Duration),
    /// The disk takes no writes.
    Disk(Period),
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Period(pub(super) Duration, pub(super) Duration);

impl Period {
    /// Whether a moment is in it.
    pub(super) fn holds(self, moment: Duration) -> bool {
        (self.0..self.1).contains(&moment)
    }
}

/// Where a feed can be: a host, and a number no other place has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(super) host: u64,
    pub(super) number: u64,
}

/// When the program dies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    /// At a moment.
    At(Duration),
    /// As the store carries out this call, counted from 1.
    Call(u64),
    /// As a server answers this request, counted from 1.
    Request(u64),
}

/// How a server answers badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It wants to be left alone.
    Busy(u16, Option<Wait>),
    /// It answers with this status.
    Status(u16),
    /// There is no server.
    Refused,
    /// It thinks for so long before it answers.
    Slow(Duration),
    /// It takes so long for the whole body.
    Drip(Duration),
    /// The body ends after so many thousandths, in this way.
    Cut(u64, End),
    /// Something that is no feed.
    Garbage(&'static str),
    /// The feed, with a content type that lies.
    Type(&'static str),
}

/// For how many seconds a server wants to be left alone, in two notations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    Seconds(u64),
    Date(u64),
}

/// How a body ends too early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// As if that were all.
    Silently,
    /// With an error.
    Broken,
    /// Not at all: nothing more comes.
    Never,
}

/// What is no feed.
const GARBAGE: [&str; 6] = [
    "<!doctype html><title>Sorry</title><p>We are down.",
    "",
    "\u{1}\u{2}\u{0}\u{3}\u{4}",
    "Out of order",
    "<?xml version='1.0'?><soap><fault/></soap>",
    "{\"error\": 17}",
];

/// Content types that say nothing about a feed.
const TYPES: [&str; 4] = ["text/html", "application/octet-stream", "text/plain", "x"];

/// The troubles of this storm.
pub(super) fn of(seed: u64) -> Vec<Trouble> {
    let (sites, lasts) = cast::of(seed);
    let mut dice = Dice::of(seed, "troubles");
    let count = dice.within(0..=12);
    let mut draw = Draw {
        feeds: sites.len() as u64,
        lasts,
        dice: &mut dice,
    };
    let mut troubles: Vec<Trouble> = (1..=count).map(|number| draw.trouble(number)).collect();
    let mut moves = vec![0; sites.len()];
    // Whoever asks follows five redirects: a feed that moves more often is lost.
    troubles.retain(|trouble| match trouble {
        Trouble::Move(feed, ..) => {
            moves[*feed] += 1;
            moves[*feed] <= 3
        }
        _ => true,
    });
    troubles
}

struct Draw<'a> {
    feeds: u64,
    lasts: Duration,
    dice: &'a mut Dice,
}

impl Draw<'_> {
    fn trouble(&mut self, number: u64) -> Trouble {
        let feed = usize::try_from(self.dice.within(0..=self.feeds - 1)).unwrap();
        let period = self.period();
        let place = Place {
            host: self.dice.within(1..=3),
            number,
        };
        match self.dice.within(0..=14) {
            0 | 1 => Trouble::Move(feed, period.0, *self.dice.pick(&[301, 308]), place),
            2 | 3 => {
                let behind = Duration::from_mins(self.dice.within(0..=300));
                let status = *self.dice.pick(&[302, 303, 307]);
                Trouble::Detour(feed, period, status, place, behind)
            }
            4 => Trouble::Circle(feed, period, *self.dice.pick(&[301, 302, 307, 308])),
            5 | 6 => {
                let away = self.dice.millis(0..=7_200_000);
                Trouble::Crash(self.when(), away)
            }
            7 => Trouble::Disk(period),
            8 => Trouble::Gateway(period, *self.dice.pick(&[302, 307]), place),
            _ => Trouble::Fault(feed, period, self.fault()),
        }
    }

    fn period(&mut self) -> Period {
        let all = u64::try_from(self.lasts.as_millis()).unwrap();
        let from = self.dice.within(0..=all);
        let most = if self.dice.percent(50) { all } else { all / 10 };
        let until = (from + self.dice.within(1..=most)).min(all);
        Period(Duration::from_millis(from), Duration::from_millis(until))
    }

    fn when(&mut self) -> When {
        match self.dice.within(0..=2) {
            0 => When::At(self.period().0),
            1 => When::Call(self.dice.within(1..=120)),
            _ => When::Request(self.dice.within(1..=60)),
        }
    }

    fn fault(&mut self) -> Fault {
        match self.dice.within(0..=11) {
            0..=3 => Fault::Busy(*self.dice.pick(&[429, 503]), self.wait()),
            4 => Fault::Status(*self.dice.pick(&[403, 404, 408, 500, 502])),
            5 => Fault::Status(410),
            6 => Fault::Refused,
            7 => Fault::Slow(self.dice.millis(5_000..=40_000)),
            8 => Fault::Drip(self.dice.millis(5_000..=40_000)),
            9 => {
                let end = *self.dice.pick(&[End::Silently, End::Broken, End::Never]);
                Fault::Cut(self.dice.within(0..=999), end)
            }
            10 => Fault::Garbage(self.dice.pick::<&str>(&GARBAGE)),
            _ => Fault::Type(self.dice.pick::<&str>(&TYPES)),
        }
    }

    fn wait(&mut self) -> Option<Wait> {
        let seconds = match self.dice.within(0..=2) {
            0 => self.dice.within(0..=300),
            1 => self.dice.within(0..=20_000),
            _ => self.dice.within(0..=200_000),
        };
        match self.dice.within(0..=4) {
            0 => None,
            1 | 2 => Some(Wait::Date(seconds)),
            _ => Some(Wait::Seconds(seconds)),
        }
    }
}

impl Trouble {
    /// Whether it is one of this feed's server.
    pub(super) const fn is_of(&self, number: usize) -> bool {
        match self {
            Self::Fault(feed, ..)
            | Self::Move(feed, ..)
            | Self::Detour(feed, ..)
            | Self::Circle(feed, ..) => *feed == number,
            Self::Gateway(..) => true,
            Self::Crash(..) | Self::Disk(_) => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(feed, period, fault) => write!(f, "{period} feed {feed} {fault}"),
            Self::Move(feed, at, status, place) => {
                write!(f, "at {at:.1?} feed {feed} moves to {place} ({status})")
            }
            Self::Detour(feed, period, status, place, behind) => {
                let minutes = behind.as_secs() / 60;
                write!(
                    f,
                    "{period} feed {feed} is at {place} ({status}), {minutes} min older there"
                )
            }
            Self::Gateway(period, status, place) => {
                write!(f, "{period} all feeds are at {place} ({status})")
            }
            Self::Circle(feed, period, status) => {
                write!(f, "{period} feed {feed} redirects in circles ({status})")
            }
            Self::Crash(When::At(at), away) => {
                write!(f, "at {at:.1?} the program dies, for {away:.1?}")
            }
            Self::Crash(When::Call(n), away) => {
                write!(
                    f,
                    "in call {n} of the store the program dies, for {away:.1?}"
                )
            }
            Self::Crash(When::Request(n), away) => {
                write!(f, "in request {n} the program dies, for {away:.1?}")
            }
            Self::Disk(period) => write!(f, "{period} the disk takes no writes"),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "from {:.1?} to {:.1?}", self.0, self.1)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "place {} on host {}", self.number, self.host)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(status, Some(Wait::Seconds(seconds))) => {
                write!(f, "answers {status}, retry after {seconds} s")
            }
            Self::Busy(status, Some(Wait::Date(seconds))) => {
                write!(f, "answers {status}, retry after the date in {seconds} s")
            }
            Self::Status(status) | Self::Busy(status, None) => write!(f, "answers {status}"),
            Self::Refused => write!(f, "cannot be reached"),
            Self::Slow(time) => write!(f, "answers after {time:.1?}"),
            Self::Drip(time) => write!(f, "takes {time:.1?} for its body"),
            Self::Cut(thousandths, end) => {
                let how = match end {
                    End::Silently => "ends",
                    End::Broken => "breaks off",
                    End::Never => "stands still",
                };
                write!(f, "has a body that {how} after {thousandths} thousandths")
            }
            Self::Garbage(what) => write!(f, "answers {what:?}"),
            Self::Type(name) => write!(f, "says it is '{name}'"),
        }
    }
}
