//! Faults that are switched on per operation: how they are written, and when they strike.

use rand::RngExt as _;
use rand::rngs::StdRng;

use super::chance;
use super::operation::Operation;

/// The waiting time of `slow` when none is given, in milliseconds.
const SLOW_MS: u32 = 2_000;

/// A list of faults, none by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    /// `None` for every operation.
    operation: Option<Operation>,
    fault: Fault,
    rate: Rate,
}

/// What goes wrong with a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Throttle,
    ServerError,
    ExpiredToken,
    AccessDenied,
    ClockSkew,
    /// The answer comes this many milliseconds of account time late.
    Slow(u32),
    /// The answer's body stops in the middle and stays open.
    Stall,
    /// The connection breaks in the middle of the answer.
    Cut,
    /// The answer is not the JSON it claims to be.
    Garbage,
    /// The configuration update never ends.
    StuckUpdate,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Rate {
    Share(f64),
    First(u32),
}

/// Why a text does not describe a fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// The text has no `operation=kind` form.
    #[error(
        "fault '{0}' is not of the form operation=kind:rate; write for example 'Invoke=throttle:0.2'"
    )]
    Form(String),
    /// No such operation.
    #[error("fault '{text}': unknown operation '{operation}'; use '*' or one of {known}")]
    Operation {
        /// The whole text.
        text: String,
        /// The word that is no operation.
        operation: String,
        /// The operations there are.
        known: String,
    },
    /// No such kind.
    #[error("fault '{text}': unknown kind '{kind}'; use one of {KINDS}")]
    Kind {
        /// The whole text.
        text: String,
        /// The word that is no kind.
        kind: String,
    },
    /// Not a rate.
    #[error(
        "fault '{text}': rate '{rate}' is neither a share from 0 to 1 nor a count such as 'x3'; leave it out to strike every call"
    )]
    Rate {
        /// The whole text.
        text: String,
        /// The word that is no rate.
        rate: String,
    },
    /// The operation updates no configuration.
    #[error("fault '{0}': stuck-update strikes UpdateFunctionConfiguration only; use that or '*'")]
    StuckUpdate(String),
}

/// The names of the kinds, as shown in errors and help.
const KINDS: &str = "throttle, server-error, expired-token, access-denied, clock-skew, slow[:MS], \
    stall, cut, garbage, stuck-update";

impl Faults {
    /// Reads one fault: `operation=kind[:rate]`, for example `Invoke=throttle:0.2` or `*=server-error:x3`.
    ///
    /// The operation is a name of the Lambda API or `*`. The rate is a share from 0 to 1, or `xN` for the
    /// first N calls; without one every call is struck. `slow` takes its milliseconds first: `slow:500:0.1`.
    ///
    /// # Errors
    /// [`FaultError`] names the part that is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, FaultError> {
        let form = || FaultError::Form(text.to_owned());
        let (operation, rest) = text.trim().split_once('=').ok_or_else(form)?;
        let operation = parse_operation(text, operation)?;
        let mut words = rest.split(':');
        let kind = words.next().unwrap_or_default();
        if kind.is_empty() {
            return Err(form());
        }
        let mut fault = parse_kind(text, kind)?;
        let mut rate = words.next();
        if let (Fault::Slow(milliseconds), Some(word)) = (&mut fault, rate) {
            *milliseconds = word.parse().ok().ok_or_else(|| bad_rate(text, word))?;
            rate = words.next();
        }
        let rate = rate.map_or(Ok(Rate::Share(1.0)), |word| parse_rate(text, word))?;
        if words.next().is_some() {
            return Err(form());
        }
        let updates = operation.is_none_or(|o| o == Operation::UpdateFunctionConfiguration);
        if fault == Fault::StuckUpdate && !updates {
            return Err(FaultError::StuckUpdate(text.to_owned()));
        }
        let rule = Rule {
            operation,
            fault,
            rate,
        };
        Ok(Self { rules: vec![rule] })
    }

    /// These faults and the other ones; of several that strike one call, the first counts.
    #[must_use]
    pub fn and(mut self, others: Self) -> Self {
        self.rules.extend(others.rules);
        self
    }
}

impl std::str::FromStr for Faults {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        Self::parse(text)
    }
}

