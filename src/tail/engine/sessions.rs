//! What live sessions bring, and how they come and go.

use super::{CommandOutcome, EngineCommand, SESSIONS, TailEngine};
use crate::aws::{AwsError, LiveRequest, LiveUpdate};
use crate::clock::Now;
use crate::logs::LogEvent;
use crate::planted::{Planted, is_planted};
use crate::tail::gaps::Cause;
use crate::tail::session_group::{SessionOpening, reason};

/// Bytes in one update above which the session may leave events out without a word.
const FLOOD: usize = 700_000;

impl TailEngine {
    /// Opens a session, once the ARNs of its groups are known.
    pub(super) fn open(&mut self, session_group: usize, serial: u32) {
        self.serial = self.serial.max(serial);
        let Some(known) = self.session_groups.get(session_group) else {
            return;
        };
        self.sessions.insert(serial, session_group);
        self.commands.push(match &known.arns {
            None => EngineCommand::Resolve(session_group, known.groups.clone()),
            Some(arns) => EngineCommand::Open(
                session_group,
                serial,
                LiveRequest {
                    group_arns: arns.clone(),
                    streams: self.wanted.streams.clone(),
                    pattern: self.wanted.pattern.clone(),
                },
            ),
        });
    }

    pub(super) fn opened(
        &mut self,
        session_group: usize,
        serial: u32,
        result: Result<(), AwsError>,
        now: Now,
    ) {
        if let Err(error) = result {
            return self.refused(session_group, serial, &error, now);
        }
        let server_ms = self.server.now_ms(now);
        let Some(known) = self.session_groups.get_mut(session_group) else {
            return;
        };
        match known.opened(serial, server_ms, now) {
            SessionOpening::Live => {
                self.gaps.end(session_group, Cause::Session, server_ms);
                self.poll_deep_soon(session_group);
                if is_planted(Planted::OpenGap) {
                    self.forget_gap(session_group, server_ms);
                }
            }
            SessionOpening::Renewed(old) => {
                self.close(old);
                self.poll_soon(session_group);
                self.tell_course("session renewed".to_owned(), now);
            }
            SessionOpening::Unwanted => self.close(serial),
        }
    }

    /// What a planted fault does when a session is open again.
    fn forget_gap(&mut self, session_group: usize, server_ms: i64) {
        for poller in self
            .pollers
            .iter_mut()
            .filter(|poller| poller.session_group == session_group)
        {
            poller.forget_gap(server_ms);
        }
    }

    fn refused(&mut self, session_group: usize, serial: u32, error: &AwsError, now: Now) {
        let server_ms = self.server.now_ms(now);
        self.sessions.remove(&serial);
        if self.set_denied_apart(session_group, serial, error, now) {
            return;
        }
        let Some(known) = self.session_groups.get_mut(session_group) else {
            return;
        };
        let rng = &mut self.rng;
        known.refused(serial, error, now, |failures| SESSIONS.delay(failures, rng));
        // A group may have been made anew under another ARN, and polling is no gap.
        known.arns = None;
        if known.is_polling() {
            self.gaps.end(session_group, Cause::Session, server_ms);
        }
        self.heed(error, now);
    }

    fn close(&mut self, serial: u32) {
        self.sessions.remove(&serial);
        self.commands.push(EngineCommand::Close(serial));
    }

    pub(super) fn heard(
        &mut self,
        session_group: usize,
        serial: u32,
        result: Result<Option<LiveUpdate>, AwsError>,
        now: Now,
    ) {
        let why = match result {
            Ok(Some(update)) => return self.update(session_group, serial, update, now),
            Ok(None) => "the service closed the session".to_owned(),
            Err(error) => {
                tracing::info!(error = ?error, "a live session ended");
                reason(&error)
            }
        };
        self.sessions.remove(&serial);
        self.interrupted(session_group, serial, &why, now);
    }

    fn update(&mut self, session_group: usize, serial: u32, update: LiveUpdate, now: Now) {
        for event in &update.events {
            self.server.learn_live(event.ingested_ms, now);
        }
        let server_ms = self.server.now_ms(now);
        self.note_losses(session_group, &update, server_ms, now);
        if let Some(known) = self.session_groups.get_mut(session_group) {
            let was_live = known.is_live();
            known.heard(serial, server_ms, now);
            if !was_live && known.is_live() {
                self.gaps.end(session_group, Cause::Session, server_ms);
            }
        }
        self.updates += 1;
        let (identity, number) = (&mut self.identity, self.updates);
        let pollers = &self.pollers;
        let is_too_old = |event: &LogEvent| {
            let poller = pollers.iter().find(|poller| poller.name == *event.group);
            poller.is_some_and(|poller| poller.leaves_out(event))
        };
        let mut events = update.events;
        events.retain(|event| !is_too_old(event) && identity.live(event, number, server_ms));
        self.tell(events, now);
    }

    /// What the session itself says, or lets guess, about events it leaves out.
    fn note_losses(&mut self, session_group: usize, update: &LiveUpdate, server_ms: i64, now: Now) {
        // The update is about the second before it, and takes a while to come.
        let from_ms = earliest(&update.events, server_ms).max(server_ms - 10_000);
        if update.sampled {
            self.sampled.insert(session_group, now.at);
            let why = "more than 500 events match in a second";
            let marker = self
                .gaps
                .open(session_group, Cause::Sampled, from_ms, why, now);
            self.rule(marker, now);
        }
        let bytes: usize = update.events.iter().map(|event| event.message.len()).sum();
        if bytes > FLOOD {
            self.flooded.insert(session_group, now.at);
            let why = "more than 700 KB in a second";
            let marker = self
                .gaps
                .open(session_group, Cause::Flood, from_ms, why, now);
            self.rule(marker, now);
        }
    }

    /// What the reader did not take in time. A sweep brings it again, unless it is too old for that.
    pub(super) fn dropped(&mut self, events: &[LogEvent], now: Now) {
        let mut lost: Option<i64> = None;
        for event in events {
            if self.identity.lost(event) {
                lost = Some(lost.map_or(event.time_ms, |it| it.min(event.time_ms)));
            }
        }
        let Some(from_ms) = lost else { return };
        for session_group in 0..self.session_groups.len() {
            let why = "the reader is too slow";
            let marker = self
                .gaps
                .open(session_group, Cause::Reader, from_ms, why, now);
            self.rule(marker, now);
        }
        for poller in &mut self.pollers {
            poller.rewind(from_ms);
        }
    }

    /// Hands an outcome to whom it concerns.
    ///
    /// # Errors
    /// What makes it pointless to go on at all.
    pub(in crate::tail) fn hear(
        &mut self,
        outcome: CommandOutcome,
        now: Now,
    ) -> Result<(), AwsError> {
        match outcome {
            CommandOutcome::Resolved(session_group, places) => {
                self.resolved(session_group, places, now);
            }
            CommandOutcome::Opened(session_group, serial, result) => {
                self.opened(session_group, serial, result, now);
            }
            CommandOutcome::Heard(session_group, serial, result) => {
                self.heard(session_group, serial, result, now);
            }
            CommandOutcome::Page(poller, page) => return self.page(poller, page, now),
            CommandOutcome::Renewed(result) => self.renewed(result, now),
        }
        Ok(())
    }
}

fn earliest(events: &[LogEvent], server_ms: i64) -> i64 {
    let times = events.iter().map(|event| event.ingested_ms);
    times.min().unwrap_or(server_ms)
}
