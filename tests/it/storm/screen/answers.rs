//! What the jobs the program asked for report: well and badly, in parts, in the end.

use iacstone::articles::MarkScope;
use iacstone::effect::{
    ImportOutcome, Job, JobReport, Problem, QueryReport, ReaderJob, ReaderReport,
};
use iacstone::logs::TailTarget;
use iacstone::logs::statistics::LoadedEvents;
use jiff::Timestamp;

use super::shelf::Shelf;
use super::tasks::Task;
use super::{account, events, queries, runs, words};
use crate::storm::Dice;

/// The next report of a task that has not ended, at this time. A cancelled one comes to its end sooner or later.
pub(super) fn next(task: &Task, shelf: &Shelf, now: Timestamp, dice: &mut Dice) -> JobReport {
    let fails = dice.percent(7);
    let gives_up = task.is_cancelled && dice.percent(50);
    match &task.job {
        Job::Tune(id, plan) => match runs::told(id, plan, task.told, task.is_cancelled, dice) {
            _ if fails && task.told > 3 => failed(dice),
            Some(event) => JobReport::Tuning(event),
            None if task.is_cancelled => JobReport::Cancelled,
            None => JobReport::Done,
        },
        Job::Resume(wanted) => {
            let plan = runs::plan(dice);
            match runs::told(&wanted.run, &plan, task.told, task.is_cancelled, dice) {
                _ if fails && task.told > 3 => failed(dice),
                Some(event) => JobReport::Tuning(event),
                None if task.is_cancelled => JobReport::Cancelled,
                None => JobReport::Done,
            }
        }
        _ if gives_up && !task.must_finish() => JobReport::Cancelled,
        // A scan that has found all it can does not fail any more.
        Job::Scan(_) if task.told > 0 => other(&task.job, task.told, now, dice),
        _ if fails => failed(dice),
        Job::Reader(job) => reader(job, task.told, shelf, dice),
        Job::Query(job) => queries::told(job, task.told, task.is_cancelled, now, dice),
        job => other(job, task.told, now, dice),
    }
}

/// A failure whose sentence is told from all others by its first word.
fn failed(dice: &mut Dice) -> JobReport {
    let sentence = format!("fault-{:08x} {}", dice.number() >> 32, words::any(dice));
    JobReport::Failed(Problem::other(sentence))
}

/// The word a failure is told from all others by.
pub(super) fn first_word(sentence: &str) -> Option<String> {
    sentence.split(' ').next().map(str::to_owned)
}

fn other(job: &Job, told: u64, now: Timestamp, dice: &mut Dice) -> JobReport {
    let goes_on = told < 6 && dice.percent(65);
    match job {
        Job::Identify => JobReport::Identified(account::identity(dice), account::REGION.to_owned()),
        Job::ListFunctions if goes_on => JobReport::Functions(account::functions(dice)),
        Job::DescribeFunction(function) => {
            JobReport::Described(Box::new(account::function(function.name(), dice)))
        }
        Job::ListGroups if goes_on => JobReport::Groups(account::groups(dice)),
        Job::Follow(wanted) if dice.percent(99) => {
            JobReport::Tail(Box::new(events::told(wanted, now.as_millisecond(), dice)))
        }
        Job::ReadRunLog(group, _) if goes_on => {
            let wanted = TailTarget {
                groups: vec![group.clone()],
                ..TailTarget::default()
            };
            JobReport::Tail(Box::new(events::told(&wanted, now.as_millisecond(), dice)))
        }
        Job::LoadRunVersions if told == 0 => {
            JobReport::RunVersions(account::run_versions(now, dice))
        }
        Job::CountInvocations(part) if goes_on => JobReport::Counting {
            events: dice.within(0..=2_000_000),
            reached_ms: dice.percent(80).then_some(part.range_ms.1),
        },
        Job::CountInvocations(_) => JobReport::Counted(account::figures(dice)),
        Job::FoldMessages(rows, split_ms) => {
            let mut groups = LoadedEvents::new(rows, *split_ms);
            for (row, raw) in rows.rows() {
                groups.take(&row, &raw);
            }
            JobReport::Folded(groups.summaries())
        }
        Job::Scan(scan) => {
            let part = usize::try_from(told).unwrap();
            (**scan)
                .clone()
                .start()
                .nth(part)
                .map_or(JobReport::Done, JobReport::Found)
        }
        Job::ExportRows(export) => JobReport::Exported(export.path.clone()),
        Job::ExportRun(_, path) => JobReport::Exported(path.clone()),
        Job::ReadPayload(path) => JobReport::Payload(path.clone(), words::any(dice)),
        Job::EditText(..) => JobReport::Edited(words::any(dice)),
        Job::LoadSets if told == 0 => JobReport::Sets(account::sets(dice)),
        Job::LoadLists if told == 0 => JobReport::Lists(account::lists(dice)),
        Job::Recover(_) if goes_on => {
            JobReport::Tuning(iacstone::power::RunEvent::Warned(words::some(dice)))
        }
        Job::LoadRuns if told == 0 => {
            let (runs, journals) = runs::library(dice);
            JobReport::Runs(iacstone::power::ListedRun::beside(runs), journals)
        }
        Job::ImportRun(_) if told == 0 => {
            let taken = *dice.pick(&[
                ImportOutcome::New,
                ImportOutcome::Known,
                ImportOutcome::Beside,
            ]);
            JobReport::Imported(Box::new(runs::run(9, dice)), taken)
        }
        _ => JobReport::Done,
    }
}

