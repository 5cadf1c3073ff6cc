//! From a function to a run under way: the plan form opens, the plan is checked, the run starts.

use super::form::left_out;
use super::screens::functions;
use super::{Live, PlanForm, RepeatedRun, TuningPane, TuningScreen, consent};
use crate::effect::{BroughtPayload, Confirm, ConfirmAction, Job, JobReport, Outbox, Severity};
use crate::lambda::{Function, FunctionRef};
use crate::power::{Plan, Run, TypicalDurations};
use crate::task::TaskId;

/// Why nothing that changes the account is begun any more.
pub(super) const LEAVING: &str = "iacstone is about to end; start it again for this.";

impl TuningPane {
    /// Opens the plan form for the function of this name, once its configuration is read.
    pub fn plan_function(&mut self, name: &str, out: &mut Outbox<'_>) {
        (self.repeated, self.brought) = (None, None);
        for task in self.described.clear() {
            out.cancel(task);
        }
        match FunctionRef::parse(name) {
            Ok(function) => {
                let task = out.spawn(Job::DescribeFunction(function));
                self.described.add(task, ());
                out.notice(Severity::Info, format!("Reading {name} ..."));
            }
            Err(error) => out.notice(Severity::Error, error.to_string()),
        }
    }

    /// Plans a run with a payload of elsewhere; without a function it is to be chosen first.
    pub fn plan_payload(
        &mut self,
        function: Option<String>,
        payload: BroughtPayload,
        out: &mut Outbox<'_>,
    ) {
        if let Some(function) = function {
            self.plan_function(&function, out);
            self.brought = Some(payload);
        } else {
            functions::open(self, out);
            // What is known of the size is known of another function, as far as one can tell.
            self.brought = Some(BroughtPayload {
                too_small: None,
                ..payload
            });
            let text = "Choose the function whose plan gets the payload.";
            out.notice(Severity::Info, text);
        }
    }

