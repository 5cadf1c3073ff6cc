//! What is worth knowing about the kind of a function: how AWS runs and bills it.

use super::{Advice, warning};
use crate::lambda::{Capacity, Function, Tenancy};
use crate::power::Plan;

/// `/tmp` up to this many megabytes is not billed.
const FREE_STORAGE: u32 = 512;
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
pub(super) fn of_storage(function: &Function) -> Option<Advice> {
    let storage = function.hosting.storage_mb?;
    (storage > FREE_STORAGE).then(|| {
        warning(format!(
            "'{}' has {storage} MB of /tmp: what is above {FREE_STORAGE} MB is billed for the time of each invocation at every memory size, and is left out of the costs here.",
            function.name
        ))
    })
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
