//! How fast the log store takes events in, how much memory a million of them take, and how fast they are searched.
//!
//! `cargo bench --bench logs`. Goals: 200,000 events a second with parsing, index and histogram; a million events of
//! 219 bytes in 120 MB resident; a literal found in all of them within 150 ms, a regular expression within 500 ms, the
//! first hit within 50 ms; 200,000 events a second folded to templates. Longer times are those of the thread on a CPU, so that other programs do not count.

mod events;
mod measure;

use std::error::Error;
use std::time::Instant;

use events::{Random, event};
use iacstone::logs::statistics::EventStatistics;
use iacstone::logs::templates::EventSpan;
use iacstone::logs::{
    Bounds, Buffer, BufferScan, Filter, FilterCondition, Level, LogEvent, Matcher,
};
use measure::{Goal, heading, median, median_ms, milliseconds, report};

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
        Goal::AtLeast(200_000.0),
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
        Goal::AtMost(120.0),
    );
    report("of it before the first event", before, "MB", Goal::None);
    assert_eq!((buffer.all().len(), buffer.evicted()), (1_000_000, 0));
    searches(&mut buffer)?;
    filters(&mut buffer)?;
    screens(&buffer);
    flood();
    folding(&buffer);
    Ok(())
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

fn searches(buffer: &mut Buffer) -> Result<(), Box<dyn Error>> {
    heading("searching a million events");
    let cases = [
        (
            "literal, rare",
            Matcher::literal("O-4242")?,
            Goal::AtMost(150.0),
        ),
        (
            "literal in any case, rare",
            Matcher::literal("o-4242")?,
            Goal::AtMost(150.0),
        ),
        (
            "literal in any case, in half of all",
            Matcher::literal("charged")?,
            Goal::AtMost(150.0),
        ),
        (
            "regex with a literal",
            Matcher::regex(r"order=?\S* declined|O-99999\d")?,
            Goal::AtMost(500.0),
        ),
        (
            "regex in any case",
            Matcher::regex(r"declined.*o-42\d+")?,
            Goal::AtMost(500.0),
        ),
        (
            "regex without a literal",
            Matcher::regex(r"\d{2}:59:5[0-9][.]\d+Z")?,
            Goal::AtMost(500.0),
        ),
    ];
    for (name, matcher, goal) in cases {
        let (mut first, mut all, mut count) = (Vec::new(), Vec::new(), 0);
        for _ in 0..TRIES {
            let scan = buffer
                .search(Some(matcher.clone()))
                .ok_or("a search is a scan")?;
            let start = cpu_ms();
            first.push(run(buffer, scan));
            all.push(cpu_ms() - start);
            count = buffer.hits().map_or(0, |hits| hits.len());
        }
        report(&format!("{name}: {count} hits"), median(all), "ms", goal);
        report("  its first part", median(first), "ms", Goal::AtMost(50.0));
    }
    let _ = buffer.search(None);
    Ok(())
}

/// Runs a scan to its end; the milliseconds until the first hit could be shown.
fn run(buffer: &mut Buffer, scan: BufferScan) -> f64 {
    let start = Instant::now();
    let mut first = None;
    for found in scan.start() {
        buffer.found(&found);
        if !found.rows.is_empty() {
            first.get_or_insert_with(|| milliseconds(start.elapsed()));
        }
    }
    first.unwrap_or_default()
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
        let start = cpu_ms();
        let filter = Filter {
            condition,
            leaves_out: false,
            is_on: true,
        };
        for scan in buffer.filter(vec![filter]) {
            run(buffer, scan);
        }
        let name = format!("{name}: {} rows", buffer.visible().len());
        report(&name, cpu_ms() - start, "ms", Goal::None);
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

/// Milliseconds this thread has been on a CPU; of the clock where the system does not tell.
fn cpu_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(clock_ms, |ns| ns / 1e6)
}

fn clock_ms() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, milliseconds)
}

/// Resident memory of this process in MB; 0 where the system does not tell.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() * 1024.0 / 1e6
}
