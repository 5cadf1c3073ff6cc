//! How soon the program is there, how much memory it takes, and whether it rests: the `dist` binary with `--demo` in a
//! terminal of its own.
//!
//! `cargo bench --bench startup`; `IACSTONE_BINARY=PATH` measures another build. Goals: first frame within 50 ms of the spawn, at most 40 MB resident, and in 3 idle
//! seconds no byte written and no CPU tick used by any thread.

mod measure;
mod screen;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use measure::{Goal, binary, heading, median, milliseconds, report};
use screen::Screen;

/// Starts that count; one before them warms the page cache.
const STARTS: usize = 15;
const RESTS: usize = 3;
const REST: Duration = Duration::from_secs(3);

fn main() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    heading("iacstone --demo, 120x40, a new data directory each time");
    drop(start(home.path(), &[])?);
    let mut seen = Seen::default();
    for _ in 0..STARTS {
        seen.add(&start(home.path(), &[])?);
    }
    seen.report();
    heading("iacstone --demo --data-dir DIR, the store exists");
    let folder = home.path().join("data").display().to_string();
    let kept = ["--data-dir", folder.as_str()];
    drop(start(home.path(), &kept)?);
    let mut seen = Seen::default();
    for _ in 0..STARTS {
        seen.add(&start(home.path(), &kept)?);
    }
    seen.report();
    heading("idle for 3 s");
    rest(home.path())
}

/// What was seen of several starts.
#[derive(Default)]
struct Seen {
    first_frame_ms: Vec<f64>,
    settled_ms: Vec<f64>,
    resident_mb: Vec<f64>,
}

impl Seen {
    fn add(&mut self, screen: &Screen) {
        self.first_frame_ms.push(milliseconds(screen.first_frame()));
        self.settled_ms.push(milliseconds(screen.last_output()));
        self.resident_mb.push(screen.resident_mb());
    }

    fn report(self) {
        let slowest = self.first_frame_ms.iter().copied().fold(0.0, f64::max);
        let first = median(self.first_frame_ms);
        report(
            "spawn to first complete frame, median",
            first,
            "ms",
            Goal::AtMost(50.0),
        );
        report("the same, slowest", slowest, "ms", Goal::None);
        report(
            "spawn to account and runs on screen, median",
            median(self.settled_ms),
            "ms",
            Goal::None,
        );
        report(
            "resident memory after start, median",
            median(self.resident_mb),
            "MB",
            Goal::AtMost(40.0),
        );
    }
}

/// A program that has drawn everything it has to draw.
fn start(home: &Path, arguments: &[&str]) -> Result<Screen, Box<dyn Error>> {
    let mut screen = Screen::spawn(&binary(), arguments, home)?;
    screen.wait_until_settled()?;
    Ok(screen)
}

fn rest(home: &Path) -> Result<(), Box<dyn Error>> {
    let (mut bytes, mut ticks, mut wakes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RESTS {
        let mut screen = start(home, &[])?;
        let before = (screen.cpu_ticks(), screen.wakes());
        bytes.push(screen.listen(REST) as f64);
        ticks.push(screen.cpu_ticks() - before.0);
        wakes.push(screen.wakes() - before.1);
    }
    report("bytes written", median(bytes), "bytes", Goal::AtMost(0.0));
    report(
        "CPU time of all threads",
        median(ticks),
        "ticks",
        Goal::AtMost(0.0),
    );
    report("wake-ups of all threads", median(wakes), "", Goal::None);
    Ok(())
}
