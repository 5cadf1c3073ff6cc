//! The plan form: one function, what is to be measured, what it may cost, and what speaks against it.

mod again;
mod check;
mod edit;
mod field;
mod folds;
pub(super) mod left_out;
mod payload;
mod text;
mod values;

pub use again::RepeatedRun;
pub use field::{FieldGroup, FieldId};
use folds::GroupFolds;
use payload::PayloadSources;
use values::Values;

use crate::effect::{AppContext, Job, JobReport, Outbox, Prompt, Severity};
use crate::lambda::{Function, FunctionRef};
use crate::power::{
    Advice, AdviceWeight, Currency, Estimate, Plan, Pricing, TypicalDurations, advice, estimate,
};
use crate::task::TaskId;

/// The state of the form.
#[derive(Debug)]
pub struct PlanForm {
    function: Function,
    typical: Option<TypicalDurations>,
    values: Values,
    /// The field in front.
    pub focus: FieldId,
    folds: GroupFolds,
    describing: Option<TaskId>,
    payload: PayloadSources,
    plan: Result<Plan, String>,
    problems: Vec<(FieldId, String)>,
    estimate: Option<Estimate>,
    advice: Vec<Advice>,
}

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormField<'a> {
    /// Which one.
    pub id: FieldId,
    /// What it holds.
    pub text: String,
    /// What it takes.
    pub hint: &'static str,
    /// What is wrong with it.
    pub problem: Option<&'a str>,
}

/// A group of fields as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormGroup<'a> {
    /// Which one.
    pub id: FieldGroup,
    /// Its fields; none where it is folded.
    pub fields: Vec<FormField<'a>>,
    /// What it holds while it is folded: each field that asks for something of its own, with its text.
    pub folded: Option<Vec<(&'static str, String)>>,
}

impl PlanForm {
    /// A form for a function, filled with the user's defaults; `typical` is how long its invocations take, if
    /// that is known.
    #[must_use]
    pub fn new(
        function: Function,
        context: &AppContext,
        typical: Option<TypicalDurations>,
    ) -> Self {
        let mut form = Self {
            function,
            typical,
            values: Values::new(&context.tuning),
            focus: FieldId::Sizes,
            folds: GroupFolds::default(),
            describing: None,
            payload: PayloadSources::default(),
            plan: Err(String::new()),
            problems: Vec::new(),
            estimate: None,
            advice: Vec::new(),
        };
        form.check();
        form
    }

    /// Fills the form with what a run was made with; where that did not keep its payload, the payload stays as it is.
    pub(super) fn repeat(&mut self, context: &AppContext, run: &RepeatedRun) {
        let typed = self.values.text(FieldId::Payload).to_owned();
        self.values = Values::again(&context.tuning, run, &self.function);
        self.payload.forget();
        if run.lacks_payload() {
            self.values.put(FieldId::Payload, &typed, self.currency());
        }
        self.check();
    }

    /// The function to be tuned.
    #[must_use]
    pub const fn function(&self) -> &Function {
        &self.function
    }

    /// The plan, if nothing speaks against it.
    ///
    /// # Errors
    /// The sentence that says which field is wrong, and how.
    pub fn plan(&self) -> Result<Plan, String> {
        self.plan.clone()
    }

