//! `iacstone chart`, and the options of everything that draws a curve.

use clap::Args;

use super::values::{billing_step, memory, weight};
use crate::config::positive;
use crate::lambda::MemoryMb;
use crate::power::{BillingStep, DurationLimit, PickLimits, Weight};

/// `iacstone chart SOURCE`.
#[derive(Debug, Clone, PartialEq, Args)]
#[command(after_help = "Examples:
  iacstone chart prime-numbers-all --billing-step-ms 1
  iacstone chart r20261121-101530-7f3a --baseline 512
  iacstone chart 'https://lambda-power-tuning.show/#AAEAAg==;...'
  iacstone tune checkout --format reference | iacstone chart -")]
pub struct ChartArgs {
    /// A run, a file (a page or Markdown with a link too), a visualization link, '-' for standard input, or the name of a
    /// bundled example
    #[arg(allow_negative_numbers = true)]
    pub source: String,
    /// Of several visualization links in a page, draw this one; the first is 1
    #[arg(long, value_name = "N")]
    pub link: Option<usize>,
    /// How to show it.
    #[command(flatten)]
    pub curve: CurveArgs,
}

/// How a curve is shown.
#[derive(Debug, Clone, PartialEq, Default, Args)]
pub struct CurveArgs {
    /// Bill durations in steps: 1 (today), 100 (before December 2020) or as-measured
    #[arg(long, value_name = "STEP", value_parser = billing_step, default_value = "as-measured")]
    pub billing_step_ms: BillingStep,
    /// Weigh cost against speed for the balanced pick: 0 (speed only) to 1 (cost only)
    #[arg(long, value_name = "WEIGHT", value_parser = weight)]
    pub balanced_weight: Option<Weight>,
    /// Show every size as a change against this one
    #[arg(long, value_name = "MB", value_parser = memory)]
    pub baseline: Option<MemoryMb>,
    /// Pick no size that is slower, in milliseconds: the same as --limit mean:MS
    #[arg(long, value_name = "MS", value_parser = positive)]
    pub max_duration_ms: Option<f64>,
    /// Pick no size over this, such as p90:200ms or max:1.5s (p50, p90, p95, p99, max, mean); may be given more than once;
    /// without it the limits of the run's plan hold
    #[arg(long = "limit", value_name = "FIGURE:DURATION")]
    pub limits: Vec<DurationLimit>,
    /// Spread the durations by their logarithms
    #[arg(long)]
    pub log_time: bool,
    /// Let the axis of costs begin near the lowest cost, not at 0
    #[arg(long)]
    pub cut_cost: bool,
    /// Draw this wide, in columns; without it as wide as the terminal
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(20..=500))]
    pub width: Option<u16>,
    /// Draw this high, in rows
    #[arg(long, value_name = "ROWS", value_parser = clap::value_parser!(u16).range(8..=200))]
    pub height: Option<u16>,
}

impl CurveArgs {
    /// The limits that are asked for; `None` without any.
    #[must_use]
    pub fn limits(&self) -> Option<PickLimits> {
        limits(self.max_duration_ms, &self.limits)
    }
}

/// Limits on durations as flags give them; `None` without any.
pub(super) fn limits(max_duration_ms: Option<f64>, limits: &[DurationLimit]) -> Option<PickLimits> {
    let bare = PickLimits {
        max_duration_ms,
        ..PickLimits::default()
    };
    let all = limits.iter().copied().fold(bare, PickLimits::with);
    let has_any = all.on_durations().next().is_some();
    has_any.then_some(all)
}