fn reader(job: &ReaderJob, told: u64, shelf: &Shelf, dice: &mut Dice) -> JobReport {
    let opened = |opened: Option<_>| {
        opened.map_or(ReaderReport::Nothing, |it| {
            ReaderReport::Opened(Box::new(it))
        })
    };
    JobReport::Reader(match job {
        ReaderJob::Furnish | ReaderJob::LoadFeeds => {
            let (feeds, starred) = shelf.feeds(dice);
            ReaderReport::Feeds(feeds, starred)
        }
        ReaderJob::List(filter) => ReaderReport::Listed(shelf.list(filter)),
        ReaderJob::Search(_) => ReaderReport::Found(shelf.found(dice)),
        ReaderJob::Open(id) | ReaderJob::OpenFullText(id) | ReaderJob::OpenOwnText(id) => {
            match shelf.open(id) {
                Some(it) => opened(Some(it)),
                None => return failed(dice),
            }
        }
        ReaderJob::OpenLink(_) | ReaderJob::OpenNote(_) | ReaderJob::OpenUnread(_) => {
            opened(shelf.open_any(dice).filter(|_| dice.percent(70)))
        }
        ReaderJob::LayOut(document, width, options) => {
            ReaderReport::LaidOut(Box::new(document.lay_out(*width, options)))
        }
        ReaderJob::Mark(MarkScope::These(ids), _) if dice.percent(80) => {
            ReaderReport::Marked(ids.clone())
        }
        ReaderJob::Mark(..) => ReaderReport::Marked(shelf.some_ids(dice)),
        ReaderJob::Fetch(_) if told < 6 && dice.percent(70) => {
            ReaderReport::Fetched(*dice.pick(&[None, Some(0), Some(1), Some(30)]))
        }
        ReaderJob::Follow(_) => ReaderReport::Followed(shelf.a_feed(dice), dice.percent(70)),
        ReaderJob::Save(_, path) => return JobReport::Exported(path.clone()),
        ReaderJob::Browse(_) if told == 0 => ReaderReport::Browsing,
        ReaderJob::Fetch(_)
        | ReaderJob::Unfollow(_)
        | ReaderJob::KeepPlace(..)
        | ReaderJob::SaveSearch(_)
        | ReaderJob::RemoveSearch(_)
        | ReaderJob::Browse(_) => {
            return JobReport::Done;
        }
    })
}

/// Whether a task says nothing more after this report.
pub(super) fn ends(report: &JobReport) -> bool {
    match report {
        JobReport::Identified(..)
        | JobReport::Described(_)
        | JobReport::Counted(_)
        | JobReport::Folded(_)
        | JobReport::Exported(_)
        | JobReport::Payload(..)
        | JobReport::Edited(_)
        | JobReport::Done
        | JobReport::Failed(_)
        | JobReport::Cancelled => true,
        JobReport::Reader(report) => !matches!(
            report,
            ReaderReport::Fetched(_) | ReaderReport::Browsing | ReaderReport::Searches(_)
        ),
        JobReport::Query(report) => {
            matches!(report, QueryReport::Answered(_) | QueryReport::Located(_))
        }
        _ => false,
    }
}
