//! What the machine asks for, and what becomes of it.

use crate::aws::{AwsError, FilterPage, FilterRequest, LiveRequest, LiveUpdate};
use crate::tail::ids::{PageFor, PollerId, SessionGroupId, SessionId};
use crate::tail::newcomers::FoundGroup;
use crate::tail::scan::{ScanRequest, Scanned};
use crate::tail::sessions::Place;

/// What is to be done outside.
#[derive(Debug)]
pub(in crate::tail) enum EngineCommand {
    /// Find the ARNs of these groups.
    Resolve(SessionGroupId, Vec<String>),
    /// Open a session under this number, then listen to it.
    Open(SessionGroupId, SessionId, LiveRequest),
    /// Drop the session of this number.
    Close(SessionId),
    /// Read a page for a group.
    Page(PageFor, FilterRequest),
    /// Ask a query for a page of a poller.
    Scan(PollerId, ScanRequest),
    /// End: nothing is read any more.
    End,
    /// Find the groups that fit these wildcards.
    Look(Vec<String>),
    /// Read the credentials anew.
    Renew,
}

/// What became of a command.
#[derive(Debug)]
pub(in crate::tail) enum CommandOutcome {
    /// Where a session group's groups are, by key.
    Resolved(SessionGroupId, Result<Vec<(String, Place)>, AwsError>),
    /// Whether a session is open.
    Opened(SessionGroupId, SessionId, Result<(), AwsError>),
    /// What a session brought; `None` when it was closed.
    Heard(
        SessionGroupId,
        SessionId,
        Result<Option<LiveUpdate>, AwsError>,
    ),
    /// A page for a group.
    Page(PageFor, Result<FilterPage, AwsError>),
    /// What became of a query.
    Scanned(PollerId, Scanned),
    /// The groups that fit the wildcards.
    Found(Result<Vec<FoundGroup>, AwsError>),
    /// Whether there are credentials again, perhaps the same.
    Renewed(Result<(), AwsError>),
}
