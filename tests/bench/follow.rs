//! Following logs: bytes to the terminal, the time from a key to its bytes, and silence when nothing happens.
//!
//! The demo's `/demo/firehose` writes 1,000 events a second; a filter pattern lets every second one through, which a
//! session hardly samples. What 5,000 a second cost is measured without a terminal: the longest a key can wait is one batch
//! of news and one frame. So is the memory that a minute of 20,000 a second takes.

mod measure;
mod screen;
mod tailed;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use iacstone::effect::Msg;
use iacstone::logs::Bounds;
use measure::{Goal, heading, milliseconds, report, resident_mb};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use screen::Screen;
use tailed::{AT_ONCE, following, news};

/// How long bytes are counted.
const WATCHED: Duration = Duration::from_secs(20);
/// How long it takes at most until the honesty line counts another minute.
const MINUTE: Duration = Duration::from_secs(61);
/// Lets every second event of the firehose through: those with an even number.
const HALF: &str = r"%n=[0-9]*[02468]\s%";
/// How many keys are timed.
const KEYS: usize = 100;
/// Reports in one batch, as the program has them.
const BATCH: i64 = 4;
/// Bytes of the buffer that a flood fills, and of what the program may take beside it.
const BUFFER: usize = 64 << 20;
const BESIDE: f64 = 40e6;

fn main() -> Result<(), Box<dyn Error>> {
    flood()?;
    batches()?;
    busy()?;
    quiet()
}

/// A tail of a group at 120x40 in 16 colours, with a filter pattern.
fn follow(group: &str, pattern: &str, home: &Path) -> Result<Screen, Box<dyn Error>> {
    let mut screen = Screen::spawn(&measure::binary(), &["--color", "16"], home)?;
    screen.wait_until_settled()?;
    for keys in ["2", "/", group, "\r", "\r"] {
        screen.send(keys.as_bytes())?;
        screen.listen(Duration::from_secs(1));
    }
    if !pattern.is_empty() {
        screen.send(b"p")?;
        screen.send(pattern.as_bytes())?;
        screen.send(b"\r")?;
    }
    screen.listen(Duration::from_secs(10));
    Ok(screen)
}

/// Bytes, time of the CPU and answers to keys while much arrives.
fn busy() -> Result<(), Box<dyn Error>> {
    for (what, pattern, goal) in [
        ("500 events/s", HALF, Goal::AtMost(6.0)),
        ("1,000 events/s, sampled", "", Goal::None),
    ] {
        heading(&format!("Following {what} at 120x40 in 16 colours"));
        let home = tempfile::tempdir()?;
        let mut screen = follow("firehose", pattern, home.path())?;
        let ticks = screen.cpu_ticks();
        let bytes = screen.listen(WATCHED) as f64 / WATCHED.as_secs_f64();
        report("bytes to the terminal", bytes / 1000.0, "kB/s", goal);
        let cpu = (screen.cpu_ticks() - ticks) / WATCHED.as_secs_f64();
        report("CPU, simulated account included", cpu, "%", Goal::None);
        let resident = screen.resident_mb();
        report(
            "memory, simulated account included",
            resident,
            "MB",
            Goal::None,
        );
        keys(&mut screen)?;
    }
    Ok(())
}

/// What is written, and how much is done, while nothing arrives: in a live session, which says so every second, and
/// once following was stopped.
fn quiet() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let mut screen = follow("migrate", "\"nothing says this\"", home.path())?;
    heading("Following where nothing arrives");
    // The minutes of the session are told as they pass: the time between two of them is watched.
    screen.listen_for_any(MINUTE);
    idle(&mut screen, Goal::None);
    heading("Following stopped");
    screen.send(b"X")?;
    screen.wait_until_settled()?;
    screen.listen(Duration::from_secs(10));
    idle(&mut screen, Goal::AtMost(0.0));
    Ok(())
}

fn idle(screen: &mut Screen, work: Goal) {
    let (ticks, wakes) = (screen.cpu_ticks(), screen.wakes());
    let bytes = screen.listen(WATCHED) as f64;
    report("bytes to the terminal", bytes, "bytes", Goal::AtMost(0.0));
    let (ticks, wakes) = (screen.cpu_ticks() - ticks, screen.wakes() - wakes);
    report("CPU, simulated account included", ticks, "ticks", work);
    let wakes = wakes / WATCHED.as_secs_f64();
    report("wakes of all threads", wakes, "a second", Goal::None);
}

/// From a key to the first bytes that can only be its answer.
fn keys(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..KEYS {
        times.push(milliseconds(screen.answer(b"?", b"Keys")?));
        screen.send(b"\x1b")?;
        screen.listen(Duration::from_millis(150));
    }
    times.sort_by(f64::total_cmp);
    report(
        "key to bytes, median",
        times.get(KEYS / 2).copied().unwrap_or_default(),
        "ms",
        Goal::None,
    );
    report(
        "key to bytes, p99",
        times.get(KEYS * 99 / 100).copied().unwrap_or_default(),
        "ms",
        Goal::AtMost(16.0),
    );
    Ok(())
}

/// What a key may have to wait for at 5,000 events a second: a batch of news, the key itself, and its frame.
fn batches() -> Result<(), Box<dyn Error>> {
    heading("Without a terminal, at 5,000 events/s");
    let (mut app, task) = following(Bounds::default())?;
    let mut terminal = Terminal::new(TestBackend::new(120, 40))?;
    let mut times = Vec::new();
    for round in 0..1_000 {
        let batch: Vec<Msg> = (0..BATCH)
            .map(|part| news(task, round * 1_000 + part * AT_ONCE, 5))
            .collect();
        let key = Msg::Key(if round % 2 == 0 { "k" } else { "space" }.parse()?);
        let start = Instant::now();
        app.update_all(batch);
        app.update_all([key]);
        terminal.draw(|frame| iacstone::app::view(&app, frame))?;
        times.push(milliseconds(start.elapsed()));
    }
    times.sort_by(f64::total_cmp);
    report(
        "batch of 1,000 events, key and frame, median",
        times.get(500).copied().unwrap_or_default(),
        "ms",
        Goal::None,
    );
    report(
        "batch of 1,000 events, key and frame, p99",
        times.get(990).copied().unwrap_or_default(),
        "ms",
        Goal::AtMost(16.0),
    );
    Ok(())
}

/// What a minute of 20,000 events a second takes, with a frame for each thousand: more than the buffer holds.
fn flood() -> Result<(), Box<dyn Error>> {
    heading("Without a terminal, 20,000 events/s for 60 s into a buffer of 64 MiB");
    let (mut app, task) = following(Bounds::default().with_bytes(BUFFER))?;
    let mut terminal = Terminal::new(TestBackend::new(120, 40))?;
    let mut most = 0.0;
    for round in 0..1_200 {
        let batch = (0..BATCH).map(|part| news(task, round * 1_000 + part * AT_ONCE, 20));
        app.update_all(batch.collect::<Vec<_>>());
        terminal.draw(|frame| iacstone::app::view(&app, frame))?;
        most = resident_mb().max(most);
    }
    let goal = Goal::AtMost((BUFFER as f64 + BESIDE) / 1e6);
    report("memory resident at most", most, "MB", goal);
    Ok(())
}
