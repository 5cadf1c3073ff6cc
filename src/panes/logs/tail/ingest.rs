//! What the job tells becomes rows and figures.

use super::folds::FoldChange;
use super::{Phase, Tail};
use crate::effect::{JobReport, Outbox, Severity};
use crate::logs::{LogEvent, Tailing, function_of};

impl Tail {
    /// Takes a report of the job that follows.
    pub(in crate::panes::logs) fn told(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Tail(told) => match *told {
                Tailing::Events(events) => self.take(events),
                // The buffer puts every row in its place, whenever it comes.
                Tailing::Opened => {}
                Tailing::Marker(marker) => {
                    self.gaps += u64::from(marker.opens_gap());
                    self.buffer.rule(&marker);
                    self.fold(Vec::new());
                }
                Tailing::Status(standing) => self.standing = Some(standing),
            },
            JobReport::Done => self.phase = Phase::Ended,
            JobReport::Cancelled => self.phase = Phase::Stopped,
            JobReport::Failed(why) => {
                // Without a row the sentence stands in their place.
                if !self.buffer.all().is_empty() {
                    out.notice(Severity::Error, why.clone());
                }
                self.phase = Phase::Failed(why.sentence);
            }
            _ => {}
        }
    }

    fn take(&mut self, events: Vec<LogEvent>) {
        let mut changes = Vec::new();
        for (row, event) in &self.buffer.append(events).rows {
            if function_of(&event.group).is_some() {
                self.folds.take(*row, event, &mut changes);
            }
        }
        self.fold(changes);
    }

    /// Hides and shows rows as their invocations want it, and forgets those of rows that were dropped just now.
    pub(super) fn fold(&mut self, mut changes: Vec<FoldChange>) {
        self.folds.forget(self.buffer.dropped(), &mut changes);
        for change in changes {
            self.buffer.hide(change.row, change.hidden);
        }
    }
}
