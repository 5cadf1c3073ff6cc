//! The fields of the plan form: everything that is particular to one stands in its row.

use super::text::{
    amount, decimal_between, json, next_word, number_between, shifted, shifted_percent,
    shifted_weight, yes_no,
};
use crate::config::TuningDefaults;
use crate::lambda::{Function, Tenancy};
use crate::power::plan::{DEFAULT_TOLERANCE, MAX_ENVIRONMENTS};
use crate::power::{
    Currency, DurationLimit, PickDraft, PickLimits, PlanDraft, PlanError, SamplingDraft, Strategy,
};

/// Names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// How much more than the cheapest counts as cheap.
    Tolerance,
    /// The limits on the durations.
    Limits,
    /// Environments kept busy per size.
    Environments,
    /// The cost cap.
    MaxCost,
    /// Whether only cold starts are measured.
    ColdStarts,
    /// Whether the payload is kept in records.
    KeepPayload,
    /// Whom each invocation is for, of a function that keeps its tenants apart.
    Tenant,
}

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldInput {
    /// A line is typed.
    Line,
    /// Several lines are typed.
    Lines,
    /// It is switched.
    Switch,
}

/// One field. Whatever a field holds is kept as a text, amounts in the currency of the function's region.
pub(super) struct FieldRow {
    /// At most 14 columns.
    label: &'static str,
    /// What it takes.
    hint: fn(Currency) -> &'static str,
    pub(super) input: FieldInput,
    /// The text it begins with.
    pub(super) first: fn(&TuningDefaults) -> String,
    /// What so many steps to the right (or left, below 0) make of a text; `None` for a field without steps.
    pub(super) stepped: fn(&str, i32) -> Option<String>,
    /// A checked text as it is kept.
    pub(super) kept: fn(&str, Currency) -> String,
    /// A text in one line, as the form shows it.
    pub(super) shown: fn(&str, Currency) -> String,
    /// A draft that holds this field alone, or what is wrong with the text and what to give instead.
    pub(super) draft: fn(&str, Currency) -> Result<PlanDraft, String>,
}

impl FieldRow {
    /// A typed line without steps that is shown as it is and tells nothing.
    const PLAIN: Self = Self {
        label: "",
        hint: |_| "",
        input: FieldInput::Line,
        first: |_| String::new(),
        stepped: |_, _| None,
        kept: |text, _| text.trim().to_owned(),
        shown: |text, _| text.to_owned(),
        draft: |_, _| Ok(PlanDraft::default()),
    };
}

