//! A look from an answer into the stream of one of its events. The tail that is followed waits meanwhile, and goes on.

use crate::effect::{JobReport, Outbox, ProblemKind};
use crate::logs::query::LogPlace;
use crate::panes::logs::tail::TailViewOptions;
use crate::panes::logs::{LogsPane, LogsScreen, Tail, sessions};
use crate::task::TaskId;

/// What the look into a stream leads back to.
#[derive(Debug)]
pub(in crate::panes::logs) struct StreamVisit {
    /// The tail that is followed, if any is.
    followed: Option<Box<Tail>>,
    /// The time of the event, in Unix milliseconds.
    time_ms: i64,
}

impl LogsPane {
    /// The tails that work: the one on the screen, and the one that is followed during a look into a stream.
    pub(in crate::panes::logs) fn tails(&self) -> impl Iterator<Item = &Tail> {
        let followed = self
            .visit
            .as_ref()
            .and_then(|visit| visit.followed.as_deref());
        self.tail().into_iter().chain(followed)
    }

    /// Whether a task works for the tail that is followed during a look into a stream.
    pub(in crate::panes::logs) fn is_followed_meanwhile(&self, id: TaskId) -> bool {
        let followed = self
            .visit
            .as_ref()
            .and_then(|visit| visit.followed.as_ref());
        followed.is_some_and(|tail| tail.awaits(id))
    }

    /// Takes the report of such a task.
    pub(in crate::panes::logs) fn take_meanwhile(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) {
        let visit = self.visit.as_mut();
        match visit.and_then(|visit| visit.followed.as_mut()) {
            Some(followed) if followed.job().is_task(id) => followed.take_report(report, out),
            Some(followed) => followed.take_scan_report(id, report, out),
            None => {}
        }
    }

    /// Shows an event among those of its stream.
    pub(in crate::panes::logs) fn visit_stream(&mut self, place: &LogPlace, out: &mut Outbox<'_>) {
        self.end_visit(out);
        let look = self
            .tail
            .as_ref()
            .map_or_else(TailViewOptions::default, |tail| tail.look);
        // The event itself is to be seen, not the invocation that it is of.
        let look = TailViewOptions {
            folds: false,
            ..look
        };
        let home = self.picker.home().cloned();
        let around = Box::new(Tail::around(place, look, home, out));
        self.visit = Some(StreamVisit {
            followed: self.tail.replace(around),
            time_ms: place.time_ms,
        });
        self.screen = LogsScreen::Tail;
    }

    /// Takes a report about the events of the stream; once all are there the cursor goes to the event.
    pub(in crate::panes::logs) fn take_tail_report(
        &mut self,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) {
        let is_over = report == JobReport::Done;
        let is_about_class =
            matches!(&report, JobReport::Failed(why) if why.kind == ProblemKind::LogClass);
        let Some(tail) = &mut self.tail else { return };
        tail.take_report(report, out);
        if is_about_class && self.visit.is_none() {
            return sessions::ask_for_queries(tail.job().target(), out);
        }
        if let Some(visit) = self.visit.as_ref().filter(|_| is_over) {
            tail.move_reader(|reader, order| reader.go_to_time(order, visit.time_ms));
        }
    }

    /// Ends the look into a stream; the tail that is followed is there again. Says whether there was one.
    pub(in crate::panes::logs) fn end_visit(&mut self, out: &mut Outbox<'_>) -> bool {
        let Some(visit) = self.visit.take() else {
            return false;
        };
        if let Some(around) = &mut self.tail {
            around.leave(out);
        }
        self.tail = visit.followed;
        true
    }
}
