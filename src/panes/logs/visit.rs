//! A look at other rows than those that are followed: the stream of an event, or what a tuning run wrote. The tail that is
//! followed waits meanwhile, and goes on.

use super::tail::{TailViewOptions, following};
use super::{LogsPane, LogsScreen, Tail, refusal, sessions};
use crate::effect::{Job, JobReport, Outbox, ProblemKind, QueryJob, Severity, Visit};
use crate::logs::query::LogPlace;
use crate::logs::{RequestId, RunLog, TailTarget, Tailing};
use crate::task::TaskId;
use jiff::Timestamp;

/// What a look leads back to.
#[derive(Debug)]
pub(super) struct LogVisit {
    /// The tail that is followed, if any is.
    followed: Option<Box<Tail>>,
    /// Where the look came from, and where it goes once all rows are there.
    pub(super) from: VisitedFrom,
}

/// Where a look came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum VisitedFrom {
    /// An answer; the time of its event in Unix milliseconds.
    Answer(i64),
    /// A run; when it began in Unix milliseconds, and the invocation that is looked for.
    Run(i64, Option<RequestId>),
}

impl LogVisit {
    /// The tail that is followed meanwhile.
    pub(super) fn followed_mut(&mut self) -> Option<&mut Tail> {
        self.followed.as_deref_mut()
    }
}

impl LogsPane {
    /// The tails that work: the one on the screen, and the one that is followed during a look.
    pub(super) fn tails(&self) -> impl Iterator<Item = &Tail> {
        let followed = self
            .visit
            .as_ref()
            .and_then(|visit| visit.followed.as_deref());
        self.tail().into_iter().chain(followed)
    }

    /// Whether a task works for the tail that is followed during a look.
    pub(super) fn is_followed_meanwhile(&self, id: TaskId) -> bool {
        let followed = self
            .visit
            .as_ref()
            .and_then(|visit| visit.followed.as_ref());
        followed.is_some_and(|tail| tail.awaits(id))
    }

    /// Takes the report of such a task.
    pub(super) fn take_meanwhile(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        let visit = self.visit.as_mut();
        match visit.and_then(|visit| visit.followed.as_mut()) {
            Some(followed) if followed.job().is_task(id) => followed.take_report(report, out),
            Some(followed) => followed.take_scan_report(id, report, out),
            None => {}
        }
    }

    /// Shows an event among those of its stream.
    pub(super) fn visit_stream(&mut self, place: &LogPlace, out: &mut Outbox<'_>) {
        // The event itself is to be seen, not the invocation that it is of.
        let look = TailViewOptions {
            folds: false,
            ..self.look()
        };
        let target = TailTarget {
            streams: vec![place.stream.clone()],
            ..from_here(&place.group, place.time_ms)
        };
        let job = Job::Query(QueryJob::ReadAround(place.clone()));
        let home = self.picker.home().cloned();
        let around = Tail::begin(target, job, look, home, out);
        self.visit(around, VisitedFrom::Answer(place.time_ms), out);
    }

    /// Shows what a tuning run wrote into the log group of its function.
    pub fn visit_run(&mut self, group: String, log: RunLog, out: &mut Outbox<'_>) {
        if let Some(reason) = refusal(std::slice::from_ref(&group), out.context) {
            return out.notice(Severity::Warning, reason);
        }
        let from = VisitedFrom::Run(log.range_ms.0, log.wanted);
        let look = TailViewOptions {
            folds: true,
            ..self.look()
        };
        let target = from_here(&group, log.range_ms.0);
        let of_run = Some(log.name.clone());
        let job = Job::ReadRunLog(group, Box::new(log));
        let home = self.picker.home().cloned();
        let mut own = Tail::begin(target, job, look, home, out);
        own.of_run = of_run;
        self.visit(own, from, out);
    }

    fn look(&self) -> TailViewOptions {
        self.tail()
            .map_or_else(TailViewOptions::default, |tail| tail.look)
    }

    fn visit(&mut self, rows: Tail, from: VisitedFrom, out: &mut Outbox<'_>) {
        self.stop_counting(out);
        self.end_visit(out);
        let mut rows = rows;
        rows.mark_runs(&self.known_runs.versions, out.home.as_ref());
        self.visit = Some(LogVisit {
            followed: self.tail.replace(Box::new(rows)),
            from,
        });
        self.screen = LogsScreen::Tail;
    }

    /// Takes a report about the rows on the screen; once all of a look are there the cursor goes where it leads.
    pub(super) fn take_tail_report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        let is_over = report == JobReport::Done;
        let is_opened = matches!(&report, JobReport::Tail(told) if **told == Tailing::Opened);
        let is_about_class =
            matches!(&report, JobReport::Failed(why) if why.kind == ProblemKind::LogClass);
        let Some(tail) = &mut self.tail else { return };
        tail.take_report(report, out);
        if is_opened {
            // The account may be known only now.
            tail.mark_runs(&self.known_runs.versions, out.home.as_ref());
        }
        if is_about_class && self.visit.is_none() {
            return sessions::ask_for_queries(tail.job().target(), out);
        }
        let Some(visit) = self.visit.as_ref().filter(|_| is_over) else {
            return;
        };
        match visit.from {
            VisitedFrom::Answer(time_ms) | VisitedFrom::Run(time_ms, None) => {
                tail.move_reader(|reader, order| reader.go_to_time(order, time_ms));
            }
            VisitedFrom::Run(_, Some(request)) => {
                following::follow(tail, &[request.to_string()], out);
            }
        }
    }

    /// Goes back to what led to the look.
    pub(super) fn leave_visit(&mut self, out: &mut Outbox<'_>) {
        let from = self.visit.as_ref().map(|visit| visit.from);
        self.end_visit(out);
        match from {
            Some(VisitedFrom::Run(..)) => {
                self.show_rows();
                out.visit(Visit::Runs);
            }
            Some(VisitedFrom::Answer(_)) => self.screen = LogsScreen::Query,
            None => {}
        }
    }

    /// Ends a look; the tail that is followed is there again. Says whether there was one.
    pub(super) fn end_visit(&mut self, out: &mut Outbox<'_>) -> bool {
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

/// What is followed from a look on, when the user wants that: the group, from this time on.
fn from_here(group: &str, time_ms: i64) -> TailTarget {
    TailTarget {
        groups: vec![group.to_owned()],
        since: Timestamp::from_millisecond(time_ms).ok(),
        ..TailTarget::default()
    }
}
