//! What the user says yes to before a run starts: what it may cost, where that is much, and what it changes for good.

use super::PlanForm;
use crate::effect::{AppContext, Backend};
use crate::power::{Apply, Plan};

/// What is to be said before the run of a form starts; nothing where it may start at once.
pub(super) fn reasons(form: &PlanForm, plan: &Plan, context: &AppContext) -> Vec<String> {
    // The demo's money is play money.
    let is_real = context.source != Backend::Demo;
    let limit = context.tuning.ask_above_usd;
    let dear = is_real.then(|| dear(form, plan, limit)).flatten();
    let dear = dear.into_iter().flatten();
    dear.chain(change(&plan.apply, &form.function().name))
        .collect()
}

/// What a run changes for good on the function of this name.
pub(super) fn change(apply: &Apply, function: &str) -> Vec<String> {
    let unless = "It stays as it is where nobody can tell which size is best, or where it was deployed meanwhile.";
    match apply.change_words(function) {
        Some(words) => vec![words, unless.to_owned()],
        None => Vec::new(),
    }
}

/// Why the run should be confirmed first, if it may cost more than `limit`, in USD (CNY in China).
fn dear(form: &PlanForm, plan: &Plan, limit: f64) -> Option<Vec<String>> {
    let estimate = form.estimate()?;
    let sign = estimate.currency.sign();
    let threshold = if limit < 0.01 {
        format!("{sign}{limit}")
    } else {
        format!("{sign}{limit:.2}")
    };
    let expected = estimate.dear(plan.max_cost_usd, limit)?;
    let count = estimate.invocations;
    let bill = if estimate.typical.is_some() || expected < estimate.most {
        format!("{count} invocations may cost about {sign}{expected:.2}.")
    } else {
        format!(
            "{count} invocations may cost up to {sign}{expected:.2} if each runs into its time-out."
        )
    };
    Some(vec![bill, format!("iacstone asks above {threshold}.")])
}
