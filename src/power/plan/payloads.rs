//! What each invocation is sent: payload rules of the reference tool, and the order of weighted payloads.

use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{PlanError, SampleCount};
use crate::power::events::as_sent;
use crate::power::number;

/// What invocations are sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payload {
    /// JSON `null`.
    #[default]
    None,
    /// The same value each time.
    Single(Value),
    /// Values by weight: each gets its share of the invocations.
    Weighted(Vec<WeightedPayload>),
    /// There was one, but the user asked not to keep it.
    Redacted,
}

/// A text that is longer is not repeated.
const LONGEST_QUOTED: usize = 40;

/// One of several payloads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedPayload {
    /// Its share, relative to the sum of all.
    pub weight: f64,
    /// The value sent.
    pub payload: Value,
}

impl Payload {
    /// Takes a value by the rules of the reference tool: `null` is no payload; a string that is JSON stands for that
    /// JSON; a list whose items all have `weight` and `payload` is a weighted payload; anything else is itself. Beyond
    /// these, the data of a log subscription may be readable: it is packed as the service does.
    ///
    /// # Errors
    /// [`PlanError::PayloadWeight`] when a weight is not a number above 0.
    pub fn from_value(value: Value) -> Result<Self, PlanError> {
        match unquoted(value) {
            Value::Null => Ok(Self::None),
            Value::Array(items) if is_weighted(&items) => weighted(items),
            value => Ok(Self::Single(value)),
        }
    }

    /// What to do about a text that is no JSON but words: they are sent in quotes. `None` for what looks like JSON.
    #[must_use]
    pub fn quoting_hint(text: &str) -> Option<String> {
        let text = text.trim();
        let is_words = text.starts_with(char::is_alphabetic);
        let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
        let quoted = Value::from(text).to_string();
        (is_words && !is_json).then(|| {
            if quoted.chars().count() > LONGEST_QUOTED {
                "a text is sent in double quotes".to_owned()
            } else {
                format!("a text is sent in double quotes: {quoted}")
            }
        })
    }

    /// The bodies of a size's invocations in the order they are sent: of the number there are, or of a round through all
    /// payloads.
    ///
    /// # Errors
    /// [`PlanError`] when weights and `num` do not go together, or the payload was not kept.
    pub fn sequence(&self, num: SampleCount) -> Result<PayloadSequence, PlanError> {
        let repeated = |value: &Value| PayloadSequence {
            bodies: vec![body(value)],
            order: vec![0],
        };
        match self {
            Self::None => Ok(repeated(&Value::Null)),
            Self::Single(value) => Ok(repeated(value)),
            Self::Weighted(items) => {
                let weights: Vec<f64> = items.iter().map(|item| item.weight).collect();
                Ok(PayloadSequence {
                    bodies: items.iter().map(|item| body(&item.payload)).collect(),
                    order: spread(&counts_of(&weights, num)?),
                })
            }
            Self::Redacted => Err(PlanError::PayloadRedacted),
        }
    }

    /// What `num` invocations can be sent. A dry run sends one payload per size, whatever the weights: the first.
    pub(super) fn checked(self, num: SampleCount, dry_run: bool) -> Result<Self, PlanError> {
        match self {
            Self::Redacted => Err(PlanError::PayloadRedacted),
            Self::Weighted(items) if dry_run => Ok(items
                .into_iter()
                .next()
                .map_or(Self::None, |item| Self::Single(item.payload))),
            Self::Weighted(items) => {
                let weights: Vec<f64> = items.iter().map(|item| item.weight).collect();
                counts_of(&weights, num)?;
                Ok(Self::Weighted(items))
            }
            payload => Ok(payload),
        }
    }
}

/// The bodies of a series of invocations; equal ones are shared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PayloadSequence {
    bodies: Vec<Arc<[u8]>>,
    order: Vec<usize>,
}

impl PayloadSequence {
    /// The body of the invocation at `position`, from 0; after the last the sequence begins again. Empty only for
    /// the sequence of no invocations.
    #[must_use]
    pub fn body(&self, position: usize) -> Arc<[u8]> {
        position
            .checked_rem(self.order.len())
            .and_then(|at| self.order.get(at))
            .and_then(|&at| self.bodies.get(at))
            .cloned()
            .unwrap_or_default()
    }

    /// Which of several payloads the invocation at `position` is sent, from 1; `None` where there is only one.
    #[must_use]
    pub fn number(&self, position: usize) -> Option<u32> {
        if self.bodies.len() < 2 {
            return None;
        }
        let at = position.checked_rem(self.order.len())?;
        u32::try_from(self.order.get(at)? + 1).ok()
    }

