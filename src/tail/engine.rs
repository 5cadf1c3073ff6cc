//! The tail as a machine: what happened and the time go in, commands and things to tell come out. It waits for nothing.

mod answers;
mod apart;
mod sessions;
#[cfg(test)]
mod tests;
mod timers;

use std::collections::HashMap;
use std::time::Duration;

use rand::rngs::StdRng;

use super::gaps::{Cause, Gaps};
use super::identity::SeenEvents;
use super::meter::Meter;
use super::outbox::EventQueue;
use super::poller::GroupPoller;
use super::server::ServerClock;
use super::session_group::{self, SessionGroup};
use crate::aws::{AwsError, FilterPage, FilterRequest, GroupArn, LiveRequest, LiveUpdate, Quota};
use crate::clock::Now;
use crate::logs::{LogEvent, Marker, MarkerKind, TailMode, TailStatus, TailTarget, Tailing};
use crate::task::Backoff;

/// Events of the first picture, shared by the groups.
const PAINT: usize = 200;
/// The fewest events of the first picture a group gets.
const PAINT_LEAST: usize = 20;
/// Pauses between attempts at a session.
const SESSIONS: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30), u32::MAX);
/// Pauses between attempts at a page. They stay short: a throttled tail goes on within two seconds.
const PAGES: Backoff = Backoff::new(Duration::from_millis(250), Duration::from_secs(2), u32::MAX);
/// The same, where the answer was that it must not or cannot be.
const REFUSALS: Backoff = Backoff::new(Duration::from_secs(4), Duration::from_secs(30), u32::MAX);
/// Pauses between attempts at new credentials.
const RENEWALS: Backoff = Backoff::new(Duration::from_secs(4), Duration::from_secs(15), u32::MAX);

/// What is to be done outside.
#[derive(Debug)]
pub(super) enum EngineCommand {
    /// Find the ARNs of these groups.
    Resolve(usize, Vec<String>),
    /// Open a session under this number, then listen to it.
    Open(usize, u32, LiveRequest),
    /// Drop the session of this number.
    Close(u32),
    /// Read a page for a group.
    Page(usize, FilterRequest),
    /// Read the credentials anew.
    Renew,
}

/// Where a live session finds a group, or why not.
pub(super) type Place = Result<GroupArn, AwsError>;

/// What became of a command.
#[derive(Debug)]
pub(super) enum CommandOutcome {
    /// Where a session group's groups are, by name.
    Resolved(usize, Result<Vec<(String, Place)>, AwsError>),
    /// Whether a session is open.
    Opened(usize, u32, Result<(), AwsError>),
    /// What a session brought; `None` when it was closed.
    Heard(usize, u32, Result<Option<LiveUpdate>, AwsError>),
    /// A page for a group.
    Page(usize, Result<FilterPage, AwsError>),
    /// Whether there are credentials again, perhaps the same.
    Renewed(Result<(), AwsError>),
}

/// New credentials are waited for.
#[derive(Debug)]
struct CredentialsHold {
    /// What the user should do.
    sentence: String,
    /// When to look for them; `None` while that is under way.
    look_at: Option<Duration>,
    attempts: u32,
    /// Whether calls are tried again to see if they work now.
    is_trying: bool,
}

/// The machine.
#[derive(Debug)]
pub(super) struct TailEngine {
    wanted: TailTarget,
    pollers: Vec<GroupPoller>,
    session_groups: Vec<SessionGroup>,
    identity: SeenEvents,
    server: ServerClock,
    quota: Quota,
    gaps: Gaps,
    outbox: EventQueue,
    meter: Meter,
    hold: Option<CredentialsHold>,
    sessions: HashMap<u32, usize>,
    serial: u32,
    updates: u64,
    turn: usize,
    recovered: u64,
    sampled: HashMap<usize, Duration>,
    flooded: HashMap<usize, Duration>,
    told: Option<(Duration, TailStatus)>,
    /// Whether it was told that what was there before has been told.
    has_opened: bool,
    /// This machine's time when it began, in Unix milliseconds.
    begun_wall_ms: i64,
    commands: Vec<EngineCommand>,
    rng: StdRng,
}

