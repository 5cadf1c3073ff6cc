//! How the function is invoked.

use std::time::Duration;

use super::{FieldGroup, FieldRow, of_sampling, some};
use crate::lambda::FunctionRef;
use crate::panes::tuning::form::text::{number_between, shifted, whole_number, yes_no};
use crate::power::plan::MAX_ENVIRONMENTS;
use crate::power::{PlanDraft, SamplingDraft};

pub(super) const ENVIRONMENTS: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
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
    of_plan: |plan| Some(plan.sampling.environments.to_string()),
    ..FieldRow::PLAIN
};

pub(super) const COLD_STARTS: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Cold starts",
    hint: |_| "or nothing but them",
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
    of_plan: |plan| Some(yes_no(plan.sampling.only_cold_starts)),
    ..FieldRow::SWITCH
};

pub(super) const DRY_RUN: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Dry run",
    hint: |_| "once per size, nothing is picked",
    draft: |text, _| {
        Ok(PlanDraft {
            dry_run: Some(text == "yes"),
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| Some(yes_no(plan.dry_run)),
    ..FieldRow::SWITCH
};

pub(super) const QUALIFIER: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Qualifier",
    unset: "none ($LATEST)",
    hint: |_| "the alias or version to measure",
    draft: |text, _| {
        Ok(PlanDraft {
            qualifier: some(text),
            ..PlanDraft::default()
        })
    },
    of_plan: |plan| plan.function.qualifier().map(str::to_owned),
    ..FieldRow::PLAIN
};

pub(super) const PAUSE: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Pause",
    unset: "none",
    hint: |_| "ms between two in one environment",
    shown: |text, _| format!("{text} ms"),
    kept: |text, _| text.trim().trim_end_matches("ms").trim_end().to_owned(),
    draft: |text, _| {
        let milliseconds = match text.trim_end_matches("ms").trim_end() {
            "" => 0,
            number => whole_number(number)?,
        };
        Ok(of_sampling(SamplingDraft {
            sleep_between: Some(Duration::from_millis(milliseconds.into())),
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| match plan.sampling.sleep_between.as_millis() {
        0 => None,
        milliseconds => Some(milliseconds.to_string()),
    },
    ..FieldRow::PLAIN
};

pub(super) const STREAMING: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Streaming",
    hint: |_| "takes the answers as a stream",
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            response_stream: Some(text == "yes"),
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| Some(yes_no(plan.sampling.response_stream)),
    ..FieldRow::SWITCH
};

pub(super) const EXCEPTIONS: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Exceptions",
    unset: "none",
    hint: |_| "error types that count, with commas",
    draft: |text, _| {
        let types = text.split(',').map(|name| name.trim().to_owned());
        let types = (!text.is_empty()).then(|| types.collect());
        Ok(of_sampling(SamplingDraft {
            allowed_exceptions: types,
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| Some(plan.sampling.allowed_exceptions.join(", ")),
    ..FieldRow::PLAIN
};

pub(super) const PRE_PROCESSOR: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Pre-processor",
    unset: "none",
    hint: |_| "invoked before each, gives a payload",
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            pre_processor: processor(text)?,
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| {
        plan.sampling
            .pre_processor
            .as_ref()
            .map(ToString::to_string)
    },
    ..FieldRow::PLAIN
};

pub(super) const POST_PROCESSOR: FieldRow = FieldRow {
    group: FieldGroup::Invocations,
    label: "Post-processor",
    unset: "none",
    hint: |_| "invoked after each, with its answer",
    draft: |text, _| {
        Ok(of_sampling(SamplingDraft {
            post_processor: processor(text)?,
            ..SamplingDraft::default()
        }))
    },
    of_plan: |plan| {
        plan.sampling
            .post_processor
            .as_ref()
            .map(ToString::to_string)
    },
    ..FieldRow::PLAIN
};

/// The function of a processor, if there is one.
fn processor(text: &str) -> Result<Option<FunctionRef>, String> {
    let function = some(text).map(|text| FunctionRef::parse(&text)).transpose();
    function.map_err(|error| error.to_string())
}
