//! What is on the chart, worked out when data or look changed; drawing only reads it.

mod answer;

use super::{RunEntry, ViewOptions};
use crate::lambda::MemoryMb;
use crate::power::{
    Change, Curve, MeasuredRun, PickLimits, Picks, RunId, SizeDifference, SizeState, Weight,
};
use crate::text::neutralise;
pub use answer::ShownAnswer;

/// The selected run as the look has it, and the run it is compared with.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownRuns {
    /// The selected run's id.
    pub run: RunId,
    /// The selected run.
    pub main: ChartedRun,
    /// The run laid over it.
    pub overlay: Option<ChartedRun>,
    /// The weight of cost in the balanced picks.
    pub weight: Weight,
    /// The size that changes are told against.
    pub baseline: Option<MemoryMb>,
    /// The limits on the durations that the run is looked at under.
    pub limits: PickLimits,
    /// What it comes to.
    pub answer: ShownAnswer,
    /// Sizes without a point yet.
    pub pending: Vec<MemoryMb>,
    /// Sizes the function does not work at, with the reason.
    pub infeasible: Vec<(MemoryMb, String)>,
    /// The duration in milliseconds of each sample, by size.
    pub samples: Vec<(MemoryMb, f64)>,
    /// The selected run against the overlay.
    pub comparison: Option<ShownComparison>,
}

/// The selected run against the one laid over it.
#[derive(Debug, Clone, PartialEq)]
pub struct ShownComparison {
    /// Each at its cheapest size.
    pub cheapest: String,
    /// What is known of each size that both have, ascending.
    pub sizes: Vec<SizeDifference>,
}

/// One run on the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartedRun {
    /// Its curve at the billing step of the look.
    pub curve: Curve,
    /// The sizes it recommends at the weight of the look.
    pub picks: Option<Picks>,
}

impl ChartedRun {
    /// A run as the look has it, beside another one if there is one.
    fn of(entry: &RunEntry, beside: Option<&RunEntry>, look: &ViewOptions, weight: Weight) -> Self {
        let mut curve = entry.run.curve(look.step);
        if let Some(other) = beside {
            curve.name = entry.run.name_beside(&other.run);
        }
        curve.name = neutralise(&curve.name).into_owned();
        let picks = curve.picks(weight);
        Self { curve, picks }
    }
}

impl ShownRuns {
    /// Works out what is shown of an entry and of the one it is compared with.
    #[must_use]
    pub fn of(entry: &RunEntry, compared: Option<&RunEntry>, look: &ViewOptions) -> Self {
        let weight = look.weight_of(&entry.run);
        let compared = compared.filter(|other| other.run.id != entry.run.id);
        let main = ChartedRun::of(entry, compared, look, weight);
        let overlay = compared.map(|other| ChartedRun::of(other, Some(entry), look, weight));
        let measured = entry.run.measured();
        let limits = look.limits_of(&entry.run);
        let comparison = overlay.as_ref().zip(compared);
        let comparison = comparison.and_then(|(side, other)| {
            let sizes = SizeDifference::between(&other.run, &entry.run, look.step);
            let cheapest = cheapest_words(&main, side)?;
            Some(ShownComparison { cheapest, sizes })
        });
        Self {
            run: entry.run.id.clone(),
            baseline: baseline(&main.curve, look.baseline, entry.current_memory()),
            answer: ShownAnswer::of(&entry.run, &main.curve, limits, look),
            limits,
            pending: measured
                .map(|run| pending(run, &main.curve))
                .unwrap_or_default(),
            infeasible: measured.map(infeasible).unwrap_or_default(),
            samples: measured.map(samples).unwrap_or_default(),
            comparison,
            weight,
            main,
            overlay,
        }
    }
}

/// The size the user chose, else the one of the curve; always one with a point.
fn baseline(
    curve: &Curve,
    chosen: Option<MemoryMb>,
    current: Option<MemoryMb>,
) -> Option<MemoryMb> {
    let measured = |size: &MemoryMb| curve.point(*size).is_some();
    chosen.filter(measured).or_else(|| curve.baseline(current))
}

/// The durations of the samples the points stand on.
fn samples(run: &MeasuredRun) -> Vec<(MemoryMb, f64)> {
    run.sizes
        .iter()
        .flat_map(|size| {
            run.durations(size)
                .into_iter()
                .map(|ms| (size.memory_mb, ms))
        })
        .collect()
}

/// The sizes whose points are still to come: those that wait, and those of which only cold samples came.
fn pending(run: &MeasuredRun, curve: &Curve) -> Vec<MemoryMb> {
    run.sizes
        .iter()
        .filter(|size| matches!(size.state, SizeState::Pending | SizeState::Ok))
        .filter(|size| curve.point(size.memory_mb).is_none())
        .map(|size| size.memory_mb)
        .collect()
}

fn infeasible(run: &MeasuredRun) -> Vec<(MemoryMb, String)> {
    run.sizes
        .iter()
        .filter_map(|size| match &size.state {
            SizeState::Infeasible(why) => Some((size.memory_mb, neutralise(why).into_owned())),
            _ => None,
        })
        .collect()
}

/// The selected run against the marked one, each at its cheapest size, in words.
fn cheapest_words(main: &ChartedRun, other: &ChartedRun) -> Option<String> {
    let here = main.curve.point(main.picks?.cheapest)?;
    let there = other.curve.point(other.picks?.cheapest)?;
    let change = Change::across((&other.curve, there), (&main.curve, here));
    Some(format!(
        "cheapest: {} MB here, {} MB there: {}, {}",
        here.memory_mb,
        there.memory_mb,
        change.speed_words(),
        change.cost_words()
    ))
}
