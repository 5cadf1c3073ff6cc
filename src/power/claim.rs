//! What a run said of its size: held against what the function does since.

use jiff::Timestamp;

use super::{BillingStep, ListedRun, MeanDifference, Run};
use crate::lambda::{FunctionRef, MemoryMb};

/// What a run said of the size to take, against the one that the function had.
#[derive(Debug, Clone, PartialEq)]
pub struct RunClaim {
    /// The run's name.
    pub name: String,
    /// When it was made.
    pub started: Timestamp,
    /// Its function.
    pub function: FunctionRef,
    /// The size the function had.
    pub from: MemoryMb,
    /// The size that was applied, else the recommended one.
    pub to: MemoryMb,
    /// How the second does against the first, as far as both were measured.
    pub difference: Option<MeanDifference>,
}

/// Why a run says nothing that could be held against anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// Its function is not known.
    #[error("this run was not measured here, so its function is not known")]
    Imported,
    /// It names no size.
    #[error("this run recommends no size, so there is nothing to hold it to")]
    NoPick,
    /// It leaves the function as it is.
    #[error("this run recommends the {0} MB that the function had: there is no change to look at")]
    NoChange(MemoryMb),
}

impl RunClaim {
    /// What a run said.
    ///
    /// # Errors
    /// [`ClaimError`] when it says nothing of a change.
    pub fn of(run: &Run) -> Result<Self, ClaimError> {
        let measured = run.measured().ok_or(ClaimError::Imported)?;
        let function = FunctionRef::parse(&measured.function_arn).ok();
        let function = function.ok_or(ClaimError::Imported)?;
        let from = measured.current_memory;
        let applied = measured.applied.as_ref().map(|applied| applied.memory_mb);
        let to = applied.or_else(|| ListedRun::of(run).pick);
        let to = to.ok_or(ClaimError::NoPick)?;
        if from == to {
            return Err(ClaimError::NoChange(from));
        }
        let curve = run.curve(BillingStep::AsMeasured);
        let points = curve.point(from).zip(curve.point(to));
        Ok(Self {
            name: run.name.clone(),
            started: run.started,
            function,
            from,
            to,
            difference: points.map(|(from, to)| MeanDifference::of_points(from, to)),
        })
    }

    /// What it said of the second size against the first, as a sentence: `The run of 2026-11-30 said of warm calls: 2.07x faster (-51.7 %), …`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let day = self.started.strftime("%Y-%m-%d");
        let said = match &self.difference {
            Some(difference) => difference.to_string(),
            None => "nothing, for it did not measure both sizes".to_owned(),
        };
        format!("The run of {day} said of warm calls: {said}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::{Applied, examples, fixture};

    #[test]
    fn a_run_claims_a_change_from_the_size_the_function_had_to_its_pick() {
        let mut run = fixture::run();
        let pick = ListedRun::of(&run).pick.unwrap();
        let measured = run.measured_mut().unwrap();
        measured.current_memory = MemoryMb::MIN;
        let claim = RunClaim::of(&run).unwrap();
        assert_eq!((claim.from, claim.to), (MemoryMb::MIN, pick));
        assert!(claim.sentence().contains("faster"), "{}", claim.sentence());
    }

    #[test]
    fn what_was_applied_counts_before_what_was_recommended_and_no_change_is_none() {
        let mut run = fixture::run();
        let measured = run.measured_mut().unwrap();
        let applied = MemoryMb::new(2_048).unwrap();
        measured.applied = Some(Applied {
            memory_mb: applied,
            version: None,
            alias: None,
        });
        let claim = RunClaim::of(&run).unwrap();
        assert_eq!((claim.to, claim.difference), (applied, None));
        assert!(claim.sentence().ends_with("did not measure both sizes."));
        run.measured_mut().unwrap().current_memory = applied;
        assert_eq!(RunClaim::of(&run), Err(ClaimError::NoChange(applied)));
        let example = &examples::find("no-op").unwrap().run;
        assert_eq!(RunClaim::of(example), Err(ClaimError::Imported));
    }
}
