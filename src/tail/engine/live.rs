//! What live sessions bring, and how they come and go.

use super::{EngineCommand, TailEngine};
use crate::aws::{AwsError, LiveUpdate};
use crate::clock::Now;
use crate::logs::LogEvent;
use crate::planted::{Planted, is_planted};
use crate::tail::gaps::Cause;
use crate::tail::ids::{SessionGroupId, SessionId};
use crate::tail::newcomers::FoundGroup;
use crate::tail::poller::GroupPoller;
use crate::tail::session_group::{SessionGroup, SessionOpening, SessionStep};
use crate::tail::sessions::{Obstacle, Place, sort_out};

/// Bytes in one update above which the session may leave events out without a word.
const FLOOD: usize = 700_000;
/// An update is about the second before it, and takes a while to come: so long at most, in milliseconds.
const UPDATE_MS: i64 = 10_000;

impl TailEngine {
    /// Does what is due about the session of a session group.
    pub(super) fn drive(&mut self, group: SessionGroupId, now: Now) {
        let is_held_up = self.credentials.holds_up();
        match self.sessions.step(group, is_held_up, now) {
            Some(SessionStep::Open(session)) => self.open(group, session),
            Some(SessionStep::Missed) => self.sweeps.poll_soon(group),
            Some(SessionStep::Stalled(heard_ms)) => {
                let why = "no update from the live session for 2.5 s";
                self.open_gap(group, Cause::Session, heard_ms, why, now);
                self.sweeps.poll_soon(group);
            }
            Some(SessionStep::Close(session)) => {
                self.commands.push(EngineCommand::Close(session));
                let why = "no update from the live session for 5 s";
                self.end_session(group, session, why, now);
            }
            None => {}
        }
    }

    /// Opens a session, once the ARNs of its groups are known.
    fn open(&mut self, id: SessionGroupId, session: SessionId) {
        let Some(group) = self.sessions.get(id) else {
            return;
        };
        self.commands.push(match group.request(&self.wanted) {
            None => EngineCommand::Resolve(id, group.groups().to_vec()),
            Some(request) => EngineCommand::Open(id, session, request),
        });
    }

    /// Follows the groups that are new, from the beginning of the tail on.
    pub(super) fn take_newcomers(&mut self, found: Result<Vec<FoundGroup>, AwsError>, now: Now) {
        let (joining, trouble) = self.newcomers.take(found, now);
        let (server_ms, begun_ms) = (self.server.now_ms(now), self.begun_ms());
        let since_ms = self.wanted.since_ms().unwrap_or(begun_ms);
        for FoundGroup { key, made_ms } in joining {
            let polls = SessionGroup::polls(&self.wanted);
            let group = self.sessions.join(&key, polls, now);
            let made_ms = made_ms.unwrap_or(begun_ms).max(begun_ms);
            let text = format!("'{key}' is new and is followed");
            self.late.add(&key);
            let poller = GroupPoller::newcomer(key, group, since_ms, made_ms, server_ms);
            let id = self.sweeps.add(poller);
            self.late.hurry(id);
            self.tell_course(text, now);
        }
        if let Some(trouble) = trouble {
            self.tell_course(trouble, now);
        }
    }

    /// It is known where the groups of a session group are: those that can have a session get one without the others.
    pub(super) fn take_places(
        &mut self,
        id: SessionGroupId,
        places: Result<Vec<(String, Place)>, AwsError>,
        now: Now,
    ) {
        let group = self.sessions.get(id);
        let Some(session) = group.and_then(SessionGroup::awaited) else {
            return;
        };
        let (arns, obstructed) = match places {
            Ok(places) => sort_out(places),
            Err(error) => return self.take_refusal(id, session, &error, now),
        };
        if arns.is_empty() {
            if self.sessions.settle_for_polling(id, obstructed, now) {
                // Polling is no gap.
                self.end_gap(id, Cause::Session, now);
            }
            return;
        }
        for (name, obstacle) in obstructed {
            self.isolate(id, &name, obstacle, now);
        }
        if let Some(group) = self.sessions.get_mut(id) {
            group.locate(arns);
        }
        self.open(id, session);
    }

    /// Takes a group out of a session group, so that it costs the others nothing.
    fn isolate(&mut self, from: SessionGroupId, name: &str, obstacle: Obstacle, now: Now) {
        // Of a class that cannot be read at all the poller says so.
        let text = obstacle
            .is_readable()
            .then(|| format!("'{name}' is polled: {}", obstacle.why));
        let own = self.sessions.isolate(from, name, obstacle, now);
        self.sweeps.move_to(own, name);
        if let Some(text) = text {
            self.tell_course(text, now);
        }
    }

