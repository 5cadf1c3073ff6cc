//! Failures as a screen takes them: what kind an error is of.

use std::io;

use super::files::FileFailure;
use super::projects::ProjectsFailure;
use super::runs::ImportFailure;
use super::statistics::StatisticsError;
use crate::aws::AwsError;
use crate::effect::{JobReport, Problem, ProblemKind};
use crate::feeds::{AddError, FeedError, FullTextError, PasswordMoveError};
use crate::store::StoreError;
use crate::task::BrokenWork;
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
            StatisticsError::Class { refused, .. } => of_aws(refused),
            _ => ProblemKind::Other,
        };
        Self::of(kind, &error)
    }
}

impl From<FeedError> for Problem {
    fn from(error: FeedError) -> Self {
        Self::of(of_feed(&error), &error)
    }
}

impl From<AddError> for Problem {
    fn from(error: AddError) -> Self {
        let kind = match &error {
            AddError::Feed(_, error) => of_feed(error),
            AddError::Store(error) => of_store(error),
        };
        Self::of(kind, &error)
    }
}

impl From<FullTextError> for Problem {
    fn from(error: FullTextError) -> Self {
        let kind = match &error {
            FullTextError::Page(_, error) => of_feed(error),
            FullTextError::Store(error) => of_store(error),
            _ => ProblemKind::Other,
        };
        Self::of(kind, &error)
    }
}

impl From<PasswordMoveError> for Problem {
    fn from(error: PasswordMoveError) -> Self {
        match error {
            PasswordMoveError::Passwords(error) => error.into(),
            PasswordMoveError::Store(error) => error.into(),
        }
    }
}

impl From<FileFailure> for Problem {
    fn from(error: FileFailure) -> Self {
        Self::of(of_file(&error), &error)
    }
}

impl From<ImportFailure> for Problem {
    fn from(error: ImportFailure) -> Self {
        let kind = match &error {
            ImportFailure::File(error) => of_file(error),
            ImportFailure::Unusable { .. } => ProblemKind::Other,
        };
        Self::of(kind, &error)
    }
}

impl From<ProjectsFailure> for Problem {
    fn from(error: ProjectsFailure) -> Self {
        let kind = match &error {
            ProjectsFailure::Unread { why, .. } | ProjectsFailure::Sample { why, .. } => of_io(why),
            ProjectsFailure::NoDirectory(_) => ProblemKind::NotFound,
        };
        Self::of(kind, &error)
    }
}

impl From<BrokenWork> for Problem {
    fn from(error: BrokenWork) -> Self {
        Self::of(ProblemKind::Other, &error)
    }
}

const fn of_feed(error: &FeedError) -> ProblemKind {
    match error {
        FeedError::Unreachable { .. }
        | FeedError::Slow { .. }
        | FeedError::Broken { .. }
        | FeedError::Offline => ProblemKind::Web,
        FeedError::Busy(_) => ProblemKind::Throttled,
        FeedError::Gone => ProblemKind::NotFound,
        _ => ProblemKind::Other,
    }
}

fn of_file(error: &FileFailure) -> ProblemKind {
    let why = match error {
        FileFailure::Unread { why, .. } | FileFailure::Unwritten { why, .. } => why,
        FileFailure::TooLarge { .. } | FileFailure::Exists(_) | FileFailure::Directory(_) => {
            return ProblemKind::Other;
        }
    };
    of_io(why)
}

fn of_io(why: &io::Error) -> ProblemKind {
    match why.kind() {
        io::ErrorKind::NotFound => ProblemKind::NotFound,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ProblemKind::Full,
        _ => ProblemKind::Other,
    }
}

fn of_aws(error: &AwsError) -> ProblemKind {
    match error {
        _ if error.is_about_class() => ProblemKind::LogClass,
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

    #[test]
    fn feeds_and_files_say_of_what_kind_they_failed() {
        let slow = FeedError::Slow {
            host: "blog.example".to_owned(),
            doing: "to answer",
            seconds: 30,
        };
        let added = AddError::Feed("https://blog.example".to_owned(), slow);
        let problem = Problem::from(added);
        assert_eq!(problem.kind, ProblemKind::Web);
        // What looks into the AWS account knows nothing of a blog.
        assert_eq!(problem.kind.command(), None);
        assert_eq!(
            Problem::from(FeedError::Busy(503)).kind,
            ProblemKind::Throttled
        );
        let full = FileFailure::Unwritten {
            path: "run.json".to_owned(),
            why: io::Error::from(io::ErrorKind::StorageFull),
        };
        let problem = Problem::from(full);
        assert_eq!(problem.kind, ProblemKind::Full);
        assert!(
            problem.sentence.ends_with("make room, then write it again"),
            "{problem}"
        );
        let unread = super::super::import_runs("/nowhere/run.json", None).unwrap_err();
        assert_eq!(Problem::from(unread).kind, ProblemKind::NotFound);
    }
}
