//! Whether the samples of a size keep to the limits of a plan, and how sure that is.
//!
//! A percentile is judged by order statistics alone: nothing is assumed of the shape of the durations, and what so few
//! samples cannot tell is said to be open.

use serde::{Serialize, Serializer};

use super::statistics::{
    fewest_samples, least_rank, mean, mean_interval, most_rank, most_share_over,
    percentile_of_sorted, sorted,
};
use super::{DurationLimit, LimitFigure, MeasuredRun, PickLimits, SizeState};
use crate::lambda::MemoryMb;
use crate::text::duration_text;

/// How a size stands to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitStanding {
    /// It keeps to it (95 % sure).
    Kept,
    /// So few samples do not tell.
    Open,
    /// It does not keep to it (95 % sure).
    Broken,
}

/// The samples of one size against one limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct LimitCheck {
    /// The limit.
    #[serde(serialize_with = "as_text")]
    pub limit: DurationLimit,
    /// The figure by the samples, in milliseconds.
    pub found_ms: f64,
    /// Whether that is the slowest sample, because so few have no such percentile.
    pub is_slowest: bool,
    /// How many samples are over the limit.
    pub over: usize,
    /// How many samples there are.
    pub samples: usize,
    /// How sure it is.
    pub standing: LimitStanding,
}

/// One size against every limit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizeLimits {
    /// The size.
    #[serde(rename = "memory_mb")]
    pub memory: MemoryMb,
    /// Each limit, in the order of the plan's.
    pub checks: Vec<LimitCheck>,
}

/// The sizes of a run against the limits of its plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitsReport {
    limits: PickLimits,
    /// Each size that works and has a sample that counts, ascending.
    pub sizes: Vec<SizeLimits>,
}

impl LimitCheck {
    /// Holds durations in milliseconds against a limit; `None` without any.
    #[must_use]
    pub fn of(limit: DurationLimit, durations: &[f64]) -> Option<Self> {
        let sorted = sorted(durations);
        let slowest = *sorted.last()?;
        let figure = limit.figure;
        let is_slowest = figure != LimitFigure::Max && sorted.len() < figure.fewest();
        let found_ms = match figure.share() {
            Some(share) if !is_slowest => percentile_of_sorted(&sorted, share)?,
            None if figure == LimitFigure::Mean => mean(durations)?,
            _ => slowest,
        };
        let over = sorted.iter().filter(|ms| **ms > limit.most_ms).count();
        Some(Self {
            limit,
            found_ms,
            is_slowest,
            over,
            samples: sorted.len(),
            standing: match figure.share() {
                Some(share) => of_percentile(share, over, sorted.len()),
                None if figure == LimitFigure::Mean => of_mean(durations, limit.most_ms),
                None if over > 0 => LimitStanding::Broken,
                None => LimitStanding::Open,
            },
        })
    }

    /// Whether the size may be picked: by its samples it keeps to the limit, sure or not.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.found_ms <= self.limit.most_ms && self.standing != LimitStanding::Broken
    }

    /// How many times the limit the figure is.
    fn strain(&self) -> f64 {
        self.found_ms / self.limit.most_ms
    }

    /// The figure by the samples, in words: `p90 180 ms`, `slowest of 20 samples 310 ms`.
    #[must_use]
    pub fn figure_words(&self) -> String {
        let found = duration_text(self.found_ms);
        if self.is_slowest {
            return format!("slowest of {} samples {found}", self.samples);
        }
        format!("{} {found}", self.limit.figure)
    }

    /// What is known of a size and this limit, as a sentence without its stop.
    #[must_use]
    pub fn words(&self, memory: MemoryMb) -> String {
        let (figure, most) = (self.limit.figure, duration_text(self.limit.most_ms));
        let found = self.figure_words();
        match (self.standing, figure) {
            (LimitStanding::Kept, _) => {
                format!("{memory} MB: {figure} within {most} (95 % sure); {found}")
            }
            (LimitStanding::Broken, LimitFigure::Max) => {
                format!("{memory} MB: {}; {found}", self.over_words())
            }
            (LimitStanding::Broken, _) => {
                format!("{memory} MB: {figure} over {most} (95 % sure); {found}")
            }
            (LimitStanding::Open, LimitFigure::Mean) => {
                format!("{memory} MB: {found}; that it is within {most} is not shown")
            }
            (LimitStanding::Open, LimitFigure::Max) => {
                format!("{memory} MB: {}; {found}", self.bounded_words())
            }
            (LimitStanding::Open, _) => format!(
                "{memory} MB: {found}; {}, which does not show {figure} within {most}{}",
                self.bounded_words(),
                self.wanting()
            ),
        }
    }

    /// `2 of 20 samples are over 200 ms`.
    fn over_words(&self) -> String {
        let most = duration_text(self.limit.most_ms);
        let verb = if self.over == 1 { "is" } else { "are" };
        format!(
            "{} of {} samples {verb} over {most}",
            self.over, self.samples
        )
    }

    /// The same with what it says of all invocations.
    fn bounded_words(&self) -> String {
        let share = 100.0 * most_share_over(self.samples, self.over);
        let digits = usize::from(share < 9.95);
        format!(
            "{}: at most {share:.digits$} % of the invocations are",
            self.over_words()
        )
    }

    /// How many samples it takes at least.
    fn wanting(&self) -> String {
        let fewest = self.limit.figure.share().map(fewest_samples);
        let fewest = fewest.filter(|fewest| self.samples < *fewest);
        fewest.map_or_else(String::new, |fewest| {
            format!(" (that takes {fewest} samples or more)")
        })
    }
}

