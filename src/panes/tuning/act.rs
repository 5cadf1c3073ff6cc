//! What each action does on each screen of the pane.

use super::{TuningPane, TuningPrompt, TuningScreen};
use crate::app::{Outbox, Prompt, PromptPurpose, Severity, Visit};
use crate::keys::Action;
use crate::logs::Home;
use crate::panes::moving::rows;

impl TuningPane {
    /// Does what the user asked for.
    pub fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.stale = true;
        if let Some(rows) = rows(action, out.page) {
            return self.step(rows);
        }
        match self.screen {
            TuningScreen::Runs => self.act_on_runs(action, out),
            TuningScreen::Functions => self.act_on_functions(action, out),
            TuningScreen::Plan(_) => self.act_on_plan(action, out),
        }
    }

    /// Moves the selection of the screen in front by a number of rows.
    pub fn step(&mut self, rows: isize) {
        self.stale = true;
        match &mut self.screen {
            TuningScreen::Runs => self.step_runs(rows),
            TuningScreen::Functions => self.functions.step(rows),
            TuningScreen::Plan(form) => form.step(rows),
        }
    }

    fn step_runs(&mut self, rows: isize) {
        let selected = self.selected().map(|entry| &entry.run.id);
        let here = self
            .entries()
            .position(|entry| Some(&entry.run.id) == selected)
            .unwrap_or_default();
        let last = self.entries().count().saturating_sub(1);
        let there = here.saturating_add_signed(rows).min(last);
        let id = self.entries().nth(there).map(|entry| entry.run.id.clone());
        self.library.selected = id;
    }

    fn act_on_runs(&mut self, action: Action, out: &mut Outbox<'_>) {
        match action {
            Action::Left => self.move_cursor(-1),
            Action::Right => self.move_cursor(1),
            Action::Open => self.look.expanded = !self.look.expanded,
            Action::Back => self.back(),
            Action::Filter => {
                self.library.filter.clear();
                out.prompt(filter_prompt(PromptPurpose::Tuning(
                    TuningPrompt::FilterRuns,
                )));
            }
            Action::NewRun => self.open_functions(out),
            Action::CancelRun => self.cancel_or_say(out),
            Action::Compare => self.mark(out),
            Action::Baseline => self.mark_baseline(),
            Action::WeightDown => self.shift_weight(-1.0),
            Action::WeightUp => self.shift_weight(1.0),
            Action::BillingStep => self.look.next_step(),
            Action::ChartForm => self.look.table = !self.look.table,
            Action::Refresh => self.library.reload(out),
            Action::RenameRun => self.ask_name(out),
            Action::DeleteRun => self.delete(out),
            Action::Undo => self.undelete(out),
            Action::ExportRun => self.ask_export(out),
            Action::ImportRun => ask_import(out),
            Action::CopyLink => self.copy_link(out),
            Action::Recover => self.ask_recover(out),
            Action::RunLogs => self.follow_run(out),
            _ => {}
        }
    }

    fn act_on_functions(&mut self, action: Action, out: &mut Outbox<'_>) {
        match action {
            Action::Open => self.open_plan(out),
            Action::Back => {
                if self.functions.filter.is_empty() {
                    self.screen = TuningScreen::Runs;
                } else {
                    self.functions.filter.clear();
                }
            }
            Action::Filter => {
                self.functions.filter.clear();
                out.prompt(filter_prompt(PromptPurpose::Tuning(
                    TuningPrompt::FilterFunctions,
                )));
            }
            Action::Refresh => self.list_functions(out),
            Action::FunctionLogs => {
                if let Some(function) = self.functions.selected() {
                    out.visit(Visit::Follow {
                        group: function.logs_to(),
                        home: Home::of_arn(&function.arn),
                    });
                }
            }
            _ => {}
        }
    }

    fn act_on_plan(&mut self, action: Action, out: &mut Outbox<'_>) {
        let TuningScreen::Plan(form) = &mut self.screen else {
            return;
        };
        match action {
            Action::Left => form.change(-1),
            Action::Right => form.change(1),
            Action::Open => form.open(out),
            Action::Refresh => form.describe(out),
            Action::Start => self.start(out),
            Action::Back => self.leave_form(out),
            _ => {}
        }
    }

    /// Undoes the last thing that hides something: details, comparison, filter.
    fn back(&mut self) {
        if self.look.expanded {
            self.look.expanded = false;
        } else if self.look.compared.is_some() {
            self.look.compared = None;
        } else {
            self.library.filter.clear();
        }
    }

    fn move_cursor(&mut self, steps: isize) {
        if let Some(shown) = &self.shown {
            self.look.move_cursor(&shown.main.curve, steps);
        }
    }

    fn shift_weight(&mut self, steps: f64) {
        if let Some(entry) = self.selected() {
            let now = self.look.weight_of(&entry.run);
            self.look.shift_weight(now, steps);
        }
    }

    fn mark(&mut self, out: &mut Outbox<'_>) {
        let Some(entry) = self.selected() else { return };
        let (id, name) = (entry.run.id.clone(), entry.run.name.clone());
        if self.look.compared.as_ref() == Some(&id) {
            self.look.compared = None;
            out.notice(Severity::Info, "The comparison is off.");
        } else {
            self.look.compared = Some(id);
            out.notice(
                Severity::Info,
                format!("{name} is marked; move to another run to compare them."),
            );
        }
    }

    fn mark_baseline(&mut self) {
        let cursor = self.look.cursor;
        self.look.baseline = if self.look.baseline == cursor {
            None
        } else {
            cursor
        };
    }

    /// Opens the function picker and lists the functions unless that was done.
    fn open_functions(&mut self, out: &mut Outbox<'_>) {
        self.screen = TuningScreen::Functions;
        self.functions.filter.clear();
        if self.functions.listed.is_none() {
            self.list_functions(out);
        }
    }

    fn list_functions(&mut self, out: &mut Outbox<'_>) {
        if out.context.offline {
            out.notice(
                Severity::Warning,
                "This session is offline; start iacstone without --offline to list functions.",
            );
        } else {
            self.functions.reload(out);
        }
    }

    pub(super) fn mark_stale(&mut self) {
        self.stale = true;
    }
}

/// A filter begins anew: what is typed is the whole of it.
fn filter_prompt(purpose: PromptPurpose) -> Prompt {
    Prompt::line(purpose, "Filter", "words; enter keeps, esc clears", "")
}

fn ask_import(out: &mut Outbox<'_>) {
    out.prompt(Prompt::line(
        PromptPurpose::Tuning(TuningPrompt::ImportRun),
        "Import",
        "a file (iacstone or Lambda Power Tuning output) or a visualization link",
        "",
    ));
}
