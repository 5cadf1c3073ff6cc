//! The look at the function before anything is paid or changed.

use jiff::Timestamp;

use super::apply;
use super::control::Control;
use super::error::Error;
use crate::aws::AwsError;
use crate::lambda::{Function, MemoryMb};
use crate::power::advice::{
    Advice, AdviceWeight, advice, of_concurrency, of_provisioned, of_version, share,
};
use crate::power::plan::PayloadSequence;
use crate::power::price::Rate;
use crate::power::{
    Apply, Cleanup, Journal, MeasuredRun, Original, Plan, Pricing, Run, RunId, RunOrigin,
    RunPreflight, RunState, RunUsage, SizeRun, Surcharges, code_of,
};

/// What the look found.
#[derive(Debug)]
pub(super) struct PreflightFindings {
    /// `$LATEST` as it is.
    pub latest: Function,
    /// What to restore and what not to delete.
    pub original: Original,
    /// The published versions.
    pub versions: Vec<Function>,
    /// How many invocations may be under way at once, where the function's own limit says so.
    pub most_at_once: Option<u32>,
    /// The memory size of what the plan names: `$LATEST` or a version.
    pub current: MemoryMb,
    /// The payloads of a size's invocations, in order.
    pub payloads: PayloadSequence,
    /// What the account is charged.
    pub rate: Rate,
    /// What the user should know.
    pub warnings: Vec<String>,
}

impl PreflightFindings {
    /// The journal of a run that has not changed anything yet.
    pub(super) fn journal(&self, run: &RunId) -> Journal {
        Journal {
            run: run.clone(),
            started: Timestamp::now(),
            original: self.original.clone(),
            steps: Vec::new(),
        }
    }
}

/// Looks at the function and checks that the plan fits it.
///
/// # Errors
/// What stands against the run, as a sentence.
pub(super) async fn look(
    control: &Control<'_>,
    plan: &Plan,
    region: &str,
    endpoint: Option<String>,
) -> Result<PreflightFindings, Error> {
    let latest = control.latest().await?;
    let named = named(control, plan, &latest).await?;
    apply::seen(control, plan).await?;
    let reserved = control.reserved_concurrency().await;
    let mut warnings = weighed(plan, &latest, named.as_ref(), reserved)?;
    let provisioned = provisioned(control, plan).await;
    warnings.extend(provisioned.into_iter().map(|advice| advice.text));
    let versions = control.versions().await?;
    let payloads = plan
        .payload
        .sequence(plan.num)
        .map_err(|error| Error::Unfit(error.to_string()))?;
    Ok(PreflightFindings {
        original: Original {
            function_arn: latest.arn.clone(),
            endpoint,
            memory: latest.memory,
            description: Some(latest.description.clone()),
            versions: versions.iter().map(|it| it.version.clone()).collect(),
        },
        versions,
        most_at_once: reserved.map(share),
        current: named.map_or(latest.memory, |named| named.memory),
        payloads,
        rate: Pricing::of_figures(region, latest.code.architecture, plan.prices_of.as_deref())
            .with(Some(Surcharges::of(&latest)))
            .rate,
        warnings,
        latest,
    })
}

/// What the user should know of environments that are provided all the time, for what the plan names or applies to.
async fn provisioned(control: &Control<'_>, plan: &Plan) -> Option<Advice> {
    let (qualifier, is_applied) = match (&plan.apply, plan.function.qualifier()) {
        (Apply::Alias(alias), _) => (alias.as_str(), true),
        (_, Some(qualifier)) if qualifier != "$LATEST" => (qualifier, false),
        _ => return None,
    };
    let environments = control.provisioned_concurrency(qualifier).await;
    of_provisioned(qualifier, environments, is_applied)
}

/// What the user should know before the run, or what stands against it.
fn weighed(
    plan: &Plan,
    latest: &Function,
    named: Option<&Function>,
    reserved: Option<u32>,
) -> Result<Vec<String>, Error> {
    let mut advice = advice(latest, plan);
    advice.extend(of_concurrency(reserved, plan));
    advice.extend(named.and_then(|named| of_version(named, latest)));
    let mut weights = advice.iter();
    match weights.find(|advice| advice.weight == AdviceWeight::Blocking) {
        Some(blocking) => Err(Error::Unfit(blocking.text.clone())),
        None => Ok(advice.into_iter().map(|advice| advice.text).collect()),
    }
}

/// The version or alias the plan names. Only `$LATEST` can change its memory size: both must have the same code.
async fn named(
    control: &Control<'_>,
    plan: &Plan,
    latest: &Function,
) -> Result<Option<Function>, Error> {
    let Some(qualifier) = plan
        .function
        .qualifier()
        .filter(|&qualifier| qualifier != "$LATEST")
    else {
        return Ok(None);
    };
    let version: Result<Function, AwsError> = control.qualified(qualifier).await;
    let version = version?;
    if version.code.sha256 == latest.code.sha256 {
        return Ok(Some(version));
    }
    Err(Error::OtherCode {
        qualified: plan.function.to_string(),
        version: version.version,
    })
}

/// The record of a run that has not measured anything yet.
pub(super) fn record(id: &RunId, plan: &Plan, found: &PreflightFindings, region: &str) -> Run {
    let measured = MeasuredRun {
        function_arn: found.latest.arn.clone(),
        architecture: found.latest.code.architecture,
        region: region.to_owned(),
        current_memory: found.current,
        plan: plan.for_record(),
        state: RunState::Running,
        sizes: plan.sizes.iter().copied().map(SizeRun::pending).collect(),
        preflight: RunPreflight {
            code: Some(code_of(&found.latest)),
            surcharges: Some(Surcharges::of(&found.latest)),
            ..RunPreflight::default()
        },
        usage: RunUsage {
            control_calls: 0,
            spent_usd: 0.0,
            wall_ms: 0,
            paused_ms: 0,
            durable_executions: 0,
        },
        cleanup: Cleanup::default(),
        applied: None,
        warnings: found.warnings.clone(),
    };
    Run {
        id: id.clone(),
        name: found.latest.name.clone(),
        note: String::new(),
        started: Timestamp::now(),
        origin: RunOrigin::Measured(Box::new(measured)),
    }
}
