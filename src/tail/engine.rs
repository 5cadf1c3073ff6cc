//! The tail as a machine: what happened and the time go in, commands and things to tell come out. It waits for nothing.
//!
//! It joins what the parts of a tail decide: the live sessions, the sweeps, and what is told to the reader.

mod command;
mod live;
mod stored;
#[cfg(test)]
mod tests;

use std::time::Duration;

use rand::rngs::StdRng;

use super::credentials::CredentialsHold;
use super::delivery::{EventDelivery, Standing};
use super::end::TailEnd;
use super::gaps::{Cause, Gaps};
use super::ids::{PageFor, SessionGroupId};
use super::late::{LateSearches, PLANNED_MS};
use super::newcomers::Newcomers;
use super::scan::Scanned;
use super::server::ServerClock;
use super::session_group::reason;
use super::sessions::LiveSessions;
use super::sweeps::{DOUBT, Sweeps};
use crate::aws::{AwsError, Quotas};
use crate::clock::Now;
use crate::logs::{LogEvent, Marker, MarkerKind, TailMode, TailTarget, Tailing};
pub(super) use command::{CommandOutcome, EngineCommand};
use stored::REFUSALS;

/// How long the first pictures of all groups may take until nobody is to wait for the rest of them.
const OPENING: Duration = Duration::from_secs(10);

/// The machine.
#[derive(Debug)]
pub(super) struct TailEngine {
    wanted: TailTarget,
    sessions: LiveSessions,
    sweeps: Sweeps,
    late: LateSearches,
    gaps: Gaps,
    delivery: EventDelivery,
    credentials: CredentialsHold,
    newcomers: Newcomers,
    server: ServerClock,
    /// This machine's time when it began, in Unix milliseconds.
    begun_wall_ms: i64,
    commands: Vec<EngineCommand>,
    rng: StdRng,
}

impl TailEngine {
    pub(super) fn new(wanted: TailTarget, quotas: &Quotas, now: Now, rng: StdRng) -> Self {
        let server = ServerClock::default();
        let sessions = LiveSessions::new(&wanted);
        Self {
            late: LateSearches::new(&wanted.groups, quotas),
            sweeps: Sweeps::new(&wanted, &sessions, quotas, server.now_ms(now)),
            sessions,
            gaps: Gaps::default(),
            delivery: EventDelivery::default(),
            credentials: CredentialsHold::default(),
            newcomers: Newcomers::new(&wanted, now),
            server,
            begun_wall_ms: now.wall_ms,
            commands: Vec::new(),
            rng,
            wanted,
        }
    }

    /// What is to be done outside, each once.
    pub(super) fn take_commands(&mut self) -> Vec<EngineCommand> {
        std::mem::take(&mut self.commands)
    }

    /// Whether there is something to tell.
    pub(super) fn has_news(&self) -> bool {
        self.delivery.has_news()
    }

    /// The next thing to tell.
    pub(super) fn take_news(&mut self) -> Option<Tailing> {
        self.delivery.take_news()
    }

    /// Hands an outcome to whom it concerns.
    ///
    /// # Errors
    /// What makes it pointless to go on at all.
    pub(super) fn hear(&mut self, outcome: CommandOutcome, now: Now) -> Result<(), AwsError> {
        match outcome {
            CommandOutcome::Resolved(group, places) => self.take_places(group, places, now),
            CommandOutcome::Opened(group, session, Ok(())) => {
                self.take_session(group, session, now);
            }
            CommandOutcome::Opened(group, session, Err(error)) => {
                self.take_refusal(group, session, &error, now);
            }
            CommandOutcome::Heard(group, session, Ok(Some(update))) => {
                self.take_update(group, session, update, now);
            }
            CommandOutcome::Heard(group, session, Ok(None)) => {
                self.end_session(group, session, "the service closed the session", now);
            }
            CommandOutcome::Heard(group, session, Err(error)) => {
                tracing::info!(error = ?error, "a live session ended");
                self.end_session(group, session, &reason(&error), now);
            }
            CommandOutcome::Page(PageFor::Sweep(id), Ok(page)) => self.take_page(id, page, now),
            CommandOutcome::Page(PageFor::Sweep(id), Err(error)) => {
                return self.fail(id, error, now);
            }
            CommandOutcome::Page(PageFor::Late(id), Ok(page)) => {
                self.take_late_page(id, page, now);
            }
            CommandOutcome::Page(PageFor::Late(id), Err(error)) => {
                // Whether events can be read at all, the sweeps tell.
                let pause = REFUSALS.delay(0, &mut self.rng);
                self.late.fail(id, &error, now, pause);
                self.credentials.heed(&error, now, &mut self.rng);
            }
            CommandOutcome::Scanned(id, scanned) => return self.take_scan(id, scanned, now),
            CommandOutcome::Found(found) => self.take_newcomers(found, now),
            CommandOutcome::Renewed(result) => self.credentials.take(result, now, &mut self.rng),
        }
        Ok(())
    }

