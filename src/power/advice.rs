//! What is worth knowing before a run starts, from the function's configuration and the plan.

use std::time::Duration;

use serde_json::Value;

use super::{Apply, Payload, Plan, Pricing};
use crate::lambda::{Function, SnapStart, State, UpdateStatus};

mod kind;

pub use kind::{misfit, of_provisioned};

/// The wrapper script of the fault-injection layer.
const FAULT_INJECTION: &str = "/opt/aws-fis/bootstrap";
/// A time-out this short was probably never chosen: it is what new functions have.
const SHORT_TIMEOUT: Duration = Duration::from_secs(3);

/// One thing worth knowing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Whether a run can start at all.
    pub weight: AdviceWeight,
    /// A sentence or two for the user.
    pub text: String,
}

/// How much an advice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdviceWeight {
    /// Good to know.
    Note,
    /// The figures may mislead.
    Warning,
    /// A run would fail: it must not start.
    Blocking,
}

/// Everything worth knowing before `plan` is run on `function`, the weightiest first.
#[must_use]
pub fn advice(function: &Function, plan: &Plan) -> Vec<Advice> {
    let pricing = Pricing::of_function(function, plan.prices_of.as_deref());
    let known = pricing.as_ref().ok();
    let mut all: Vec<Advice> = [
        misfit(function, plan).map(blocking),
        of_state(function),
        of_update(function),
        of_wrapper(function),
        of_snap_start(function, plan),
        kind::of_snapshots(function, plan, known),
        kind::of_durable(function),
        kind::of_storage(function, known),
        of_timeout(function),
        of_current_size(function, plan),
        of_processors(plan),
        of_payload(plan),
        of_apply(function, plan),
        of_prices(&pricing),
    ]
    .into_iter()
    .flatten()
    .collect();
    all.sort_by_key(|advice| std::cmp::Reverse(advice.weight));
    all
}

/// The share of a function's reserved concurrency that a run takes at most, in invocations at once: its callers need
/// the rest.
#[must_use]
pub const fn share(reserved: u32) -> u32 {
    if reserved < 4 { 1 } else { reserved / 2 }
}

/// What is worth knowing about a function's reserved concurrency, in invocations at once.
#[must_use]
pub fn of_concurrency(reserved: Option<u32>, plan: &Plan) -> Option<Advice> {
    let reserved = reserved?;
    if reserved == 0 {
        return Some(Advice {
            weight: AdviceWeight::Blocking,
            text:
                "the function's reserved concurrency is 0, so it cannot be invoked; raise it first"
                    .to_owned(),
        });
    }
    let wanted = plan.sizes.len() as u64 * u64::from(plan.sampling.environments.max(1));
    let most = share(reserved);
    let text = format!(
        "the function may run {reserved} times at once (its reserved concurrency): the run takes at most {most} of that, and \
         its other callers may be turned away meanwhile"
    );
    (wanted > u64::from(most)).then(|| warning(text))
}

/// What is worth knowing when the plan names a version, with the code of `latest`.
#[must_use]
pub fn of_version(named: &Function, latest: &Function) -> Option<Advice> {
    let differs = named.settings != latest.settings
        || named.timeout != latest.timeout
        || named.code.runtime != latest.code.runtime;
    let text = format!(
        "version {} has other settings than $LATEST (environment, layers, role or the like); the run measures $LATEST",
        named.version
    );
    differs.then(|| warning(text))
}

fn note(text: String) -> Advice {
    Advice {
        weight: AdviceWeight::Note,
        text,
    }
}

fn warning(text: String) -> Advice {
    Advice {
        weight: AdviceWeight::Warning,
        text,
    }
}

fn blocking(text: String) -> Advice {
    Advice {
        weight: AdviceWeight::Blocking,
        text,
    }
}

/// AWS's own words after ours.
fn with_reason(text: String, reason: Option<&str>) -> String {
    match reason {
        Some(reason) => format!("{text} AWS says: {reason}"),
        None => text,
    }
}

fn of_state(function: &Function) -> Option<Advice> {
    let name = &function.name;
    let reason = function.status.state_reason.as_deref();
    match function.status.state {
        State::Active => None,
        State::Inactive => Some(note(format!(
            "'{name}' has been idle for long: its first invocation wakes it and takes longer."
        ))),
        State::Pending => Some(blocking(with_reason(
            format!("'{name}' is still being created: wait until it is active, then start again."),
            reason,
        ))),
        State::Failed => Some(blocking(with_reason(
            format!("'{name}' cannot be invoked: mend its configuration first."),
            reason,
        ))),
    }
}

