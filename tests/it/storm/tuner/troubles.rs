//! What can go wrong while functions are tuned: on the way to AWS, at AWS, by others, and to the program itself.

use std::fmt;
use std::time::Duration;

use super::super::Dice;
use super::call::Operation;

/// One thing that goes wrong. Times count from the beginning of the storm.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    /// From a moment on, the next calls of an operation meet this.
    Ambush {
        at: Duration,
        operation: Operation,
        times: u32,
        mishap: Mishap,
    },
    /// For a while every call may meet this.
    Spell {
        at: Duration,
        lasts: Duration,
        percent: u32,
        mishap: Mishap,
    },
    /// Somebody else changes the function.
    Change { at: Duration, change: Change },
    /// The disk of a machine takes no writes for a while.
    Disk {
        machine: usize,
        at: Duration,
        lasts: Duration,
    },
    /// The user of a machine stops what is under way.
    Stop { machine: usize, at: Duration },
    /// A machine's program dies so long after it made that many calls, and is started again after a while.
    Crash {
        machine: usize,
        calls: u64,
        then: Duration,
        down: Duration,
    },
}

/// What a call meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    /// It is throttled: surely not carried out.
    Throttled,
    /// There is no connection: surely not carried out.
    Refused,
    /// It fails with a server error, not carried out.
    Failed,
    /// It is carried out and fails with a server error all the same.
    FailedAfter,
    /// It is carried out, and the connection breaks before the answer.
    Lost,
    /// The connection breaks before it is carried out.
    Broken,
    /// The credentials have expired.
    Expired,
    /// It reaches the service late.
    Queued(Duration),
    /// The answer comes late.
    Late(Duration),
}

/// What others do to the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// New code.
    Code,
    /// Another memory size, one that no run tests.
    Memory(u32),
    /// An environment variable.
    Variable,
    /// The description.
    Description,
    /// A version is published of whatever `$LATEST` is.
    Publish,
    /// A version is published, and the alias `prod` points at it.
    Release,
}

/// Sizes that others choose; no run tests them.
const SIZES_OF_OTHERS: [u32; 4] = [192, 320, 832, 1792];

/// When things begin to go wrong, at the latest, in milliseconds.
const LAST_MS: u64 = 40_000;

impl Trouble {
    /// Draws one.
    pub(crate) fn draw(dice: &mut Dice, machines: usize) -> Self {
        let at = dice.millis(0..=LAST_MS);
        let machine = usize::try_from(dice.within(0..=machines as u64 - 1)).unwrap();
        match dice.within(0..=99) {
            0..=37 => Self::Ambush {
                at,
                operation: *dice.pick(&Operation::AMBUSHED),
                times: u32::try_from(dice.within(1..=3)).unwrap(),
                mishap: Mishap::draw(dice),
            },
            38..=47 => Self::Spell {
                at,
                lasts: dice.millis(500..=20_000),
                percent: *dice.pick(&[20, 50, 90, 100]),
                mishap: Mishap::draw(dice),
            },
            48..=69 => Self::Change {
                at,
                change: Change::draw(dice),
            },
            70..=75 => Self::Disk {
                machine,
                at,
                lasts: dice.millis(50..=20_000),
            },
            76..=81 => Self::Stop { machine, at },
            _ => Self::Crash {
                machine,
                calls: dice.within(1..=70),
                then: dice.millis(0..=80),
                down: *dice.pick(&[
                    Duration::ZERO,
                    Duration::from_millis(300),
                    Duration::from_secs(4),
                    Duration::from_mins(20),
                    Duration::from_hours(50),
                ]),
            },
        }
    }
}

impl Mishap {
    fn draw(dice: &mut Dice) -> Self {
        *dice.pick(&[
            Self::Throttled,
            Self::Throttled,
            Self::Refused,
            Self::Failed,
            Self::FailedAfter,
            Self::FailedAfter,
            Self::Lost,
            Self::Lost,
            Self::Broken,
            Self::Expired,
            Self::Queued(Duration::from_millis(700)),
            Self::Queued(Duration::from_secs(4)),
            Self::Late(Duration::from_millis(1500)),
            Self::Late(Duration::from_secs(45)),
        ])
    }
}

impl Change {
    fn draw(dice: &mut Dice) -> Self {
        let memory = *dice.pick(&SIZES_OF_OTHERS);
        *dice.pick(&[
            Self::Code,
            Self::Memory(memory),
            Self::Variable,
            Self::Description,
            Self::Publish,
            Self::Publish,
            Self::Release,
        ])
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ambush {
                at,
                operation,
                times,
                mishap,
            } => write!(f, "from {at:?} on, {times} x {operation:?}: {mishap}"),
            Self::Spell {
                at,
                lasts,
                percent,
                mishap,
            } => write!(
                f,
                "from {at:?} for {lasts:?}, {percent} % of all calls: {mishap}"
            ),
            Self::Change { at, change } => write!(f, "at {at:?} others change: {change:?}"),
            Self::Disk { machine, at, lasts } => {
                write!(
                    f,
                    "from {at:?} for {lasts:?} machine {machine}'s disk refuses"
                )
            }
            Self::Stop { machine, at } => write!(f, "at {at:?} machine {machine} is stopped"),
            Self::Crash {
                machine,
                calls,
                then,
                down,
            } => write!(
                f,
                "machine {machine} crashes {then:?} after its call {calls}, and is down for {down:?}"
            ),
        }
    }
}

impl fmt::Display for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Throttled => f.write_str("throttled"),
            Self::Refused => f.write_str("no connection"),
            Self::Failed => f.write_str("server error, not carried out"),
            Self::FailedAfter => f.write_str("server error, carried out"),
            Self::Lost => f.write_str("carried out, the answer is lost"),
            Self::Broken => f.write_str("the connection breaks before it is carried out"),
            Self::Expired => f.write_str("the credentials have expired"),
            Self::Queued(by) => write!(f, "arrives {by:?} late"),
            Self::Late(by) => write!(f, "is answered {by:?} late"),
        }
    }
}
