//! Where the user is, for the status line: read in the background, and read again when something happens long after.

use jiff::{SignedDuration, Timestamp};

use crate::effect::{CodeJob, CodeReport, Job, JobReport, Outbox, Severity};
use crate::iac::Whereabouts;
use crate::task::TaskId;

/// What was read counts for so long; nothing wakes the program to read it again.
const COUNTS_FOR: SignedDuration = SignedDuration::from_secs(60);

/// What is known of the surroundings.
#[derive(Debug, Default)]
pub struct KnownWhereabouts {
    known: Whereabouts,
    /// When they were read last.
    read: Option<Timestamp>,
    reading: Option<TaskId>,
}

impl KnownWhereabouts {
    /// Has them read, unless that was done a short while ago or is under way.
    pub(super) fn keep_fresh(&mut self, out: &mut Outbox<'_>) {
        let is_fresh = self
            .read
            .is_some_and(|read| out.now.duration_since(read) < COUNTS_FOR);
        if !is_fresh && self.reading.is_none() {
            self.reading = Some(out.spawn(Job::Code(CodeJob::LookAround)));
        }
    }

    /// Whether this task reads them.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.reading == Some(id)
    }

    /// Takes the report of that task.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        self.known = match report {
            JobReport::Code(CodeReport::Around(around)) => around,
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                Whereabouts::default()
            }
            _ => Whereabouts::default(),
        };
        self.read = Some(out.now);
        self.reading = None;
    }

    /// The branch and the environments, as they were read last.
    #[must_use]
    pub const fn known(&self) -> &Whereabouts {
        &self.known
    }
}
