//! Between tuning and logs: the group a function writes to, and the plan of a function whose logs are read.

use super::pending::TuningPendingJob;
use super::{PlanForm, TuningPane, TuningScreen};
use crate::effect::{Job, Outbox, Severity, Visit};
use crate::lambda::{Function, FunctionRef};
use crate::logs::{Home, group_of};
use crate::power::typical_ms;

impl TuningPane {
    /// Follows the log group of the selected run's function.
    pub(super) fn follow_run(&self, out: &mut Outbox<'_>) {
        let function = self.selected().and_then(|entry| {
            let measured = entry.run.measured()?;
            FunctionRef::parse(&measured.function_arn).ok()
        });
        let Some(function) = function else {
            return out.notice(
                Severity::Info,
                "This run was not measured here, so its function's log group is not known.",
            );
        };
        let name = function.name();
        let mut listed = self.functions.all().iter();
        let known = listed.find(|known| known.name == name);
        out.visit(Visit::Follow {
            group: known.map_or_else(|| group_of(name), Function::logs_to),
            home: Home::of_arn(function.target()),
        });
    }

    /// Opens the plan form for the function of this name, once its configuration is read.
    pub fn plan_function(&mut self, name: &str, out: &mut Outbox<'_>) {
        match FunctionRef::parse(name) {
            Ok(function) => {
                let task = out.spawn(Job::DescribeFunction(function));
                self.pending.add(task, TuningPendingJob::Plan);
                out.notice(Severity::Info, format!("Reading {name} ..."));
            }
            Err(error) => out.notice(Severity::Error, error.to_string()),
        }
    }

    /// Opens the plan form for a function, as it was left if it was the last one that was.
    pub(super) fn open_form(&mut self, function: Function, out: &mut Outbox<'_>) {
        let is_of = |form: &mut Box<PlanForm>| form.function().arn == function.arn;
        if let Some(mut form) = self.draft.take_if(is_of) {
            form.reopen(function);
            self.screen = TuningScreen::Plan(form);
            return;
        }
        let runs = self.library.all().map(|entry| &entry.run);
        let typical = typical_ms(runs, &function);
        self.screen = TuningScreen::Plan(Box::new(PlanForm::new(function, out.context, typical)));
    }

    /// Goes back to the functions; what was typed into the form is kept.
    pub(super) fn leave_form(&mut self, out: &mut Outbox<'_>) {
        if let TuningScreen::Plan(mut form) =
            std::mem::replace(&mut self.screen, TuningScreen::Functions)
        {
            form.put_away(out);
            self.draft = Some(form);
        }
    }
}
