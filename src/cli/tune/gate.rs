//! The estimate, and the question before money is spent or the live function changed.

use std::io::{self, IsTerminal};

use super::super::CommandFailure;
use super::super::context::CommandContext;
use super::super::output::Output;
use crate::lambda::Function;
use crate::power::{Apply, Estimate, Plan, Pricing, estimate, typical_ms};
use crate::tuner::Tuner;

/// Says what the run may cost, and asks when that is much or the live function will change.
///
/// # Errors
/// Exit code 2 when nobody is there to be asked; 1 when the answer is no.
pub(super) async fn pass(
    plan: &Plan,
    function: &Function,
    context: &CommandContext,
    tuner: &Tuner,
    yes: bool,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let asked = plan.prices_of.as_deref();
    let pricing = Pricing::of_function(function, asked).map_err(CommandFailure::work)?;
    let saved = tuner.store.runs().all().await;
    let (runs, _unread) = saved.map_err(CommandFailure::work)?;
    let typical = typical_ms(&runs, function);
    let estimate = estimate(plan, &pricing.rate, function, typical);
    output.note(words(&estimate));
    // An assumption was told with the advice.
    if pricing.instead_of.is_none() {
        output.note(pricing.words());
    }
    let limit = context.settings().tuning.ask_above_usd;
    let reasons = reasons(plan, function, &estimate, limit, context.settings().demo);
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

/// Why the user should be asked first.
fn reasons(
    plan: &Plan,
    function: &Function,
    estimate: &Estimate,
    limit: f64,
    demo: bool,
) -> Vec<String> {
    let mut reasons = Vec::new();
    let dear = estimate.dear(plan.max_cost_usd, limit);
    if let Some(expected) = dear.filter(|_| !demo) {
        let code = estimate.currency.code();
        reasons.push(format!(
            "The run may cost {expected:.2} {code}, and iacstone asks above {limit:.2}."
        ));
    }
    if plan.apply != Apply::No {
        let name = &function.name;
        reasons.push(format!(
            "Applying the pick changes the live function '{name}'."
        ));
    }
    reasons
}

/// An amount to four places, and never nothing.
fn amount(amount: f64) -> String {
    if amount > 0.0 && amount < 0.000_05 {
        "less than 0.0001".to_owned()
    } else {
        format!("{amount:.4}")
    }
}

fn words(estimate: &Estimate) -> String {
    let code = estimate.currency.code();
    let typical = estimate.typical.map_or_else(
        || "no earlier run tells what is usual".to_owned(),
        |usual| format!("about {} {code} by the last run", amount(usual)),
    );
    let processors = match estimate.processor_invocations {
        0 => String::new(),
        count => format!(", and {count} of processors, which are not part of the amounts"),
    };
    format!(
        "Estimate: {} invocations{processors}; {typical}, at most {} {code} if each runs into the time-out.",
        estimate.invocations,
        amount(estimate.most)
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
        let words = words(&estimate(None, 0.25));
        assert!(words.contains("66 invocations"), "{words}");
        assert!(words.contains("at most 0.2500 USD"), "{words}");
    }
}