    /// The fields in order, each with its text and what is wrong with it.
    pub fn fields(&self) -> impl Iterator<Item = FormField<'_>> {
        let currency = self.currency();
        self.ids().map(move |id| FormField {
            id,
            text: self.values.shown(id, currency),
            hint: id.hint(currency),
            problem: self
                .problems
                .iter()
                .find(|(field, _)| *field == id)
                .map(|(_, problem)| problem.as_str()),
        })
    }

    /// The groups in order, each with its fields, or folded.
    pub fn groups(&self) -> impl Iterator<Item = FormGroup<'_>> {
        let currency = self.currency();
        let is_unusual = move |field: &FormField<'_>| self.values.is_unusual(field.id, currency);
        FieldGroup::ALL.into_iter().map(move |id| {
            let fields = self.fields().filter(move |field| field.id.group() == id);
            if !self.folds.has(id) {
                let fields = fields.collect();
                return FormGroup {
                    id,
                    fields,
                    folded: None,
                };
            }
            let unusual = fields.filter(is_unusual);
            let unusual = unusual.map(|field| (field.id.label(), field.text));
            FormGroup {
                id,
                fields: Vec::new(),
                folded: Some(unusual.collect()),
            }
        })
    }

    /// The fields that the form of this function has, in order.
    fn ids(&self) -> impl Iterator<Item = FieldId> {
        let all = FieldId::ALL.into_iter();
        all.filter(|id| id.is_of(&self.function))
    }

    /// What the field in front takes.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        if self.is_folded() {
            return "a folded group: what in it is not as usual";
        }
        self.focus.hint(self.currency())
    }

    /// What amounts are in: the currency of the function's region.
    fn currency(&self) -> Currency {
        Currency::of_region(self.function.region())
    }

    /// Checks a text for a field.
    ///
    /// # Errors
    /// A sentence that says what is wrong and what to give instead.
    pub(super) fn check_text(&self, field: FieldId, text: &str) -> Result<(), String> {
        if field == FieldId::Payload && text::payload_file(text)?.is_some() {
            return Ok(());
        }
        check::checked(field, text, self.currency()).map(drop)
    }

    /// What the run would do and cost, if the plan is one.
    #[must_use]
    pub const fn estimate(&self) -> Option<&Estimate> {
        self.estimate.as_ref()
    }

    /// What is worth knowing about the function before the run.
    #[must_use]
    pub fn advice(&self) -> &[Advice] {
        &self.advice
    }

    /// Whether the function's newest state is on its way.
    #[must_use]
    pub const fn is_describing(&self) -> bool {
        self.describing.is_some()
    }

    /// Asks for the function's newest state: the list does not tell it.
    pub(super) fn describe(&mut self, out: &mut Outbox<'_>) {
        if self.describing.is_none()
            && !out.context.offline
            && let Ok(function) = FunctionRef::parse(&self.function.arn)
        {
            self.describing = Some(out.spawn(Job::DescribeFunction(function)));
        }
    }

    /// Is put away: nobody would hear the function's newest state.
    pub(super) fn put_away(&mut self, out: &mut Outbox<'_>) {
        let tasks = self.payload.put_away().into_iter();
        for task in tasks.chain([self.describing.take()]).flatten() {
            out.cancel(task);
        }
    }

    /// Is opened again for the function as it is known now.
    pub(super) fn reopen(&mut self, function: Function) {
        self.function = function;
        self.check();
    }

    /// Whether the function is being read by this task.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.describing == Some(id) || self.payload.awaits(id)
    }

    /// Takes the report about the function, or about the payload; what is to be asked then, if anything.
    pub(super) fn report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) -> Option<(FieldId, Prompt)> {
        if self.payload.awaits(id) {
            return self.payload_report(id, report, out);
        }
        match report {
            JobReport::Described(function) => {
                self.function = *function;
                self.describing = None;
                self.check();
            }
            JobReport::Failed(why) => {
                self.describing = None;
                out.notice(Severity::Error, why);
            }
            JobReport::Done | JobReport::Cancelled => self.describing = None,
            _ => {}
        }
        None
    }

    /// What forbids the start, if anything does.
    pub(super) fn obstacle(&self) -> Option<&str> {
        self.advice
            .iter()
            .find(|advice| advice.weight == AdviceWeight::Blocking)
            .map(|advice| advice.text.as_str())
    }

    /// Checks every field and works out what the run would cost.
    fn check(&mut self) {
        let checked = check::check(&self.function, &self.values, self.currency());
        self.problems = checked.problems;
        for (field, _) in &self.problems {
            self.folds.show(*field);
        }
        self.plan = checked.plan;
        let plan = self.plan.as_ref().ok();
        let function = &self.function;
        self.estimate = plan.and_then(|plan| {
            let pricing = Pricing::of_function(function, plan.prices_of.as_deref()).ok()?;
            let typical = self.typical.as_ref();
            Some(estimate(plan, &pricing.rate, function, typical))
        });
        self.advice = plan
            .map(|plan| advice(&self.function, plan))
            .unwrap_or_default();
    }
}
