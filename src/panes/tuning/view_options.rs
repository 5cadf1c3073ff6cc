//! How curves are looked at: cursor, baseline, weight, billing step, form.

use super::ChartedRun;
use crate::config::TuningDefaults;
use crate::lambda::MemoryMb;
use crate::panes::stepped;
use crate::power::{BillingStep, Curve, DurationLimit, PickLimits, Run, RunId, Weight};

/// How much one key press changes the balanced weight.
const WEIGHT_STEP: f64 = 0.05;

/// The shares of cold starts that can be chosen from.
const COLD_SHARES: [f64; 10] = [0.0, 0.001, 0.005, 0.01, 0.02, 0.05, 0.10, 0.20, 0.50, 1.0];

/// How the selected run is looked at. Stays while runs are walked through.
#[derive(Debug, Clone, PartialEq)]
pub struct ViewOptions {
    /// The weight of cost in the balanced pick, once the user chose one.
    pub weight: Option<Weight>,
    /// The same for runs without a plan.
    default_weight: Weight,
    /// The billing step costs are shown at.
    pub step: BillingStep,
    /// Whether a table stands in place of the chart.
    pub table: bool,
    /// Whether the list is hidden and the details are shown.
    pub expanded: bool,
    /// How the axes of the chart are spread.
    pub axes: AxisOptions,
    /// Whether the list takes the whole width and the chart is hidden.
    pub wide: bool,
    /// The cursor of the chart.
    pub cursor: SizeCursor,
    /// The memory size the others are compared with, when the user chose one.
    pub baseline: Option<MemoryMb>,
    /// The run laid over the selected one.
    pub compared: Option<RunId>,
    /// The limits on the durations, once the user chose some; those of a run's plan hold else.
    pub limits: Option<PickLimits>,
    /// The month whose bill is told.
    pub month: MonthOptions,
}

/// The cursor of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SizeCursor {
    /// The memory size under it; always one of the curve's sizes once it was settled.
    pub at: Option<MemoryMb>,
    /// Where the user put it: there, or near, it stays while runs are walked through.
    pub chosen: Option<MemoryMb>,
}

/// The month whose bill is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthOptions {
    /// Its invocations.
    pub invocations: u64,
    /// The place of their share of cold starts among [`COLD_SHARES`].
    cold: usize,
}

/// How the axes of the chart are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AxisOptions {
    /// Whether the time axis is logarithmic.
    pub log_time: bool,
    /// Whether the cost axis begins near the lowest cost.
    pub cut_cost: bool,
}

impl MonthOptions {
    /// The share of the invocations of a month that are cold starts, 0 to 1.
    #[must_use]
    pub fn cold_share(&self) -> f64 {
        COLD_SHARES.get(self.cold).copied().unwrap_or_default()
    }

    /// Makes that share larger (or smaller, for steps below 0); it stops at the ends.
    pub(super) fn shift_cold_share(&mut self, steps: isize) {
        let last = COLD_SHARES.len().saturating_sub(1);
        self.cold = self.cold.saturating_add_signed(steps).min(last);
    }
}

impl ViewOptions {
    /// The look a session starts with.
    #[must_use]
    pub const fn new(defaults: &TuningDefaults) -> Self {
        Self {
            weight: None,
            default_weight: defaults.balanced_weight,
            step: BillingStep::AsMeasured,
            table: false,
            expanded: false,
            axes: AxisOptions {
                log_time: false,
                cut_cost: false,
            },
            wide: false,
            cursor: SizeCursor {
                at: None,
                chosen: None,
            },
            baseline: None,
            compared: None,
            limits: None,
            month: MonthOptions {
                invocations: defaults.monthly_invocations,
                cold: 0,
            },
        }
    }

    /// The limits a run is looked at under.
    #[must_use]
    pub fn limits_of(&self, run: &Run) -> PickLimits {
        let planned = run.measured().map(|measured| measured.plan.limits);
        let planned = planned.unwrap_or_default();
        self.limits.map_or(planned, |chosen| {
            let chosen: Vec<DurationLimit> = chosen.on_durations().collect();
            planned.with_only(&chosen)
        })
    }

    /// Moves the cursor by a number of sizes; it stops at the ends.
    pub(super) fn move_cursor(&mut self, curve: &Curve, steps: isize) {
        let sizes = curve.points.iter().map(|point| point.memory_mb);
        self.cursor.at = stepped(sizes, self.cursor.at, steps);
        self.cursor.chosen = self.cursor.at;
    }

    /// Puts the cursor on the size of the curve that is nearest to where the user put it; while nobody did, on the
    /// recommended one, or the cheapest.
    pub(super) fn settle(&mut self, side: &ChartedRun, recommended: Option<MemoryMb>) {
        let cheapest = || side.picks.map(|picks| picks.cheapest);
        let Some(cursor) = self.cursor.chosen.or(recommended).or_else(cheapest) else {
            return;
        };
        let distance = |size: MemoryMb| size.megabytes().abs_diff(cursor.megabytes());
        self.cursor.at = side
            .curve
            .points
            .iter()
            .map(|point| point.memory_mb)
            .min_by_key(|&size| distance(size))
            .or(self.cursor.at);
    }

    /// The balanced weight a run is looked at with: the one the user chose, else that of its plan.
    #[must_use]
    pub fn weight_of(&self, run: &Run) -> Weight {
        let planned = run
            .measured()
            .map(|measured| measured.plan.goal.balanced_weight);
        self.weight.or(planned).unwrap_or(self.default_weight)
    }

    /// Moves the balanced weight from where it is by a number of steps towards cost (positive) or speed (negative).
    pub fn shift_weight(&mut self, now: Weight, steps: f64) {
        let moved = now.of_cost() + steps * WEIGHT_STEP;
        self.weight = Some(Weight::clamped((moved / WEIGHT_STEP).round() * WEIGHT_STEP));
    }

    /// Switches to the next billing step.
    pub const fn next_step(&mut self) {
        self.step = match self.step {
            BillingStep::AsMeasured => BillingStep::OneMs,
            BillingStep::OneMs => BillingStep::HundredMs,
            BillingStep::HundredMs => BillingStep::AsMeasured,
        };
    }
}
