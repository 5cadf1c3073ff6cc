//! Going on with a run that broke off: whether it can be, by which plan, and its record as it begins anew.

use jiff::Timestamp;

use super::{
    Cleanup, Finding, MeasuredRun, Payload, Plan, PlanError, Run, RunId, RunState, SizeRun,
    SizeState, Stopped,
};
use crate::lambda::{Function, MemoryMb};
use crate::text::digest;

/// Digits of what tells one code from others.
const DIGITS: usize = 32;

/// A run that is to be gone on with.
#[derive(Debug, Clone, PartialEq)]
pub struct Resumption {
    /// The run.
    pub run: RunId,
    /// What is sent, for a run whose record does not keep it.
    pub payload: Option<Payload>,
    /// Another cost cap for the whole run, what it has spent included, in USD (CNY in China).
    pub max_cost_usd: Option<f64>,
    /// Sizes that are to be measured too.
    pub added: Vec<MemoryMb>,
}

/// Why a run is not gone on with.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ResumeError {
    /// Its samples are not here.
    #[error("run '{0}' was not measured here, so there is nothing to go on with")]
    Imported(RunId),
    /// It was never to have more.
    #[error(
        "run '{0}' is a dry run, which has one invocation per size; start a run without --dry-run"
    )]
    DryRun(RunId),
    /// It is alive.
    #[error("run '{0}' is still under way; wait for its end")]
    Running(RunId),
    /// Its result is on the function.
    #[error("the pick of run '{0}' was applied to the function; start a new run")]
    Applied(RunId),
    /// Nothing is missing.
    #[error(
        "run '{0}' has all its samples; start a new run for more, or add sizes to it with --add"
    )]
    Whole(RunId),
    /// The sizes that are to be added are there.
    #[error("run '{0}' has these sizes")]
    HasSizes(RunId),
    /// The money is spent.
    #[error(
        "run '{run}' has spent {spent:.6} of its cost cap of {cap}; give a higher one with `iacstone runs resume {run} --max-cost AMOUNT`"
    )]
    Cap {
        /// The run.
        run: RunId,
        /// What it spent.
        spent: f64,
        /// Its cap.
        cap: f64,
    },
    /// The payload is not the one that was sent so far.
    #[error(
        "run '{0}' has another payload, and samples of two payloads cannot be told apart; leave --payload away, or start a new run"
    )]
    OtherPayload(RunId),
    /// What is to be sent is not known.
    #[error("{0}: `iacstone runs resume RUN --payload JSON`")]
    Payload(PlanError),
}

impl ResumeError {
    /// Whether another command line would do.
    #[must_use]
    pub const fn is_of_usage(&self) -> bool {
        matches!(
            self,
            Self::Cap { .. } | Self::OtherPayload(_) | Self::Payload(_)
        )
    }
}

impl Resumption {
    /// Of this run, with nothing changed.
    #[must_use]
    pub const fn of(run: RunId) -> Self {
        Self {
            run,
            payload: None,
            max_cost_usd: None,
            added: Vec::new(),
        }
    }

    /// Adds the sizes that the plan has not.
    fn add_sizes(
        &self,
        plan: &mut Plan,
        measured: &MeasuredRun,
        run: &RunId,
    ) -> Result<(), ResumeError> {
        let new = |size: &&MemoryMb| !plan.sizes.contains(size);
        let added: Vec<MemoryMb> = self.added.iter().filter(new).copied().collect();
        if added.is_empty() && is_whole(measured) {
            return Err(if self.added.is_empty() {
                ResumeError::Whole(run.clone())
            } else {
                ResumeError::HasSizes(run.clone())
            });
        }
        plan.sizes.extend(added);
        plan.sizes.sort_unstable();
        Ok(())
    }

    /// The plan by which a run is gone on with: its own, with what is asked for beside it.
    ///
    /// # Errors
    /// [`ResumeError`], when the run is none that can be gone on with.
    pub fn plan(&self, run: &Run) -> Result<Plan, ResumeError> {
        let id = || run.id.clone();
        let measured = run.measured().ok_or_else(|| ResumeError::Imported(id()))?;
        let mut plan = measured.plan.clone();
        if plan.dry_run {
            return Err(ResumeError::DryRun(id()));
        }
        if measured.state == RunState::Running {
            return Err(ResumeError::Running(id()));
        }
        if measured.applied.is_some() {
            return Err(ResumeError::Applied(id()));
        }
        self.add_sizes(&mut plan, measured, &run.id)?;
        if let Some(payload) = &self.payload {
            if plan.payload != Payload::Redacted && plan.payload != *payload {
                return Err(ResumeError::OtherPayload(id()));
            }
            plan.payload.clone_from(payload);
        }
        let sequence = plan.payload.sequence(plan.num);
        sequence.map_err(ResumeError::Payload)?;
        plan.max_cost_usd = self.max_cost_usd.or(plan.max_cost_usd);
        let spent = measured.usage.spent_usd;
        match plan.max_cost_usd.filter(|cap| *cap <= spent) {
            Some(cap) => Err(ResumeError::Cap {
                run: id(),
                spent,
                cap,
            }),
            None => Ok(plan),
        }
    }
}

