//! The exit code of a run: whole, partial, failed or interrupted.

use super::super::output::Output;
use super::super::{Answer, Failure};
use crate::power::{Measured, Run, RunState, SizeState};

/// How the command ends, whether its result can be printed or not.
///
/// A size at which the function does not work is a result like any other; one that was not measured is not.
///
/// # Errors
/// The sentence of a run that failed, or that could not be saved: what is printed is all there is of it.
pub(super) fn of(
    run: &Run,
    unsaved: Option<String>,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let Some(measured) = run.measured() else {
        return Ok(Answer::Done);
    };
    if !is_clean(measured) {
        output.note(format!(
            "The function is not as it was yet; `iacstone runs recover {}` puts it right.",
            run.id
        ));
    }
    if let Some(sentence) = unsaved {
        return Err(Failure::work(format!(
            "{sentence}; what was printed is all there is of it"
        )));
    }
    match &measured.state {
        RunState::Failed(sentence) => Err(Failure::work(sentence)),
        RunState::Cancelled => Ok(Answer::Interrupted),
        RunState::Running | RunState::CutOff | RunState::Finished => {
            let whole = is_clean(measured) && is_measured(measured) && has_pick(run, measured);
            Ok(if whole { Answer::Done } else { Answer::Partial })
        }
    }
}

fn is_clean(measured: &Measured) -> bool {
    measured.cleanup.restored && measured.cleanup.versions_left == 0
}

fn is_measured(measured: &Measured) -> bool {
    let missing = |state: &SizeState| matches!(state, SizeState::Skipped(_) | SizeState::Pending);
    !measured.sizes.iter().any(|size| missing(&size.state))
}

fn has_pick(run: &Run, measured: &Measured) -> bool {
    measured.plan.dry_run || run.recommended().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    #[test]
    fn a_run_that_could_not_be_saved_is_a_failure() {
        let (mut run, mut output) = (fixture::run(), Output::of_process());
        run.measured_mut().unwrap().sizes.truncate(3);
        assert_eq!(of(&run, None, &mut output).unwrap(), Answer::Done);
        let why = "the run could not be saved: the disk is full".to_owned();
        let refused = of(&run, Some(why), &mut output).unwrap_err();
        assert!(refused.sentence.contains("the disk is full"));
        assert!(!refused.is_quiet());
    }
}