    /// Takes a report about a function that is to be planned.
    pub(super) fn function_report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Described(function) => self.open_form(*function, out),
            JobReport::Failed(why) => {
                self.brought = None;
                out.notice(Severity::Error, why);
            }
            JobReport::Done | JobReport::Cancelled => {}
            _ => return,
        }
        self.described.end(id);
    }

    /// Opens the plan form for the selected function.
    pub(super) fn open_plan(&mut self, out: &mut Outbox<'_>) {
        if let Some(function) = self.functions.selected() {
            self.open_form(function.clone(), out);
            if let TuningScreen::Plan(form) = &mut self.screen {
                form.describe(out);
            }
        }
    }

    /// Opens the plan form for a function, as it is or was left if it was the last one that was, with the payload that was
    /// brought along.
    fn open_form(&mut self, function: Function, out: &mut Outbox<'_>) {
        if let Some(run) = &self.repeated {
            if run.lacks_payload() {
                let text = format!("The payload of {} was not kept; type it again.", run.name);
                out.notice(Severity::Warning, text);
            }
            let typical = self.typical(&function);
            let mut form = PlanForm::new(function, out.context, typical);
            form.repeat(out.context, run);
            self.show(TuningScreen::Plan(Box::new(form)), out);
            return;
        }
        let is_of = |form: &mut Box<PlanForm>| form.function().arn == function.arn;
        if let TuningScreen::Plan(form) = &mut self.screen
            && is_of(form)
        {
            form.reopen(function);
        } else if let Some(mut form) = self.draft.take_if(is_of) {
            form.reopen(function);
            self.show(TuningScreen::Plan(form), out);
        } else {
            let typical = self.typical(&function);
            let mut form = PlanForm::new(function, out.context, typical);
            let last = self.last_run(form.function());
            if let Some(left) = last.and_then(|run| left_out::broken_in(&mut form, run)) {
                out.notice(Severity::Info, left);
            }
            self.show(TuningScreen::Plan(Box::new(form)), out);
        }
        let brought = self.brought.take();
        if let (TuningScreen::Plan(form), Some(payload)) = (&mut self.screen, brought) {
            form.take_payload(&payload, out);
        }
    }

    /// The last run of a function that was measured here.
    fn last_run(&self, function: &Function) -> Option<&Run> {
        let runs = self.runs.library.all().map(|entry| &entry.run);
        let own = runs.filter(|run| {
            let measured = run.measured();
            measured.is_some_and(|measured| function.is_of(&measured.function_arn))
        });
        own.max_by_key(|run| run.started)
    }

    /// Whether the function in the form was tuned before.
    pub(super) fn has_last_plan(&self) -> bool {
        let TuningScreen::Plan(form) = &self.screen else {
            return false;
        };
        self.last_run(form.function()).is_some()
    }

    /// Fills the form with the plan of the function's last run.
    pub(super) fn take_last_plan(&mut self, out: &mut Outbox<'_>) {
        let TuningScreen::Plan(form) = &self.screen else {
            return;
        };
        let Some(run) = self.last_run(form.function()) else {
            return;
        };
        let (again, day) = (RepeatedRun::of(run), run.started.strftime("%Y-%m-%d"));
        let mut text = format!("The plan is that of the run of {day}.");
        if again.lacks_payload() {
            text.push_str(" Its payload was not kept: it is as it was here.");
        }
        if let TuningScreen::Plan(form) = &mut self.screen {
            form.repeat(out.context, &again);
        }
        out.notice(Severity::Info, text);
    }

    /// How long the function's invocations take, as far as its last run tells.
    fn typical(&self, function: &Function) -> Option<TypicalDurations> {
        let runs = self.runs.library.all().map(|entry| &entry.run);
        let mut runs: Vec<&Run> = runs.collect();
        runs.sort_by_key(|run| std::cmp::Reverse(run.started));
        TypicalDurations::of_last(runs, function)
    }

    /// Goes back to the functions, or to the runs where the form was opened from elsewhere; what was typed into the form
    /// is kept.
    pub(super) fn leave_form(&mut self, out: &mut Outbox<'_>) {
        let back = if self.functions.list.listed().is_some() {
            TuningScreen::Functions
        } else {
            TuningScreen::Runs
        };
        self.show(back, out);
    }

    /// Starts the run of the plan form, unless something speaks against it; asks first when it may get dear, or
    /// changes the function for good.
    pub(super) fn start(&mut self, out: &mut Outbox<'_>) {
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        let TuningScreen::Plan(form) = &self.screen else {
            return;
        };
        let plan = match form.plan() {
            Ok(plan) => plan,
            Err(problem) => return out.notice(Severity::Error, problem),
        };
        if let Some(obstacle) = form.obstacle() {
            return out.notice(Severity::Error, obstacle);
        }
        let details = consent::reasons(form, &plan, out.context);
        if details.is_empty() {
            return self.start_run(plan, out);
        }
        out.confirm(Confirm {
            question: format!("Start the run of {}?", form.function().name),
            details,
            answer: ConfirmAction::Start(Box::new(plan)),
        });
    }

    /// Why no run is begun now, if so.
    pub(super) fn refusal(&self, out: &Outbox<'_>) -> Option<String> {
        if out.context.read_only {
            return Some(
                "This session is read-only; start iacstone without --read-only to tune.".to_owned(),
            );
        }
        if out.leaving {
            return Some(LEAVING.to_owned());
        }
        let live = self.live()?;
        Some(format!(
            "{} is still being tuned; cancel that run or wait for its end.",
            live.name()
        ))
    }

    /// Starts a run of the function in the plan form and shows it.
    pub fn start_run(&mut self, plan: Plan, out: &mut Outbox<'_>) {
        if let Some(reason) = self.refusal(out) {
            return out.notice(Severity::Error, reason);
        }
        let TuningScreen::Plan(form) = &mut self.screen else {
            return;
        };
        if form.plan().as_ref() != Ok(&plan) {
            // Another function's form came to the front while this plan was asked about.
            let text = "The plan is another one by now; start it again.";
            return out.notice(Severity::Warning, text);
        }
        // What is still asked about the function is for a form that closes now.
        form.put_away(out);
        let id = out.run_id();
        let task = out.spawn(Job::Tune(id.clone(), Box::new(plan.clone())));
        let live = Live::new(task, id, plan, form.function(), out.now);
        self.runs.start(live);
        if let Some(run) = self.repeated.take() {
            self.runs.look.compared = Some(run.id);
        }
        self.screen = TuningScreen::Runs;
    }
}
