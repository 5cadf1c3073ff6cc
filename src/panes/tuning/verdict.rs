//! What a run came to, in one sentence.

use crate::effect::Severity;
use crate::power::{
    BillingStep, Curve, Finding, LimitsReport, MeanDifference, MeasuredRun, Run, RunState, Strategy,
};

/// The sentence at the end of a run.
pub(super) fn sentence(run: &Run, measured: &MeasuredRun) -> (Severity, String) {
    let name = &run.name;
    if let RunState::Failed(why) = &measured.state {
        return (Severity::Error, why.clone());
    }
    if !measured.cleanup.restored {
        return (
            Severity::Error,
            format!(
                "{name} could not be restored to {} MB.",
                measured.current_memory
            ),
        );
    }
    let had = measured.invocations();
    let left = left_behind(measured);
    let failures = measured.failures_in_words();
    let failures = failures.map_or_else(String::new, |words| format!("; {words}"));
    if measured.state == RunState::Cancelled {
        let text = format!(
            "Cancelled the run of {name}: it has its {} MB again{left}{failures}; its {had} invocations are kept.",
            measured.current_memory
        );
        return (severity(measured), text);
    }
    let curve = run.curve(BillingStep::AsMeasured);
    (
        severity(measured),
        format!(
            "{}{left}{failures}{}.",
            outcome(name, measured, &curve),
            applied(measured)
        ),
    )
}

fn severity(measured: &MeasuredRun) -> Severity {
    if measured.cleanup.versions_left > 0 || measured.failures() > 0 {
        Severity::Warning
    } else {
        Severity::Success
    }
}

fn left_behind(measured: &MeasuredRun) -> String {
    match measured.cleanup.versions_left {
        0 => String::new(),
        1 => "; 1 version of this run could not be deleted".to_owned(),
        left => format!("; {left} versions of this run could not be deleted"),
    }
}

/// What was changed because the plan said so.
fn applied(measured: &MeasuredRun) -> String {
    let applied = measured.applied.as_ref();
    let words = applied.map(|it| it.words(measured.current_memory));
    words.map_or_else(String::new, |words| format!(". Applied: {words}"))
}

const fn best_at(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Cost => "is cheapest",
        Strategy::Speed => "is fastest",
        Strategy::Balanced => "is the balance",
    }
}

/// The size to take, and how it does against the size the function has.
fn outcome(name: &str, measured: &MeasuredRun, curve: &Curve) -> String {
    let Some(pick) = measured.recommended(curve) else {
        let limits = LimitsReport::of(measured);
        let mut nearest = limits.iter().flat_map(|it| it.sentences(None));
        let why = nearest.next();
        let why = why.unwrap_or_else(|| "no size keeps to the plan".to_owned());
        return format!("{name}: {why}");
    };
    let current = measured.current_memory;
    let found = Finding::of(measured);
    let is_open = found.as_ref().is_some_and(Finding::is_open);
    if let Some(found) = found.filter(|found| found.may_stay(current)) {
        return format!("{name}: {}", found.open_words(current));
    }
    let what = if is_open {
        "has the lowest estimate; how sure that is, nobody can tell"
    } else if measured.pick(curve) == Some(pick) {
        best_at(measured.plan.goal.strategy)
    } else {
        "is recommended"
    };
    if pick == current {
        return format!("{name}: {pick} MB {what}, the size it has");
    }
    match (curve.point(current), curve.point(pick)) {
        (Some(now), Some(then)) => {
            let change = MeanDifference::of_points(now, then);
            format!("{name}: {pick} MB {what}: {change} against its {current} MB")
        }
        _ => format!("{name}: {pick} MB {what} (its {current} MB was not measured)"),
    }
}
