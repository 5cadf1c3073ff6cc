//! What a simulated function does: how long it runs, how much memory it needs, how it ends.

use rand::RngExt as _;
use rand::rngs::StdRng;
use std::ops::Range;
use std::time::Duration;

use super::curve::DurationCurve;
use super::noise::{Noise, Percentiles};
use super::settings::FunctionSettings;

/// The memory size at which a function has one full virtual CPU, in megabytes.
const FULL_CPU_MB: f64 = 1769.0;

/// How long an initialisation may take, in milliseconds.
const INIT_LIMIT_MS: f64 = 10_000.0;

/// The measured behaviour of a function.
#[derive(Debug, Clone, PartialEq)]
pub struct Workload {
    /// The duration of one invocation.
    pub pace: DurationModel,
    /// The duration of an initialisation.
    pub init: Init,
    /// The spread of durations.
    pub noise: Noise,
    /// The memory an invocation uses, in megabytes.
    pub footprint_mb: u32,
    /// The smallest memory size that is not killed, in megabytes.
    pub needs_mb: u32,
    /// The share of invocations that end in a function error.
    pub error_rate: f64,
    /// The share of invocations that never answer.
    pub hang_rate: f64,
    /// What the function answers.
    pub reply: Reply,
    /// The lines of its own that one invocation logs.
    pub lines: u32,
}

/// How the duration depends on the memory size.
#[derive(Debug, Clone, PartialEq)]
pub enum DurationModel {
    /// As measured.
    Measured(DurationCurve),
    /// Drawn from percentiles measured at one virtual CPU or more; slower below.
    Drawn(Percentiles),
    /// Waiting, and computing that one virtual CPU speeds up.
    Computed {
        /// The time on one full virtual CPU, in milliseconds.
        cpu_ms: f64,
        /// The time that no memory size shortens, in milliseconds.
        waiting_ms: f64,
    },
}

/// How long an environment takes to become ready, in milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub enum Init {
    /// Anything in a range.
    Within(Range<f64>),
    /// Drawn from percentiles.
    Drawn(Percentiles),
}

/// What a function answers when it succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// `{"statusCode":200}`.
    Ok,
    /// The payload it was given.
    Echo,
    /// This JSON.
    Json(&'static str),
}

/// Where in their distributions the times of an invocation lie, from 0 to 1.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantiles {
    pub(super) duration: f64,
    pub(super) init: f64,
}

/// How the environment was when an invocation met it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StartKind {
    /// Ready.
    Warm,
    /// New: it runs the initialisation.
    Cold,
    /// New: it restores a snapshot.
    Restore,
}

/// What one invocation will do, drawn before it runs; times in milliseconds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlannedWork {
    pub(super) duration_ms: f64,
    pub(super) init_ms: Option<f64>,
    /// An initialisation that the platform cut off before the invocation.
    pub(super) timed_out_init_ms: Option<f64>,
    pub(super) restore: Option<Restore>,
    pub(super) used_mb: u32,
    pub(super) end: End,
}

/// The restoration of a snapshot; times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Restore {
    pub(super) duration_ms: f64,
    pub(super) billed_ms: f64,
}

/// How an invocation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// The function answered.
    Replied,
    /// The function raised an error.
    Raised,
    /// The environment ran out of memory.
    Killed,
    /// The time-out struck.
    TimedOut,
}

impl Workload {
    /// A function that only computes: 50 ms on one full virtual CPU, 3 % noise, initialised in 150 to 300 ms.
    #[must_use]
    pub fn computing() -> Self {
        Self {
            pace: DurationModel::Computed {
                cpu_ms: 50.0,
                waiting_ms: 1.0,
            },
            init: Init::Within(150.0..300.0),
            noise: Noise { sigma: 0.03 },
            footprint_mb: 60,
            needs_mb: 0,
            error_rate: 0.0,
            hang_rate: 0.0,
            reply: Reply::Ok,
            lines: 1,
        }
    }

    /// Draws one invocation of a version with these settings.
    pub(super) fn draw(
        &self,
        settings: &FunctionSettings,
        start: StartKind,
        rng: &mut StdRng,
    ) -> PlannedWork {
        let memory = settings.memory.megabytes();
        let natural = self.pace.duration(memory, rng) * self.noise.factor(rng);
        let mishap: f64 = rng.random();
        let used = self.footprint_mb + rng.random_range(0..3);
        let init = self.init.draw(rng);
        let killed = memory < self.needs_mb;
        let mut work = PlannedWork {
            duration_ms: natural,
            init_ms: (start == StartKind::Cold).then_some(init),
            timed_out_init_ms: None,
            restore: (start == StartKind::Restore).then(|| Restore::draw(rng)),
            used_mb: if killed { memory } else { used.min(memory) },
            end: match mishap {
                _ if killed => End::Killed,
                _ if mishap < self.error_rate => End::Raised,
                _ => End::Replied,
            },
        };
        if killed {
            // The allocation fails when the share that fits has been filled.
            work.duration_ms *= f64::from(memory) / f64::from(self.needs_mb);
        }
        let hangs = mishap >= self.error_rate && mishap < self.error_rate + self.hang_rate;
        work.limit(settings.timeout, hangs && !killed);
        work
    }
}

