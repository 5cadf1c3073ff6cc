//! From texts to a plan: each field is checked by itself, then all of them together.

use super::field::{FieldId, Values};
use crate::effect::check_json;
use crate::lambda::{Function, FunctionRef};
use crate::power::plan::{MAX_ENVIRONMENTS, parse_sizes};
use crate::power::{Currency, Payload, Plan, PlanDraft, PlanError};

/// What came out of a check.
pub(super) struct Checked {
    pub(super) problems: Vec<(FieldId, String)>,
    pub(super) plan: Result<Plan, String>,
}

/// Checks the whole form.
pub(super) fn check(function: &Function, values: &Values, currency: Currency) -> Checked {
    let mut problems = Vec::new();
    let mut draft = PlanDraft {
        strategy: Some(values.strategy),
        only_cold_starts: Some(values.cold_starts),
        log_payloads: Some(values.keep_payload),
        prices_of: values.prices_of.clone(),
        ..PlanDraft::default()
    };
    for field in FieldId::ALL.into_iter().filter(|field| field.is_typed()) {
        let text = values.text(field);
        match check_text(field, &text, currency) {
            Err(problem) => problems.push((field, problem)),
            Ok(()) => {
                if let Ok(part) = part(field, &text, currency) {
                    draft = draft.or(part);
                }
            }
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
    draft.build().map_err(|error| {
        problems.push((blamed(&error), error.to_string()));
        error.to_string()
    })
}

/// The field a problem of the whole plan belongs to.
const fn blamed(error: &PlanError) -> FieldId {
    match error {
        PlanError::PayloadWeight { .. }
        | PlanError::TooFewInvocations { .. }
        | PlanError::PayloadRedacted => FieldId::Payload,
        PlanError::Num { .. } => FieldId::Samples,
        _ => FieldId::Sizes,
    }
}

/// Checks the text of one field, amounts in this currency.
///
/// # Errors
/// A sentence that says what is wrong and what to give instead.
pub(super) fn check_text(field: FieldId, text: &str, currency: Currency) -> Result<(), String> {
    let mut part = part(field, text, currency)?;
    // Weights are checked against the number of samples, with the whole plan.
    part.payload = None;
    part.function = FunctionRef::parse("checked").ok();
    part.build().map(drop).map_err(|error| error.to_string())
}

/// A draft that holds this field alone.
fn part(field: FieldId, text: &str, currency: Currency) -> Result<PlanDraft, String> {
    let text = text.trim();
    let mut draft = PlanDraft::default();
    match field {
        FieldId::Sizes => {
            draft.sizes = Some(parse_sizes(text).map_err(|error| error.to_string())?);
        }
        FieldId::Samples => draft.num = Some(number(text)?),
        FieldId::Payload => draft.payload = Some(payload(text)?),
        FieldId::Weight => draft.balanced_weight = Some(weight(text)?),
        FieldId::Environments => draft.environments = Some(environments(text)?),
        FieldId::MaxCost if text.is_empty() => {}
        FieldId::MaxCost => draft.max_cost_usd = Some(amount(text, currency)?),
        FieldId::Strategy | FieldId::ColdStarts | FieldId::KeepPayload => {}
    }
    Ok(draft)
}

fn payload(text: &str) -> Result<Payload, String> {
    check_json(text)?;
    match serde_json::from_str(text) {
        Ok(value) => Payload::from_value(value).map_err(|error| error.to_string()),
        Err(_) => Ok(Payload::None),
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse()
        .map_err(|_not_a_number| format!("'{text}' is not a whole number"))
}

fn environments(text: &str) -> Result<u32, String> {
    match number(text)? {
        count @ 1..=MAX_ENVIRONMENTS => Ok(count),
        count => Err(format!("'{count}' is outside 1 to {MAX_ENVIRONMENTS}")),
    }
}

fn decimal(text: &str) -> Result<f64, String> {
    text.parse()
        .map_err(|_not_a_number| format!("'{text}' is not a number"))
}

fn amount(text: &str, currency: Currency) -> Result<f64, String> {
    let amount = currency.unsigned(text).parse();
    amount.map_err(|_not_a_number| {
        let code = currency.code();
        format!("'{text}' is not an amount in {code}; give a number such as 0.25")
    })
}

fn weight(text: &str) -> Result<f64, String> {
    let weight = decimal(text)?;
    if (0.0..=1.0).contains(&weight) {
        Ok(weight)
    } else {
        Err(format!(
            "'{text}' is outside 0 (speed only) to 1 (cost only)"
        ))
    }
}
