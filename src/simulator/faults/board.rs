//! The faults at work: each rule with its own generator, so that one does not disturb another.

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::super::chance;
use super::super::operation::Operation;
use super::kind::FaultMoment;
use super::{Fault, FaultRate, FaultRule, Faults};

/// The faults that are switched on.
#[derive(Debug)]
pub(in crate::simulator) struct FaultBoard {
    active: Vec<(FaultRule, StdRng)>,
}

impl FaultBoard {
    pub(in crate::simulator) fn new(seed: u64, faults: Faults) -> Self {
        let rules = faults.rules.into_iter().enumerate();
        let active = rules
            .map(|(index, rule)| (rule, chance::seeded(seed, &["fault", &index.to_string()])))
            .collect();
        Self { active }
    }

    /// The fault that strikes this call, if any.
    pub(in crate::simulator) fn strike(&mut self, operation: Operation) -> Option<Fault> {
        self.active
            .iter_mut()
            .filter(|(rule, _)| rule.concerns(operation, FaultMoment::Call))
            .find_map(|(rule, rng)| rule.strikes(rng).then_some(rule.fault))
    }

    /// All faults that strike this update of a live session.
    pub(in crate::simulator) fn strike_update(&mut self) -> Vec<Fault> {
        self.active
            .iter_mut()
            .filter(|(rule, _)| rule.concerns(Operation::StartLiveTail, FaultMoment::Update))
            .filter_map(|(rule, rng)| rule.strikes(rng).then_some(rule.fault))
            .collect()
    }

    /// How many seconds late events are taken in, and which share of them.
    pub(in crate::simulator) fn lateness(&self) -> Option<(u32, f64)> {
        self.active.iter().find_map(|(rule, _)| match rule {
            FaultRule {
                fault: Fault::Late(seconds),
                rate: FaultRate::Share(share),
                ..
            } => Some((*seconds, *share)),
            _ => None,
        })
    }
}

impl FaultRule {
    fn concerns(&self, operation: Operation, moment: FaultMoment) -> bool {
        self.operation.is_none_or(|own| own == operation)
            && self.fault.only_on().is_none_or(|only| only == operation)
            && self.fault.moment() == moment
    }

    fn strikes(&mut self, rng: &mut StdRng) -> bool {
        match &mut self.rate {
            FaultRate::Share(share) => rng.random_bool(*share),
            FaultRate::First(0) => false,
            FaultRate::First(left) => {
                *left -= 1;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(text: &str) -> FaultBoard {
        FaultBoard::new(1, Faults::parse(text).unwrap())
    }

    #[test]
    fn faults_strike_their_operation_at_their_rate() {
        let mut board = board("Invoke=throttle:0.2");
        let mut struck = |operation| {
            (0..1000)
                .filter(|_| board.strike(operation).is_some())
                .count()
        };
        assert!((150..250).contains(&struck(Operation::Invoke)));
        assert_eq!(struck(Operation::GetFunction), 0);
    }

    #[test]
    fn a_count_strikes_the_first_calls_only() {
        let mut board = board("*=server-error:x2");
        let struck: Vec<bool> = (0..4)
            .map(|_| board.strike(Operation::ListFunctions).is_some())
            .collect();
        assert_eq!(struck, [true, true, false, false]);
    }

    #[test]
    fn stuck_updates_strike_updates_only() {
        let mut board = board("*=stuck-update");
        assert_eq!(board.strike(Operation::Invoke), None);
        let update = Operation::UpdateFunctionConfiguration;
        assert_eq!(board.strike(update), Some(Fault::StuckUpdate));
    }

    #[test]
    fn updates_and_calls_are_struck_apart() {
        let faults = Faults::parse("StartLiveTail=lose:x1").unwrap();
        let faults = faults.and(Faults::parse("*=sample").unwrap());
        let mut board = FaultBoard::new(1, faults);
        assert_eq!(board.strike(Operation::StartLiveTail), None);
        assert_eq!(board.strike_update(), [Fault::Lose, Fault::Sample]);
        assert_eq!(board.strike_update(), [Fault::Sample]);
    }

    #[test]
    fn lateness_is_told_by_its_share() {
        let late = board("PutLogEvents=late:60:0.1");
        assert_eq!(late.lateness(), Some((60, 0.1)));
        assert_eq!(board("*=throttle").lateness(), None);
    }
}
