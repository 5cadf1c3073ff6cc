//! The look at the function before anything is paid or changed.

use jiff::Timestamp;

use super::Error;
use super::control::Control;
use crate::aws::AwsError;
use crate::lambda::Function;
use crate::power::advice::{AdviceWeight, advice};
use crate::power::plan::PayloadSequence;
use crate::power::price::{Prices, Rate};
use crate::power::{
    Cleanup, Journal, Measured, Origin, Original, Plan, Run, RunId, RunState, SizeRun, SizeState,
};

/// What the look found.
#[derive(Debug)]
pub(super) struct Found {
    /// `$LATEST` as it is.
    pub latest: Function,
    /// What to restore and what not to delete.
    pub original: Original,
    /// The payloads of a size's invocations, in order.
    pub payloads: PayloadSequence,
    /// What the account is charged.
    pub rate: Rate,
    /// What the user should know.
    pub warnings: Vec<String>,
}

impl Found {
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
) -> Result<Found, Error> {
    let latest = control.latest().await?;
    check_qualifier(control, plan, &latest).await?;
    let advice = advice(&latest, plan);
    if let Some(blocking) = advice
        .iter()
        .find(|advice| advice.weight == AdviceWeight::Blocking)
    {
        return Err(Error::Unfit(blocking.text.clone()));
    }
    let versions = control
        .versions()
        .await?
        .into_iter()
        .map(|version| version.version)
        .collect();
    let payloads = plan
        .payload
        .sequence(plan.num.max(1))
        .map_err(|error| Error::Unfit(error.to_string()))?;
    Ok(Found {
        original: Original {
            function_arn: latest.arn.clone(),
            endpoint,
            memory: latest.memory,
            versions,
        },
        payloads,
        rate: Prices::bundled().rate(region, latest.architecture),
        warnings: advice.into_iter().map(|advice| advice.text).collect(),
        latest,
    })
}

/// Only `$LATEST` can change its memory size: a qualifier must stand for the same code.
async fn check_qualifier(
    control: &Control<'_>,
    plan: &Plan,
    latest: &Function,
) -> Result<(), Error> {
    let Some(qualifier) = plan
        .function
        .qualifier()
        .filter(|&qualifier| qualifier != "$LATEST")
    else {
        return Ok(());
    };
    let version: Result<Function, AwsError> = control.qualified(qualifier).await;
    let version = version?;
    if version.code_sha256 == latest.code_sha256 {
        return Ok(());
    }
    Err(Error::OtherCode {
        qualified: plan.function.to_string(),
        version: version.version,
    })
}

/// The record of a run that has not measured anything yet.
pub(super) fn record(id: &RunId, plan: &Plan, found: &Found, region: &str) -> Run {
    let pending = |&memory_mb| SizeRun {
        memory_mb,
        state: SizeState::Pending,
        samples: Vec::new(),
    };
    let measured = Measured {
        function_arn: found.latest.arn.clone(),
        architecture: found.latest.architecture,
        region: region.to_owned(),
        current_memory: found.latest.memory,
        plan: plan.for_record(),
        state: RunState::Running,
        sizes: plan.sizes.iter().map(pending).collect(),
        control_calls: 0,
        spent_usd: 0.0,
        wall_ms: 0,
        cleanup: Cleanup::default(),
        applied: None,
        warnings: found.warnings.clone(),
    };
    Run {
        id: id.clone(),
        name: found.latest.name.clone(),
        started: Timestamp::now(),
        origin: Origin::Measured(Box::new(measured)),
    }
}
