//! The result for people: a row per size, the pick in words, what the reference tool would say, what was left behind.

mod bill;
mod month;

use std::fmt::Write;

use super::super::table::{Alignment, TextTable};
use super::payloads;
use crate::config::TuningDefaults;
use crate::lambda::MemoryMb;
use crate::power::Currency;
use crate::power::summary::{SizeOutcome, SizeSummary};
use crate::power::{
    BillingStep, Curve, CurvePattern, Finding, LimitFigure, LimitsReport, MeanDifference,
    MeasuredRun, PickLimits, Point, ReferenceOutput, Run, TuneSummary,
};
use crate::text::neutralise;
use crate::ui::chart::format;
use month::month;

/// The whole report of a run that was just made.
pub(super) fn text(run: &Run, defaults: &TuningDefaults) -> String {
    let mut text = measured_text(run);
    text.push('\n');
    if let Some(measured) = run.measured() {
        let curve = run.curve(BillingStep::AsMeasured);
        verdict(&mut text, run, measured, &curve, defaults);
        text.extend(pattern_line(run).map(|line| format!("{line}\n")));
        reference(&mut text, run);
        text.extend(failures_line(measured));
        text.extend(first_answer_line(measured));
        bill::bill(&mut text, run, measured);
        if !curve.points.is_empty() {
            writeln!(text, "Chart: {}", curve.link()).ok();
        }
    }
    text
}

/// The heading and the row of each size; empty for runs from elsewhere.
pub(in crate::cli) fn measured_text(run: &Run) -> String {
    let (Some(summary), Some(measured)) = (TuneSummary::of(run), run.measured()) else {
        return String::new();
    };
    let curve = run.curve(BillingStep::AsMeasured);
    let name = summary.function.rsplit(':').next().unwrap_or_default();
    let state = measured.unusual();
    let state = state.map_or_else(String::new, |words| format!(", {words}"));
    let heading = format!(
        "{name}, {}, {}, run {}{state}",
        summary.architecture, summary.region, run.id
    );
    let rows = rows(&summary, measured, &curve);
    let mut text = format!("{}\n\n{rows}", neutralise(&heading));
    if let Some(payloads) = payloads::table(&summary) {
        write!(text, "\n{payloads}").ok();
    }
    text
}

/// The row of each size, and the row of each of several payloads; none for runs from elsewhere.
pub(in crate::cli) fn measured_tables(run: &Run) -> Vec<TextTable> {
    let (Some(summary), Some(measured)) = (TuneSummary::of(run), run.measured()) else {
        return Vec::new();
    };
    let curve = run.curve(BillingStep::AsMeasured);
    let rows = rows(&summary, measured, &curve);
    [rows]
        .into_iter()
        .chain(payloads::table(&summary))
        .collect()
}

/// What the run says about its pick under limits, a sentence or two each; none for runs from elsewhere.
pub(in crate::cli) fn verdict_lines(
    run: &Run,
    limits: Option<PickLimits>,
    defaults: &TuningDefaults,
) -> Vec<String> {
    let mut text = String::new();
    if let Some(measured) = run.measured() {
        let judged = measured.under(limits.unwrap_or(measured.plan.limits));
        let curve = run.curve(BillingStep::AsMeasured);
        verdict(&mut text, run, &judged, &curve, defaults);
    }
    text.lines().map(str::to_owned).collect()
}

/// The shape of the curve and the sizes that show it; none with fewer than two sizes.
pub(in crate::cli) fn pattern_line(run: &Run) -> Option<String> {
    let curve = run.curve(BillingStep::AsMeasured);
    CurvePattern::of(&curve.points).map(|shape| shape.to_string())
}

/// Where the column of the failed invocations stands, when some failed.
const FAILED_AT: usize = 3;

fn rows(summary: &TuneSummary, measured: &MeasuredRun, curve: &Curve) -> TextTable {
    let baseline = curve.baseline(Some(measured.current_memory));
    let against = baseline.map_or_else(String::new, |size| format!("against {size} MB"));
    let failing = summary.errors > 0;
    let mut columns = vec![
        ("", Alignment::Left),
        ("MB", Alignment::Right),
        ("samples", Alignment::Right),
        ("mean", Alignment::Right),
        ("p90", Alignment::Right),
        ("compute", Alignment::Right),
        ("init", Alignment::Right),
        ("used", Alignment::Right),
        (&against, Alignment::Left),
    ];
    if failing {
        columns.insert(FAILED_AT, ("failed", Alignment::Right));
    }
    let mut table = TextTable::new(&columns);
    for size in &summary.sizes {
        let mut cells = cells(size, summary, measured, curve).to_vec();
        if failing {
            cells.insert(FAILED_AT, size.failed.errors.to_string());
        }
        table.row(cells);
    }
    table
}

