//! The plan of a run once more: what it puts into the fields of a form.

use super::field::FieldId;
use super::text::known;
use crate::lambda::{Function, FunctionRef, MemoryMb};
use crate::power::{BillingStep, Currency, Payload, Plan, Run, RunId};

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

    /// What it puts into a field of the form of a function; `None` where it says nothing.
    pub(super) fn text(&self, field: FieldId, function: &Function) -> Option<String> {
        if field == FieldId::Sizes {
            let sizes: Vec<String> = self.sizes.iter().map(MemoryMb::to_string).collect();
            return Some(sizes.join(","));
        }
        let plan = self.plan.as_ref()?;
        match field {
            FieldId::MaxCost => {
                let now_in = Currency::of_region(function.region());
                let was_in = self.function.as_ref().and_then(FunctionRef::region);
                let was_in = was_in.map(Currency::of_region);
                Some(known(plan.max_cost_usd.filter(|_| was_in == Some(now_in))))
            }
            // The number of a version means nothing elsewhere.
            FieldId::Qualifier => (field.row().of_plan)(plan)
                .filter(|it| self.is_of(function) || it.chars().any(|c| !c.is_ascii_digit())),
            _ => (field.row().of_plan)(plan),
        }
    }

    /// Whether this is its function.
    fn is_of(&self, function: &Function) -> bool {
        let own = self.function.as_ref();
        own.is_some_and(|own| function.is_of(own.target()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check;
    use super::super::values::Values;
    use std::time::Duration;

    use super::*;
    use crate::config::TuningDefaults;
    use crate::lambda::Tenancy;
    use crate::power::{Apply, Sampling, Strategy, Weight, examples, fixture};

    /// The plan that the form of a function makes of a run.
    fn made(run: &Run, function: &Function) -> Plan {
        let again = RepeatedRun::of(run);
        let values = Values::again(&TuningDefaults::default(), &again, function);
        let checked = check::check(function, &values, Currency::Usd);
        checked.plan.unwrap()
    }

    /// A run of the function with this plan.
    fn run_with(function: &Function, change: impl FnOnce(&mut Plan)) -> Run {
        let mut run = fixture::run();
        let measured = run.measured_mut().unwrap();
        measured.function_arn.clone_from(&function.arn);
        measured.plan.function = FunctionRef::parse(&function.arn).unwrap();
        change(&mut measured.plan);
        run
    }

    #[test]
    fn the_form_of_a_repeated_run_makes_its_plan() {
        let mut function = fixture::function();
        function.hosting.tenancy = Tenancy::PerTenant;
        let run = run_with(&function, |plan| {
            let other = |name: &str| FunctionRef::parse(name).ok();
            plan.function = plan.function.qualified("7");
            plan.payload = Payload::Single(serde_json::json!({"a": [1, 2]}));
            plan.limits = plan.limits.with("p90:200ms".parse().unwrap());
            plan.limits = plan.limits.with("mean:1s".parse().unwrap());
            plan.limits.tolerance_percent = Some(5.0);
            plan.goal.strategy = Strategy::Balanced;
            plan.goal.balanced_weight = Weight::clamped(0.3);
            plan.sampling = Sampling {
                environments: 3,
                only_cold_starts: false,
                discard: 0.1,
                sleep_between: Duration::from_millis(250),
                allowed_exceptions: vec!["Busy".to_owned(), "Late".to_owned()],
                pre_processor: other("before:live"),
                post_processor: other("after"),
                tenant_id: Some("blue".to_owned()),
                response_stream: true,
            };
            plan.log_payloads = false;
            plan.max_cost_usd = Some(0.25);
            plan.prices_of = Some("us-east-1".to_owned());
            plan.apply = Apply::Alias("prod".to_owned());
        });
        assert_eq!(made(&run, &function), run.measured().unwrap().plan);
    }

    #[test]
    fn what_excludes_another_is_made_again_too() {
        let function = fixture::function();
        for change in [
            |plan: &mut Plan| plan.limits.within_percent = Some(10.0),
            |plan: &mut Plan| plan.apply = Apply::Latest,
            |plan: &mut Plan| {
                plan.sampling.only_cold_starts = true;
                plan.sampling.discard = 0.0;
            },
            |plan: &mut Plan| {
                plan.dry_run = true;
                plan.num = 1.into();
            },
        ] {
            let run = run_with(&function, change);
            assert_eq!(made(&run, &function), run.measured().unwrap().plan);
        }
    }

    #[test]
    fn the_number_of_a_version_stays_with_its_function_and_an_alias_goes_along() {
        let function = fixture::function();
        let mut other = function.clone();
        other.arn.push_str("-2");
        for (qualifier, elsewhere) in [("7", None), ("prod", Some("prod"))] {
            let run = run_with(&function, |plan| {
                plan.function = plan.function.qualified(qualifier);
            });
            assert_eq!(made(&run, &function).function.qualifier(), Some(qualifier));
            assert_eq!(made(&run, &other).function.qualifier(), elsewhere);
        }
    }

    #[test]
    fn a_run_from_elsewhere_tells_its_sizes() {
        let again = RepeatedRun::of(&examples::find("no-op").unwrap().run);
        let function = fixture::function();
        assert_eq!(
            again.text(FieldId::Sizes, &function).unwrap(),
            "128,256,512,1024,1536,3008"
        );
        assert_eq!(again.text(FieldId::Samples, &function), None);
        assert!(!again.lacks_payload());
    }
}
