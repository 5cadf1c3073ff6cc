//! The live sessions of a tail: its session groups, and what is to be done about each as time passes.

mod isolate;

use super::ids::{SessionGroupId, SessionId};
use super::session_group::{SessionGroup, SessionStep};
use crate::clock::Now;
use crate::logs::{TailMode, TailTarget, shared_out};
pub(super) use isolate::{Obstacle, Place, sort_out};

/// The session groups. One that is there stays there, under its id.
#[derive(Debug)]
pub(super) struct LiveSessions {
    groups: Vec<SessionGroup>,
    newest: SessionId,
}

impl LiveSessions {
    /// No session yet.
    pub(super) fn new(wanted: &TailTarget) -> Self {
        let polls = SessionGroup::polls(wanted);
        let groups = shared_out(&wanted.groups).into_iter();
        Self {
            groups: groups
                .map(|groups| SessionGroup::new(groups, polls))
                .collect(),
            newest: SessionId::default(),
        }
    }

    /// The session group of a group.
    pub(super) fn of(&self, key: &str) -> SessionGroupId {
        let mut groups = self.groups.iter();
        let is_in = |group: &SessionGroup| group.groups().iter().any(|one| one == key);
        SessionGroupId(groups.position(is_in).unwrap_or_default())
    }

    /// Puts a new group into a session group that has room, else into one of its own.
    pub(super) fn join(&mut self, key: &str, polls: Option<&str>, now: Now) -> SessionGroupId {
        let place = self
            .groups
            .iter_mut()
            .position(|group| group.take_in(key, now));
        let place = place.unwrap_or_else(|| {
            self.groups
                .push(SessionGroup::new(vec![key.to_owned()], polls));
            self.groups.len() - 1
        });
        SessionGroupId(place)
    }

    /// All there are now.
    pub(super) fn ids(&self) -> impl Iterator<Item = SessionGroupId> + use<> {
        (0..self.groups.len()).map(SessionGroupId)
    }

    pub(super) fn get(&self, id: SessionGroupId) -> Option<&SessionGroup> {
        self.groups.get(id.0)
    }

    pub(super) fn get_mut(&mut self, id: SessionGroupId) -> Option<&mut SessionGroup> {
        self.groups.get_mut(id.0)
    }

    /// Goes on in time; gives what has to be done now about a session group. Without valid credentials a session that is
    /// open goes on, and a new one is not to be had.
    pub(super) fn step(
        &mut self,
        id: SessionGroupId,
        is_held_up: bool,
        now: Now,
    ) -> Option<SessionStep> {
        let next = self.newest.next();
        let group = self.get_mut(id);
        let group = group.filter(|group| group.is_open() || !is_held_up)?;
        let step = group.step(now, next);
        if let Some(SessionStep::Open(opened)) = step {
            self.newest = opened;
        }
        step
    }

    /// How the session groups stand. One that is polled by itself was told once, and says nothing about the others.
    pub(super) fn modes(&self) -> impl Iterator<Item = (SessionGroupId, TailMode)> {
        let groups = self.ids().zip(&self.groups);
        let groups = groups.filter(|(_, group)| !group.is_set_aside());
        groups.map(|(id, group)| (id, group.mode()))
    }

    /// Minutes of sessions so far.
    pub(super) fn minutes(&self, now: Now) -> u64 {
        self.groups.iter().map(|group| group.minutes(now)).sum()
    }
}