fn of_update(function: &Function) -> Option<Advice> {
    let name = &function.name;
    let reason = function.status.update_reason.as_deref();
    match function.status.update {
        UpdateStatus::Successful => None,
        UpdateStatus::InProgress => Some(blocking(with_reason(
            format!(
                "'{name}' is being updated by someone else: wait until that ends, then start again."
            ),
            reason,
        ))),
        UpdateStatus::Failed => Some(warning(with_reason(
            format!("The last update of '{name}' failed: the run measures what was there before."),
            reason,
        ))),
    }
}

fn of_wrapper(function: &Function) -> Option<Advice> {
    let wrapper = function.environment.exec_wrapper.as_deref()?;
    Some(if wrapper == FAULT_INJECTION {
        warning(format!(
            "'{}' runs under the fault-injection layer (AWS_LAMBDA_EXEC_WRAPPER={wrapper}): injected delays and errors would be measured.",
            function.name
        ))
    } else {
        note(format!(
            "'{}' starts through a wrapper (AWS_LAMBDA_EXEC_WRAPPER={wrapper}): its time is part of every sample.",
            function.name
        ))
    })
}

fn of_snap_start(function: &Function, plan: &Plan) -> Option<Advice> {
    let published = plan
        .function
        .qualifier()
        .is_some_and(|qualifier| qualifier != "$LATEST");
    if function.hosting.snap_start == SnapStart::Off || published {
        return None;
    }
    Some(warning(format!(
        "'{}' uses SnapStart: the run measures published versions, which are restored from a snapshot. Callers of $LATEST get a full initialisation instead. Each size waits until its snapshot is made.",
        function.name
    )))
}

fn of_timeout(function: &Function) -> Option<Advice> {
    (function.timeout <= SHORT_TIMEOUT).then(|| {
        warning(format!(
            "The time-out of '{}' is {} s: sizes that are slower than that cannot be measured and are marked infeasible.",
            function.name,
            function.timeout.as_secs()
        ))
    })
}

fn of_current_size(function: &Function, plan: &Plan) -> Option<Advice> {
    (!plan.sizes.contains(&function.memory)).then(|| {
        note(format!(
            "The current size of {} MB is not among the measured ones: changes are shown against the smallest measured one instead.",
            function.memory
        ))
    })
}

fn of_processors(plan: &Plan) -> Option<Advice> {
    (plan.sampling.pre_processor.is_some() || plan.sampling.post_processor.is_some()).then(|| {
        note(
            "Pre- and post-processors are invoked around every sample; what they cost is not part of the estimate."
                .to_owned(),
        )
    })
}

/// A list some of whose items look as if they had a share of the invocations each.
fn of_payload(plan: &Plan) -> Option<Advice> {
    let Payload::Single(Value::Array(items)) = &plan.payload else {
        return None;
    };
    let has_weight = |item: &&Value| item.get("weight").is_some() && item.get("payload").is_some();
    let weighted = items.iter().filter(has_weight).count();
    (weighted > 0).then(|| {
        warning(format!(
            "{weighted} of the {} items of the payload have 'weight' and 'payload', and the others lack one: the list is sent whole, as one payload. Give each item both to have each sent in its share of the invocations.",
            items.len()
        ))
    })
}

fn of_prices(pricing: &Result<Pricing, String>) -> Option<Advice> {
    match pricing {
        Err(unknown) => Some(blocking(unknown.clone())),
        Ok(pricing) => pricing
            .instead_of
            .is_some()
            .then(|| warning(pricing.words())),
    }
}

fn of_apply(function: &Function, plan: &Plan) -> Option<Advice> {
    let name = &function.name;
    match &plan.apply {
        Apply::No => None,
        Apply::Latest => Some(warning(format!(
            "After the run the memory size of '{name}' is set to the pick: the live function changes."
        ))),
        Apply::Alias(alias) => Some(warning(format!(
            "After the run the memory size of '{name}' is set to the pick and alias '{alias}' is pointed at a new version: the live function changes."
        ))),
    }
}

#[cfg(test)]
mod tests;
