//! Whether the size a function has costs clearly more than the one to take: what a build may stop at.

use serde::Serialize;

use super::evaluation::{PairStanding, SizePair};
use super::finding::cost_pair;
use super::{BillingStep, Change, Run};
use crate::lambda::MemoryMb;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CostVerdict {
    /// The current size is the recommended one, or is shown to cost at most so much more.
    Ok,
    /// The current size is shown to cost over so much more (95 % sure).
    Dearer,
    /// These samples do not tell.
    Unknown,
}

/// The current size of a function against the one that a run recommends, by cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CostCheck {
    /// What came of it.
    pub verdict: CostVerdict,
    /// How much more the current size may cost, in percent.
    pub percent: f64,
    /// The size the function has; `None` for a run that does not know it.
    pub current: Option<MemoryMb>,
    /// The size to take, if there is one.
    pub recommended: Option<MemoryMb>,
    /// How much more the current size costs by the means of the samples, in percent, if both were measured.
    pub excess_percent: Option<f64>,
}

impl CostCheck {
    /// Checks that the current size costs at most `percent` more than the recommended one.
    #[must_use]
    pub fn of(run: &Run, percent: f64) -> Self {
        let measured = run.measured();
        let current = measured.map(|measured| measured.current_memory);
        let recommended = measured.and_then(|_| run.recommended());
        let sizes = current.zip(recommended);
        let pair = measured
            .zip(sizes)
            .and_then(|(measured, (current, recommended))| {
                let is_same = current == recommended;
                let same = SizePair {
                    excess: 0.0,
                    standing: PairStanding::Within,
                };
                let pair = || cost_pair(measured, current, recommended, percent / 100.0);
                if is_same { Some(same) } else { pair() }
            });
        Self {
            verdict: match pair.map(|pair| pair.standing) {
                Some(PairStanding::Within) => CostVerdict::Ok,
                Some(PairStanding::Above) => CostVerdict::Dearer,
                Some(PairStanding::Unknown) | None => CostVerdict::Unknown,
            },
            percent,
            current,
            recommended,
            excess_percent: pair.and(sizes).and_then(|(current, recommended)| {
                let curve = run.curve(BillingStep::AsMeasured);
                let means = Change::between(curve.point(recommended)?, curve.point(current)?);
                means.cost_percent
            }),
        }
    }

    /// What came of it, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let percent = self.percent;
        let Some(current) = self.current else {
            return "Check: this run was not measured here, so that nobody knows what size the function has.".to_owned();
        };
        let Some(recommended) = self.recommended else {
            return format!(
                "Check: cannot tell whether the current {current} MB costs over {percent} % too much, for no size is recommended."
            );
        };
        if current == recommended {
            return format!("Check passed: the current {current} MB is the recommended size.");
        }
        let Some(excess) = self.excess_percent else {
            return format!(
                "Check: cannot tell whether the current {current} MB costs over {percent} % more than {recommended} MB, for it has \
                 too few samples."
            );
        };
        let more = format!("more than {recommended} MB");
        match self.verdict {
            CostVerdict::Ok => format!(
                "Check passed: the current {current} MB costs at most {percent} % {more} (95 % sure; by the means {excess:+.1} %)."
            ),
            CostVerdict::Dearer => format!(
                "Check failed: the current {current} MB costs over {percent} % {more} (95 % sure; by the means {excess:+.1} %)."
            ),
            CostVerdict::Unknown => format!(
                "Check: cannot tell whether the current {current} MB costs over {percent} % {more} (by the means {excess:+.1} %)."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::power::fixture::{measured, memory, run, run_of, size};

    fn checked(current: u32, sizes: &[(u32, f64)], spread: f64, percent: f64) -> CostCheck {
        let around = |ms: f64| -> Vec<f64> {
            let off = |at: usize| ((at * 7 % 11) as f64 / 10.0 - 0.5) * spread;
            (0..20).map(|at| ms * (1.0 + off(at))).collect()
        };
        let sizes = sizes.iter().map(|&(mb, ms)| size(mb, &around(ms)));
        let mut measured = measured(sizes.collect());
        measured.current_memory = memory(current);
        CostCheck::of(&run_of(measured), percent)
    }

    const CURVE: [(u32, f64); 3] = [(128, 8000.0), (256, 3000.0), (1024, 1000.0)];

    #[test]
    fn a_size_that_is_shown_to_cost_more_fails_the_check() {
        let check = checked(1024, &CURVE, 0.02, 5.0);
        assert_eq!(check.verdict, CostVerdict::Dearer);
        assert_eq!(
            check.sentence(),
            "Check failed: the current 1024 MB costs over 5 % more than 256 MB (95 % sure; by the means +33.3 %)."
        );
    }

    #[test]
    fn a_size_that_is_shown_to_cost_little_more_passes() {
        let check = checked(1024, &CURVE, 0.02, 50.0);
        assert_eq!(check.verdict, CostVerdict::Ok);
        assert!(
            check
                .sentence()
                .starts_with("Check passed: the current 1024 MB costs at most 50 % more")
        );
        let same = checked(256, &CURVE, 1.8, 0.0);
        assert_eq!(same.verdict, CostVerdict::Ok);
        assert_eq!(
            same.sentence(),
            "Check passed: the current 256 MB is the recommended size."
        );
    }

    #[test]
    fn what_nobody_can_tell_is_unknown() {
        let check = checked(1024, &CURVE, 1.8, 30.0);
        assert_eq!(check.verdict, CostVerdict::Unknown);
        assert!(
            check.sentence().contains("cannot tell"),
            "{}",
            check.sentence()
        );
        let missing = checked(192, &CURVE, 0.02, 5.0);
        assert_eq!(missing.verdict, CostVerdict::Unknown);
        assert!(missing.sentence().contains("too few samples"));
    }

    #[test]
    fn no_size_to_take_is_unknown_too() {
        let mut run = run();
        run.measured_mut().unwrap().plan.limits.max_duration_ms = Some(1.0);
        let check = CostCheck::of(&run, 5.0);
        assert_eq!(
            (check.verdict, check.recommended),
            (CostVerdict::Unknown, None)
        );
        assert!(check.sentence().contains("no size is recommended"));
    }
}
