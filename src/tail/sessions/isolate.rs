//! A group that cannot be in a live session with the others gets a session group of its own, so that it costs the others
//! nothing.

use std::time::Duration;

use super::LiveSessions;
use crate::aws::{AwsError, GroupArn};
use crate::clock::Now;
use crate::logs::LogClass;
use crate::tail::ids::SessionGroupId;
use crate::tail::session_group::{AGAIN_LATE, SessionGroup, reason};

/// Why a group of another class than Standard has no session.
const CLASS: &str = "its log class has no live sessions";

/// Where a live session finds a group, or why not.
pub(in crate::tail) type Place = Result<GroupArn, AwsError>;

/// Why a group is not in a session, and how soon that may have changed.
#[derive(Debug)]
pub(in crate::tail) struct Obstacle {
    pub(in crate::tail) why: String,
    again: Option<Duration>,
}

/// Groups, by key, that cannot be in a session.
pub(in crate::tail) type Obstructed = Vec<(String, Obstacle)>;

impl Obstacle {
    /// Whether the group can be read without a session: one of another log class than the standard one cannot.
    pub(in crate::tail) fn is_readable(&self) -> bool {
        self.why != CLASS
    }

    fn of(place: &Place) -> Option<Self> {
        match place {
            Ok(place) if place.class == LogClass::Standard => None,
            Ok(_) => Some(Self {
                why: CLASS.to_owned(),
                again: None,
            }),
            Err(error) => Some(Self::refusal(error)),
        }
    }

    /// That the service refuses it.
    pub(in crate::tail) fn refusal(error: &AwsError) -> Self {
        Self {
            why: reason(error),
            again: Some(AGAIN_LATE),
        }
    }
}

/// The ARNs of the groups that can be in a session, and the other groups.
pub(in crate::tail) fn sort_out(places: Vec<(String, Place)>) -> (Vec<String>, Obstructed) {
    let (mut arns, mut obstructed) = (Vec::new(), Vec::new());
    for (group, place) in places {
        match (Obstacle::of(&place), place) {
            (Some(obstacle), _) => obstructed.push((group, obstacle)),
            (None, place) => arns.extend(place.map(|place| place.arn)),
        }
    }
    (arns, obstructed)
}

impl LiveSessions {
    /// Takes a group out of its session group; gives the one it has for itself from now on, which polls and may try a
    /// session of its own later.
    pub(in crate::tail) fn isolate(
        &mut self,
        from: SessionGroupId,
        group: &str,
        obstacle: Obstacle,
        now: Now,
    ) -> SessionGroupId {
        if let Some(from) = self.get_mut(from) {
            from.leave_out(group);
        }
        let own = SessionGroupId(self.groups.len());
        let again = obstacle.again.map(|again| now.at + again);
        self.groups.push(SessionGroup::isolated(
            group.to_owned(),
            obstacle.why,
            again,
        ));
        own
    }

    /// None of a session group's groups can have a session; true when it polls from now on.
    pub(in crate::tail) fn settle_for_polling(
        &mut self,
        id: SessionGroupId,
        obstructed: Obstructed,
        now: Now,
    ) -> bool {
        let again = obstructed.iter().filter_map(|(_, it)| it.again).min();
        let why = obstructed.into_iter().next().map(|(_, it)| it.why);
        self.get_mut(id).is_some_and(|group| {
            group.settle_for_polling(why.unwrap_or_default(), again.map(|again| now.at + again));
            group.is_polling()
        })
    }

    /// The one of several groups of a session group for which a session was denied.
    pub(in crate::tail) fn denied(&self, id: SessionGroupId, error: &AwsError) -> Option<String> {
        let AwsError::AccessDenied { failure, .. } = error else {
            return None;
        };
        let group = self.get(id)?;
        let mut located = group.located();
        let denied = located.find(|(_, arn)| is_named(arn, &failure.said));
        denied
            .filter(|_| group.groups().len() > 1)
            .map(|(key, _)| key.to_owned())
    }
}

/// Whether a refusal names the group of this ARN, which may have a namesake in another account or region.
fn is_named(arn: &str, said: &str) -> bool {
    let mut places = said.split(arn).skip(1).filter(|_| !arn.is_empty());
    places.any(|after| !after.starts_with(|c: char| c.is_alphanumeric() || "_-/.#".contains(c)))
}
