//! What is worth knowing about the kind of a function: how AWS runs and bills it.

use super::{Advice, note, warning};
use crate::lambda::{Capacity, Function, Tenancy};
use crate::power::estimate::invocations_per_size;
use crate::power::surcharge::{FREE_STORAGE_MB, SHORTEST_KEEP_HOURS};
use crate::power::{Plan, Pricing, Surcharges};

/// Lambda waits for no execution longer than this, in minutes.
const LONGEST_WAIT: u64 = 15;

/// Why a plan cannot be one for a function of this kind: nothing is invoked then. Another function, or another plan, would
/// do.
#[must_use]
pub fn misfit(function: &Function, plan: &Plan) -> Option<String> {
    let name = &function.name;
    let hosting = &function.hosting;
    if hosting.capacity == Capacity::ManagedInstances {
        return Some(format!(
            "'{name}' runs on Managed Instances, which are billed by the instance and not by the millisecond, and run several invocations in one environment: its memory size cannot be tuned by measuring invocations. Choose another function."
        ));
    }
    match (hosting.tenancy, &plan.sampling.tenant_id) {
        (Tenancy::PerTenant, None) => Some(format!(
            "'{name}' keeps its tenants apart (tenant isolation), so an invocation has to name one: give it with --tenant-id, or as the tenant in the plan form."
        )),
        (Tenancy::Shared, Some(tenant)) => Some(format!(
            "'{name}' has no tenants, and AWS refuses an invocation for tenant '{tenant}' then: leave the tenant away."
        )),
        _ => None,
    }
}

/// Each sample of a durable function begins an execution.
pub(super) fn of_durable(function: &Function) -> Option<Advice> {
    let durable = function.hosting.durable?;
    let kept = durable.kept_days.map_or_else(String::new, |days| {
        format!(", which AWS keeps for {days} days")
    });
    let long = durable
        .timeout
        .filter(|it| it.as_secs() > LONGEST_WAIT * 60);
    let long = long.map_or_else(String::new, |timeout| {
        format!(
            " An execution may take {} min and AWS waits for at most {LONGEST_WAIT}: one that takes longer gives no sample.",
            timeout.as_secs() / 60
        )
    });
    Some(warning(format!(
        "'{}' is a durable function: each sample begins an execution{kept}, with what that does. Its first invocation is measured; what it does after a wait is billed, and not counted here.{long}",
        function.name
    )))
}

/// `/tmp` beyond what is free costs for as long as an invocation takes.
pub(super) fn of_storage(function: &Function, pricing: Option<&Pricing>) -> Option<Advice> {
    let surcharges = Surcharges::of(function);
    if surcharges.charged_mb() == 0 {
        return None;
    }
    let is_counted = pricing.is_some_and(|pricing| pricing.rate.storage_mb > 0.0);
    let text = |rest: &str| {
        format!(
            "'{}' has {} MB of /tmp: what is above {FREE_STORAGE_MB} MB is billed for the time of each invocation at every memory size, {rest}.",
            function.name, surcharges.storage_mb
        )
    };
    Some(if is_counted {
        note(text("and is part of the costs here"))
    } else {
        warning(text(
            "and is left out of the costs here, as no price of it is known for this region",
        ))
    })
}

/// What the snapshots of a run's versions cost, where they are charged.
pub(super) fn of_snapshots(
    function: &Function,
    plan: &Plan,
    pricing: Option<&Pricing>,
) -> Option<Advice> {
    if !Surcharges::of(function).snapshots {
        return None;
    }
    let name = &function.name;
    let rate = pricing.map(|pricing| pricing.rate);
    let Some(rate) = rate.filter(|rate| rate.snapshots.is_some()) else {
        return Some(warning(format!(
            "AWS bills keeping and restoring the snapshots of '{name}' (Java alone has them free); that is left out of the costs here, as no price of it is known for this region."
        )));
    };
    let each = plan.sizes.iter().map(|size| rate.shortest_keeping(*size));
    let versions = if plan.sampling.only_cold_starts {
        u32::try_from(invocations_per_size(plan)).unwrap_or(u32::MAX)
    } else {
        1
    };
    let cost = each.sum::<f64>() * f64::from(versions);
    Some(warning(format!(
        "AWS bills the snapshot of each version that the run publishes for {SHORTEST_KEEP_HOURS} hours at least (Java alone has them free): about {cost:.2} {} in all, which is neither in the estimate nor under the cost cap.",
        rate.currency.code()
    )))
}

/// What is worth knowing when the version or alias that the plan names, or applies to, has provisioned concurrency.
#[must_use]
pub fn of_provisioned(
    qualifier: &str,
    provisioned: Option<u32>,
    is_applied: bool,
) -> Option<Advice> {
    let provisioned = provisioned.filter(|environments| *environments > 0)?;
    let moved = if is_applied {
        " Pointing it at another version makes AWS provide them anew, and its calls start cold until they are there."
    } else {
        ""
    };
    Some(warning(format!(
        "'{qualifier}' has provisioned concurrency for {provisioned}: those environments are billed all the time and their calls at another price. The run measures versions of its own on demand, and costs are those of calls on demand.{moved}"
    )))
}
