//! The same events in lnav, where it is installed: the memory it takes, and how long it is at work until the lines are found.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::events::{Random, event};
use crate::measure::{Goal, heading, report, say};

/// Milliseconds of a tick of the kernel's clock, on every Linux there is.
const TICK_MS: f64 = 10.0;
/// How often a run is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// What a run took.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    resident_mb: f64,
    cpu_ms: f64,
}

/// Runs lnav over a file of so many events.
pub(crate) fn lnav(events: u32) -> Result<(), Box<dyn Error>> {
    heading("beside it, lnav: a file of the same events, read and searched");
    if Command::new("lnav").arg("-V").output().is_err() {
        say("lnav is not installed: there is nothing to compare with");
        return Ok(());
    }
    let home = tempfile::tempdir()?;
    let file = home.path().join("events.log");
    write(&file, events)?;
    for (what, pattern) in [
        ("literal, rare", "O-4242"),
        ("regex in any case", r"declined.*o-42\d+"),
        ("regex without a literal", r"\d{2}:59:5[0-9][.]\d+Z"),
    ] {
        let run = run(home.path(), &file, pattern)?;
        let name = format!("lnav, {what}: read and searched");
        report(&name, run.cpu_ms, "ms of CPU", Goal::None);
        report("  memory resident", run.resident_mb, "MB", Goal::None);
    }
    Ok(())
}

/// A line for each event, with its time before it.
fn write(path: &Path, events: u32) -> Result<(), Box<dyn Error>> {
    let mut file = BufWriter::new(File::create(path)?);
    let mut random = Random(7);
    for number in 0..events {
        let event = event(number, &mut random);
        let time = jiff::Timestamp::from_millisecond(event.time_ms)?;
        writeln!(file, "{time:.3} {}", event.message.trim_end())?;
    }
    Ok(file.flush()?)
}

/// Lets lnav show the lines that match, and looks at it until it has ended.
fn run(home: &Path, file: &Path, pattern: &str) -> Result<Run, Box<dyn Error>> {
    let mut child = Command::new("lnav")
        .args(["-n", "-c", &format!(":filter-in {pattern}")])
        .arg(file)
        .env("HOME", home)
        .env("TERM", "xterm")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let folder = format!("/proc/{}", child.id());
    let mut most = Run::default();
    while child.try_wait()?.is_none() {
        let now = look(&folder);
        most.resident_mb = most.resident_mb.max(now.resident_mb);
        most.cpu_ms = most.cpu_ms.max(now.cpu_ms);
        thread::sleep(LOOK);
    }
    Ok(most)
}

/// What the system tells of a process.
fn look(folder: &str) -> Run {
    let read = |name: &str| fs::read_to_string(format!("{folder}/{name}")).unwrap_or_default();
    let (status, stat) = (read("status"), read("stat"));
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|it| it.parse::<f64>().ok()).sum();
    Run {
        resident_mb: kb.unwrap_or_default() * 1024.0 / 1e6,
        cpu_ms: ticks * TICK_MS,
    }
}