fn parse_operation(text: &str, word: &str) -> Result<Option<Operation>, FaultError> {
    if word == "*" {
        return Ok(None);
    }
    let known = || Operation::ALL.map(Operation::name).join(", ");
    Operation::named(word)
        .map(Some)
        .ok_or_else(|| FaultError::Operation {
            text: text.to_owned(),
            operation: word.to_owned(),
            known: known(),
        })
}

fn parse_kind(text: &str, word: &str) -> Result<Fault, FaultError> {
    Ok(match word {
        "throttle" => Fault::Throttle,
        "server-error" => Fault::ServerError,
        "expired-token" => Fault::ExpiredToken,
        "access-denied" => Fault::AccessDenied,
        "clock-skew" => Fault::ClockSkew,
        "slow" => Fault::Slow(SLOW_MS),
        "stall" => Fault::Stall,
        "cut" => Fault::Cut,
        "garbage" => Fault::Garbage,
        "stuck-update" => Fault::StuckUpdate,
        _ => {
            return Err(FaultError::Kind {
                text: text.to_owned(),
                kind: word.to_owned(),
            });
        }
    })
}

fn parse_rate(text: &str, word: &str) -> Result<Rate, FaultError> {
    let rate = match word.strip_prefix('x') {
        Some(count) => count.parse().ok().map(Rate::First),
        None => word
            .parse()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share))
            .map(Rate::Share),
    };
    rate.ok_or_else(|| bad_rate(text, word))
}

fn bad_rate(text: &str, rate: &str) -> FaultError {
    FaultError::Rate {
        text: text.to_owned(),
        rate: rate.to_owned(),
    }
}

/// The faults at work: each rule with its own generator, so that one does not disturb another.
#[derive(Debug)]
pub(super) struct FaultBoard {
    active: Vec<(Rule, StdRng)>,
}

impl FaultBoard {
    pub(super) fn new(seed: u64, faults: Faults) -> Self {
        let rules = faults.rules.into_iter().enumerate();
        let active = rules
            .map(|(index, rule)| (rule, chance::seeded(seed, &["fault", &index.to_string()])))
            .collect();
        Self { active }
    }

    /// The fault that strikes this call, if any.
    pub(super) fn strike(&mut self, operation: Operation) -> Option<Fault> {
        self.active
            .iter_mut()
            .filter(|(rule, _)| rule.concerns(operation))
            .find_map(|(rule, rng)| rule.strikes(rng).then_some(rule.fault))
    }
}

impl Rule {
    fn concerns(&self, operation: Operation) -> bool {
        let updates = operation == Operation::UpdateFunctionConfiguration;
        self.operation.is_none_or(|own| own == operation)
            && (self.fault != Fault::StuckUpdate || updates)
    }

    fn strikes(&mut self, rng: &mut StdRng) -> bool {
        match &mut self.rate {
            Rate::Share(share) => rng.random_bool(*share),
            Rate::First(0) => false,
            Rate::First(left) => {
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
    fn slow_takes_its_milliseconds_before_the_rate() {
        let all = board("*=slow").strike(Operation::Invoke);
        assert_eq!(all, Some(Fault::Slow(SLOW_MS)));
        let some = board("Invoke=slow:50:x1").strike(Operation::Invoke);
        assert_eq!(some, Some(Fault::Slow(50)));
    }

    #[test]
    fn stuck_updates_strike_updates_only() {
        let mut board = board("*=stuck-update");
        assert_eq!(board.strike(Operation::Invoke), None);
        let update = Operation::UpdateFunctionConfiguration;
        assert_eq!(board.strike(update), Some(Fault::StuckUpdate));
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        for (text, words) in [
            ("throttle", "operation=kind:rate"),
            ("Invok=throttle", "ListFunctions"),
            ("Invoke=melt", "stuck-update"),
            ("Invoke=throttle:2", "from 0 to 1"),
            ("Invoke=throttle:0.1:0.2", "operation=kind:rate"),
            ("Invoke=slow:never", "'never'"),
            ("Invoke=stuck-update", "UpdateFunctionConfiguration"),
            ("Invoke=", "operation=kind:rate"),
        ] {
            let message = Faults::parse(text).unwrap_err().to_string();
            assert!(message.contains(words), "{text}: {message}");
        }
    }
}
