//! Searches of a full store, in as many shares as there are cores, as the program has them run.

use std::error::Error;
use std::num::NonZero;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use iacstone::logs::{Buffer, BufferScan, Matcher, ScanResult, Scanning};

use crate::measure::{Goal, cpu_ms, heading, median, milliseconds, report};

const TRIES: usize = 9;
/// Answers that wait until the screen has taken those before.
const WAITING: usize = 16;

/// How long a scan took.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_field_names, reason = "each is a time in milliseconds")]
pub(crate) struct ScanTimes {
    /// On as many free cores as there are: the time of all threads shared among them, or that of the busiest.
    pub(crate) cpu_ms: f64,
    /// By the clock.
    clock_ms: f64,
    /// By the clock, until the first hit could be shown.
    first_ms: f64,
    /// The longest part: a scan is stopped between two.
    part_ms: f64,
}

/// What is searched for, and how long it may take in milliseconds.
type SearchCase = (&'static str, Matcher, f64);

fn cases() -> Result<[SearchCase; 6], Box<dyn Error>> {
    Ok([
        ("literal, rare", Matcher::literal("O-4242")?, 70.0),
        (
            "literal in any case, rare",
            Matcher::literal("o-4242")?,
            120.0,
        ),
        (
            "literal in any case, in half of all",
            Matcher::literal("charged")?,
            120.0,
        ),
        (
            "regex with a literal",
            Matcher::regex(r"order=?\S* declined|O-99999\d")?,
            120.0,
        ),
        (
            "regex in any case",
            Matcher::regex(r"declined.*o-42\d+")?,
            120.0,
        ),
        (
            "regex without a literal",
            Matcher::regex(r"\d{2}:59:5[0-9][.]\d+Z")?,
            120.0,
        ),
    ])
}

/// Searches all events for one thing after another.
pub(crate) fn searches(buffer: &mut Buffer) -> Result<(), Box<dyn Error>> {
    heading(&format!("searching a million events on {} cores", cores()));
    for (name, matcher, most_ms) in cases()? {
        let (mut times, mut count) = (Vec::new(), 0);
        for _ in 0..TRIES {
            let scan = buffer
                .search(Some(matcher.clone()))
                .ok_or("a search is a scan")?;
            times.push(run(buffer, scan));
            count = buffer.hits().map_or(0, |hits| hits.len());
        }
        let middle = |of: fn(&ScanTimes) -> f64| median(times.iter().map(of).collect());
        let name = format!("{name}: {count} hits");
        report(&name, middle(|it| it.cpu_ms), "ms", Goal::AtMost(most_ms));
        report("  by the clock", middle(|it| it.clock_ms), "ms", Goal::None);
        report(
            "  first hit",
            middle(|it| it.first_ms),
            "ms",
            Goal::AtMost(30.0),
        );
        report(
            "  stops within",
            middle(|it| it.part_ms),
            "ms",
            Goal::AtMost(30.0),
        );
    }
    let _ = buffer.search(None);
    Ok(())
}

/// Runs a scan to its end, on all cores.
pub(crate) fn run(buffer: &mut Buffer, scan: BufferScan) -> ScanTimes {
    let (start, own_ms) = (Instant::now(), cpu_ms());
    let mut first_ms = None;
    let end = scan.end();
    let threads = thread::scope(|scope| {
        let (sender, answers) = sync_channel(WAITING);
        let look_on = |share| {
            scope.spawn({
                let sender = sender.clone();
                move || look(share, &sender)
            })
        };
        let threads: Vec<_> = scan
            .start_shared(cores())
            .into_iter()
            .map(look_on)
            .collect();
        drop(sender);
        for mut found in answers {
            found.is_last = false;
            buffer.found(&found);
            if !found.rows.is_empty() {
                first_ms.get_or_insert_with(|| milliseconds(start.elapsed()));
            }
        }
        threads
            .into_iter()
            .filter_map(|it| it.join().ok())
            .collect::<Vec<_>>()
    });
    buffer.found(&end);
    let own_ms = cpu_ms() - own_ms;
    let busiest = threads.iter().map(|it| it.0).fold(own_ms, f64::max);
    let all_ms = own_ms + threads.iter().map(|it| it.0).sum::<f64>();
    ScanTimes {
        cpu_ms: busiest.max(all_ms / cores() as f64),
        clock_ms: milliseconds(start.elapsed()),
        first_ms: first_ms.unwrap_or_default(),
        part_ms: threads.iter().map(|it| it.1).fold(0.0, f64::max),
    }
}

/// Looks through a share; the milliseconds on a CPU of all of it, and of its longest part.
fn look(mut share: Scanning, answers: &SyncSender<ScanResult>) -> (f64, f64) {
    let start = cpu_ms();
    let mut longest = 0.0;
    loop {
        let before = cpu_ms();
        let Some(found) = share.next_chunk() else {
            break;
        };
        longest = f64::max(longest, cpu_ms() - before);
        if answers.send(found).is_err() {
            break;
        }
    }
    (cpu_ms() - start, longest)
}

fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}
