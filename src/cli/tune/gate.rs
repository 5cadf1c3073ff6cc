//! The estimate, and the question before money is spent or the live function changed.

use std::io::{self, IsTerminal};

use super::super::CommandFailure;
use super::super::context::CommandContext;
use super::super::output::Output;
use super::planned::PlannedRun;
use crate::power::{
    Estimate, MeasuredRun, Pricing, Run, TypicalDurations, estimate, estimate_rest,
};
use crate::store::Store;
use crate::ui::chart::format::usd_text;

/// Says what the runs may cost, and asks when that is much or a live function will change.
///
/// # Errors
/// Exit code 2 when nobody is there to be asked; 1 when the answer is no.
pub(super) async fn pass(
    planned: &[PlannedRun],
    context: &CommandContext,
    store: &Store,
    yes: bool,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let saved = store.runs().all().await;
    let (runs, _unread) = saved.map_err(CommandFailure::work)?;
    let mut bills = Vec::new();
    for planned in planned {
        bills.push(bill(planned, &runs).map_err(CommandFailure::work)?);
    }
    say(&bills, output);
    let limit = context.settings().tuning.ask_above_usd;
    let caps = planned.iter().map(|planned| cap_left(planned, &runs));
    let caps: Vec<Option<f64>> = caps.collect();
    let dear = dear(&caps, &bills, limit).filter(|_| !context.settings().demo);
    let reasons: Vec<String> = dear.into_iter().chain(changes(planned)).collect();
    if yes || reasons.is_empty() {
        return Ok(());
    }
    let reasons = reasons.join(" ");
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Err(CommandFailure::usage(format!(
            "{reasons} There is no terminal to ask on; add --yes to start anyway."
        )));
    }
    output.note(reasons);
    if output.confirms("Start? [y/N] ").await? {
        return Ok(());
    }
    Err(CommandFailure::work(
        "nothing was started, nothing was changed",
    ))
}

/// What a run may cost.
fn bill(planned: &PlannedRun, runs: &[Run]) -> Result<Estimate, String> {
    let PlannedRun { function, plan, .. } = planned;
    let pricing = Pricing::of_function(function, plan.prices_of.as_deref())?;
    let typical = TypicalDurations::of_last(runs, function);
    let typical = typical.as_ref();
    let rate = &pricing.rate;
    let estimate = match resumed(planned, runs) {
        Some(had) => estimate_rest(had, plan, rate, function, typical),
        None => estimate(plan, rate, function, typical),
    };
    Ok(estimate)
}

/// What a run had that is gone on with; none for a new one.
fn resumed<'a>(planned: &PlannedRun, runs: &'a [Run]) -> Option<&'a MeasuredRun> {
    let id = &planned.resumed.as_ref()?.run;
    runs.iter().find(|run| run.id == *id)?.measured()
}

/// How much a run may spend yet, if that is limited.
fn cap_left(planned: &PlannedRun, runs: &[Run]) -> Option<f64> {
    let spent = resumed(planned, runs).map_or(0.0, |had| had.usage.spent_usd);
    planned.plan.max_cost_usd.map(|cap| cap - spent)
}

/// Says what all of it may cost. The prices are told with the result, and an assumption with the advice.
fn say(bills: &[Estimate], output: &mut Output) {
    let whole = bills.iter().copied().reduce(Estimate::and);
    if let Some(whole) = whole {
        output.note(words(&whole, bills.len()));
    }
}

/// Why the user should be asked about the money first, if it may be more than `limit`.
fn dear(caps: &[Option<f64>], bills: &[Estimate], limit: f64) -> Option<String> {
    let each = caps.iter().zip(bills);
    let expected = each.map(|(cap, estimate)| estimate.expected(*cap));
    let expected: f64 = expected.sum();
    let currency = bills.first()?.currency;
    let what = if caps.len() == 1 { "run" } else { "runs" };
    (expected > limit).then(|| {
        let (expected, limit) = (usd_text(expected, currency), usd_text(limit, currency));
        format!("The {what} may cost {expected}, and iacstone asks above {limit}.")
    })
}

/// The live functions that will change.
fn changes(planned: &[PlannedRun]) -> impl Iterator<Item = String> {
    let changes = planned.iter();
    changes.filter_map(|planned| planned.plan.apply.change_words(&planned.function.name))
}

fn words(estimate: &Estimate, functions: usize) -> String {
    let money = |amount| usd_text(amount, estimate.currency);
    let (of, last) = match functions {
        1 => (String::new(), "the last run"),
        several => (format!(" of {several} functions"), "their last runs"),
    };
    let typical = estimate.typical.map_or_else(
        || "no earlier run tells what is usual".to_owned(),
        |usual| format!("about {} by {last}", money(usual)),
    );
    let processors = estimate.processor_words();
    format!(
        "Estimate: {} invocations{of}{processors}; {typical}, at most {} if each runs into the time-out.",
        estimate.invocations,
        money(estimate.most)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::Currency;

    fn estimate(typical: Option<f64>, most: f64) -> Estimate {
        Estimate {
            invocations: 66,
            processor_invocations: 0,
            least: 0.0,
            typical,
            most,
            currency: Currency::Usd,
        }
    }

    #[test]
    fn the_estimate_is_told_with_its_bounds() {
        let alone = words(&estimate(None, 0.25), 1);
        assert!(alone.contains("66 invocations; no earlier"), "{alone}");
        assert!(alone.contains("at most $0.25 if"), "{alone}");
        let both = estimate(Some(0.01), 0.25).and(estimate(Some(0.02), 0.25));
        let both = words(&both, 2);
        assert!(
            both.contains(
                "132 invocations of 2 functions; about $0.03 by their last runs, at most $0.5 if"
            ),
            "{both}"
        );
        // What is usual is told of all or none.
        let one = estimate(Some(0.01), 0.25).and(estimate(None, 0.25));
        assert_eq!(one.typical, None);
    }
}
