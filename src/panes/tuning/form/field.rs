//! The fields of the plan form and the texts in them.

use crate::config::TuningDefaults;
use crate::power::{Currency, Strategy};

/// Names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldId {
    /// The memory sizes.
    Sizes,
    /// Samples per size.
    Samples,
    /// What each invocation is sent.
    Payload,
    /// What the pick optimises.
    Strategy,
    /// The weight of cost in the balanced pick.
    Weight,
    /// Environments kept busy per size.
    Environments,
    /// The cost cap.
    MaxCost,
    /// Whether only cold starts are measured.
    ColdStarts,
    /// Whether the payload is kept in records.
    KeepPayload,
}

impl FieldId {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 9] = [
        Self::Sizes,
        Self::Samples,
        Self::Payload,
        Self::Strategy,
        Self::Weight,
        Self::Environments,
        Self::MaxCost,
        Self::ColdStarts,
        Self::KeepPayload,
    ];

    /// The label, at most 14 columns.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sizes => "Memory sizes",
            Self::Samples => "Samples each",
            Self::Payload => "Payload",
            Self::Strategy => "Strategy",
            Self::Weight => "Weight",
            Self::Environments => "Environments",
            Self::MaxCost => "Cost cap",
            Self::ColdStarts => "Cold starts",
            Self::KeepPayload => "Keep payload",
        }
    }

    /// What the field takes, amounts in this currency.
    #[must_use]
    pub(super) const fn hint(self, currency: Currency) -> &'static str {
        match self {
            Self::Sizes => "MB with commas, or default, ALL, FULL",
            Self::Samples => "warm samples per size, 5 or more",
            Self::Payload => "JSON; nothing sends null",
            Self::Strategy => "cost, speed or balanced",
            Self::Weight => "0 is speed only, 1 is cost only",
            Self::Environments => "kept busy at once per size",
            Self::MaxCost => match currency {
                Currency::Usd => "USD; nothing is no cap",
                Currency::Cny => "CNY; nothing is no cap",
            },
            Self::ColdStarts => "or nothing but them",
            Self::KeepPayload => "no keeps it out of store and logs",
        }
    }

    /// Whether the field is typed, rather than switched.
    #[must_use]
    pub const fn is_typed(self) -> bool {
        !matches!(self, Self::Strategy | Self::ColdStarts | Self::KeepPayload)
    }
}

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField<'a> {
    /// Which one.
    pub id: FieldId,
    /// What it holds.
    pub text: String,
    /// What it takes.
    pub hint: &'static str,
    /// What is wrong with it.
    pub problem: Option<&'a str>,
}

/// What the fields hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Values {
    pub(super) sizes: String,
    pub(super) samples: String,
    pub(super) payload: String,
    pub(super) strategy: Strategy,
    pub(super) weight: String,
    pub(super) environments: String,
    pub(super) max_cost: String,
    pub(super) cold_starts: bool,
    pub(super) keep_payload: bool,
    /// Not a field of the form: the configuration says it.
    pub(super) prices_of: Option<String>,
}

impl Values {
    pub(super) fn new(defaults: &TuningDefaults) -> Self {
        Self {
            sizes: defaults.powers.to_string(),
            samples: defaults.num.to_string(),
            payload: String::new(),
            strategy: defaults.strategy,
            weight: format!("{:.2}", defaults.balanced_weight.of_cost()),
            environments: defaults.parallel.to_string(),
            max_cost: String::new(),
            cold_starts: false,
            keep_payload: true,
            prices_of: defaults.prices_of.clone(),
        }
    }

    /// The text of a field as it is typed.
    pub(super) fn text(&self, field: FieldId) -> String {
        match field {
            FieldId::Sizes => self.sizes.clone(),
            FieldId::Samples => self.samples.clone(),
            FieldId::Payload => self.payload.clone(),
            FieldId::Strategy => self.strategy.name().to_owned(),
            FieldId::Weight => self.weight.clone(),
            FieldId::Environments => self.environments.clone(),
            FieldId::MaxCost => self.max_cost.clone(),
            FieldId::ColdStarts => yes_no(self.cold_starts),
            FieldId::KeepPayload => yes_no(self.keep_payload),
        }
    }

    /// The text of a field in one line, as the form shows it, amounts in this currency.
    pub(super) fn shown(&self, field: FieldId, currency: Currency) -> String {
        match field {
            FieldId::Payload if self.payload.trim().is_empty() => "none (sends null)".to_owned(),
            FieldId::Payload => summary(&self.payload),
            FieldId::MaxCost if self.max_cost.trim().is_empty() => "none".to_owned(),
            FieldId::MaxCost => format!("{}{}", currency.sign(), self.max_cost),
            FieldId::ColdStarts if self.cold_starts => "only cold starts".to_owned(),
            FieldId::ColdStarts => "left out".to_owned(),
            field => self.text(field),
        }
    }

    /// Takes a text that was checked; the sign before an amount is not kept.
    pub(super) fn put(&mut self, field: FieldId, text: &str, currency: Currency) {
        let text = if field == FieldId::Payload {
            text
        } else {
            text.trim()
        };
        match field {
            FieldId::Sizes => text.clone_into(&mut self.sizes),
            FieldId::Samples => text.clone_into(&mut self.samples),
            FieldId::Payload => text.clone_into(&mut self.payload),
            FieldId::Weight => text.clone_into(&mut self.weight),
            FieldId::Environments => text.clone_into(&mut self.environments),
            FieldId::MaxCost => currency.unsigned(text).clone_into(&mut self.max_cost),
            FieldId::Strategy | FieldId::ColdStarts | FieldId::KeepPayload => {}
        }
    }
}

fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// JSON on one line: its spaces squeezed, its size behind.
fn summary(payload: &str) -> String {
    let line = payload.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("{line} ({} bytes)", payload.trim().len())
}
