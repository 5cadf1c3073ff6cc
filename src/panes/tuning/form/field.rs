//! The fields of the plan form, group by group: everything that is particular to one stands in its row.

mod afterwards;
mod invocations;
mod payload;
mod pick;
mod sizes;

use super::text::yes_no;
use crate::config::TuningDefaults;
use crate::lambda::{Function, Tenancy};
use crate::power::{Currency, Plan, PlanDraft, SamplingDraft};

/// Names a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldId {
    /// The memory sizes.
    Sizes,
    /// Samples per size.
    Samples,
    /// What each invocation is sent.
    Payload,
    /// Whether the payload is kept in records.
    KeepPayload,
    /// Whom each invocation is for, of a function that keeps its tenants apart.
    Tenant,
    /// What the pick optimises.
    Strategy,
    /// The weight of cost in the balanced pick.
    Weight,
    /// How much more than the cheapest counts as cheap.
    Tolerance,
    /// How much more than the cheapest the fastest may cost.
    Within,
    /// The limits on the durations.
    Limits,
    /// Environments kept busy per size.
    Environments,
    /// Whether only cold starts are measured.
    ColdStarts,
    /// Whether each size is only invoked once.
    DryRun,
    /// The alias or version that is measured.
    Qualifier,
    /// The pause between two invocations.
    Pause,
    /// Whether the answers are taken as a stream.
    Streaming,
    /// The error types that count as samples.
    Exceptions,
    /// The function invoked before each sample.
    PreProcessor,
    /// The function invoked after each sample.
    PostProcessor,
    /// The cost cap.
    MaxCost,
    /// The region whose prices count.
    PricesOf,
    /// The share of samples that is trimmed.
    Trim,
    /// What the pick is applied to.
    Apply,
}

/// Fields that belong together; each can be folded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldGroup {
    /// What is measured.
    Sizes,
    /// What is sent.
    Payload,
    /// What decides the pick.
    Pick,
    /// How the function is invoked.
    Invocations,
    /// What it may cost, and what becomes of it.
    Afterwards,
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
    group: FieldGroup,
    /// At most 14 columns.
    label: &'static str,
    /// What the form shows where there is no text.
    unset: &'static str,
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
    shown: fn(&str, Currency) -> String,
    /// A draft that holds this field alone, or what is wrong with the text and what to give instead.
    pub(super) draft: fn(&str, Currency) -> Result<PlanDraft, String>,
    /// The text that makes this part of a plan; `None` where the plan does not say what was asked for.
    pub(super) of_plan: fn(&Plan) -> Option<String>,
}

impl FieldRow {
    /// A typed line without steps that is shown as it is and tells nothing.
    const PLAIN: Self = Self {
        group: FieldGroup::Sizes,
        label: "",
        unset: "",
        hint: |_| "",
        input: FieldInput::Line,
        first: |_| String::new(),
        stepped: |_, _| None,
        kept: |text, _| text.trim().to_owned(),
        shown: |text, _| text.to_owned(),
        draft: |_, _| Ok(PlanDraft::default()),
        of_plan: |_| None,
    };
    /// A switch that is off.
    const SWITCH: Self = Self {
        input: FieldInput::Switch,
        first: |_| yes_no(false),
        stepped: |text, _| Some(yes_no(text != "yes")),
        ..Self::PLAIN
    };
}

impl FieldId {
    /// Every field, in the order of the form: group by group.
    pub const ALL: [Self; 23] = [
        Self::Sizes,
        Self::Samples,
        Self::Payload,
        Self::KeepPayload,
        Self::Tenant,
        Self::Strategy,
        Self::Weight,
        Self::Tolerance,
        Self::Within,
        Self::Limits,
        Self::Environments,
        Self::ColdStarts,
        Self::DryRun,
        Self::Qualifier,
        Self::Pause,
        Self::Streaming,
        Self::Exceptions,
        Self::PreProcessor,
        Self::PostProcessor,
        Self::MaxCost,
        Self::PricesOf,
        Self::Trim,
        Self::Apply,
    ];

    pub(super) const fn row(self) -> &'static FieldRow {
        match self {
            Self::Sizes => &sizes::SIZES,
            Self::Samples => &sizes::SAMPLES,
            Self::Payload => &payload::PAYLOAD,
            Self::KeepPayload => &payload::KEEP_PAYLOAD,
            Self::Tenant => &payload::TENANT,
            Self::Strategy => &pick::STRATEGY,
            Self::Weight => &pick::WEIGHT,
            Self::Tolerance => &pick::TOLERANCE,
            Self::Within => &pick::WITHIN,
            Self::Limits => &pick::LIMITS,
            Self::Environments => &invocations::ENVIRONMENTS,
            Self::ColdStarts => &invocations::COLD_STARTS,
            Self::DryRun => &invocations::DRY_RUN,
            Self::Qualifier => &invocations::QUALIFIER,
            Self::Pause => &invocations::PAUSE,
            Self::Streaming => &invocations::STREAMING,
            Self::Exceptions => &invocations::EXCEPTIONS,
            Self::PreProcessor => &invocations::PRE_PROCESSOR,
            Self::PostProcessor => &invocations::POST_PROCESSOR,
            Self::MaxCost => &afterwards::MAX_COST,
            Self::PricesOf => &afterwards::PRICES_OF,
            Self::Trim => &afterwards::TRIM,
            Self::Apply => &afterwards::APPLY,
        }
    }

    /// Whether the form of a function has it.
    pub(super) fn is_of(self, function: &Function) -> bool {
        self != Self::Tenant || function.hosting.tenancy == Tenancy::PerTenant
    }

    /// The group it stands in.
    #[must_use]
    pub const fn group(self) -> FieldGroup {
        self.row().group
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

    /// A text of the field in one line, as the form shows it, amounts in this currency.
    pub(super) fn shown(self, text: &str, currency: Currency) -> String {
        let row = self.row();
        if text.trim().is_empty() && !row.unset.is_empty() {
            return row.unset.to_owned();
        }
        (row.shown)(text, currency)
    }
}

impl FieldGroup {
    /// Every group, in the order of the form.
    pub const ALL: [Self; 5] = [
        Self::Sizes,
        Self::Payload,
        Self::Pick,
        Self::Invocations,
        Self::Afterwards,
    ];

    /// What it is called, at most 20 columns.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sizes => "Sizes and samples",
            Self::Payload => "Payload",
            Self::Pick => "The pick",
            Self::Invocations => "The invocations",
            Self::Afterwards => "Cost and afterwards",
        }
    }
}

fn of_sampling(sampling: SamplingDraft) -> PlanDraft {
    PlanDraft {
        sampling,
        ..PlanDraft::default()
    }
}

/// A text, if there is one.
fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn the_fields_of_a_group_stand_together_and_fit_their_columns() {
        let mut groups: Vec<FieldGroup> = FieldId::ALL.map(FieldId::group).to_vec();
        groups.dedup();
        assert_eq!(groups, FieldGroup::ALL);
        for field in FieldId::ALL {
            assert!(text::width(field.label()) <= 14, "{field:?}");
            for currency in [Currency::Usd, Currency::Cny] {
                assert!(text::width(field.hint(currency)) <= 37, "{field:?}");
            }
        }
        assert!(FieldGroup::ALL.iter().all(|it| it.name().len() <= 20));
    }
}
