//! Groups that cannot be what the others are: in a live session with them, or read at all. They must not cost the others
//! anything.

use std::time::Duration;

use super::{Place, TailEngine};
use crate::aws::AwsError;
use crate::clock::Now;
use crate::tail::gaps::Cause;
use crate::tail::session_group::{AGAIN_LATE, SessionGroup, reason};

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
    /// It is known where the groups of a session group are: those that can have a session get one without the others.
    pub(super) fn resolved(
        &mut self,
        session_group: usize,
        places: Result<Vec<(String, Place)>, AwsError>,
        now: Now,
    ) {
        let waiting = self.sessions.iter().filter(|&(_, &of)| of == session_group);
        let Some(serial) = waiting.map(|(&serial, _)| serial).max() else {
            return;
        };
        let places = match places {
            Ok(places) => places,
            Err(error) => return self.opened(session_group, serial, Err(error), now),
        };
        let (mut arns, mut apart) = (Vec::new(), Vec::new());
        for (group, place) in places {
            match (Obstacle::of(&place), place) {
                (Some(obstacle), _) => apart.push((group, obstacle)),
                (None, place) => arns.extend(place.map(|place| place.arn)),
            }
        }
        if arns.is_empty() {
            return self.polled(session_group, serial, apart, now);
        }
        for (group, obstacle) in apart {
            self.set_apart(session_group, &group, obstacle, now);
        }
        if let Some(known) = self.session_groups.get_mut(session_group) {
            known.arns = Some(arns);
        }
        self.open(session_group, serial);
    }

    /// None of a session group's groups can have a session.
    fn polled(
        &mut self,
        session_group: usize,
        serial: u32,
        apart: Vec<(String, Obstacle)>,
        now: Now,
    ) {
        self.sessions.remove(&serial);
        let again = apart.iter().filter_map(|(_, it)| it.again).min();
        let why = apart.into_iter().next().map(|(_, it)| it.why);
        if let Some(known) = self.session_groups.get_mut(session_group) {
            known.settle_for_polling(why.unwrap_or_default(), again.map(|again| now.at + again));
            if known.is_polling() {
                // Polling is no gap.
                let server_ms = self.server.now_ms(now);
                self.gaps.end(session_group, Cause::Session, server_ms);
            }
        }
    }

    /// Takes a group out of its session group into one of its own, which polls.
    fn set_apart(&mut self, session_group: usize, group: &str, obstacle: Obstacle, now: Now) {
        let Obstacle { why, again } = obstacle;
        if let Some(known) = self.session_groups.get_mut(session_group) {
            known.groups.retain(|name| name != group);
        }
        let own = self.session_groups.len();
        let again = again.map(|again| now.at + again);
        for poller in self
            .pollers
            .iter_mut()
            .filter(|poller| poller.name == group)
        {
            poller.session_group = own;
        }
        let text = format!("'{group}' is polled: {why}");
        self.session_groups
            .push(SessionGroup::isolated(group.to_owned(), why, again));
        self.tell_course(text, now);
    }

    /// When a session is denied for one of several groups, the others try without it. False when there is no such group.
    pub(super) fn set_denied_apart(
        &mut self,
        session_group: usize,
        serial: u32,
        error: &AwsError,
        now: Now,
    ) -> bool {
        let AwsError::AccessDenied { failure, .. } = error else {
            return false;
        };
        let Some(known) = self.session_groups.get_mut(session_group) else {
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
        self.set_apart(session_group, &denied, obstacle, now);
        true
    }

    /// A group that was never read is not there, or must not be read: the others go on. False when there are no others.
    pub(super) fn do_without(&mut self, index: usize, error: &AwsError, now: Now) -> bool {
        let others = self.pollers.iter().enumerate();
        let mut others = others.filter(|&(other, _)| other != index);
        if !error.is_about_one_group() || others.all(|(_, poller)| poller.is_absent()) {
            return false;
        }
        let poller = self.pollers.get_mut(index);
        let Some(poller) = poller.filter(|poller| !poller.is_absent()) else {
            return true;
        };
        poller.leave_out();
        let text = format!(
            "'{}' is left out until it can be read: {}",
            poller.name,
            reason(error)
        );
        self.tell_course(text, now);
        true
    }

    /// A group that was left out was read after all.
    pub(super) fn joins(&mut self, index: usize, now: Now) {
        let poller = self.pollers.get_mut(index);
        let Some(poller) = poller.filter(|poller| poller.is_absent()) else {
            return;
        };
        poller.join_in();
        let text = format!("'{}' can be read now", poller.name);
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