impl Workload {
    /// Draws one invocation whose times have these quantiles, where the times are drawn from percentiles.
    pub(super) fn draw_at(
        &self,
        settings: &FunctionSettings,
        start: StartKind,
        quantiles: Quantiles,
        rng: &mut StdRng,
    ) -> PlannedWork {
        let mut work = self.draw(settings, start, rng);
        if let (DurationModel::Drawn(percentiles), End::Replied) = (&self.pace, work.end) {
            let slowdown = slowdown(settings.memory.megabytes());
            work.duration_ms = percentiles.invert(quantiles.duration) * slowdown;
        }
        if let (Init::Drawn(percentiles), Some(init)) = (&self.init, work.init_ms.as_mut()) {
            *init = percentiles.invert(quantiles.init);
        }
        work
    }
}

impl PlannedWork {
    /// Ends the work at the time-out.
    fn limit(&mut self, timeout: Duration, hangs: bool) {
        let limit_ms = timeout.as_secs_f64() * 1000.0;
        if hangs || self.duration_ms > limit_ms {
            self.duration_ms = limit_ms;
            self.end = End::TimedOut;
        }
    }

    /// Lets the initialisation take too long: it is done again as part of the invocation.
    pub(super) fn time_out_init(&mut self) {
        if self.end == End::Replied
            && let Some(init_ms) = self.init_ms.take()
        {
            self.timed_out_init_ms = Some(INIT_LIMIT_MS);
            self.duration_ms += init_ms;
        }
    }

    /// The time until the function's code runs, in milliseconds.
    pub(super) fn ready_ms(&self) -> f64 {
        let init = self.init_ms.or(self.timed_out_init_ms);
        init.unwrap_or(0.0) + self.restore.map_or(0.0, |restore| restore.duration_ms)
    }

    /// Whether the environment cannot be used again.
    pub(super) fn wrecks_environment(&self) -> bool {
        matches!(self.end, End::Killed | End::TimedOut)
    }
}

impl Restore {
    fn draw(rng: &mut StdRng) -> Self {
        Self {
            duration_ms: rng.random_range(380.0..560.0),
            billed_ms: rng.random_range(60.0_f64..90.0).ceil(),
        }
    }
}

impl DurationModel {
    fn duration(&self, memory_mb: u32, rng: &mut StdRng) -> f64 {
        let slowdown = slowdown(memory_mb);
        match self {
            Self::Measured(curve) => curve.at(memory_mb),
            Self::Drawn(percentiles) => percentiles.draw(rng) * slowdown,
            Self::Computed { cpu_ms, waiting_ms } => cpu_ms.mul_add(slowdown, *waiting_ms),
        }
    }
}

/// How many times as long computing takes as on one full virtual CPU.
fn slowdown(memory_mb: u32) -> f64 {
    (FULL_CPU_MB / f64::from(memory_mb)).max(1.0)
}

impl Init {
    fn draw(&self, rng: &mut StdRng) -> f64 {
        match self {
            Self::Within(range) if range.is_empty() => range.start,
            Self::Within(range) => rng.random_range(range.clone()),
            Self::Drawn(percentiles) => percentiles.draw(rng),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lambda::MemoryMb;
    use crate::simulator::chance::seeded;

    fn draw(workload: &Workload, memory: u32, timeout_s: u64) -> PlannedWork {
        let mut settings = FunctionSettings::new("f");
        settings.memory = MemoryMb::new(memory).unwrap();
        settings.timeout = Duration::from_secs(timeout_s);
        workload.draw(&settings, StartKind::Cold, &mut seeded(3, &["f"]))
    }

    #[test]
    fn more_memory_shortens_computing_until_one_full_cpu() {
        let workload = Workload::computing();
        let at = |memory| draw(&workload, memory, 30).duration_ms;
        assert!(at(128) / at(256) > 1.9);
        assert!((at(3008) / at(1769) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn too_little_memory_kills_and_fills_it() {
        let workload = Workload {
            needs_mb: 512,
            ..Workload::computing()
        };
        let work = draw(&workload, 256, 30);
        assert_eq!((work.end, work.used_mb), (End::Killed, 256));
        assert_eq!(draw(&workload, 512, 30).end, End::Replied);
    }

    #[test]
    fn the_timeout_bounds_the_duration() {
        let workload = Workload {
            hang_rate: 1.0,
            ..Workload::computing()
        };
        let work = draw(&workload, 512, 3);
        assert_eq!(work.end, End::TimedOut);
        assert!((work.duration_ms - 3000.0).abs() < 1e-9);
    }

    #[test]
    fn initialisation_counts_on_cold_starts_only() {
        let workload = Workload::computing();
        let settings = FunctionSettings::new("f");
        let mut rng = seeded(3, &["f"]);
        let warm = workload.draw(&settings, StartKind::Warm, &mut rng);
        assert!(warm.init_ms.is_none() && warm.restore.is_none());
        let restored = workload.draw(&settings, StartKind::Restore, &mut rng);
        assert!(restored.init_ms.is_none() && restored.restore.is_some());
    }
}