fn cells(
    size: &SizeSummary,
    summary: &TuneSummary,
    measured: &MeasuredRun,
    curve: &Curve,
) -> [String; 9] {
    let milliseconds = |value: Option<f64>| value.map_or_else(nothing, format::duration_text);
    let durations = size.duration_ms;
    // Of fewer samples the limits know no such figure either.
    let has_p90 = size.samples >= LimitFigure::P90.fewest();
    let p90 = durations.map(|it| it.p90).filter(|_| has_p90);
    let currency = curve.currency();
    let cost = size.cost_usd;
    let used = size.max_memory_used_mb;
    [
        if summary.answer.recommended == Some(size.memory_mb) {
            "*".to_owned()
        } else {
            String::new()
        },
        size.memory_mb.to_string(),
        size.samples.to_string(),
        milliseconds(durations.map(|it| it.mean)),
        milliseconds(p90),
        cost.map_or_else(nothing, |cost| format::per_million_text(cost, currency)),
        milliseconds(size.init_ms),
        used.map_or_else(nothing, |used| format!("{used} MB")),
        remark(size, measured, curve),
    ]
}

fn nothing() -> String {
    "-".to_owned()
}

/// What became of the size: the change against the current one, or why it has no figures.
fn remark(size: &SizeSummary, measured: &MeasuredRun, curve: &Curve) -> String {
    let reason = size.reason.as_deref().unwrap_or_default();
    match size.state {
        SizeOutcome::Infeasible => return format!("infeasible: {reason}"),
        SizeOutcome::Skipped => return format!("skipped: {reason}"),
        SizeOutcome::Dropped => {
            return format!("{}; dropped: {reason}", against(size, measured, curve));
        }
        SizeOutcome::Ok => {}
    }
    against(size, measured, curve)
}

/// The change of a size against the current one, or against the smallest where that was not measured.
fn against(size: &SizeSummary, measured: &MeasuredRun, curve: &Curve) -> String {
    let current = measured.current_memory;
    if size.memory_mb == current {
        return "the current size".to_owned();
    }
    let baseline = curve.baseline(Some(current));
    if Some(size.memory_mb) == baseline {
        return format!("the smallest ({current} MB was not measured)");
    }
    let from = baseline.and_then(|baseline| curve.point(baseline));
    let points = from.zip(curve.point(size.memory_mb));
    points.map_or_else(String::new, |(from, to)| {
        MeanDifference::of_points(from, to).to_string()
    })
}

/// The pick, and what it means.
fn verdict(
    text: &mut String,
    run: &Run,
    measured: &MeasuredRun,
    curve: &Curve,
    defaults: &TuningDefaults,
) {
    let found = Finding::of(measured);
    if let Some(finding) = &found {
        writeln!(text, "{}.", finding.sentence()).ok();
    }
    let recommended = measured.recommended(curve);
    let picked = recommended.and_then(|size| curve.point(size));
    if picked.is_none() && !measured.plan.dry_run {
        writeln!(text, "No size can be picked.").ok();
    }
    limits(text, measured, recommended);
    let Some(point) = picked else {
        return;
    };
    let label = found.as_ref().map_or("Recommended", Finding::label);
    let is_open = found.as_ref().is_some_and(Finding::is_open);
    writeln!(
        text,
        "{label}: {} MB{}, {}, {}; {}",
        point.memory_mb,
        if is_open { ", by its means" } else { "" },
        format::duration_exact(point.duration_ms),
        format::per_million_text(point.cost_usd, curve.currency()),
        month(run, point, found.as_ref(), defaults.monthly_invocations),
    )
    .ok();
    against_current(text, measured.current_memory, (curve, point), is_open);
    own_pick(text, measured, curve, point.memory_mb);
    for note in found.iter().flat_map(|finding| finding.notes(measured)) {
        writeln!(text, "{note}").ok();
    }
}

/// What the limits of the plan come to; none of a run whose sizes may not be picked from.
fn limits(text: &mut String, measured: &MeasuredRun, recommended: Option<MemoryMb>) {
    let report = LimitsReport::of(measured).filter(|_| !measured.plan.dry_run);
    for sentence in report.iter().flat_map(|it| it.sentences(recommended)) {
        writeln!(text, "{sentence}.").ok();
    }
}

/// What the strategy picks by the figures alone, where that is another size.
fn own_pick(text: &mut String, measured: &MeasuredRun, curve: &Curve, recommended: MemoryMb) {
    let pick = measured.pick(curve).filter(|pick| *pick != recommended);
    let Some(point) = pick.and_then(|pick| curve.point(pick)) else {
        return;
    };
    writeln!(
        text,
        "Pick by {} alone: {} MB, {}, {}.",
        measured.plan.goal.strategy.name(),
        point.memory_mb,
        format::duration_exact(point.duration_ms),
        format::per_million_text(point.cost_usd, curve.currency()),
    )
    .ok();
}

