//! How fast the log store takes events in, how much memory a million of them take, and how fast they are searched.
//!
//! `cargo bench --bench logs`. Goals: 400,000 events a second with parsing, index and histogram; a million events of
//! 219 bytes in 100 MB resident; on all cores a literal found in all of them within 70 ms, one in any case that half of
//! them have or a regular expression within 120 ms, the first hit within 30 ms; 200,000 events a second folded to
//! templates. Longer times are those of the threads on a CPU, so that other programs do not count.

mod beside;
mod events;
mod measure;
mod searching;

use std::error::Error;

use events::{Random, event};
use iacstone::logs::statistics::EventStatistics;
use iacstone::logs::templates::EventSpan;
use iacstone::logs::{Bounds, Buffer, Filter, FilterCondition, Level, LogEvent, Matcher};
use measure::{Goal, cpu_ms, heading, median, median_ms, report, resident_mb};
use searching::{run, searches};

const EVENTS: u32 = 1_000_000;
const BATCH: u32 = 500;
const TRIES: usize = 5;
const SCREEN: usize = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let before = resident_mb();
    let (mut buffer, seconds) = fill();
    heading("taking in");
    let rate = f64::from(EVENTS) / seconds;
    report(
        "events taken in, each in its place",
        rate.round(),
        "events/s",
        Goal::AtLeast(400_000.0),
    );
    report(
        "of one CPU at 500 events/s",
        500.0 / rate * 100.0,
        "%",
        Goal::AtMost(1.0),
    );
    let held = buffer.bytes() as f64 / 1e6;
    report("memory as counted", held, "MB", Goal::None);
    report(
        "memory resident in all",
        resident_mb(),
        "MB",
        Goal::AtMost(100.0),
    );
    report("of it before the first event", before, "MB", Goal::None);
    assert_eq!((buffer.all().len(), buffer.evicted()), (1_000_000, 0));
    searches(&mut buffer)?;
    filters(&mut buffer)?;
    screens(&buffer);
    flood();
    folding(&buffer);
    drop(buffer);
    beside::lnav(EVENTS)
}

/// Messages folded to templates, with and without reading their level first.
fn folding(buffer: &Buffer) {
    heading("folding alike messages");
    let rows: Vec<(i64, String)> = buffer
        .snapshot()
        .rows()
        .take(200_000)
        .map(|(row, raw)| (row.brief.time_ms, raw))
        .collect();
    let span = EventSpan {
        from_ms: rows.first().map_or(0, |row| row.0),
        to_ms: rows.last().map_or(0, |row| row.0),
        split_ms: None,
    };
    let mut templates = 0;
    let rates: Vec<f64> = (0..TRIES)
        .map(|_| {
            let mut events = EventStatistics::new(span);
            let start = cpu_ms();
            for (time_ms, message) in &rows {
                events.take(message, *time_ms);
            }
            let seconds = (cpu_ms() - start) / 1000.0;
            templates = events.summary().templates.len();
            rows.len() as f64 / seconds
        })
        .collect();
    report(
        &format!("events folded to {templates} templates"),
        median(rates).round(),
        "events/s",
        Goal::AtLeast(200_000.0),
    );
}

/// A store with all events, and the seconds the store itself was at work.
fn fill() -> (Buffer, f64) {
    let mut buffer = Buffer::new(Bounds::default());
    let mut random = Random(7);
    let (mut seconds, mut bytes) = (0.0, 0);
    for batch in 0..EVENTS / BATCH {
        let events: Vec<LogEvent> = (0..BATCH)
            .map(|number| event(batch * BATCH + number, &mut random))
            .collect();
        bytes += length(&events);
        let start = cpu_ms();
        buffer.append(events);
        seconds += (cpu_ms() - start) / 1000.0;
    }
    report(
        "bytes of an event",
        (bytes / EVENTS as usize) as f64,
        "bytes",
        Goal::None,
    );
    (buffer, seconds)
}

fn length(events: &[LogEvent]) -> usize {
    events.iter().map(|event| event.message.len()).sum()
}

fn filters(buffer: &mut Buffer) -> Result<(), Box<dyn Error>> {
    heading("filtering a million events");
    let cases = [
        ("by level", FilterCondition::Level(Level::Warn)),
        (
            "by text that most have",
            FilterCondition::Text(Matcher::literal("order")?),
        ),
    ];
    for (name, condition) in cases {
        let filter = Filter {
            condition,
            leaves_out: false,
            is_on: true,
        };
        let mut ms = 0.0;
        for scan in buffer.filter(vec![filter]) {
            ms += run(buffer, scan).cpu_ms;
        }
        let name = format!("{name}: {} rows", buffer.visible().len());
        report(&name, ms, "ms", Goal::None);
    }
    let _ = buffer.filter(Vec::new());
    Ok(())
}

fn screens(buffer: &Buffer) {
    heading("what a frame and a key need");
    let len = buffer.visible().len();
    let mut random = Random(3);
    let ms = median_ms(
        99,
        || random.below(EVENTS) as usize % (len - SCREEN),
        |top| {
            let ids = buffer.visible().ids(top..top + SCREEN);
            assert_eq!(buffer.rows(&ids).len(), SCREEN);
        },
    );
    report("40 rows anywhere", ms, "ms", Goal::AtMost(4.0));
    let middle = buffer.visible().row_at(len / 2);
    let ms = median_ms(
        99,
        || middle,
        |row| {
            assert_eq!(
                row.and_then(|row| buffer.visible().position(row)),
                Some(len / 2)
            );
        },
    );
    report(
        "the position of a row",
        ms * 1000.0,
        "us",
        Goal::AtMost(100.0),
    );
    let ms = median_ms(99, || (), |()| assert_eq!(buffer.snapshot().len(), len));
    report("a snapshot", ms, "ms", Goal::AtMost(1.0));
}

/// A full store that drops as much as it takes in, with filter and search on.
fn flood() {
    heading("a full store, with a filter and a search");
    let mut buffer = Buffer::new(Bounds {
        rows: 200_000,
        ..Bounds::default()
    });
    let condition = FilterCondition::Level(Level::Info);
    let filter = Filter {
        condition,
        leaves_out: false,
        is_on: true,
    };
    let _ = buffer.filter(vec![filter]);
    let _ = Matcher::literal("declined").map(|matcher| buffer.search(Some(matcher)));
    let mut random = Random(11);
    let mut seconds = 0.0;
    for batch in 0..1000 {
        let events = (0..BATCH)
            .map(|number| event(batch * BATCH + number, &mut random))
            .collect();
        let start = cpu_ms();
        buffer.append(events);
        seconds += (cpu_ms() - start) / 1000.0;
    }
    let rate = f64::from(1000 * BATCH) / seconds;
    report(
        "events taken in",
        rate.round(),
        "events/s",
        Goal::AtLeast(200_000.0),
    );
}
