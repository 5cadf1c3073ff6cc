//! What a key costs in the filter of a query's answer.

use std::error::Error;
use std::time::Instant;

use iacstone::app::App;
use iacstone::effect::{
    Effect, Job, JobReport, Msg, QueryJob, QueryOutcome, QueryReading, QueryReport,
};
use iacstone::logs::Bounds;
use iacstone::logs::query::{AnswerFields, AnswerTable, QueryFigures, QueryProgress, ScanPrice};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::events::{Random, event};
use crate::measure::{Goal, heading, milliseconds, report};
use crate::tailed::following;

const ROWS: u32 = 10_000;

/// Types a filter over the largest answer there is, which is sorted by its numbers.
pub(crate) fn filter_of_an_answer() -> Result<(), Box<dyn Error>> {
    heading("the filter of an answer of 10,000 rows of 230 bytes, sorted, with its frame");
    let mut app = answered()?;
    let mut terminal = Terminal::new(TestBackend::new(120, 40))?;
    let mut times = Vec::new();
    for key in "/ d e c l i n e d space o - 4 backspace backspace".split(' ') {
        let start = Instant::now();
        app.update(Msg::Key(key.parse()?));
        terminal.draw(|frame| iacstone::app::view(&app, frame))?;
        times.push(milliseconds(start.elapsed()));
    }
    let longest = times.into_iter().fold(0.0, f64::max);
    report("a key, the longest", longest, "ms", Goal::AtMost(16.0));
    Ok(())
}

fn answered() -> Result<App, Box<dyn Error>> {
    let (mut app, _) = following(Bounds::default())?;
    let mut effects = Vec::new();
    for key in ["Q", "ctrl-s"] {
        effects = app.update(Msg::Key(key.parse()?));
    }
    let asked = effects.into_iter().find_map(|effect| match effect {
        Effect::Spawn(id, Job::Query(QueryJob::Ask(_))) => Some(id),
        _ => None,
    });
    let task = asked.ok_or("no query was asked")?;
    let mut random = Random(5);
    let rows = (0..ROWS).map(|number| row(number, &mut random)).collect();
    let outcome = QueryOutcome {
        progress: QueryProgress::Complete,
        table: AnswerTable::of(rows).into(),
        reading: QueryReading {
            figures: QueryFigures::default(),
            rows: ROWS as usize,
            price: ScanPrice::of(0, None),
        },
    };
    let report = QueryReport::Answered(Box::new(outcome));
    app.update(Msg::Task(task, JobReport::Query(report)));
    app.update(Msg::Key("s".parse()?));
    Ok(app)
}

/// A number and what an event says.
fn row(number: u32, random: &mut Random) -> AnswerFields {
    let size = random.below(9_000).to_string();
    let message = event(number, random).message;
    vec![("size".to_owned(), size), ("@message".to_owned(), message)]
}
