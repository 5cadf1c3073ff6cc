//! Faults that are switched on per operation: how they are written, and when they strike.

mod board;
mod kind;

use super::operation::Operation;
pub(super) use board::FaultBoard;
pub(super) use kind::Fault;
use kind::FaultMoment;

/// A list of faults, none by default.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Faults {
    rules: Vec<FaultRule>,
}

/// One fault, with the operation it strikes and how often.
#[derive(Debug, Clone, PartialEq)]
struct FaultRule {
    /// `None` for every operation.
    operation: Option<Operation>,
    fault: Fault,
    rate: FaultRate,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum FaultRate {
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
    #[error("fault '{text}': unknown kind '{kind}'; use one of {known}")]
    Kind {
        /// The whole text.
        text: String,
        /// The word that is no kind.
        kind: String,
        /// The kinds there are.
        known: String,
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
    /// The operation cannot fail in this way.
    #[error("fault '{text}': {kind} strikes {only} only; use that or '*'")]
    Elsewhere {
        /// The whole text.
        text: String,
        /// The kind.
        kind: String,
        /// The operation it strikes.
        only: &'static str,
    },
    /// A count where only a share has a meaning.
    #[error(
        "fault '{0}': late strikes a share of all events; give a share from 0 to 1 as in 'late:180:0.1'"
    )]
    Counted(String),
}

impl Faults {
    /// Reads one fault: `operation=kind[:rate]`, for example `Invoke=throttle:0.2` or `*=server-error:x3`.
    ///
    /// The operation is a name of an API or `*`. The rate is a share from 0 to 1, or `xN` for the first N calls;
    /// without one every call is struck. `slow` takes its milliseconds first, `slow:500:0.1`; what ends a live
    /// session and `late` take seconds: `StartLiveTail=silence:5:x1`; `short-page` takes how many events fit.
    ///
    /// # Errors
    /// [`FaultError`] names the part that is wrong and what would be right.
    pub fn parse(text: &str) -> Result<Self, FaultError> {
        let form = || FaultError::Form(text.to_owned());
        let (operation, rest) = text.trim().split_once('=').ok_or_else(form)?;
        let operation = parse_operation(text, operation)?;
        let mut words = rest.split(':');
        let kind = words.next().filter(|kind| !kind.is_empty());
        let kind = parse_kind(text, kind.ok_or_else(form)?)?;
        let (mut fault, mut rate) = (kind.fault, words.next());
        if let (Some(_), Some(word)) = (kind.argument, rate) {
            let number = word.parse().ok().ok_or_else(|| bad_rate(text, word))?;
            fault = fault.with(number);
            rate = words.next();
        }
        let rate = rate.map_or(Ok(FaultRate::Share(1.0)), |word| parse_rate(text, word))?;
        if words.next().is_some() {
            return Err(form());
        }
        let rule = FaultRule {
            operation,
            fault,
            rate,
        };
        rule.check(text, kind.name)?;
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
    let known = || {
        Operation::ALL
            .iter()
            .map(|o| o.name())
            .collect::<Vec<_>>()
            .join(", ")
    };
    Operation::named(word)
        .map(Some)
        .ok_or_else(|| FaultError::Operation {
            text: text.to_owned(),
            operation: word.to_owned(),
            known: known(),
        })
}

fn parse_kind(text: &str, word: &str) -> Result<kind::FaultKind, FaultError> {
    let found = kind::KINDS.into_iter().find(|kind| kind.name == word);
    found.ok_or_else(|| FaultError::Kind {
        text: text.to_owned(),
        kind: word.to_owned(),
        known: kind::names(),
    })
}

impl FaultRule {
    /// Refuses what would never strike.
    fn check(&self, text: &str, kind: &str) -> Result<(), FaultError> {
        let only = self.fault.only_on();
        if let (Some(operation), Some(only)) = (self.operation, only)
            && operation != only
        {
            return Err(FaultError::Elsewhere {
                text: text.to_owned(),
                kind: kind.to_owned(),
                only: only.name(),
            });
        }
        if self.fault.moment() == FaultMoment::Event && matches!(self.rate, FaultRate::First(_)) {
            return Err(FaultError::Counted(text.to_owned()));
        }
        Ok(())
    }
}

fn parse_rate(text: &str, word: &str) -> Result<FaultRate, FaultError> {
    let rate = match word.strip_prefix('x') {
        Some(count) => count.parse().ok().map(FaultRate::First),
        None => word
            .parse()
            .ok()
            .filter(|share| (0.0..=1.0).contains(share))
            .map(FaultRate::Share),
    };
    rate.ok_or_else(|| bad_rate(text, word))
}

fn bad_rate(text: &str, rate: &str) -> FaultError {
    FaultError::Rate {
        text: text.to_owned(),
        rate: rate.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::logs::SessionEnd;
    use super::*;

    fn fault(text: &str) -> Fault {
        Faults::parse(text).unwrap().rules[0].fault
    }

    #[test]
    fn numbers_come_before_the_rate() {
        assert_eq!(fault("*=slow"), Fault::Slow(2000));
        assert_eq!(fault("Invoke=slow:50:x1"), Fault::Slow(50));
        let silence = Fault::Session(SessionEnd::Silent, 30);
        assert_eq!(fault("StartLiveTail=silence:30:0.5"), silence);
        assert_eq!(fault("PutLogEvents=late:90"), Fault::Late(90));
    }

    #[test]
    fn every_kind_can_be_written() {
        for kind in kind::KINDS {
            assert_eq!(fault(&format!("*={}", kind.name)), kind.fault);
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_what_would_be_right() {
        for (text, words) in [
            ("throttle", "operation=kind:rate"),
            ("Invok=throttle", "ListFunctions"),
            ("Invoke=melt", "stuck-update"),
            ("Invoke=melt", "silence[:S]"),
            ("Invoke=throttle:2", "from 0 to 1"),
            ("Invoke=throttle:0.1:0.2", "operation=kind:rate"),
            ("Invoke=slow:never", "'never'"),
            ("Invoke=stuck-update", "UpdateFunctionConfiguration only"),
            ("FilterLogEvents=lose", "StartLiveTail only"),
            ("PutLogEvents=late:60:x3", "give a share"),
            ("Invoke=", "operation=kind:rate"),
        ] {
            let message = Faults::parse(text).unwrap_err().to_string();
            assert!(message.contains(words), "{text}: {message}");
        }
    }
}
