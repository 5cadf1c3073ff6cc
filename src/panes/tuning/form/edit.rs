//! How keys and texts change the form.

use super::PlanForm;
use super::field::{FieldId, FieldInput};
use super::text::payload_file;
use crate::effect::{Job, Outbox, Prompt};
use crate::panes::stepped;

impl PlanForm {
    /// Moves to another field; it stops at the ends.
    pub(in super::super) fn step(&mut self, rows: isize) {
        self.focus = stepped(self.ids(), Some(self.focus), rows).unwrap_or(self.focus);
    }

    /// Makes the value of the field in front larger or smaller, or switches it.
    pub(in super::super) fn change(&mut self, steps: i32) {
        if self.values.step(self.focus, steps) {
            self.check();
        }
    }

    /// Opens the field in front for typing: what is to be asked; a field that is not typed is switched.
    pub(in super::super) fn open(&mut self) -> Option<(FieldId, Prompt)> {
        let field = self.focus;
        let (text, hint) = (self.values.text(field), self.hint());
        let prompt = match field.row().input {
            FieldInput::Switch => {
                self.change(1);
                return None;
            }
            FieldInput::Line => Prompt::line(field.label(), hint, text),
            FieldInput::Lines => self.payload_prompt(text),
        };
        Some((field, prompt))
    }

    /// Takes the text of a field. A payload may name the file in which it stands, which is read then.
    ///
    /// # Errors
    /// What is wrong with it; the field keeps its old text then.
    pub(in super::super) fn set(
        &mut self,
        field: FieldId,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if field == FieldId::Payload
            && let Some(path) = payload_file(text)?
        {
            let job = Job::ReadPayload(path.to_owned());
            let before = self.payload.reading.replace(out.spawn(job));
            if let Some(task) = before {
                out.cancel(task);
            }
            return Ok(());
        }
        self.fill(field, text)
    }
}
