//! What must hold of a run and of the function, whatever happened.

use std::collections::BTreeSet;

use iacstone::lambda::MemoryMb;
use iacstone::power::{Apply, MeasuredRun, Run, RunState};
use iacstone::simulator::FunctionSnapshot;

use super::super::Broken;
use super::ledger::{Knows, Ledger, Sent};
use super::machine::{Told, resumed};
use super::others::Expected;
use crate::promise;

/// How the versions of a run are marked, and those it applied.
const MARK: &str = "iacstone:";
const PICKED: &str = "memory size picked by iacstone ";

/// A run that ended by itself, held against what was really sent and charged.
///
/// # Errors
/// The promise it broke.
pub(crate) fn of_run(told: &Told, ledger: &Ledger) -> Result<(), Broken> {
    let id = &told.id;
    if let Some(again) = ledger.repeated(&id.0, &told.plan) {
        return Err(Broken(format!(
            "{id} sent an invocation again that may have been carried out: {again:?}"
        )));
    }
    let sent = ledger.of(&id.0);
    match &told.end {
        None => Ok(()),
        Some(Err(error)) => {
            promise!(
                sent.is_empty(),
                "{id} refused ({error}) after it had invoked"
            );
            Ok(())
        }
        Some(Ok(run)) => of_record(run, told, &sent),
    }
}

/// A run that was gone on with, held against what was sent since; `broken` is what it was before.
///
/// # Errors
/// The promise it broke.
pub(crate) fn of_resumed(told: &Told, broken: &Told, ledger: &Ledger) -> Result<(), Broken> {
    let id = &told.id;
    let sent = ledger.of(&resumed(id));
    let run = match &told.end {
        None => return Ok(()),
        Some(Ok(run)) => run,
        Some(Err(error)) => {
            promise!(
                sent.is_empty(),
                "{id} was not gone on with ({error}) after it had invoked"
            );
            return Ok(());
        }
    };
    let measured = measured(run)?;
    let recorded = samples(measured);
    let known: Vec<&Sent> = sent.iter().filter(|it| it.knows == Knows::Result).collect();
    promise!(
        recorded == told.samples && recorded >= broken.samples,
        "{id} told of {} samples, {} of them before, and recorded {recorded}",
        told.samples,
        broken.samples
    );
    promise!(
        told.stopped || measured.state != RunState::Cancelled,
        "{id} says it was cancelled when it was gone on with, and nobody did"
    );
    let bill: f64 = known.iter().filter_map(|it| it.usd).sum();
    let stated = measured.usage.spent_usd;
    promise!(
        stated > bill - 1e-12,
        "{id} states {stated} USD, the account charges {bill} since it was gone on with"
    );
    Ok(())
}

fn of_record(run: &Run, told: &Told, sent: &[Sent]) -> Result<(), Broken> {
    let id = &told.id;
    let measured = measured(run)?;
    let known: Vec<&Sent> = sent.iter().filter(|it| it.knows == Knows::Result).collect();
    let samples = samples(measured);
    promise!(
        samples == told.samples,
        "{id} told of {} samples and recorded {samples}",
        told.samples
    );
    promise!(
        samples <= known.len(),
        "{id} recorded {samples} samples of {} results",
        known.len()
    );
    promise!(
        told.stopped || measured.state != RunState::Cancelled,
        "{id} says it was cancelled, and nobody did"
    );
    if measured.state == RunState::Finished {
        promise!(
            samples == known.len(),
            "{id} finished with {samples} samples of {} results that were paid for",
            known.len()
        );
    }
    of_money(measured, told, sent)?;
    of_cap(told, sent)
}

/// What a run says it spent is what the account charges. Of what was under way when it was wound up, and of answers that
/// were lost, it cannot know whether they are charged: those it counts as the dearest.
fn of_money(measured: &MeasuredRun, told: &Told, sent: &[Sent]) -> Result<(), Broken> {
    let known = sent.iter().filter(|it| it.knows == Knows::Result);
    let bill: f64 = known.filter_map(|it| it.usd).sum();
    let (id, stated) = (&told.id, measured.usage.spent_usd);
    promise!(
        stated > bill - 1e-12,
        "{id} states {stated} USD, the account charges {bill} for what it knows of"
    );
    let is_unclear = sent.iter().any(|it| it.knows == Knows::Nothing);
    if measured.state == RunState::Finished && !is_unclear {
        promise!(
            stated < bill + 1e-12,
            "{id} states {stated} USD, the account charges {bill}"
        );
    }
    Ok(())
}

