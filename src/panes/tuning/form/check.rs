//! From texts to a plan: each field is checked by itself, then all of them together.

use super::field::FieldId;
use super::values::Values;
use crate::lambda::{Function, FunctionRef, MemoryMb};
use crate::power::{Apply, Currency, Plan, PlanDraft, PlanError};

/// What came out of a check.
pub(super) struct Checked {
    pub(super) problems: Vec<(FieldId, String)>,
    pub(super) plan: Result<Plan, String>,
}

/// Checks the whole form.
pub(super) fn check(function: &Function, values: &Values, currency: Currency) -> Checked {
    let mut problems = Vec::new();
    let mut draft = PlanDraft::default();
    for field in FieldId::ALL.into_iter().filter(|id| id.is_of(function)) {
        match checked(field, values.text(field), currency) {
            Err(problem) => problems.push((field, problem)),
            Ok(part) => draft = draft.or(part),
        }
    }
    let plan = match problems.first() {
        Some((field, problem)) => Err(format!("{}: {problem}", field.label())),
        None => whole(function, draft, &mut problems),
    };
    Checked { problems, plan }
}

fn whole(
    function: &Function,
    mut draft: PlanDraft,
    problems: &mut Vec<(FieldId, String)>,
) -> Result<Plan, String> {
    let reference = FunctionRef::parse(&function.arn).map_err(|error| error.to_string())?;
    draft.function = Some(reference);
    let applies = draft.apply.as_ref().is_some_and(|it| *it != Apply::No);
    let plan = draft.knowing(function.memory).build().map_err(|error| {
        problems.push((blamed(&error), error.to_string()));
        error.to_string()
    })?;
    if plan.dry_run && applies {
        problems.push((FieldId::Apply, NOTHING_TO_APPLY.to_owned()));
        return Err(NOTHING_TO_APPLY.to_owned());
    }
    Ok(plan)
}

const NOTHING_TO_APPLY: &str =
    "a dry run picks nothing that could be applied; switch it off, or apply nothing";

/// The field a problem of the whole plan belongs to.
const fn blamed(error: &PlanError) -> FieldId {
    match error {
        PlanError::PayloadWeight { .. }
        | PlanError::TooFewInvocations { .. }
        | PlanError::PayloadRedacted => FieldId::Payload,
        PlanError::Num { .. } => FieldId::Samples,
        PlanError::TwoTolerances => FieldId::Within,
        _ => FieldId::Sizes,
    }
}

/// Checks the text of one field, amounts in this currency, and makes a draft that holds it alone.
///
/// # Errors
/// A sentence that says what is wrong and what to give instead.
pub(super) fn checked(field: FieldId, text: &str, currency: Currency) -> Result<PlanDraft, String> {
    let part = (field.row().draft)(text.trim(), currency)?;
    let alone = PlanDraft {
        function: FunctionRef::parse("checked").ok(),
        // Weights are checked against the number of samples, with the whole plan.
        payload: None,
        ..part.clone()
    };
    let alone = alone.knowing(MemoryMb::MIN);
    alone.build().map_err(|error| error.to_string())?;
    Ok(part)
}