/// Sizes near one of a run that it has not measured: those half way to its neighbours, in steps of 64 MB. None where these
/// are nearer than that.
#[must_use]
pub fn around(sizes: &[MemoryMb], pick: MemoryMb) -> Vec<MemoryMb> {
    const STEP: u32 = 64;
    let below = sizes.iter().copied().filter(|size| *size < pick).max();
    let above = sizes.iter().copied().filter(|size| *size > pick).min();
    let middle = |other: MemoryMb| {
        let half = u32::midpoint(pick.megabytes(), other.megabytes());
        let size = MemoryMb::of_any_function(half.next_multiple_of(STEP)).ok()?;
        let (low, high) = (pick.min(other), pick.max(other));
        (size > low && size < high).then_some(size)
    };
    let both = below.into_iter().chain(above);
    both.filter_map(middle).collect()
}

/// Gives a run an entry for each of these sizes.
pub fn open_sizes(run: &mut MeasuredRun, sizes: &[MemoryMb]) {
    for size in sizes {
        if run.sizes.iter().all(|known| known.memory_mb != *size) {
            run.sizes.push(SizeRun::pending(*size));
        }
    }
    run.sizes.sort_by_key(|size| size.memory_mb);
}

/// Whether a run broke off, by how it ended alone: a quick look.
#[must_use]
pub fn broke_off(measured: &MeasuredRun) -> bool {
    let is_cut = !matches!(measured.state, RunState::Running | RunState::Finished);
    let skipped = |state: &SizeState| matches!(state, SizeState::Skipped(_));
    let misses = || measured.sizes.iter().any(|size| skipped(&size.state)) || is_short(measured);
    let may_go_on = !measured.plan.dry_run && measured.applied.is_none();
    may_go_on && (is_cut || (measured.state == RunState::Finished && misses()))
}

/// Whether a run that ended has all the samples that it was to have.
fn is_whole(measured: &MeasuredRun) -> bool {
    if measured.state != RunState::Finished {
        return false;
    }
    let missing = |state: &SizeState| matches!(state, SizeState::Skipped(_) | SizeState::Pending);
    if measured.sizes.iter().any(|size| missing(&size.state)) {
        return false;
    }
    has_its_samples(measured)
}

/// Whether each size that works has the samples it was to have, however the run ended.
#[must_use]
pub fn has_its_samples(measured: &MeasuredRun) -> bool {
    match measured.plan.num.fixed() {
        Some(_) => !is_short(measured),
        None => Finding::of(measured).is_none_or(|found| found.stopped != Stopped::Cap),
    }
}

/// Whether a size that works has fewer samples than a fixed number of them was to be.
fn is_short(measured: &MeasuredRun) -> bool {
    let Some(num) = measured.plan.num.fixed().filter(|_| !measured.plan.dry_run) else {
        return false;
    };
    let mut sizes = measured.sizes.iter();
    sizes.any(|size| {
        !matches!(size.state, SizeState::Infeasible(_))
            && measured.series(size).count() < num as usize
    })
}

/// The record of a run as it goes on at this time by this plan: with all its samples, and each size open that can have
/// more.
#[must_use]
pub fn reopened(mut run: Run, plan: &Plan, now: Timestamp) -> Run {
    let Some(measured) = run.measured_mut() else {
        return run;
    };
    let had = &measured.plan.sizes;
    let added = plan.sizes.iter().filter(|size| !had.contains(size));
    let added: Vec<MemoryMb> = added.copied().collect();
    open_sizes(measured, &added);
    let counted: Vec<usize> = measured
        .sizes
        .iter()
        .map(|size| measured.series(size).count())
        .collect();
    let wanted = plan.num.fixed().map_or(usize::MAX, |num| num as usize);
    for (size, counted) in measured.sizes.iter_mut().zip(counted) {
        if matches!(size.state, SizeState::Infeasible(_)) || counted >= wanted {
            continue;
        }
        size.state = SizeState::Pending;
        if !size.samples.is_empty() {
            size.resumed_after.push(size.samples.len());
        }
    }
    let had = measured.invocations();
    measured.warnings.push(format!(
        "resumed on {}: {had} of its invocations are of before",
        now.strftime("%Y-%m-%d %H:%M UTC")
    ));
    measured.plan = plan.for_record();
    measured.state = RunState::Running;
    measured.cleanup = Cleanup::default();
    run
}

/// What tells the code and the configuration of a function from others, whatever its memory size and description.
#[must_use]
pub fn code_of(function: &Function) -> String {
    let code = &function.code;
    let texts = [
        code.sha256.as_str(),
        code.runtime.as_deref().unwrap_or_default(),
        code.architecture.name(),
        &function.timeout.as_millis().to_string(),
        &function.settings.to_string(),
        &format!("{:?}{:?}", function.hosting, function.logging),
    ];
    digest(&texts, DIGITS)
}

#[cfg(test)]
mod tests;