/// The cap is passed by no more than what was in flight. What an answer that was lost would have told is not known.
fn of_cap(told: &Told, sent: &[Sent]) -> Result<(), Broken> {
    let Some(cap) = told.plan.max_cost_usd else {
        return Ok(());
    };
    let known = sent.iter().filter(|it| it.knows == Knows::Result);
    let charged: Vec<f64> = known.filter_map(|it| it.usd).collect();
    let bill: f64 = charged.iter().sum();
    let dearest = charged.iter().copied().fold(0.0, f64::max);
    let at_once = told.plan.sizes.len() as f64 * f64::from(told.plan.sampling.environments);
    promise!(
        bill <= cap + dearest * at_once,
        "{} was charged {bill} USD under a cap of {cap}",
        told.id
    );
    Ok(())
}

/// A run as the store has it: nothing that was told to be there is missing.
///
/// # Errors
/// The promise that was broken.
pub(crate) fn of_stored(stored: Option<&Run>, told: &Told, is_dead: bool) -> Result<(), Broken> {
    let id = &told.id;
    let Some(stored) = stored else {
        promise!(told.samples == 0, "{id} is not in the store");
        return Ok(());
    };
    let measured = measured(stored)?;
    let kept = samples(measured);
    promise!(
        kept >= told.samples,
        "{id} told of {} samples, {kept} are in the store",
        told.samples
    );
    // It may have died between the last thing it saved and its end.
    promise!(
        !is_dead || measured.state != RunState::Running,
        "{id} died, and the store says it is under way"
    );
    if let Some(Ok(run)) = &told.end {
        promise!(
            stored == run,
            "{id} is stored other than it was told: {stored:?} is not {run:?}"
        );
    }
    Ok(())
}

/// What a run says of its clean-up is so, at the moment it says it.
///
/// # Errors
/// The promise that was broken.
pub(crate) fn of_words(run: &Run, now: &FunctionSnapshot) -> Result<(), Broken> {
    let (id, measured) = (&run.id, measured(run)?);
    if measured.cleanup.versions_left == 0 && measured.cleanup.restored {
        let mark = format!("{MARK}{id}");
        let sign = format!("[iacstone {id}");
        promise!(
            !now.latest.description.starts_with(&sign),
            "{id} says it restored everything, but its sign is left: {}",
            now.latest.description
        );
        let left = now.versions.iter().find(|(_, it)| it.description == mark);
        promise!(left.is_none(), "{id} says nothing is left, but {left:?} is");
    }
    Ok(())
}

/// The function at the end, held against what it was and what others did.
///
/// # Errors
/// The promise that was broken.
pub(crate) fn of_function(
    now: &FunctionSnapshot,
    expected: &Expected,
    runs: &[Told],
) -> Result<(), Broken> {
    let memories = memories(expected, runs);
    let latest = &now.latest;
    promise!(
        memories.contains(&latest.memory),
        "$LATEST has {} MB, not {memories:?}",
        latest.memory
    );
    let mut wanted = expected.function.latest.clone();
    wanted.memory = latest.memory;
    promise!(*latest == wanted, "$LATEST is {latest:?}, not {wanted:?}");
    promise!(
        now.reserved_concurrency == expected.function.reserved_concurrency,
        "the reserved concurrency was changed"
    );
    of_versions(now, expected, runs)?;
    of_aliases(now, expected, runs)
}