impl TailEngine {
    pub(super) fn new(wanted: TailTarget, quota: Quota, now: Now, rng: StdRng) -> Self {
        let server = ServerClock::default();
        let begun_ms = server.now_ms(now);
        let since_ms = wanted.since.map(jiff::Timestamp::as_millisecond);
        let paint = (PAINT / wanted.groups.len().max(1)).max(PAINT_LEAST);
        let polls = SessionGroup::polls(wanted.poll, wanted.streams.len(), wanted.groups.len());
        let poller = |(index, name): (usize, &String)| {
            let session_group = index / session_group::GROUPS;
            GroupPoller::new(name.clone(), session_group, since_ms, paint, begun_ms)
        };
        let session_groups = wanted.groups.chunks(session_group::GROUPS);
        Self {
            pollers: wanted.groups.iter().enumerate().map(poller).collect(),
            session_groups: session_groups
                .map(|groups| SessionGroup::new(groups.to_vec(), polls))
                .collect(),
            identity: SeenEvents::default(),
            server,
            quota,
            gaps: Gaps::default(),
            outbox: EventQueue::default(),
            meter: Meter::default(),
            hold: None,
            sessions: HashMap::new(),
            serial: 0,
            updates: 0,
            turn: 0,
            recovered: 0,
            sampled: HashMap::new(),
            flooded: HashMap::new(),
            told: None,
            has_opened: false,
            begun_wall_ms: now.wall_ms,
            commands: Vec::new(),
            rng,
            wanted,
        }
    }

    /// What is to be done outside, each once.
    pub(super) fn commands(&mut self) -> Vec<EngineCommand> {
        std::mem::take(&mut self.commands)
    }

    /// Whether there is something to tell.
    pub(super) fn has_news(&self) -> bool {
        self.outbox.has_some()
    }

    /// The next thing to tell.
    pub(super) fn news(&mut self) -> Option<Tailing> {
        self.outbox.take()
    }

    /// Puts new events before the reader, and takes note of those that were dropped for them.
    fn tell(&mut self, events: Vec<LogEvent>, now: Now) {
        if events.is_empty() {
            return;
        }
        self.meter.arrived(&events, now);
        let dropped = self.outbox.push_events(events);
        if !dropped.is_empty() {
            self.dropped(&dropped, now);
        }
    }

    /// Puts a mark before the reader. Its time is by the service's clock, which is estimated too early.
    fn rule(&mut self, marker: Option<Marker>, now: Now) {
        if let Some(mut marker) = marker {
            marker.time_ms += self.server.modesty_ms(now);
            self.outbox.push_marker(marker);
        }
    }

    /// Tells what happened to sessions and groups, now.
    fn tell_course(&mut self, text: String, now: Now) {
        let marker = Marker {
            time_ms: self.server.now_ms(now),
            kind: MarkerKind::Course,
            text,
        };
        self.rule(Some(marker), now);
    }

    /// How it stands as a whole: the mode that asks most for attention.
    fn mode(&self) -> TailMode {
        if let Some(hold) = &self.hold {
            return TailMode::Waiting(hold.sentence.clone());
        }
        // What is polled by itself was told once, and says nothing about the others.
        let session_groups = self.session_groups.iter().enumerate();
        let session_groups =
            session_groups.filter(|(_, session_group)| !session_group.is_set_aside());
        let modes = session_groups.map(|(index, session_group)| match session_group.mode() {
            TailMode::Polling(_) if self.gaps.goes_on(index, Cause::Unchecked) => {
                TailMode::Failing(self.trouble(index).unwrap_or_default())
            }
            mode => mode,
        });
        modes.max_by_key(weight).unwrap_or(TailMode::Connecting)
    }

    fn status(&mut self, now: Now) -> TailStatus {
        TailStatus {
            mode: self.mode(),
            rate: self.meter.rate(now),
            lag_ms: self.meter.lag_ms(),
            recovered: self.recovered,
            gaps: self.gaps.count(),
            dropped: self.identity.missing(),
            sampled: !self.sampled.is_empty(),
            live_minutes: self
                .session_groups
                .iter()
                .map(|session_group| session_group.minutes(now))
                .sum(),
        }
    }
}

/// How much a mode asks for attention.
const fn weight(mode: &TailMode) -> u8 {
    match mode {
        TailMode::Live => 0,
        TailMode::Polling(_) => 1,
        TailMode::Connecting => 2,
        TailMode::Stalled => 3,
        TailMode::Reconnecting(_) => 4,
        TailMode::Failing(_) => 5,
        TailMode::Waiting(_) => 6,
    }
}
