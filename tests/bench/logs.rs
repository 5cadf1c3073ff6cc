//! How fast the log store takes events in, how much memory a million of them take, and how fast they are searched.
//!
//! `cargo bench --bench logs`. Goals: 200,000 events a second with parsing, index and histogram; a million events of
//! 219 bytes in 120 MB resident; a literal found in all of them within 150 ms, a regular expression within 500 ms, the
//! first hit within 50 ms. Longer times are those of the thread on a CPU, so that other programs do not count.

mod measure;

use std::error::Error;
use std::time::Instant;

use iacstone::logs::{Bounds, Buffer, Condition, Event, Filter, Level, Matcher, Origin, Scan};
use measure::{Goal, heading, median, median_ms, milliseconds, report};

const EVENTS: u32 = 1_000_000;
const BATCH: u32 = 500;
const TRIES: usize = 5;
/// What the events of the prototype, and of the goals, take on average.
const BYTES: usize = 219;
const START_MS: i64 = 1_790_000_000_000;
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
    Ok(())
}

/// A store with all events, and the seconds the store itself was at work.
fn fill() -> (Buffer, f64) {
    let mut buffer = Buffer::new(Bounds::default());
    let mut random = Random(7);
    let mut seconds = 0.0;
    for batch in 0..EVENTS / BATCH {
        let events = (0..BATCH)
            .map(|number| event(batch * BATCH + number, &mut random))
            .collect();
        let start = cpu_ms();
        buffer.append(events);
        seconds += (cpu_ms() - start) / 1000.0;
    }
    (buffer, seconds)
}

fn searches(buffer: &mut Buffer) -> Result<(), Box<dyn Error>> {
    heading("searching a million events");
    let cases = [
        (
            "literal, rare",
            Matcher::literal("O-999999")?,
            Goal::AtMost(150.0),
        ),
        (
            "literal in any case, rare",
            Matcher::literal("card declined by issuer")?,
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
            Matcher::regex(r"timed? ?out after \d+ s")?,
            Goal::AtMost(500.0),
        ),
        (
            "regex without a literal",
            Matcher::regex(r"[a-f0-9]{8}-0000-[a-f0-9]{4}")?,
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

/// Runs a scan to its end; the milliseconds until its first part was there to be shown.
fn run(buffer: &mut Buffer, scan: Scan) -> f64 {
    let start = Instant::now();
    let mut first = None;
    for found in scan.start() {
        buffer.found(&found);
        first.get_or_insert_with(|| milliseconds(start.elapsed()));
    }
    first.unwrap_or_default()
}

fn filters(buffer: &mut Buffer) -> Result<(), Box<dyn Error>> {
    heading("filtering a million events");
    let cases = [
        ("by level", Condition::Level(Level::Warn)),
        (
            "by text that most have",
            Condition::Text(Matcher::literal("order")?),
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
    let condition = Condition::Level(Level::Info);
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

/// The event with this number: of one of four streams, out of order by up to a second, 219 bytes on average.
fn event(number: u32, random: &mut Random) -> Event {
    let late = if number.is_multiple_of(4) {
        i64::from(random.below(1000))
    } else {
        0
    };
    let time_ms = START_MS + i64::from(number) * 2 - late;
    let stream = [
        "2026/09/21/[$LATEST]0",
        "2026/09/21/[$LATEST]1",
        "2026/09/21/[$LATEST]2",
        "2026/09/21/[$LATEST]3",
    ];
    let stream = stream[number as usize % stream.len()];
    Event {
        group: "/aws/lambda/checkout".into(),
        stream: stream.into(),
        time_ms,
        ingested_ms: time_ms + 400 + i64::from(random.below(900)),
        message: message(number, random),
        id: None,
        origin: Origin::Live,
    }
}

/// What a shop's function writes: a line of JSON, of text or of the platform.
fn message(number: u32, random: &mut Random) -> String {
    let id = format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        mix(number / 8),
        mix(number / 8) & 0xffff,
        number / 8 & 0xfff,
        mix(number) & 0xfff,
        number / 8
    );
    let (order, ms) = (random.below(1_000_000), random.below(900));
    let mut text = match number % 8 {
        0 => format!("START RequestId: {id} Version: $LATEST\n"),
        7 => format!(
            "REPORT RequestId: {id}\tDuration: {ms}.{:02} ms\tBilled Duration: {} ms\tMemory Size: 512 MB\tMax Memory Used: {} MB\t\n",
            order % 100,
            ms + 1,
            90 + ms % 40
        ),
        2 | 5 => format!(
            "2026-09-21T10:{:02}:{:02}.{ms:03}Z\t{id}\tINFO\tcharged order O-{order:06} in {ms} ms",
            ms % 60,
            order % 60
        ),
        _ => format!(
            "{{\"timestamp\":\"2026-09-21T10:{:02}:{:02}.{ms:03}Z\",\"level\":\"{}\",\"requestId\":\"{id}\",\"message\":\"{}\",\"order\":\"O-{order:06}\",\"ms\":{ms}}}",
            ms % 60,
            order % 60,
            ["INFO", "INFO", "DEBUG", "WARN"][(order % 4) as usize],
            ["Charged", "Reserved stock", "Card declined", "Sent receipt"]
                [(order / 4 % 4) as usize],
        ),
    };
    const WORDS: [&str; 8] = [
        " checkout",
        " basket",
        " total",
        " eu-west-1",
        " customer",
        " retry",
        " cache",
        " queue",
    ];
    let wanted = BYTES - 60 + (random.below(121) as usize);
    while text.len() + 5 < wanted && !text.ends_with('\n') {
        text.push_str(WORDS[random.below(8) as usize]);
    }
    text
}

/// Numbers that look random and are the same each time.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % limit
    }
}

fn mix(number: u32) -> u32 {
    let number = (number ^ number >> 16).wrapping_mul(0x45d9_f3b);
    (number ^ number >> 16).wrapping_mul(0x45d9_f3b)
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
