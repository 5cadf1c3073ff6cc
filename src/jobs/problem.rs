//! Failures as a screen takes them: what kind an error is of.

use super::statistics::StatisticsError;
use crate::aws::AwsError;
use crate::effect::{JobReport, Problem, ProblemKind};
use crate::store::StoreError;
use crate::tuner;

/// The last report of a job that failed.
pub(super) fn failed(why: impl Into<Problem>) -> JobReport {
    JobReport::Failed(why.into())
}

impl From<AwsError> for Problem {
    fn from(error: AwsError) -> Self {
        Self::of(of_aws(&error), &error)
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::of(of_store(&error), &error)
    }
}

impl From<tuner::Error> for Problem {
    fn from(error: tuner::Error) -> Self {
        let kind = match &error {
            tuner::Error::Aws(error) => of_aws(error),
            tuner::Error::Store(error) => of_store(error),
            tuner::Error::Unfinished(_)
            | tuner::Error::Occupied { .. }
            | tuner::Error::Foreign { .. }
            | tuner::Error::Signed { .. } => ProblemKind::Conflict,
            _ => ProblemKind::Other,
        };
        Self::of(kind, &error)
    }
}

impl From<StatisticsError> for Problem {
    fn from(error: StatisticsError) -> Self {
        let kind = match &error {
            StatisticsError::Aws(error) => of_aws(error),
            _ => ProblemKind::Other,
        };
        Self::of(kind, &error)
    }
}

const fn of_aws(error: &AwsError) -> ProblemKind {
    match error {
        AwsError::NoCredentials(_)
        | AwsError::Expired(_)
        | AwsError::BadCredentials(_)
        | AwsError::NoProfile { .. } => ProblemKind::Credentials,
        AwsError::NoRegion { .. } | AwsError::Setting { .. } => ProblemKind::Setup,
        AwsError::AccessDenied { .. } => ProblemKind::Denied,
        AwsError::NotFound(_) => ProblemKind::NotFound,
        AwsError::Throttled(_) => ProblemKind::Throttled,
        AwsError::Conflict(_) | AwsError::Changed(_) => ProblemKind::Conflict,
        AwsError::LimitExceeded(_) => ProblemKind::Full,
        AwsError::Unreachable { .. } | AwsError::TimedOut { .. } => ProblemKind::Network,
        AwsError::Refused(_)
        | AwsError::SessionOver(_)
        | AwsError::Garbled(_)
        | AwsError::Service { .. }
        | AwsError::Unsupported { .. } => ProblemKind::Other,
    }
}

const fn of_store(error: &StoreError) -> ProblemKind {
    match error {
        StoreError::Full { .. } => ProblemKind::Full,
        StoreError::Busy { .. } | StoreError::JournalExists(_) => ProblemKind::Conflict,
        StoreError::NoSuchRun(_)
        | StoreError::NoSuchJournal(_)
        | StoreError::NoSuchFeed(_)
        | StoreError::NoSuchArticle(_) => ProblemKind::NotFound,
        _ => ProblemKind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_of_what_kind_they_are() {
        let full = StoreError::Full {
            doing: "save the run",
            path: "/data/iacstone.db".to_owned(),
        };
        let problem = Problem::from(full);
        assert_eq!(problem.kind, ProblemKind::Full);
        assert_eq!(problem.kind.command(), None);
        assert!(problem.sentence.starts_with("cannot save the run"));
        let profile = AwsError::NoProfile {
            profile: "prod".to_owned(),
            read: "~/.aws/config".to_owned(),
            remedy: "there is 'dev'".to_owned(),
        };
        let problem = Problem::from(tuner::Error::Aws(profile));
        assert_eq!(problem.kind, ProblemKind::Credentials);
        assert_eq!(problem.kind.command(), Some("iacstone doctor"));
    }
}
