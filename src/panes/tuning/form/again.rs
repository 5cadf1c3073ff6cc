//! The plan of a run once more: what it puts into the fields of a form, and what is no field.

use super::field::FieldId;
use super::text::yes_no;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::{BillingStep, Currency, Payload, Plan, PlanDraft, Run, RunId, SamplingDraft};
use crate::text::json_document;

/// A run whose plan is made once more, on its function or another one.
#[derive(Debug, Clone, PartialEq)]
pub struct RepeatedRun {
    /// The run.
    pub id: RunId,
    /// Its name.
    pub name: String,
    /// Its function, if it knows one.
    pub function: Option<FunctionRef>,
    /// Its sizes, ascending.
    sizes: Vec<MemoryMb>,
    /// Its plan; a run from elsewhere tells its sizes only.
    plan: Option<Plan>,
}

impl RepeatedRun {
    /// Of this run.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        let measured = run.measured();
        let points = || run.curve(BillingStep::AsMeasured).points;
        Self {
            id: run.id.clone(),
            name: run.name.clone(),
            function: measured.and_then(|it| FunctionRef::parse(&it.function_arn).ok()),
            sizes: measured.map_or_else(
                || points().iter().map(|point| point.memory_mb).collect(),
                |it| it.plan.sizes.clone(),
            ),
            plan: measured.map(|it| it.plan.clone()),
        }
    }

    /// Whether its payload was not kept, so that it cannot be sent again.
    #[must_use]
    pub fn lacks_payload(&self) -> bool {
        let payload = self.plan.as_ref().map(|plan| &plan.payload);
        payload == Some(&Payload::Redacted)
    }

    /// What it puts into a field, amounts in this currency; `None` where it says nothing.
    pub(super) fn text(&self, field: FieldId, currency: Currency) -> Option<String> {
        if field == FieldId::Sizes {
            let sizes: Vec<String> = self.sizes.iter().map(MemoryMb::to_string).collect();
            return Some(sizes.join(","));
        }
        let plan = self.plan.as_ref()?;
        let known = |figure: Option<f64>| figure.map_or_else(String::new, |it| it.to_string());
        Some(match field {
            FieldId::Sizes => return None,
            FieldId::Samples => plan.num.to_string(),
            FieldId::Payload => payload(&plan.payload),
            FieldId::Strategy => plan.goal.strategy.name().to_owned(),
            FieldId::Weight => plan.goal.balanced_weight.of_cost().to_string(),
            FieldId::Tolerance => {
                let limits = &plan.limits;
                known(limits.tolerance_percent.or(limits.within_percent))
            }
            FieldId::Limits => {
                let limits = plan.limits.on_durations();
                let limits: Vec<String> = limits.map(|limit| limit.to_string()).collect();
                limits.join(" ")
            }
            FieldId::Environments => plan.sampling.environments.to_string(),
            FieldId::MaxCost => {
                let was_in = self.function.as_ref().and_then(FunctionRef::region);
                let was_in = was_in.map(Currency::of_region);
                known(plan.max_cost_usd.filter(|_| was_in == Some(currency)))
            }
            FieldId::ColdStarts => yes_no(plan.sampling.only_cold_starts),
            FieldId::KeepPayload => yes_no(plan.log_payloads),
            FieldId::Tenant => plan.sampling.tenant_id.clone().unwrap_or_default(),
        })
    }

    /// What is no field of the form.
    pub(super) fn beside(&self) -> PlanDraft {
        let Some(plan) = &self.plan else {
            return PlanDraft::default();
        };
        let sampling = &plan.sampling;
        PlanDraft {
            prices_of: plan.prices_of.clone(),
            sampling: SamplingDraft {
                // A run of cold starts trims nothing, whatever was asked for.
                discard: Some(sampling.discard).filter(|_| !sampling.only_cold_starts),
                sleep_between: Some(sampling.sleep_between),
                allowed_exceptions: Some(sampling.allowed_exceptions.clone()),
                pre_processor: sampling.pre_processor.clone(),
                post_processor: sampling.post_processor.clone(),
                response_stream: Some(sampling.response_stream),
                ..SamplingDraft::default()
            },
            ..PlanDraft::default()
        }
    }
}

/// A payload as the field takes it.
fn payload(payload: &Payload) -> String {
    let written = match payload {
        Payload::None | Payload::Redacted => return String::new(),
        Payload::Single(value) => json_document(value),
        Payload::Weighted(all) => json_document(all),
    };
    written.unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::super::values::Values;
    use super::*;
    use crate::config::TuningDefaults;
    use crate::power::{examples, fixture};

    #[test]
    fn the_form_of_a_repeated_run_makes_its_plan() {
        let mut run = fixture::run();
        let plan = &mut run.measured_mut().unwrap().plan;
        plan.payload = Payload::Single(serde_json::json!({"a": [1, 2]}));
        plan.limits = "p90:200ms"
            .parse()
            .map(|limit| plan.limits.with(limit))
            .unwrap();
        plan.limits.tolerance_percent = Some(5.0);
        plan.sampling.allowed_exceptions = vec!["Busy".to_owned()];
        plan.log_payloads = false;
        let plan = plan.clone();
        let function = fixture::function();
        let again = RepeatedRun::of(&run);
        let values = Values::again(&TuningDefaults::default(), &again, Currency::Usd);
        let made = check::check(&function, &values, Currency::Usd)
            .plan
            .unwrap();
        let expected = Plan {
            function: made.function.clone(),
            ..plan
        };
        assert_eq!(made, expected);
    }

    #[test]
    fn a_run_from_elsewhere_tells_its_sizes() {
        let again = RepeatedRun::of(&examples::find("no-op").unwrap().run);
        assert_eq!(
            again.text(FieldId::Sizes, Currency::Usd).unwrap(),
            "128,256,512,1024,1536,3008"
        );
        assert_eq!(again.text(FieldId::Samples, Currency::Usd), None);
        assert!(!again.lacks_payload());
    }
}
