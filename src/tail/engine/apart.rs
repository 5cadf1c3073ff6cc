//! Groups that cannot be what the others are: in a live session with them, or read at all. They must not cost the others
//! anything.

use std::time::Duration;

use super::{Place, TailEngine};
use crate::aws::AwsError;
use crate::clock::Now;
use crate::tail::gaps::Cause;
use crate::tail::lane::{AGAIN_LATE, SessionGroup, reason};

/// Why a group of another class than Standard has no session.
const CLASS: &str = "its log class has no live sessions";

/// Why a group is not in a session, and how soon that may have changed.
struct Obstacle {
    why: String,
    again: Option<Duration>,
}

impl Obstacle {
    fn of(place: &Place) -> Option<Self> {
        match place {
            Ok(place) if place.can_stream => None,
            Ok(_) => Some(Self {
                why: CLASS.to_owned(),
                again: None,
            }),
            Err(error) => Some(Self {
                why: reason(error),
                again: Some(AGAIN_LATE),
            }),
        }
    }
}

impl TailEngine {
    /// It is known where the groups of a lane are: those that can have a session get one without the others.
    pub(super) fn resolved(
        &mut self,
        lane: usize,
        places: Result<Vec<(String, Place)>, AwsError>,
        now: Now,
    ) {
        let waiting = self.sessions.iter().filter(|&(_, &of)| of == lane);
        let Some(serial) = waiting.map(|(&serial, _)| serial).max() else {
            return;
        };
        let places = match places {
            Ok(places) => places,
            Err(error) => return self.opened(lane, serial, Err(error), now),
        };
        let (mut arns, mut apart) = (Vec::new(), Vec::new());
        for (group, place) in places {
            match (Obstacle::of(&place), place) {
                (Some(obstacle), _) => apart.push((group, obstacle)),
                (None, place) => arns.extend(place.map(|place| place.arn)),
            }
        }
        if arns.is_empty() {
            return self.polled(lane, serial, apart, now);
        }
        for (group, obstacle) in apart {
            self.set_apart(lane, &group, obstacle, now);
        }
        if let Some(known) = self.lanes.get_mut(lane) {
            known.arns = Some(arns);
        }
        self.open(lane, serial);
    }

    /// None of a lane's groups can have a session.
    fn polled(&mut self, lane: usize, serial: u32, apart: Vec<(String, Obstacle)>, now: Now) {
        self.sessions.remove(&serial);
        let again = apart.iter().filter_map(|(_, it)| it.again).min();
        let why = apart.into_iter().next().map(|(_, it)| it.why);
        if let Some(known) = self.lanes.get_mut(lane) {
            known.settle_for_polling(why.unwrap_or_default(), again.map(|again| now.at + again));
            if known.is_polling() {
                // Polling is no gap.
                let server_ms = self.server.now_ms(now);
                self.gaps.end(lane, Cause::Session, server_ms);
            }
        }
    }

    /// Takes a group out of its lane into one of its own, which polls.
    fn set_apart(&mut self, lane: usize, group: &str, obstacle: Obstacle, now: Now) {
        let Obstacle { why, again } = obstacle;
        if let Some(known) = self.lanes.get_mut(lane) {
            known.groups.retain(|name| name != group);
        }
        let own = self.lanes.len();
        let again = again.map(|again| now.at + again);
        for track in self.tracks.iter_mut().filter(|track| track.name == group) {
            track.lane = own;
        }
        let text = format!("'{group}' is polled: {why}");
        self.lanes
            .push(SessionGroup::apart(group.to_owned(), why, again));
        self.tell_course(text, now);
    }

    /// When a session is denied for one of several groups, the others try without it. False when there is no such group.
    pub(super) fn set_denied_apart(
        &mut self,
        lane: usize,
        serial: u32,
        error: &AwsError,
        now: Now,
    ) -> bool {
        let AwsError::AccessDenied { failure, .. } = error else {
            return false;
        };
        let Some(known) = self.lanes.get_mut(lane) else {
            return false;
        };
        let mut groups = known.groups.iter();
        let denied = groups.find(|group| is_named(group, &failure.said)).cloned();
        let Some(denied) = denied.filter(|_| known.groups.len() > 1) else {
            return false;
        };
        known.arns = None;
        known.try_again(serial, now);
        let obstacle = Obstacle {
            why: reason(error),
            again: Some(AGAIN_LATE),
        };
        self.set_apart(lane, &denied, obstacle, now);
        true
    }

    /// A group that was never read is not there, or must not be read: the others go on. False when there are no others.
    pub(super) fn do_without(&mut self, index: usize, error: &AwsError, now: Now) -> bool {
        let others = self.tracks.iter().enumerate();
        let mut others = others.filter(|&(other, _)| other != index);
        if !error.is_about_one_group() || others.all(|(_, track)| track.is_absent()) {
            return false;
        }
        let track = self.tracks.get_mut(index);
        let Some(track) = track.filter(|track| !track.is_absent()) else {
            return true;
        };
        track.leave_out();
        let text = format!(
            "'{}' is left out until it can be read: {}",
            track.name,
            reason(error)
        );
        self.tell_course(text, now);
        true
    }

    /// A group that was left out was read after all.
    pub(super) fn joins(&mut self, index: usize, now: Now) {
        let track = self.tracks.get_mut(index);
        let Some(track) = track.filter(|track| track.is_absent()) else {
            return;
        };
        track.join_in();
        let text = format!("'{}' can be read now", track.name);
        self.tell_course(text, now);
    }
}

/// Whether a refusal names this group by its ARN.
fn is_named(group: &str, said: &str) -> bool {
    let mut places = said.split(":log-group:").skip(1);
    places.any(|rest| {
        rest.strip_prefix(group).is_some_and(|after| {
            !after.starts_with(|c: char| c.is_alphanumeric() || "_-/.#".contains(c))
        })
    })
}
