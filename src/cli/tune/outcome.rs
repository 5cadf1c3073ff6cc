//! The exit code of a run: whole, partial, failed or interrupted.

use super::super::output::Output;
use super::super::{CommandExit, CommandFailure};
use crate::power::resume::has_its_samples;
use crate::power::{MeasuredRun, Run, RunState, SizeState};

/// How the command ends, whether its result can be printed or not.
///
/// A size at which the function does not work is a result like any other; one that was not measured is not.
///
/// # Errors
/// The sentence of a run that failed.
pub(super) fn of(
    run: &Run,
    unsaved: Option<String>,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let Some(measured) = run.measured() else {
        return Ok(CommandExit::Done);
    };
    if !is_clean(measured) {
        output.note(format!(
            "The clean-up is not complete; `iacstone runs recover {}` completes it.",
            run.id
        ));
    }
    let ending = ending(run, measured);
    let Some(sentence) = unsaved else {
        return ending;
    };
    output.note(format!(
        "The saved record of run {} is not whole, so keep what is printed here: {sentence}.",
        run.id
    ));
    Ok(match ending? {
        CommandExit::Done | CommandExit::Partial => CommandExit::Failed,
        answer => answer,
    })
}

/// How the measurement itself ended.
fn ending(run: &Run, measured: &MeasuredRun) -> Result<CommandExit, CommandFailure> {
    match &measured.state {
        RunState::Failed(sentence) => Err(CommandFailure::work(sentence)),
        RunState::Cancelled => Ok(CommandExit::Interrupted),
        RunState::Running | RunState::CutOff | RunState::Finished => {
            let whole = is_clean(measured)
                && is_measured(measured)
                && has_pick(run, measured)
                && has_its_samples(measured);
            Ok(if whole {
                CommandExit::Done
            } else {
                CommandExit::Partial
            })
        }
    }
}

fn is_clean(measured: &MeasuredRun) -> bool {
    measured.cleanup.restored && measured.cleanup.versions_left == 0
}

fn is_measured(measured: &MeasuredRun) -> bool {
    let missing = |state: &SizeState| matches!(state, SizeState::Skipped(_) | SizeState::Pending);
    !measured.sizes.iter().any(|size| missing(&size.state))
}

fn has_pick(run: &Run, measured: &MeasuredRun) -> bool {
    measured.plan.dry_run || run.recommended().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    fn unsaved() -> String {
        "the run could not be saved: the disk is full".to_owned()
    }

    #[test]
    fn a_run_that_could_not_be_saved_is_a_failure() {
        let (mut run, mut output) = (fixture::run(), Output::of_process());
        let partial = of(&run, Some(unsaved()), &mut output).unwrap();
        assert_eq!(partial, CommandExit::Failed);
        let measured = run.measured_mut().unwrap();
        measured.sizes.truncate(3);
        measured.plan.num = 6.into();
        let cut = of(&run, None, &mut output).unwrap();
        assert_eq!(cut, CommandExit::Partial, "five of six samples");
        run.measured_mut().unwrap().plan.num = 5.into();
        assert_eq!(of(&run, None, &mut output).unwrap(), CommandExit::Done);
        let whole = of(&run, Some(unsaved()), &mut output).unwrap();
        assert_eq!(whole, CommandExit::Failed);
    }

    #[test]
    fn why_a_run_failed_or_was_cancelled_is_not_hidden_by_its_not_being_saved() {
        let (mut run, mut output) = (fixture::run(), Output::of_process());
        run.measured_mut().unwrap().state = RunState::Failed("no more".to_owned());
        let failed = of(&run, Some(unsaved()), &mut output).unwrap_err();
        assert_eq!(failed.sentence, "no more");
        run.measured_mut().unwrap().state = RunState::Cancelled;
        let cancelled = of(&run, Some(unsaved()), &mut output).unwrap();
        assert_eq!(cancelled, CommandExit::Interrupted);
    }
}
