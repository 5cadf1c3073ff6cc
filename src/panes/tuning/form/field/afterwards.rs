//! What the run may cost, and what becomes of its samples and of the pick.

use super::{FieldGroup, FieldRow, of_sampling, some};
use crate::config::region;
use crate::panes::tuning::form::text::{amount, decimal_between, shifted_share};
use crate::power::plan::DEFAULT_DISCARD;
use crate::power::{Apply, Currency, PlanDraft, SamplingDraft};

/// What stands for applying the pick to the function alone; no alias can be called so.
const LATEST: &str = "$LATEST";

pub(super) const MAX_COST: FieldRow = FieldRow {
    group: FieldGroup::Afterwards,
    label: "Cost cap",
    unset: "none",
    hint: |currency| match currency {
        Currency::Usd => "USD; nothing is no cap",
        Currency::Cny => "CNY; nothing is no cap",
    },
    // The sign before an amount is not kept.
    kept: |text, currency| currency.unsigned(text.trim()).to_owned(),
    shown: |text, currency| format!("{}{text}", currency.sign()),
    draft: |text, currency| {
        Ok(PlanDraft {
            max_cost_usd: amount(text, currency)?,
            ..PlanDraft::default()
        })
    },
    ..FieldRow::PLAIN
};

pub(super) const PRICES_OF: FieldRow = FieldRow {
    group: FieldGroup::Afterwards,
    label: "Prices of",
    unset: "its own region",
    hint: |_| "a region, where none are known here",
    first: |defaults| defaults.prices_of.clone().unwrap_or_default(),
    draft: |text, _| {
        let named = some(text).map(|text| region(&text)).transpose();
        Ok(PlanDraft {
            prices_of: named.map_err(|error| error.to_string())?,
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| plan.prices_of.clone(),
    ..FieldRow::PLAIN
};

pub(super) const TRIM: FieldRow = FieldRow {
    group: FieldGroup::Afterwards,
    label: "Trim",
    hint: |_| "share off each end, 0 to 0.4",
    first: |_| DEFAULT_DISCARD.to_string(),
    stepped: |text, steps| Some(shifted_share(text, steps, 0.4)),
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            discard: Some(decimal_between(text, 0.0..=0.4, "0 to 0.4")?),
            ..SamplingDraft::default()
        }))
    },
    // A run of cold starts trims nothing, whatever was asked for.
    of_plan: |plan| {
        let sampling = &plan.sampling;
        (!sampling.only_cold_starts).then(|| sampling.discard.to_string())
    },
    ..FieldRow::PLAIN
};

pub(super) const APPLY: FieldRow = FieldRow {
    group: FieldGroup::Afterwards,
    label: "Apply",
    unset: "nothing",
    hint: |_| "$LATEST, or an alias beside it",
    stepped: |text, _| Some(if text.is_empty() { LATEST } else { "" }.to_owned()),
    shown: |text, _| match text {
        LATEST => "to $LATEST".to_owned(),
        alias => format!("to $LATEST and alias {alias}"),
    },
    draft: |text, _| {
        let apply = match text {
            "" => Apply::No,
            LATEST => Apply::Latest,
            alias => Apply::Alias(alias.to_owned()),
        };
        Ok(PlanDraft {
            apply: Some(apply),
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| match &plan.apply {
        Apply::No => None,
        Apply::Latest => Some(LATEST.to_owned()),
        Apply::Alias(alias) => Some(alias.clone()),
    },
    ..FieldRow::PLAIN
};
