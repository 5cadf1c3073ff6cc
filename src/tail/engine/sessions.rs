//! What live sessions bring, and how they come and go.

use super::{CommandOutcome, EngineCommand, SESSIONS, TailEngine};
use crate::aws::{AwsError, LiveRequest, LiveUpdate};
use crate::clock::Now;
use crate::logs::LogEvent;
use crate::planted::{Planted, is_planted};
use crate::tail::gaps::Cause;
use crate::tail::lane::{SessionOpening, reason};

/// Bytes in one update above which the session may leave events out without a word.
const FLOOD: usize = 700_000;

impl TailEngine {
    /// Opens a session, once the ARNs of its groups are known.
    pub(super) fn open(&mut self, lane: usize, serial: u32) {
        self.serial = self.serial.max(serial);
        let Some(known) = self.lanes.get(lane) else {
            return;
        };
        self.sessions.insert(serial, lane);
        self.commands.push(match &known.arns {
            None => EngineCommand::Resolve(lane, known.groups.clone()),
            Some(arns) => EngineCommand::Open(
                lane,
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
        lane: usize,
        serial: u32,
        result: Result<(), AwsError>,
        now: Now,
    ) {
        if let Err(error) = result {
            return self.refused(lane, serial, &error, now);
        }
        let server_ms = self.server.now_ms(now);
        let Some(known) = self.lanes.get_mut(lane) else {
            return;
        };
        match known.opened(serial, server_ms, now) {
            SessionOpening::Live => {
                self.gaps.end(lane, Cause::Session, server_ms);
                self.urge_deep(lane);
                if is_planted(Planted::OpenGap) {
                    self.forget_gap(lane, server_ms);
                }
            }
            SessionOpening::Renewed(old) => {
                self.close(old);
                self.urge(lane);
                self.tell_course("session renewed".to_owned(), now);
            }
            SessionOpening::Unwanted => self.close(serial),
        }
    }

    /// What a planted fault does when a session is open again.
    fn forget_gap(&mut self, lane: usize, server_ms: i64) {
        for track in self.tracks.iter_mut().filter(|track| track.lane == lane) {
            track.forget_gap(server_ms);
        }
    }

    fn refused(&mut self, lane: usize, serial: u32, error: &AwsError, now: Now) {
        let server_ms = self.server.now_ms(now);
        self.sessions.remove(&serial);
        if self.set_denied_apart(lane, serial, error, now) {
            return;
        }
        let Some(known) = self.lanes.get_mut(lane) else {
            return;
        };
        let rng = &mut self.rng;
        known.refused(serial, error, now, |failures| SESSIONS.delay(failures, rng));
        // A group may have been made anew under another ARN, and polling is no gap.
        known.arns = None;
        if known.is_polling() {
            self.gaps.end(lane, Cause::Session, server_ms);
        }
        self.heed(error, now);
    }

    fn close(&mut self, serial: u32) {
        self.sessions.remove(&serial);
        self.commands.push(EngineCommand::Close(serial));
    }

    pub(super) fn heard(
        &mut self,
        lane: usize,
        serial: u32,
        result: Result<Option<LiveUpdate>, AwsError>,
        now: Now,
    ) {
        let why = match result {
            Ok(Some(update)) => return self.update(lane, serial, update, now),
            Ok(None) => "the service closed the session".to_owned(),
            Err(error) => {
                tracing::info!(error = ?error, "a live session ended");
                reason(&error)
            }
        };
        self.sessions.remove(&serial);
        self.interrupted(lane, serial, &why, now);
    }

    fn update(&mut self, lane: usize, serial: u32, update: LiveUpdate, now: Now) {
        for event in &update.events {
            self.server.learn_live(event.ingested_ms, now);
        }
        let server_ms = self.server.now_ms(now);
        self.note_losses(lane, &update, server_ms, now);
        if let Some(known) = self.lanes.get_mut(lane) {
            let was_live = known.is_live();
            known.heard(serial, server_ms, now);
            if !was_live && known.is_live() {
                self.gaps.end(lane, Cause::Session, server_ms);
            }
        }
        self.updates += 1;
        let (identity, number) = (&mut self.identity, self.updates);
        let tracks = &self.tracks;
        let is_too_old = |event: &LogEvent| {
            let track = tracks.iter().find(|track| track.name == *event.group);
            track.is_some_and(|track| track.leaves_out(event))
        };
        let mut events = update.events;
        events.retain(|event| !is_too_old(event) && identity.live(event, number, server_ms));
        self.tell(events, now);
    }

    /// What the session itself says, or lets guess, about events it leaves out.
    fn note_losses(&mut self, lane: usize, update: &LiveUpdate, server_ms: i64, now: Now) {
        // The update is about the second before it, and takes a while to come.
        let from_ms = earliest(&update.events, server_ms).max(server_ms - 10_000);
        if update.sampled {
            self.sampled.insert(lane, now.at);
            let why = "more than 500 events match in a second";
            let ruler = self.gaps.open(lane, Cause::Sampled, from_ms, why, now);
            self.rule(ruler, now);
        }
        let bytes: usize = update.events.iter().map(|event| event.message.len()).sum();
        if bytes > FLOOD {
            self.flooded.insert(lane, now.at);
            let why = "more than 700 KB in a second";
            let ruler = self.gaps.open(lane, Cause::Flood, from_ms, why, now);
            self.rule(ruler, now);
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
        for lane in 0..self.lanes.len() {
            let why = "the reader is too slow";
            let ruler = self.gaps.open(lane, Cause::Reader, from_ms, why, now);
            self.rule(ruler, now);
        }
        for track in &mut self.tracks {
            track.rewind(from_ms);
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
            CommandOutcome::Resolved(lane, places) => self.resolved(lane, places, now),
            CommandOutcome::Opened(lane, serial, result) => self.opened(lane, serial, result, now),
            CommandOutcome::Heard(lane, serial, result) => self.heard(lane, serial, result, now),
            CommandOutcome::Page(track, page) => return self.page(track, page, now),
            CommandOutcome::Renewed(result) => self.renewed(result, now),
        }
        Ok(())
    }
}

fn earliest(events: &[LogEvent], server_ms: i64) -> i64 {
    let times = events.iter().map(|event| event.ingested_ms);
    times.min().unwrap_or(server_ms)
}
