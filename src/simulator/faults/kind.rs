//! The kinds of faults: their names, what they take, and where they can strike.

use super::super::logs::SessionEnd;
use super::super::operation::Operation;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) enum Fault {
    Throttle,
    ServerError,
    ExpiredToken,
    AccessDenied,
    ClockSkew,
    LimitExceeded,
    /// The answer comes this many milliseconds of account time late.
    Slow(u32),
    /// The answer's body stops in the middle and stays open.
    Stall,
    /// The connection breaks in the middle of the answer.
    Cut,
    /// The answer is not the JSON it claims to be.
    Garbage,
    /// Every log message of the answer ends in what is no text.
    BrokenText,
    /// The configuration update never ends.
    StuckUpdate,
    /// The log at the end of an answer stops before the platform's records.
    NoReport,
    /// A page without events, though there are some, and with a token.
    EmptyPage,
    /// A page with this many events at most, and with a token when there are more.
    ShortPage(u32),
    /// The page's token is the one that was sent.
    RepeatToken,
    /// The token that was sent is said to be too old.
    PageExpired,
    /// A live session ends after this many seconds of account time.
    Session(SessionEnd, u32),
    /// An update of a live session is not sent.
    Lose,
    /// An update comes without the events it should bring.
    Hollow,
    /// An update leaves out every second event and says so.
    Sample,
    /// An update brings every third event twice.
    Duplicate,
    /// Every third event of an update comes again with the next one.
    Repeat,
    /// An update is in reverse and keeps every second event for the next one.
    Shuffle,
    /// An event is taken in this many seconds late.
    Late(u32),
}

/// When a fault is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultMoment {
    Call,
    /// An update of a live session, once a second.
    Update,
    /// The ingestion of an event.
    Event,
}

/// A kind as it is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct FaultKind {
    pub(super) name: &'static str,
    pub(super) fault: Fault,
    /// What its number means, for those that take one before the rate.
    pub(super) argument: Option<&'static str>,
}

const fn plain(name: &'static str, fault: Fault) -> FaultKind {
    FaultKind {
        name,
        fault,
        argument: None,
    }
}

const fn timed(name: &'static str, fault: Fault, argument: &'static str) -> FaultKind {
    FaultKind {
        name,
        fault,
        argument: Some(argument),
    }
}

/// Every kind, in the order errors list them; the numbers are those used when none is given.
pub(super) const KINDS: [FaultKind; 29] = [
    plain("throttle", Fault::Throttle),
    plain("server-error", Fault::ServerError),
    plain("expired-token", Fault::ExpiredToken),
    plain("access-denied", Fault::AccessDenied),
    plain("clock-skew", Fault::ClockSkew),
    plain("limit-exceeded", Fault::LimitExceeded),
    timed("slow", Fault::Slow(2_000), "MS"),
    plain("stall", Fault::Stall),
    plain("cut", Fault::Cut),
    plain("garbage", Fault::Garbage),
    plain("broken-text", Fault::BrokenText),
    plain("stuck-update", Fault::StuckUpdate),
    plain("no-report", Fault::NoReport),
    plain("empty-page", Fault::EmptyPage),
    timed("short-page", Fault::ShortPage(10), "EVENTS"),
    plain("repeat-token", Fault::RepeatToken),
    plain("page-expired", Fault::PageExpired),
    timed(
        "session-timeout",
        Fault::Session(SessionEnd::TimedOut, 5),
        "S",
    ),
    timed("stream-error", Fault::Session(SessionEnd::Failed, 5), "S"),
    timed("close", Fault::Session(SessionEnd::Closed, 5), "S"),
    timed("tear", Fault::Session(SessionEnd::Torn, 5), "S"),
    timed("silence", Fault::Session(SessionEnd::Silent, 5), "S"),
    plain("lose", Fault::Lose),
    plain("hollow", Fault::Hollow),
    plain("sample", Fault::Sample),
    plain("duplicate", Fault::Duplicate),
    plain("repeat", Fault::Repeat),
    plain("shuffle", Fault::Shuffle),
    timed("late", Fault::Late(180), "S"),
];

/// The names of the kinds, as shown in errors.
pub(super) fn names() -> String {
    let words = KINDS.map(|kind| match kind.argument {
        Some(argument) => format!("{}[:{argument}]", kind.name),
        None => kind.name.to_owned(),
    });
    words.join(", ")
}

impl Fault {
    /// The same fault with this number.
    pub(super) fn with(self, number: u32) -> Self {
        match self {
            Self::Slow(_) => Self::Slow(number),
            Self::Session(end, _) => Self::Session(end, number),
            Self::Late(_) => Self::Late(number),
            Self::ShortPage(_) => Self::ShortPage(number),
            other => other,
        }
    }

    pub(super) const fn moment(self) -> FaultMoment {
        match self {
            Self::Lose
            | Self::Hollow
            | Self::Sample
            | Self::Duplicate
            | Self::Repeat
            | Self::Shuffle => FaultMoment::Update,
            Self::Late(_) => FaultMoment::Event,
            _ => FaultMoment::Call,
        }
    }

    /// The only operation it can strike; `None` for those that strike any.
    pub(super) const fn only_on(self) -> Option<Operation> {
        match self {
            Self::StuckUpdate => Some(Operation::UpdateFunctionConfiguration),
            Self::NoReport => Some(Operation::Invoke),
            Self::EmptyPage | Self::ShortPage(_) | Self::RepeatToken | Self::PageExpired => {
                Some(Operation::FilterLogEvents)
            }
            Self::Session(..)
            | Self::Lose
            | Self::Hollow
            | Self::Sample
            | Self::Duplicate
            | Self::Repeat
            | Self::Shuffle => Some(Operation::StartLiveTail),
            Self::Late(_) => Some(Operation::PutLogEvents),
            _ => None,
        }
    }
}
