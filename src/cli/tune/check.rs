//! `tune --check`: the current size is measured, and the exit code says whether it costs clearly more.

use super::super::CommandExit;
use super::super::output::Output;
use crate::lambda::Function;
use crate::power::{CostCheck, CostVerdict, Plan};

/// Has the current size measured too, and says so after these words: what is not measured cannot be checked.
pub(super) fn measure_current(
    plan: &mut Plan,
    function: &Function,
    before: &str,
    output: &mut Output,
) {
    let current = function.memory;
    if let Err(place) = plan.sizes.binary_search(&current) {
        plan.sizes.insert(place, current);
        output.note(format!(
            "{before}The current size of {current} MB is measured too, for --check."
        ));
    }
}

/// How a command that checked ends.
pub(in crate::cli) const fn exit_of_check(check: &CostCheck) -> CommandExit {
    match check.verdict {
        CostVerdict::Dearer => CommandExit::Dearer,
        CostVerdict::Ok | CostVerdict::Unknown => CommandExit::Done,
    }
}

/// How a run that was checked ends: what went wrong with the run itself comes first.
pub(super) fn joined(exit: CommandExit, checked: Option<CostCheck>) -> CommandExit {
    match checked {
        Some(check) if exit == CommandExit::Done => exit_of_check(&check),
        _ => exit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture;

    #[test]
    fn only_a_run_that_ended_well_fails_by_its_check() {
        let dearer = CostCheck::of(&fixture::run(), 5.0);
        assert_eq!(dearer.verdict, CostVerdict::Dearer);
        for (exit, ends) in [
            (CommandExit::Done, CommandExit::Dearer),
            (CommandExit::Partial, CommandExit::Partial),
            (CommandExit::Interrupted, CommandExit::Interrupted),
        ] {
            assert_eq!(joined(exit, Some(dearer)), ends);
            assert_eq!(joined(exit, None), exit);
        }
        let cheap = CostCheck::of(&fixture::run(), 50.0);
        assert_eq!(joined(CommandExit::Done, Some(cheap)), CommandExit::Done);
    }

    #[test]
    fn the_current_size_is_among_those_that_are_measured() {
        let mut plan = fixture::run().measured().unwrap().plan.clone();
        let mut function = fixture::function();
        function.memory = fixture::memory(300);
        let before = plan.sizes.len();
        let mut output = Output::of_process();
        measure_current(&mut plan, &function, "", &mut output);
        measure_current(&mut plan, &function, "", &mut output);
        assert_eq!(
            (plan.sizes.len(), plan.sizes[2]),
            (before + 1, function.memory)
        );
    }
}
