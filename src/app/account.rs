//! What is known about the credentials: who they are, or why that is not known.

use crate::aws::CallerIdentity;
use crate::effect::{Job, JobReport, Outbox, Problem, Severity};
use crate::logs::Home;
use crate::task::TaskId;

/// The answer to "whose account is this", as far as there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AccountLookup {
    /// Not asked: the session is offline, or nothing needed it yet.
    #[default]
    Unasked,
    /// Asked, no answer yet.
    Asking(TaskId),
    /// Answered.
    Known {
        /// Who.
        identity: CallerIdentity,
        /// The region the session works in.
        region: String,
    },
    /// The question failed.
    Failed(Problem),
}

impl AccountLookup {
    /// Asks again, unless the session is offline or an answer is on its way.
    pub(super) fn ask(&mut self, out: &mut Outbox<'_>) {
        if !out.context.offline && !matches!(self, Self::Asking(_)) {
            *self = Self::Asking(out.spawn(Job::Identify));
        }
    }

    /// Whether asking again could help.
    #[must_use]
    pub const fn is_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Takes the report of the question; says whether it was that. A failure is told where it matters.
    pub(super) fn report(
        &mut self,
        id: TaskId,
        report: &JobReport,
        is_told: bool,
        out: &mut Outbox<'_>,
    ) -> bool {
        if *self != Self::Asking(id) {
            return false;
        }
        match report {
            JobReport::Identified(identity, region) => {
                *self = Self::Known {
                    identity: identity.clone(),
                    region: region.clone(),
                };
            }
            JobReport::Failed(why) => {
                *self = Self::Failed(why.clone());
                if is_told {
                    out.notice(Severity::Error, why.clone());
                }
            }
            JobReport::Cancelled => *self = Self::Unasked,
            _ => {}
        }
        true
    }

    /// The account number, if known.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        match self {
            Self::Known { identity, .. } => Some(&identity.account),
            _ => None,
        }
    }

    /// The region the session works in, if known.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::Known { region, .. } => Some(region),
            _ => None,
        }
    }

    /// The account and the region, if known.
    #[must_use]
    pub fn home(&self) -> Option<Home> {
        Some(Home {
            account: self.number()?.to_owned(),
            region: self.region()?.to_owned(),
        })
    }

    /// The user or role in short: the ARN's last part without the session name.
    #[must_use]
    pub fn role(&self) -> Option<&str> {
        let Self::Known { identity, .. } = self else {
            return None;
        };
        let resource = identity.arn.splitn(6, ':').last()?;
        let mut parts = resource.split('/');
        match (parts.next(), parts.next()) {
            (Some("assumed-role" | "federated-user"), Some(name)) => Some(name),
            (Some(_), Some(_)) => resource.rsplit('/').next(),
            _ => Some(resource),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(arn: &str) -> String {
        let account = AccountLookup::Known {
            identity: CallerIdentity {
                account: "123456789012".into(),
                arn: arn.into(),
            },
            region: "us-east-1".into(),
        };
        account.role().unwrap().to_owned()
    }

    #[test]
    fn the_role_is_named_without_its_session() {
        assert_eq!(role("arn:aws:sts::1:assumed-role/Tuner/alice"), "Tuner");
        assert_eq!(role("arn:aws:iam::1:user/team/bob"), "bob");
        assert_eq!(role("arn:aws:iam::1:root"), "root");
    }
}