const SIZES: FieldRow = FieldRow {
    label: "Memory sizes",
    hint: |_| "MB, 512..2048/256, default, current",
    first: |defaults| defaults.powers.to_string(),
    stepped: |text, steps| {
        Some(next_word(
            &["default,current", "default", "ALL", "FULL"],
            text,
            steps,
        ))
    },
    draft: |text, _| {
        let sizes = text.parse().map_err(|error: PlanError| error.to_string())?;
        Ok(PlanDraft {
            sizes: Some(sizes),
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

const SAMPLES: FieldRow = FieldRow {
    label: "Samples each",
    hint: |_| "auto, or 5 or more per size",
    first: |defaults| defaults.num.to_string(),
    stepped: |text, steps| {
        let less = steps < 0 && matches!(text.trim(), "auto" | "5");
        let first = steps > 0 && text.trim() == "auto";
        Some(match (less, first) {
            (true, _) => "auto".to_owned(),
            (_, true) => "5".to_owned(),
            _ => shifted(text, 5 * steps, 5),
        })
    },
    draft: |text, _| {
        Ok(PlanDraft {
            num: Some(text.parse()?),
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

const PAYLOAD: FieldRow = FieldRow {
    label: "Payload",
    hint: |_| "JSON, or @FILE; nothing sends null",
    input: FieldInput::Lines,
    kept: |text, _| text.to_owned(),
    shown: |text, _| match text.trim() {
        "" => "none (sends null)".to_owned(),
        json => {
            let line = json.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{line} ({} bytes)", json.len())
        }
    },
    draft: |text, _| {
        Ok(PlanDraft {
            payload: Some(json(text)?),
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

const TENANT: FieldRow = FieldRow {
    label: "Tenant",
    hint: |_| "the id of one of its tenants",
    shown: |text, _| match text.trim() {
        "" => "none".to_owned(),
        tenant => tenant.to_owned(),
    },
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            tenant_id: (!text.is_empty()).then(|| text.to_owned()),
            ..SamplingDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const STRATEGY: FieldRow = FieldRow {
    label: "Strategy",
    hint: |_| "cost, speed or balanced",
    input: FieldInput::Switch,
    first: |defaults| defaults.strategy.name().to_owned(),
    stepped: |text, steps| {
        let names = Strategy::ALL.map(Strategy::name);
        Some(next_word(&names, text, steps))
    },
    draft: |text, _| {
        let strategy: Strategy = text.parse().map_err(|error| format!("{error}"))?;
        Ok(of_pick(PickDraft {
            strategy: Some(strategy),
            ..PickDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const WEIGHT: FieldRow = FieldRow {
    label: "Weight",
    hint: |_| "0 is speed only, 1 is cost only",
    first: |defaults| format!("{:.2}", defaults.balanced_weight.of_cost()),
    stepped: |text, steps| Some(shifted_weight(text, steps)),
    draft: |text, _| {
        let weight = decimal_between(text, 0.0..=1.0, "0 (speed only) to 1 (cost only)")?;
        Ok(of_pick(PickDraft {
            balanced_weight: Some(weight),
            ..PickDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const TOLERANCE: FieldRow = FieldRow {
    label: "Tolerance",
    hint: |_| "% more that still count as cheap",
    first: |_| String::new(),
    stepped: |text, steps| Some(shifted_percent(text, steps)),
    shown: |text, _| match text.trim() {
        "" => format!("{DEFAULT_TOLERANCE} %"),
        percent => format!("{percent} %"),
    },
    kept: |text, _| text.trim().trim_end_matches('%').trim_end().to_owned(),
    draft: |text, _| {
        let percent = text.trim_end_matches('%').trim_end();
        let percent = match percent {
            "" => None,
            percent => Some(decimal_between(percent, 0.0..=100.0, "0 to 100 percent")?),
        };
        Ok(of_pick(PickDraft {
            limits: PickLimits {
                tolerance_percent: percent,
                ..PickLimits::default()
            },
            ..PickDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const LIMITS: FieldRow = FieldRow {
    label: "Limits",
    hint: |_| "such as p90:200ms max:1s",
    first: |defaults| {
        let limits: Vec<String> = defaults.limits.iter().map(ToString::to_string).collect();
        limits.join(" ")
    },
    shown: |text, _| match text.trim() {
        "" => "none".to_owned(),
        limits => limits.to_owned(),
    },
    draft: |text, _| {
        let limits = DurationLimit::list(text)?;
        Ok(of_pick(PickDraft {
            limits: PickLimits::default().with_only(&limits),
            ..PickDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const ENVIRONMENTS: FieldRow = FieldRow {
    label: "Environments",
    hint: |_| "kept busy at once per size",
    first: |defaults| defaults.parallel.to_string(),
    stepped: |text, steps| Some(shifted(text, steps, 1)),
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            environments: Some(number_between(text, 1, MAX_ENVIRONMENTS)?),
            ..SamplingDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const MAX_COST: FieldRow = FieldRow {
    label: "Cost cap",
    hint: |currency| match currency {
        Currency::Usd => "USD; nothing is no cap",
        Currency::Cny => "CNY; nothing is no cap",
    },
    // The sign before an amount is not kept.
    kept: |text, currency| currency.unsigned(text.trim()).to_owned(),
    shown: |text, currency| match text.trim() {
        "" => "none".to_owned(),
        _ => format!("{}{text}", currency.sign()),
    },
    draft: |text, currency| {
        Ok(PlanDraft {
            max_cost_usd: amount(text, currency)?,
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

const COLD_STARTS: FieldRow = FieldRow {
    label: "Cold starts",
    hint: |_| "or nothing but them",
    input: FieldInput::Switch,
    first: |_| yes_no(false),
    stepped: |text, _| Some(yes_no(text != "yes")),
    shown: |text, _| match text {
        "yes" => "only cold starts".to_owned(),
        _ => "left out".to_owned(),
    },
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            only_cold_starts: Some(text == "yes"),
            ..SamplingDraft::default()
        }))
    },
    ..FieldRow::PLAIN
};

const KEEP_PAYLOAD: FieldRow = FieldRow {
    label: "Keep payload",
    hint: |_| "no keeps it out of store and logs",
    input: FieldInput::Switch,
    first: |_| yes_no(true),
    stepped: |text, _| Some(yes_no(text != "yes")),
    draft: |text, _| {
        Ok(PlanDraft {
            log_payloads: Some(text == "yes"),
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

impl FieldId {
    /// Every field, in the order of the form.
    pub const ALL: [Self; 12] = [
        Self::Sizes,
        Self::Samples,
        Self::Payload,
        Self::Strategy,
        Self::Weight,
        Self::Tolerance,
        Self::Limits,
        Self::Environments,
        Self::MaxCost,
        Self::ColdStarts,
        Self::KeepPayload,
        Self::Tenant,
    ];

    pub(super) const fn row(self) -> &'static FieldRow {
        match self {
            Self::Sizes => &SIZES,
            Self::Samples => &SAMPLES,
            Self::Payload => &PAYLOAD,
            Self::Strategy => &STRATEGY,
            Self::Weight => &WEIGHT,
            Self::Tolerance => &TOLERANCE,
            Self::Limits => &LIMITS,
            Self::Environments => &ENVIRONMENTS,
            Self::MaxCost => &MAX_COST,
            Self::ColdStarts => &COLD_STARTS,
            Self::KeepPayload => &KEEP_PAYLOAD,
            Self::Tenant => &TENANT,
        }
    }

    /// Whether the form of a function has it.
    pub(super) fn is_of(self, function: &Function) -> bool {
        self != Self::Tenant || function.hosting.tenancy == Tenancy::PerTenant
    }

    /// The label, at most 14 columns.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.row().label
    }

    /// Whether the field is typed, rather than switched.
    #[must_use]
    pub const fn is_typed(self) -> bool {
        !matches!(self.row().input, FieldInput::Switch)
    }

    /// What the field takes, amounts in this currency.
    #[must_use]
    pub(super) fn hint(self, currency: Currency) -> &'static str {
        (self.row().hint)(currency)
    }
}

fn of_pick(pick: PickDraft) -> PlanDraft {
    PlanDraft {
        pick,
        ..PlanDraft::default()
    }
}

fn of_sampling(sampling: SamplingDraft) -> PlanDraft {
    PlanDraft {
        sampling,
        ..PlanDraft::default()
    }
}
