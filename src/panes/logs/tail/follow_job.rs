//! What a tail follows, and how it stands with the job that does it.

use crate::effect::{Job, Outbox};
use crate::logs::{LogEvent, Marker, TailMode, TailStatus, TailTarget};
use crate::task::TaskId;
use crate::text;

/// The followed groups and the job that follows them. Once it is over it stays so: another one begins anew.
#[derive(Debug)]
pub struct FollowJob {
    target: TailTarget,
    phase: Phase,
    /// As told last.
    status: Option<TailStatus>,
    /// Gaps that were announced, for exports.
    gaps: u64,
}

/// How it stands with the job that follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// It works.
    Following(TaskId),
    /// The user stopped it.
    Stopped,
    /// It ended by itself.
    Ended,
    /// It failed; the sentence says why.
    Failed(String),
}

impl FollowJob {
    /// Begins to follow by a job.
    pub(super) fn start(target: TailTarget, job: Job, out: &mut Outbox<'_>) -> Self {
        let task = out.spawn(job);
        Self {
            target,
            phase: Phase::Following(task),
            status: None,
            gaps: 0,
        }
    }

    /// Stops following; says whether anything was followed.
    pub(super) fn stop(&mut self, out: &mut Outbox<'_>) -> bool {
        let Phase::Following(task) = self.phase else {
            return false;
        };
        out.cancel(task);
        self.phase = Phase::Stopped;
        true
    }

    /// The job is over.
    pub(super) fn end(&mut self, phase: Phase) {
        self.phase = phase;
    }

    /// Takes note of groups that are followed although they were not there at first; true when there are any.
    pub(super) fn take_groups(&mut self, events: &[LogEvent]) -> bool {
        let before = self.target.groups.len();
        if !self.target.watched.is_empty() {
            for events in events.chunk_by(|a, b| a.group == b.group) {
                let Some(event) = events.first() else {
                    continue;
                };
                if !self.target.groups.iter().any(|key| **key == *event.group) {
                    self.target.groups.push(event.group.to_string());
                }
            }
        }
        self.target.groups.len() > before
    }

    /// Takes what the job tells of how it does.
    pub(super) fn take_status(&mut self, status: TailStatus) {
        self.status = Some(status);
    }

    /// Counts the gap a marker opens, if it opens one.
    pub(super) fn count_gap(&mut self, marker: &Marker) {
        self.gaps += u64::from(marker.opens_gap());
    }

    /// Whether this task follows now.
    pub(in crate::panes::logs) fn is_task(&self, id: TaskId) -> bool {
        self.phase == Phase::Following(id)
    }

    /// What is followed.
    #[must_use]
    pub const fn target(&self) -> &TailTarget {
        &self.target
    }

    /// How it stands with the job.
    #[must_use]
    pub const fn phase(&self) -> &Phase {
        &self.phase
    }

    /// The figures of the honesty line, as told last.
    #[must_use]
    pub const fn status(&self) -> Option<&TailStatus> {
        self.status.as_ref()
    }

    /// How events come, as told last.
    #[must_use]
    pub fn mode(&self) -> Option<&TailMode> {
        self.status.as_ref().map(|status| &status.mode)
    }

    /// What the job waits for and what to do about it, while it does; else empty.
    #[must_use]
    pub fn waiting(&self) -> String {
        match (&self.phase, self.mode()) {
            (Phase::Following(_), Some(TailMode::Waiting(why))) => text::sentence(why),
            _ => String::new(),
        }
    }

    /// How many gaps were announced.
    pub(super) const fn announced_gaps(&self) -> u64 {
        self.gaps
    }
}