    /// What is left to say once it is over, and those queries are that were under way.
    pub(super) fn end(mut self, queries: &[Scanned]) -> TailEnd {
        for query in queries {
            self.sweeps.budget.end(query.cost, false);
        }
        TailEnd {
            left_out: Vec::new(),
            scanned: self.sweeps.budget.cost(),
            is_cut: self.sweeps.budget.is_spent(),
            failure: None,
        }
    }

    /// Does what is due.
    pub(super) fn advance(&mut self, now: Now) {
        if self.credentials.look(now) {
            self.commands.push(EngineCommand::Renew);
        }
        if !self.credentials.holds_up()
            && let Some(watched) = self.newcomers.look(now)
        {
            self.commands.push(EngineCommand::Look(watched));
        }
        for group in self.sessions.ids() {
            self.drive(group, now);
            let to = self.server.moment(self.server.now_ms(now), now);
            self.gaps.calm_down(group, to, now);
            self.doubt(group, now);
            self.settle(group, now);
        }
        self.ask_for_pages(now);
        self.ask_for_late_pages(now);
        self.tell_late_reach(now);
        self.open_up(now);
        let server_ms = self.server.now_ms(now);
        let needed_ms = self.sweeps.earliest_ms().unwrap_or(server_ms);
        self.delivery.prune(server_ms, needed_ms);
        let late_ms = self.late.told_ms();
        let late_ms = late_ms.min(self.sweeps.queried_ms().unwrap_or(late_ms));
        let standing = Standing {
            mode: self.mode(),
            minutes: self.sessions.minutes(now),
            scanned: self.sweeps.budget.cost(),
            late_ms: Some(late_ms).filter(|&late_ms| late_ms < PLANNED_MS),
            modesty_ms: self.server.modesty_ms(now),
        };
        self.delivery.tell_standing(standing, &self.gaps, now);
    }

    /// Tells once that what was there before the tail has been told. A first picture is not waited for long; a history that
    /// was asked for is.
    fn open_up(&mut self, now: Now) {
        let is_late = self.wanted.since.is_none() && now.at >= OPENING;
        if is_late || !self.sweeps.are_opening(now) {
            self.delivery.open();
        }
    }

    /// Puts new events before the reader. What it did not take in time and was dropped for them, a sweep brings again,
    /// unless it is too old for that.
    fn tell(&mut self, events: Vec<LogEvent>, now: Now) {
        let Some(lost_ms) = self.delivery.tell(events, now) else {
            return;
        };
        for group in self.sessions.ids() {
            self.open_gap(group, Cause::Reader, lost_ms, "the reader is too slow", now);
        }
        self.sweeps.rewind(lost_ms);
    }

    /// The service's time when the tail began, in Unix milliseconds; too early rather than too late.
    fn begun_ms(&self) -> i64 {
        self.server.at_ms(self.begun_wall_ms)
    }

    /// Puts a marker before the reader. Its time is by the service's clock, which is estimated too early.
    fn mark(&mut self, mut marker: Marker, now: Now) {
        marker.time_ms += self.server.modesty_ms(now);
        self.delivery.mark(marker);
    }

    /// Tells what happened to sessions and groups, now.
    fn tell_course(&mut self, text: String, now: Now) {
        let marker = Marker {
            time_ms: self.server.now_ms(now),
            kind: MarkerKind::Course,
            text,
        };
        self.mark(marker, now);
    }

    /// A stretch begins that is not known to be complete, unless it has already.
    fn open_gap(&mut self, group: SessionGroupId, cause: Cause, from_ms: i64, why: &str, now: Now) {
        let from = self.server.moment(from_ms, now);
        if let Some(marker) = self.gaps.open(group, cause, from, why, now) {
            self.mark(marker, now);
        }
    }

    /// The reason for such a stretch is gone now.
    fn end_gap(&mut self, group: SessionGroupId, cause: Cause, now: Now) {
        let to = self.server.moment(self.server.now_ms(now), now);
        self.gaps.end(group, cause, to);
    }

    /// How it stands as a whole: the mode that asks most for attention.
    fn mode(&self) -> TailMode {
        if let Some(sentence) = self.credentials.sentence() {
            return TailMode::Waiting(sentence.to_owned());
        }
        let modes = self.sessions.modes().map(|(group, mode)| match mode {
            TailMode::Polling(_) if self.gaps.goes_on(group, Cause::Unchecked) => {
                let trouble = self.sweeps.trouble(group, DOUBT);
                let why = trouble.map(|trouble| trouble.why.to_owned());
                TailMode::Failing(why.unwrap_or_default())
            }
            TailMode::Polling(_) if self.sweeps.are_queried(group) => TailMode::Querying,
            mode => mode,
        });
        modes.max_by_key(weight).unwrap_or(TailMode::Connecting)
    }
}

/// How much a mode asks for attention.
const fn weight(mode: &TailMode) -> u8 {
    match mode {
        TailMode::Live => 0,
        TailMode::Polling(_) | TailMode::Querying => 1,
        TailMode::Connecting => 2,
        TailMode::Stalled => 3,
        TailMode::Reconnecting(_) => 4,
        TailMode::Failing(_) => 5,
        TailMode::Waiting(_) => 6,
    }
}
