//! The pane as the frame around it sees it.

use std::time::Duration;

use super::{Functions, PatchWrites, Runs, TuningPane, TuningPrompt, TuningScreen, screens};
use crate::effect::{AppContext, CodeReport, JobReport, Outbox, PromptAid};
use crate::keys::{Action, Scope};
use crate::panes::{Availability, Pane, Pending, Rect};
use crate::task::TaskId;

/// The elapsed time of a live run is shown in seconds.
const ELAPSED: Duration = Duration::from_secs(1);

impl Pane for TuningPane {
    fn new(context: &AppContext) -> Self {
        Self {
            screen: TuningScreen::Runs,
            runs: Runs::new(&context.tuning),
            functions: Functions::default(),
            repeated: None,
            draft: None,
            described: Pending::default(),
            brought: None,
            patches: PatchWrites::default(),
            led_by: None,
            asked: None,
        }
    }

    fn actions() -> Vec<Action> {
        let screens = screens::ALL.iter();
        screens.flat_map(|screen| screen.actions()).collect()
    }

    fn scope(&self) -> &'static Scope {
        self.screen.table().scope
    }

    fn available(&self) -> Vec<(Action, Availability)> {
        self.screen.table().available(self)
    }

    fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        self.runs.mark_stale();
        self.screen.table().act(self, action, out);
    }

    fn step(&mut self, rows: isize) {
        match &mut self.screen {
            TuningScreen::Runs => self.runs.step(rows),
            TuningScreen::Functions => self.functions.step(rows),
            TuningScreen::Plan(form) => match form.chooser_mut() {
                Some(chooser) => chooser.step(rows),
                None => form.step(rows),
            },
            TuningScreen::Samples(list) => list.step(rows),
            TuningScreen::Code(_) => {}
        }
    }

    fn enter(&mut self, _out: &mut Outbox<'_>) {
        self.led_by = None;
    }

    fn beat(&self, _context: &AppContext, _is_in_front: bool) -> Option<Duration> {
        self.live().map(|_| ELAPSED)
    }

    fn settle(&mut self, body: Rect, out: &mut Outbox<'_>) {
        self.runs.settle();
        if let TuningScreen::Code(sheet) = &mut self.screen {
            sheet.settle(body, out);
        }
    }

    fn awaits(&self, id: TaskId) -> bool {
        matches!(&self.screen, TuningScreen::Plan(form) if form.awaits(id))
            || matches!(&self.screen, TuningScreen::Code(sheet) if sheet.awaits(id))
            || self.patches.awaits(id)
            || self.functions.awaits(id)
            || self.described.has(id)
            || self.runs.awaits(id)
    }

    fn report(&mut self, id: TaskId, report: JobReport, out: &mut Outbox<'_>) {
        match &mut self.screen {
            TuningScreen::Plan(form) if form.awaits(id) => {
                if let Some((field, prompt)) = form.report(id, report, out) {
                    self.ask(TuningPrompt::PlanField(field), prompt, out);
                }
            }
            TuningScreen::Code(sheet) if sheet.awaits(id) => {
                if let JobReport::Code(CodeReport::Found(.., patches)) = &report {
                    self.patches.note(patches);
                }
                sheet.report(report, out);
            }
            _ if self.patches.awaits(id) => {
                let is_stale = self.patches.report(id, report, out);
                if let (true, TuningScreen::Code(sheet)) = (is_stale, &mut self.screen) {
                    sheet.reload(out);
                }
            }
            _ if self.functions.awaits(id) => self.functions.report(report, out),
            _ if self.described.has(id) => self.function_report(id, report, out),
            _ => self.runs.report(id, report, out),
        }
    }

    fn prompt_edited(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        match self.asked.clone() {
            Some(question) => question.edited(self, text, out.now),
            None => Ok(()),
        }
    }

    fn prompt_submitted(&mut self, text: &str, out: &mut Outbox<'_>) -> Result<(), String> {
        self.runs.mark_stale();
        match self.asked.clone() {
            Some(question) => question.submitted(self, text, out),
            None => Ok(()),
        }
    }

    fn prompt_aid(&mut self, aid: PromptAid, text: String, out: &mut Outbox<'_>) {
        match (&mut self.screen, aid) {
            (TuningScreen::Plan(form), PromptAid::Editor) => form.edit_outside(Some(text), out),
            (TuningScreen::Plan(form), PromptAid::Samples) => {
                let prompt = form.choose_event(Some(text));
                self.ask(TuningPrompt::SampleEvent, prompt, out);
            }
            _ => {}
        }
    }

    fn prompt_closed(&mut self, out: &mut Outbox<'_>) {
        if let Some(question) = self.asked.take() {
            question.closed(self, out);
        }
    }
}
