//! What work on Logs Insights queries tells: progress, rows of every kind, what is remembered.

use iacstone::effect::{JobReport, QueryJob, QueryOutcome, QueryReading, QueryReport};
use iacstone::logs::TailTarget;
use iacstone::logs::query::{
    AnswerFields, AnswerTable, KnownQuery, LogPlace, QueryFigures, QueryProgress, ScanPrice,
};
use jiff::Timestamp;

use super::{events, words};
use crate::storm::Dice;

/// The next report of such work. A query that is cancelled is answered with what it has found.
pub(super) fn told(
    job: &QueryJob,
    told: u64,
    is_cancelled: bool,
    now: Timestamp,
    dice: &mut Dice,
) -> JobReport {
    let goes_on = told < 6 && dice.percent(65);
    JobReport::Query(match job {
        QueryJob::Ask(_) if goes_on && !is_cancelled => QueryReport::Progress(reading(3, dice)),
        QueryJob::Ask(_) => answer(is_cancelled, dice),
        QueryJob::Locate { .. } => QueryReport::Located(dice.percent(70).then(|| place(dice))),
        QueryJob::ReadAround(place) if goes_on => {
            let target = TailTarget {
                groups: vec![place.group.clone()],
                ..TailTarget::default()
            };
            let told = events::told(&target, now.as_millisecond(), dice);
            return JobReport::Tail(Box::new(told));
        }
        QueryJob::Export(export) => return JobReport::Exported(export.path.clone()),
        QueryJob::LoadKnown if told == 0 => {
            let count = dice.within(0..=4);
            QueryReport::Known((0..count).map(|_| known(now, dice)).collect())
        }
        _ => return JobReport::Done,
    })
}

fn answer(is_cancelled: bool, dice: &mut Dice) -> QueryReport {
    let broken = |word: &str| QueryProgress::Broken(word.to_owned());
    let progress = match is_cancelled {
        true => broken("Cancelled"),
        false if dice.percent(10) => broken("Timeout"),
        false => QueryProgress::Complete,
    };
    let count = usize::try_from(dice.within(0..=40)).unwrap();
    let rows: Vec<AnswerFields> = (0..count).map(|_| row(dice)).collect();
    QueryReport::Answered(Box::new(QueryOutcome {
        progress,
        reading: reading(count, dice),
        table: AnswerTable::of(rows).into(),
    }))
}

/// A row: of an event, of a stretch of time, or of anything.
fn row(dice: &mut Dice) -> AnswerFields {
    let field = |name: &str, value: String| (name.to_owned(), value);
    let mut fields = match dice.within(0..=2) {
        0 => vec![
            field("@timestamp", "2026-11-21 10:10:04.000".to_owned()),
            field("@message", words::any(dice)),
        ],
        1 => vec![
            field("bin(5m)", "2026-11-21 09:05:00.000".to_owned()),
            field("count(*)", dice.within(0..=9_000).to_string()),
        ],
        _ => vec![field(&words::some(dice), words::any(dice))],
    };
    if dice.percent(60) {
        fields.push(field("@ptr", words::some(dice)));
    }
    fields
}

fn reading(rows: usize, dice: &mut Dice) -> QueryReading {
    let bytes = dice.within(0..=9_000_000_000);
    QueryReading {
        figures: QueryFigures {
            matched: dice.within(0..=1_000),
            scanned: dice.within(0..=3_000_000),
            bytes,
        },
        rows,
        price: ScanPrice::of(bytes, Some("eu-west-1")),
    }
}

fn place(dice: &mut Dice) -> LogPlace {
    LogPlace {
        group: "/aws/lambda/checkout".to_owned(),
        stream: words::some(dice),
        time_ms: 1_795_262_590_207,
    }
}

fn known(at: Timestamp, dice: &mut Dice) -> KnownQuery {
    KnownQuery {
        name: dice.percent(50).then(|| words::some(dice)),
        query: words::any(dice),
        groups: vec!["/aws/lambda/checkout".to_owned()],
        at,
    }
}