    /// When a session is denied for one of several groups, the others try without it. False when there is no such group.
    fn isolate_denied(
        &mut self,
        id: SessionGroupId,
        session: SessionId,
        error: &AwsError,
        now: Now,
    ) -> bool {
        let Some(name) = self.sessions.denied(id, error) else {
            return false;
        };
        if let Some(group) = self.sessions.get_mut(id) {
            group.try_again(session, now);
        }
        self.isolate(id, &name, Obstacle::refusal(error), now);
        true
    }

    /// A session was opened.
    pub(super) fn take_session(&mut self, id: SessionGroupId, session: SessionId, now: Now) {
        let server_ms = self.server.now_ms(now);
        let Some(group) = self.sessions.get_mut(id) else {
            return;
        };
        match group.take_session(session, server_ms, now) {
            SessionOpening::Live => {
                self.end_gap(id, Cause::Session, now);
                self.sweeps.poll_deep_soon(id);
                if is_planted(Planted::OpenGap) {
                    let pollers = self.sweeps.of_mut(id);
                    pollers.for_each(|poller| poller.forget_gap(server_ms));
                }
            }
            SessionOpening::Renewed(old) => {
                self.commands.push(EngineCommand::Close(old));
                self.sweeps.poll_soon(id);
                self.tell_course("session renewed".to_owned(), now);
            }
            SessionOpening::Unwanted => self.commands.push(EngineCommand::Close(session)),
        }
    }

    /// A session could not be opened.
    pub(super) fn take_refusal(
        &mut self,
        id: SessionGroupId,
        session: SessionId,
        error: &AwsError,
        now: Now,
    ) {
        if self.isolate_denied(id, session, error, now) {
            return;
        }
        let Some(group) = self.sessions.get_mut(id) else {
            return;
        };
        group.take_refusal(session, error, now, &mut self.rng);
        if group.is_polling() {
            // Polling is no gap.
            self.end_gap(id, Cause::Session, now);
        }
        self.credentials.heed(error, now, &mut self.rng);
    }

    /// A session of the session group is gone: until another one comes, what it would have brought is doubtful.
    pub(super) fn end_session(
        &mut self,
        id: SessionGroupId,
        session: SessionId,
        why: &str,
        now: Now,
    ) {
        let Some(group) = self.sessions.get_mut(id) else {
            return;
        };
        if let Some(heard_ms) = group.end_session(session, why.to_owned(), now, &mut self.rng) {
            self.open_gap(id, Cause::Session, heard_ms, why, now);
            self.sweeps.poll_soon(id);
        }
    }

    /// Tells what an update of a session brought.
    pub(super) fn take_update(
        &mut self,
        id: SessionGroupId,
        session: SessionId,
        update: LiveUpdate,
        now: Now,
    ) {
        for event in &update.events {
            self.server.learn_live(event.ingested_ms, now);
        }
        let server_ms = self.server.now_ms(now);
        self.note_losses(id, &update, server_ms, now);
        let group = self.sessions.get_mut(id);
        if group.is_some_and(|group| group.note_update(session, server_ms, now)) {
            self.end_gap(id, Cause::Session, now);
        }
        let mut events = update.events;
        events.retain(|event| !self.sweeps.leaves_out(event));
        self.delivery.sift_update(&mut events, server_ms);
        self.tell(events, now);
    }

    /// What the session itself says, or lets guess, about events it leaves out.
    fn note_losses(&mut self, id: SessionGroupId, update: &LiveUpdate, server_ms: i64, now: Now) {
        let from_ms = earliest(&update.events, server_ms).max(server_ms - UPDATE_MS);
        if update.sampled {
            let why = "more than 500 events match in a second";
            self.open_gap(id, Cause::Sampled, from_ms, why, now);
        }
        let bytes: usize = update.events.iter().map(|event| event.message.len()).sum();
        if bytes > FLOOD {
            let why = "more than 700 KB in a second";
            self.open_gap(id, Cause::Flood, from_ms, why, now);
        }
    }
}

fn earliest(events: &[LogEvent], server_ms: i64) -> i64 {
    let times = events.iter().map(|event| event.ingested_ms);
    times.min().unwrap_or(server_ms)
}
