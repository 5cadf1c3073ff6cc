//! What every bench shares: the median of several tries, and a line that shows a figure beside its goal.

#![allow(dead_code, reason = "each bench uses a part")]
#![expect(clippy::print_stdout, reason = "the figures are the output")]

use std::time::{Duration, Instant};

/// What a figure should be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Goal {
    /// At most this.
    AtMost(f64),
    /// Less than this.
    Below(f64),
    /// At least this.
    AtLeast(f64),
    /// None: the figure is there to compare with.
    None,
}

impl Goal {
    fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtMost(limit) => figure <= limit,
            Self::Below(limit) => figure < limit,
            Self::AtLeast(limit) => figure >= limit,
            Self::None => true,
        }
    }

    fn words(self, figure: f64, unit: &str) -> String {
        let verdict = if self.is_met(figure) { "met" } else { "MISSED" };
        match self {
            Self::AtMost(limit) => format!("goal <= {limit} {unit}: {verdict}"),
            Self::Below(limit) => format!("goal < {limit} {unit}: {verdict}"),
            Self::AtLeast(limit) => format!("goal >= {limit} {unit}: {verdict}"),
            Self::None => String::new(),
        }
    }
}

/// Prints a figure beside its goal, both in `unit`.
pub(crate) fn report(what: &str, figure: f64, unit: &str, goal: Goal) {
    let shown = if figure.fract() == 0.0 {
        format!("{figure}")
    } else {
        format!("{figure:.2}")
    };
    let words = goal.words(figure, unit);
    println!("{what:<52} {shown:>9} {unit:<12} {words}");
}

/// Prints the heading of a group of figures.
pub(crate) fn heading(text: &str) {
    println!("\n{text}");
}

/// Prints a remark in the place of figures.
pub(crate) fn say(remark: &str) {
    println!("{remark}");
}

/// The middle value; the upper one of two. 0 of nothing.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// The median time in milliseconds that `work` takes, over `tries`; `prepare` is not timed.
pub(crate) fn median_ms<T>(
    tries: usize,
    mut prepare: impl FnMut() -> T,
    mut work: impl FnMut(T),
) -> f64 {
    let one = |_| {
        let input = prepare();
        let start = Instant::now();
        work(input);
        milliseconds(start.elapsed())
    };
    median((0..tries).map(one).collect())
}

/// The binary of the `bench` profile, which is `dist`; `IACSTONE_BINARY` names another build of it, such as the static one.
pub(crate) fn binary() -> String {
    let built = || env!("CARGO_BIN_EXE_iacstone").to_owned();
    std::env::var("IACSTONE_BINARY").unwrap_or_else(|_| built())
}

/// A duration in milliseconds.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Milliseconds this thread has been on a CPU; of the clock where the system does not tell.
pub(crate) fn cpu_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ns = told.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    ns.map_or_else(clock_ms, |ns| ns / 1e6)
}

fn clock_ms() -> f64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0.0, milliseconds)
}

/// Resident memory of this process in MB; 0 where the system does not tell.
pub(crate) fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() * 1024.0 / 1e6
}