fn of_percentile(share: f64, over: usize, samples: usize) -> LimitStanding {
    let within = samples - over;
    let is_kept = most_rank(samples, share).is_some_and(|rank| within >= rank);
    let is_broken = least_rank(samples, share).is_some_and(|rank| within < rank);
    match (is_kept, is_broken) {
        (true, _) => LimitStanding::Kept,
        (false, true) => LimitStanding::Broken,
        (false, false) => LimitStanding::Open,
    }
}

fn of_mean(durations: &[f64], most_ms: f64) -> LimitStanding {
    match mean_interval(durations) {
        Some(interval) if interval.high <= most_ms => LimitStanding::Kept,
        Some(interval) if interval.low > most_ms => LimitStanding::Broken,
        _ => LimitStanding::Open,
    }
}

fn as_text<S: Serializer>(limit: &DurationLimit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(limit)
}

impl SizeLimits {
    /// Holds the durations of a size, in milliseconds, against limits; none without samples.
    #[must_use]
    pub fn of(memory: MemoryMb, limits: &PickLimits, durations: &[f64]) -> Self {
        let checks = limits.on_durations();
        Self {
            memory,
            checks: checks
                .filter_map(|limit| LimitCheck::of(limit, durations))
                .collect(),
        }
    }

    /// Whether the size may be picked.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.checks.iter().all(LimitCheck::is_met)
    }

    /// Whether it is shown that it does not keep to one of them.
    fn is_broken(&self) -> bool {
        let mut checks = self.checks.iter();
        checks.any(|check| check.standing == LimitStanding::Broken)
    }

    /// The limit it is furthest from.
    fn hardest(&self) -> Option<&LimitCheck> {
        let checks = self.checks.iter();
        checks.max_by(|one, other| one.strain().total_cmp(&other.strain()))
    }
}

impl LimitsReport {
    /// Holds the sizes of a run against the limits of its plan; `None` without limits, and without a sample.
    #[must_use]
    pub fn of(measured: &MeasuredRun) -> Option<Self> {
        Self::under(measured, measured.plan.limits)
    }

    /// The same for other limits than those of the plan.
    #[must_use]
    pub fn under(measured: &MeasuredRun, limits: PickLimits) -> Option<Self> {
        let works =
            |state: &SizeState| !matches!(state, SizeState::Infeasible(_) | SizeState::Skipped(_));
        let sizes = measured.sizes.iter().filter(|size| works(&size.state));
        let sizes: Vec<SizeLimits> = sizes
            .map(|size| SizeLimits::of(size.memory_mb, &limits, &measured.durations(size)))
            .filter(|size| !size.checks.is_empty())
            .collect();
        (!sizes.is_empty()).then_some(Self { limits, sizes })
    }

    /// What is known of one size.
    #[must_use]
    pub fn size(&self, memory: MemoryMb) -> Option<&SizeLimits> {
        self.sizes.iter().find(|size| size.memory == memory)
    }

    /// Whether a size may be picked; one without samples may not.
    #[must_use]
    pub fn admits(&self, memory: MemoryMb) -> bool {
        self.size(memory).is_some_and(SizeLimits::is_met)
    }

    /// What the limits come to for the size that is recommended, a sentence each without its stop; which came nearest when
    /// there is none that keeps to them.
    #[must_use]
    pub fn sentences(&self, recommended: Option<MemoryMb>) -> Vec<String> {
        let chosen = recommended.and_then(|size| self.size(size));
        let Some(chosen) = chosen else {
            return self.nearest_words().into_iter().collect();
        };
        let checks = chosen.checks.iter();
        let checks = checks.map(|check| check.words(chosen.memory));
        checks.chain(self.out_words()).collect()
    }

    /// The sizes that do not keep to the limits, each with what it is out for: those of which that is shown, and those
    /// that so few samples put there.
    fn out_words(&self) -> impl Iterator<Item = String> {
        let listed = |is_shown: bool| {
            let out = self.sizes.iter().filter(|size| !size.is_met());
            let out = out.filter(move |size| size.is_broken() == is_shown);
            let out: Vec<String> = out
                .filter_map(|size| {
                    let found = size.hardest()?.figure_words();
                    Some(format!("{} MB ({found})", size.memory))
                })
                .collect();
            (!out.is_empty()).then(|| out.join(", "))
        };
        let shown = listed(true).map(|sizes| format!("Out by the limit: {sizes}"));
        let open = listed(false)
            .map(|sizes| format!("Over the limit by so few samples, and left out: {sizes}"));
        shown.into_iter().chain(open)
    }

    fn nearest_words(&self) -> Option<String> {
        let limits = self.limits.words()?;
        if self.sizes.iter().any(SizeLimits::is_met) {
            return None;
        }
        let sizes = self.sizes.iter();
        let hardest = sizes.filter_map(|size| Some((size.memory, size.hardest()?)));
        let nearest = hardest.min_by(|one, other| one.1.strain().total_cmp(&other.1.strain()));
        nearest.map(|(memory, check)| {
            let found = check.figure_words();
            let over = check.over_words();
            format!("No size has {limits}; {memory} MB came nearest: {found}, {over}")
        })
    }
}

#[cfg(test)]
mod tests;