/// How the recommended size does against the one the function has; `is_open` where nobody can tell which is best.
fn against_current(
    text: &mut String,
    current: MemoryMb,
    (curve, point): (&Curve, &Point),
    is_open: bool,
) {
    let size = point.memory_mb;
    let sentence = MeanDifference::against_current(curve, current, size);
    let sentence = sentence.unwrap_or_else(|| match (current == size, is_open) {
        (true, true) => "It is the current size: no reason to change is shown.".to_owned(),
        (true, false) => "It is the current size: nothing to change.".to_owned(),
        (false, _) => format!("The current size of {current} MB was not measured."),
    });
    writeln!(text, "{sentence}").ok();
}

/// What the reference tool would print for the same samples: it rounds mean bills up and prices at 128 MB.
fn reference(text: &mut String, run: &Run) {
    if let Some(result) = ReferenceOutput::of(run, false) {
        writeln!(
            text,
            "The reference tool would say: power {}, cost {}, duration {:.3}.",
            result.power,
            format::usd_text(result.cost, run.prices().rate.currency),
            result.duration
        )
        .ok();
    }
}

/// The invocations that failed, and what the function said last; none when none did.
pub(in crate::cli) fn failures_line(measured: &MeasuredRun) -> Option<String> {
    let words = measured.failures_in_words()?;
    let said = measured.last_failure().unwrap_or_default();
    let currency = Currency::of_region(&measured.region);
    let cost = format::usd_text(measured.failures_cost(), currency);
    let line = format!(
        "{words} and are in no figure of time or cost; they cost {cost}; the function said: {said}"
    );
    Some(format!("{}\n", neutralise(&line)))
}

/// What the function answered first, which is what a dry run is for.
fn first_answer_line(measured: &MeasuredRun) -> Option<String> {
    let answer = measured.preflight.first_answer.as_ref()?;
    let line = format!("First answer: {}\n", answer.text);
    measured.plan.dry_run.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{Cleanup, RunState, fixture};

    #[test]
    fn the_report_says_what_the_pick_means() {
        let report = text(&fixture::run(), &TuningDefaults::default());
        assert!(report.contains("256 MB costs at most 2 % more"), "{report}");
        assert!(report.contains("Recommended: 256 MB"), "{report}");
        assert!(report.contains("The reference tool would say"), "{report}");
        assert!(report.contains("Chart: https://"), "{report}");
    }

    #[test]
    fn invocations_that_failed_are_said_in_table_and_summary() {
        let mut run = fixture::run();
        let report = text(&run, &TuningDefaults::default());
        assert!(!report.contains("failed"), "{report}");
        let sizes = &mut run.measured_mut().unwrap().sizes;
        sizes[1].samples[2].error = Some("Oops: out of \u{1b}[2Jluck".to_owned());
        let report = text(&run, &TuningDefaults::default());
        assert!(report.contains("  failed  "), "{report}");
        let row = report
            .lines()
            .find(|line| line.contains("   256  "))
            .unwrap();
        assert!(row.starts_with("*   256        4       1  "), "{report}");
        let sentence = "1 of 19 invocations failed and are in no figure of time or cost; they cost $0.0000003708; the function said: Oops: out of";
        assert!(report.contains(sentence), "{report}");
        assert!(!report.contains('\u{1b}'), "{report:?}");
    }

    #[test]
    fn how_a_run_ended_stands_in_its_heading() {
        let mut run = fixture::run();
        let whole = Cleanup {
            restored: true,
            versions_left: 0,
            differs: None,
        };
        for (cleanup, words) in [
            (Cleanup::default(), "cut off"),
            (whole, "cut off, undone later"),
        ] {
            let measured = run.measured_mut().unwrap();
            (measured.state, measured.cleanup) = (RunState::CutOff, cleanup);
            let report = measured_text(&run);
            let heading = format!("busy, x86_64, us-east-1, run r20261121-101530-7f3a, {words}\n");
            assert!(report.starts_with(&heading), "{report}");
        }
    }

    #[test]
    fn without_the_current_size_changes_are_told_against_the_smallest_one() {
        let mut run = fixture::run();
        run.measured_mut().unwrap().current_memory = fixture::memory(192);
        let report = text(&run, &TuningDefaults::default());
        assert!(report.contains("  against 128 MB\n"), "{report}");
        assert!(
            report.contains("  the smallest (192 MB was not measured)\n"),
            "{report}"
        );
        assert!(report.contains("2.48x faster"), "{report}");
    }

    #[test]
    fn nobody_picks_from_a_run_that_was_cut_short() {
        for state in [RunState::Cancelled, RunState::Failed("no more".to_owned())] {
            let mut run = fixture::run();
            run.measured_mut().unwrap().state = state;
            let report = text(&run, &TuningDefaults::default());
            assert!(report.contains("No size can be picked."), "{report}");
            assert!(!report.contains("The reference tool"), "{report}");
        }
    }
}
