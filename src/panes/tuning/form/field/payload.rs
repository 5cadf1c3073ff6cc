//! What is sent, and for whom.

use super::{FieldGroup, FieldInput, FieldRow, of_sampling, some};
use crate::panes::tuning::form::text::{json, yes_no};
use crate::power::{Payload, PlanDraft, SamplingDraft};
use crate::text::json_document;

pub(super) const PAYLOAD: FieldRow = FieldRow {
    group: FieldGroup::Payload,
    label: "Payload",
    unset: "none (sends null)",
    hint: |_| "JSON, or @FILE; nothing sends null",
    input: FieldInput::Lines,
    kept: |text, _| text.to_owned(),
    shown: |text, _| {
        let json = text.trim();
        let line = json.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{line} ({} bytes)", json.len())
    },
    draft: |text, _| {
        Ok(PlanDraft {
            payload: Some(json(text)?),
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| Some(written(&plan.payload)),
    ..FieldRow::PLAIN
};

pub(super) const KEEP_PAYLOAD: FieldRow = FieldRow {
    group: FieldGroup::Payload,
    label: "Keep payload",
    hint: |_| "no keeps it out of store and logs",
    first: |_| yes_no(true),
    draft: |text, _| {
        Ok(PlanDraft {
            log_payloads: Some(text == "yes"),
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| Some(yes_no(plan.log_payloads)),
    ..FieldRow::SWITCH
};

pub(super) const TENANT: FieldRow = FieldRow {
    group: FieldGroup::Payload,
    label: "Tenant",
    unset: "none",
    hint: |_| "the id of one of its tenants",
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            tenant_id: some(text),
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| plan.sampling.tenant_id.clone(),
    ..FieldRow::PLAIN
};

/// A payload as the field takes it.
fn written(payload: &Payload) -> String {
    let written = match payload {
        Payload::None | Payload::Redacted => return String::new(),
        Payload::Single(value) => json_document(value),
        Payload::Weighted(all) => json_document(all),
    };
    written.unwrap_or_default().trim_end().to_owned()
}
