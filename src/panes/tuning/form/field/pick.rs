//! What decides the pick.

use super::{FieldGroup, FieldInput, FieldRow};
use crate::panes::tuning::form::text::{
    decimal_between, known, next_word, percent, shifted_percent, shifted_share, without_percent,
};
use crate::power::plan::DEFAULT_TOLERANCE;
use crate::power::{DurationLimit, PickDraft, PickLimits, PlanDraft, Strategy};

pub(super) const STRATEGY: FieldRow = FieldRow {
    group: FieldGroup::Pick,
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
    of_plan: |plan| Some(plan.goal.strategy.name().to_owned()),
    ..FieldRow::PLAIN
};

pub(super) const WEIGHT: FieldRow = FieldRow {
    group: FieldGroup::Pick,
    label: "Weight",
    hint: |_| "0 is speed only, 1 is cost only",
    first: |defaults| format!("{:.2}", defaults.balanced_weight.of_cost()),
    stepped: |text, steps| Some(shifted_share(text, steps, 1.0)),
    draft: |text, _| {
        let weight = decimal_between(text, 0.0..=1.0, "0 (speed only) to 1 (cost only)")?;
        Ok(of_pick(PickDraft {
            balanced_weight: Some(weight),
            ..PickDraft::default()
        }))
    },
    of_plan: |plan| Some(plan.goal.balanced_weight.of_cost().to_string()),
    ..FieldRow::PLAIN
};

pub(super) const TOLERANCE: FieldRow = FieldRow {
    group: FieldGroup::Pick,
    label: "Tolerance",
    hint: |_| "% more that still count as cheap",
    stepped: |text, steps| Some(shifted_percent(text, steps)),
    shown: |text, _| match text.trim() {
        "" => format!("{DEFAULT_TOLERANCE} %"),
        percent => format!("{percent} %"),
    },
    kept: |text, _| without_percent(text).to_owned(),
    draft: |text, _| {
        Ok(of_limits(PickLimits {
            tolerance_percent: percent(text, 0.0..=100.0, "0 to 100 percent")?,
            ..PickLimits::default()
        }))
    },
    of_plan: |plan| Some(known(plan.limits.tolerance_percent)),
    ..FieldRow::PLAIN
};

pub(super) const WITHIN: FieldRow = FieldRow {
    group: FieldGroup::Pick,
    label: "Within",
    unset: "off",
    hint: |_| "the fastest this % over the cheapest",
    shown: |text, _| format!("{text} %"),
    kept: |text, _| without_percent(text).to_owned(),
    draft: |text, _| {
        Ok(of_limits(PickLimits {
            within_percent: percent(text, 0.0..=f64::MAX, "0 percent and above")?,
            ..PickLimits::default()
        }))
    },
    of_plan: |plan| Some(known(plan.limits.within_percent)),
    ..FieldRow::PLAIN
};

pub(super) const LIMITS: FieldRow = FieldRow {
    group: FieldGroup::Pick,
    label: "Limits",
    unset: "none",
    hint: |_| "such as p90:200ms max:1s",
    first: |defaults| {
        let limits: Vec<String> = defaults.limits.iter().map(ToString::to_string).collect();
        limits.join(" ")
    },
    draft: |text, _| {
        let limits = DurationLimit::list(text)?;
        Ok(of_limits(PickLimits::default().with_only(&limits)))
    },
    of_plan: |plan| {
        let limits = plan.limits.on_durations();
        let limits: Vec<String> = limits.map(|limit| limit.to_string()).collect();
        Some(limits.join(" "))
    },
    ..FieldRow::PLAIN
};

fn of_pick(pick: PickDraft) -> PlanDraft {
    PlanDraft {
        pick,
        ..PlanDraft::default()
    }
}

fn of_limits(limits: PickLimits) -> PlanDraft {
    of_pick(PickDraft {
        limits,
        ..PickDraft::default()
    })
}