    /// How many invocations it takes to send all of it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The bodies in order, one per invocation.
    pub fn iter(&self) -> impl Iterator<Item = Arc<[u8]>> + '_ {
        (0..self.len()).map(|position| self.body(position))
    }
}

/// How many of `num` invocations each weight gets, in order: `floor(weight · num / Σ weights)`, the last the remainder.
///
/// # Errors
/// [`PlanError`] when a weight is not a number above 0, or one would get no invocation.
pub fn payload_counts(weights: &[f64], num: u32) -> Result<Vec<u32>, PlanError> {
    for (at, &weight) in weights.iter().enumerate() {
        if !weight.is_finite() || weight <= 0.0 {
            return Err(PlanError::PayloadWeight {
                position: at + 1,
                weight,
            });
        }
    }
    let total: f64 = weights.iter().sum();
    let mut left = num;
    let mut counts = Vec::with_capacity(weights.len());
    for (at, &weight) in weights.iter().enumerate() {
        let count = if at + 1 == weights.len() {
            left
        } else {
            whole(weight * f64::from(num) / total).min(left)
        };
        if count == 0 {
            return Err(PlanError::TooFewInvocations {
                position: at + 1,
                num,
            });
        }
        left -= count;
        counts.push(count);
    }
    Ok(counts)
}

/// About as many invocations has a round through payloads of different weights.
const LONGEST_CYCLE: f64 = 20.0;

/// How many invocations each weight gets, of all there are or of one round through the payloads. Such a round sends each
/// at least once.
fn counts_of(weights: &[f64], num: SampleCount) -> Result<Vec<u32>, PlanError> {
    let SampleCount::Fixed(num) = num else {
        let total: f64 = weights.iter().sum();
        let are_equal = weights.iter().all(|weight| Some(weight) == weights.first());
        let share = |weight: &f64| whole((weight * LONGEST_CYCLE / total).round()).max(1);
        let shares = weights.iter().map(share);
        return Ok(if are_equal {
            vec![1; weights.len()]
        } else {
            shares.collect()
        });
    };
    payload_counts(weights, num)
}

/// Spreads the payloads evenly over the series, so that a drift in time does not fall on one of them: at each step the
/// one furthest behind its share is next.
fn spread(counts: &[u32]) -> Vec<usize> {
    let total: i64 = counts.iter().copied().map(i64::from).sum();
    let mut behind = vec![0_i64; counts.len()];
    let mut order = Vec::new();
    for _ in 0..total {
        for (debt, &count) in behind.iter_mut().zip(counts) {
            *debt += i64::from(count);
        }
        let next = behind
            .iter()
            .enumerate()
            .max_by_key(|&(at, &debt)| (debt, std::cmp::Reverse(at)));
        let Some(at) = next.map(|(at, _)| at) else {
            break;
        };
        if let Some(debt) = behind.get_mut(at) {
            *debt -= total;
        }
        order.push(at);
    }
    order
}

fn body(value: &Value) -> Arc<[u8]> {
    value.to_string().into_bytes().into()
}

/// A string that is JSON becomes what it says, and readable data of a log subscription what the service sends.
fn unquoted(value: Value) -> Value {
    as_sent(match value {
        Value::String(text) => serde_json::from_str(&text).unwrap_or(Value::String(text)),
        value => value,
    })
}

fn is_weighted(items: &[Value]) -> bool {
    !items.is_empty()
        && items
            .iter()
            .all(|item| item.get("weight").is_some() && item.get("payload").is_some())
}

fn weighted(items: Vec<Value>) -> Result<Payload, PlanError> {
    let items = items.into_iter().enumerate().map(|(at, mut item)| {
        let weight = item.get("weight").and_then(number::number);
        let weight = weight.unwrap_or(f64::NAN);
        if !weight.is_finite() || weight <= 0.0 {
            return Err(PlanError::PayloadWeight {
                position: at + 1,
                weight,
            });
        }
        let payload = item.get_mut("payload").map(Value::take);
        Ok(WeightedPayload {
            weight,
            payload: unquoted(payload.unwrap_or_default()),
        })
    });
    Ok(Payload::Weighted(items.collect::<Result<_, _>>()?))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "shares are not negative, and dropping the fraction is the rule"
)]
const fn whole(share: f64) -> u32 {
    share as u32
}

#[cfg(test)]
mod tests;