/// The sizes the function may have: what it had or others chose, or what a run was to apply. When a run applied a size that
/// another was about to set when it was cut off, nobody can tell the two apart, and the size before may come back.
fn memories(expected: &Expected, runs: &[Told]) -> BTreeSet<MemoryMb> {
    let cut_off = runs.iter().filter(|told| is_cut_off(told));
    let pairs = cut_off.flat_map(|cut| runs.iter().map(move |other| (cut, other)));
    let is_unclear = pairs
        .filter(|(cut, other)| cut.id != other.id)
        .any(|(cut, other)| {
            let sizes = applied(other);
            sizes.iter().any(|size| cut.plan.sizes.contains(size))
        });
    let before = is_unclear.then_some(&expected.sizes).into_iter().flatten();
    let applied = runs.iter().flat_map(applied);
    let now = expected.function.latest.memory;
    before.copied().chain(applied).chain([now]).collect()
}

/// Whether the journal of a run may stand open: the program died, or could not write to it.
fn is_cut_off(told: &Told) -> bool {
    match &told.end {
        None => true,
        Some(Err(_)) => false,
        Some(Ok(run)) => {
            let state = run.measured().map(|it| &it.state);
            matches!(state, Some(RunState::Failed(why)) if why.contains("journal"))
        }
    }
}

/// The sizes a run may have applied.
fn applied(told: &Told) -> Vec<MemoryMb> {
    if told.plan.apply == Apply::No {
        return Vec::new();
    }
    let Some(end) = &told.end else {
        // It died in the middle: nobody knows how far it got.
        return told.plan.sizes.clone();
    };
    let measured = end.as_ref().ok().and_then(Run::measured);
    match measured.map(|it| (&it.applied, &it.state)) {
        Some((Some(applied), _)) => vec![applied.memory_mb],
        Some((None, RunState::Failed(_))) => told.plan.sizes.clone(),
        _ => Vec::new(),
    }
}

fn of_versions(now: &FunctionSnapshot, expected: &Expected, runs: &[Told]) -> Result<(), Broken> {
    for (number, theirs) in &expected.function.versions {
        let found = now.versions.get(number);
        promise!(
            found == Some(theirs),
            "version {number} of others is {found:?}, not {theirs:?}"
        );
    }
    for (number, version) in &now.versions {
        if expected.function.versions.contains_key(number) {
            continue;
        }
        let text = number.to_string();
        let is_held = now.aliases.values().any(|alias| alias.version == text);
        let is_picked = runs.iter().any(|told| {
            matches!(told.plan.apply, Apply::Alias(_))
                && version.description == format!("{PICKED}{}", told.id)
        });
        promise!(
            is_held || is_picked,
            "version {number} is left: '{}'",
            version.description
        );
    }
    Ok(())
}

fn of_aliases(now: &FunctionSnapshot, expected: &Expected, runs: &[Told]) -> Result<(), Broken> {
    let names: BTreeSet<&String> = now
        .aliases
        .keys()
        .chain(expected.function.aliases.keys())
        .collect();
    for name in names {
        let (found, theirs) = (now.aliases.get(name), expected.function.aliases.get(name));
        let is_applied = runs
            .iter()
            .any(|told| told.plan.apply == Apply::Alias(name.clone()))
            && found.is_some_and(|alias| {
                let number = alias.version.parse().ok();
                let version = number.and_then(|number: u64| now.versions.get(&number));
                version.is_some_and(|it| {
                    it.description.starts_with(PICKED) || it.description.starts_with("release")
                })
            });
        promise!(
            found == theirs || is_applied,
            "alias '{name}' is {found:?}, not {theirs:?}"
        );
    }
    Ok(())
}

/// Whether a version of a run cannot be deleted because others point at it.
pub(crate) fn is_held(now: &FunctionSnapshot) -> bool {
    now.aliases.values().any(|alias| {
        let number = alias.version.parse().ok();
        let version = number.and_then(|number: u64| now.versions.get(&number));
        version.is_some_and(|it| it.description.starts_with(MARK))
    })
}

fn samples(measured: &MeasuredRun) -> usize {
    measured.preflight.probes.len()
        + measured
            .sizes
            .iter()
            .map(|size| size.samples.len())
            .sum::<usize>()
}

fn measured(run: &Run) -> Result<&MeasuredRun, Broken> {
    run.measured()
        .ok_or_else(|| Broken(format!("{} is no run made here", run.id)))
}
