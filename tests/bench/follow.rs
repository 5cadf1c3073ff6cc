//! Following logs: bytes to the terminal, the time from a key to its bytes, and silence when nothing happens.
//!
//! The demo's `/demo/firehose` writes 1,000 events a second; a filter pattern lets every second one through, which a
//! session hardly samples. What 5,000 a second cost is measured without a terminal: the longest a key can wait is one batch
//! of news and one frame.

mod measure;
mod screen;

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use iacstone::app::App;
use iacstone::config::TuningDefaults;
use iacstone::effect::{AppContext, Backend, Effect, Job, JobReport, Msg};
use iacstone::logs::{Bounds, EventOrigin, LogEvent, Tailing};
use iacstone::task::TaskId;
use iacstone::theme::Theme;
use jiff::Timestamp;
use measure::{Goal, heading, milliseconds, report};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use screen::Screen;

/// How long bytes are counted.
const WATCHED: Duration = Duration::from_secs(20);
/// How long it takes at most until the honesty line counts another minute.
const MINUTE: Duration = Duration::from_secs(61);
/// Lets every second event of the firehose through: those with an even number.
const HALF: &str = r"%n=[0-9]*[02468]\s%";
/// How many keys are timed.
const KEYS: usize = 100;
/// Events reported at once, and reports in one batch, as the program has them.
const AT_ONCE: i64 = 250;
const BATCH: i64 = 4;

fn main() -> Result<(), Box<dyn Error>> {
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
    let (mut app, task) = following()?;
    let mut terminal = Terminal::new(TestBackend::new(120, 40))?;
    let mut times = Vec::new();
    for round in 0..1_000 {
        let batch: Vec<Msg> = (0..BATCH)
            .map(|part| news(task, round * 1_000 + part * AT_ONCE))
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

fn following() -> Result<(App, TaskId), Box<dyn Error>> {
    let mut app = App::new(AppContext {
        source: Backend::Demo,
        profile: None,
        region: None,
        read_only: false,
        offline: false,
        ascii: false,
        keymap: iacstone::app::keymap(),
        theme: Theme::defaults(),
        tuning: TuningDefaults::default(),
        log_bounds: Bounds::default(),
        zone: jiff::tz::TimeZone::UTC,
        browser: None,
        started: Timestamp::now(),
        salt: 1,
    });
    app.start();
    app.update(Msg::Resized(120, 40));
    for effect in app.update(Msg::Key("2".parse()?)) {
        if let Effect::Spawn(id, Job::ListGroups) = effect {
            let group = iacstone::logs::LogGroup {
                name: "/demo/firehose".to_owned(),
                arn: None,
                created_ms: None,
                is_own: true,
                stored: Some(iacstone::logs::StoredLogs {
                    bytes: 0,
                    retention_days: None,
                }),
                class: iacstone::logs::LogClass::Standard,
            };
            app.update(Msg::Task(id, JobReport::Groups(vec![group])));
        }
    }
    for effect in app.update(Msg::Key("enter".parse()?)) {
        if let Effect::Spawn(id, Job::Follow(_)) = effect {
            return Ok((app, id));
        }
    }
    Err("no tail was started".into())
}

fn news(task: TaskId, from: i64) -> Msg {
    let base = 1_795_000_000_000;
    let events = (from..from + AT_ONCE).map(|number| LogEvent {
        group: "/demo/firehose".into(),
        stream: format!("stream-{}", number % 16).into(),
        time_ms: base + number / 5,
        ingested_ms: base + number / 5 + 300,
        message: format!(
            "{{\"level\":\"info\",\"request\":{number},\"path\":\"/orders/{}\",\"message\":\"order {number} was read from the table and sent to the queue\",\"duration_ms\":{}}}",
            number % 977,
            number % 313
        ),
        id: None,
        origin: EventOrigin::Live,
    });
    Msg::Task(
        task,
        JobReport::Tail(Box::new(Tailing::Events(events.collect()))),
    )
}
