//! `iacstone runs compare`: two runs size by size.

use serde::Serialize;

use super::super::args::CurveArgs;
use super::super::context::CommandContext;
use super::super::drawing::{Drawing, DrawingJson, SizeChange, comparison_link};
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure, source};
use crate::power::{Change, Curve, MeanChange, Point, Run, SizeDifference, unlike};
use crate::ui::chart::format;

/// Compares two runs: how the second does against the first at every size that both measured.
///
/// # Errors
/// When one of them is not there or damaged.
pub(super) async fn run(
    first: &str,
    second: &str,
    args: &CurveArgs,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let first = source::saved_first(first, context).await?;
    let second = source::saved_first(second, context).await?;
    let curves = (
        first.curve(args.billing_step_ms),
        second.curve(args.billing_step_ms),
    );
    if both(&curves).next().is_none() {
        output.note("The two runs have no size in common; only the chart compares them.");
    }
    for sentence in unlike(&first, &second) {
        output.note(sentence);
    }
    let settings = context.settings();
    let known = SizeDifference::between(&first, &second, args.billing_step_ms);
    if context.json() {
        let sizes = both(&curves).zip(&known);
        let sizes = sizes.map(|(pair, known)| SizeJson::of(change(&curves, pair), known));
        let link = comparison_link(&curves.0, &curves.1);
        let link = link.map_err(|sentence| output.note(sentence)).ok();
        output.json(&ComparisonJson {
            first: Drawing::new(&first, None, args, settings)?.document(),
            second: Drawing::new(&second, None, &without_baseline(args), settings)?.document(),
            sizes: sizes.collect(),
            link,
        })?;
    } else {
        let drawing = Drawing::new(&first, Some(&second), args, settings)?;
        let text = sizes_text((&first, &second), &curves, &known);
        output.data(&format!("{text}{}", drawing.text()))?;
    }
    Ok(CommandExit::Done)
}

/// The sizes of two runs side by side, and what is known of each.
fn sizes_text(
    (first, second): (&Run, &Run),
    curves: &(Curve, Curve),
    known: &[SizeDifference],
) -> String {
    let names = (first.name_beside(second), second.name_beside(first));
    let table = table(curves, (&names.0, &names.1), known);
    format!("{table}\n{}", differences(first, second, known))
}

/// The document of a comparison.
#[derive(Serialize)]
struct ComparisonJson {
    first: DrawingJson,
    second: DrawingJson,
    /// The change from the first run to the second at each size both measured.
    sizes: Vec<SizeJson>,
    /// The link that draws both; null when their costs are in two currencies.
    link: Option<String>,
}

/// One size of both runs.
#[derive(Serialize)]
struct SizeJson {
    #[serde(flatten)]
    change: SizeChange,
    /// The samples of the first run and of the second; 0 where only means are known.
    samples: [usize; 2],
    /// The mean duration of the second over that of the first, with its 95 % interval; null with fewer than five samples on
    /// a side.
    duration_ratio: Option<RatioJson>,
    /// The same of the cost; null too when the costs are in two currencies.
    cost_ratio: Option<RatioJson>,
    /// What is known, for people.
    sentence: String,
}

/// A ratio with its 95 % interval.
#[derive(Serialize)]
struct RatioJson {
    ratio: f64,
    low: f64,
    high: f64,
}

impl SizeJson {
    fn of(change: Change, known: &SizeDifference) -> Self {
        Self {
            change: SizeChange::of(known.memory, change),
            samples: known.samples,
            duration_ratio: known.duration.map(RatioJson::from),
            cost_ratio: known.cost.map(RatioJson::from),
            sentence: known.words(),
        }
    }
}

impl From<MeanChange> for RatioJson {
    fn from(change: MeanChange) -> Self {
        let MeanChange { ratio, low, high } = change;
        Self { ratio, low, high }
    }
}

/// What is known of each size, a line each; one line where only means are known of a run.
fn differences(first: &Run, second: &Run, known: &[SizeDifference]) -> String {
    if known.is_empty() {
        return String::new();
    }
    if first.measured().is_none() || second.measured().is_none() {
        return "Only means are known of one of the runs: how far they differ by chance, nobody can tell.\n\n"
            .to_owned();
    }
    let lines = known.iter().map(|size| format!("{}.\n", size.words()));
    let heading = "By the samples, each size for itself (95 % intervals):\n".to_owned();
    let end = "\n".to_owned();
    std::iter::once(heading).chain(lines).chain([end]).collect()
}

/// The baseline is a size of the first run; the second may not have it.
fn without_baseline(args: &CurveArgs) -> CurveArgs {
    CurveArgs {
        baseline: None,
        ..args.clone()
    }
}

fn both(curves: &(Curve, Curve)) -> impl Iterator<Item = (&Point, &Point)> {
    let second = |from: &Point| curves.1.point(from.memory_mb);
    curves
        .0
        .points
        .iter()
        .filter_map(move |from| Some((from, second(from)?)))
}

fn change(curves: &(Curve, Curve), (from, to): (&Point, &Point)) -> Change {
    Change::across((&curves.0, from), (&curves.1, to))
}

fn table(curves: &(Curve, Curve), names: (&str, &str), known: &[SizeDifference]) -> TextTable {
    let mut table = TextTable::new(&[
        ("MB", Alignment::Right),
        (names.0, Alignment::Right),
        ("its cost", Alignment::Right),
        (names.1, Alignment::Right),
        ("its cost", Alignment::Right),
        ("the second against the first", Alignment::Left),
    ]);
    let money =
        |curve: &Curve, point: &Point| format::per_million_text(point.cost_usd, curve.currency());
    for ((from, to), known) in both(curves).zip(known) {
        table.row([
            from.memory_mb.to_string(),
            format::duration_text(from.duration_ms),
            money(&curves.0, from),
            format::duration_text(to.duration_ms),
            money(&curves.1, to),
            known.change_words(&change(curves, (from, to))),
        ]);
    }
    table
}
