//! Sizes and samples.

use super::{FieldGroup, FieldRow};
use crate::panes::tuning::form::text::{next_word, shifted};
use crate::power::{PlanDraft, PlanError};

pub(super) const SIZES: FieldRow = FieldRow {
    group: FieldGroup::Sizes,
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

pub(super) const SAMPLES: FieldRow = FieldRow {
    group: FieldGroup::Sizes,
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
    of_plan: |plan| (!plan.dry_run).then(|| plan.num.to_string()),
    ..FieldRow::PLAIN
};
