//! How keys and texts change the form.

use super::PlanForm;
use super::field::{FieldId, FieldInput};
use crate::effect::Prompt;
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
            FieldInput::Lines => {
                let title = format!("{} of {}", field.label(), self.function.name);
                Prompt::lines(&title, hint, text)
            }
        };
        Some((field, prompt))
    }

    /// Takes the text of a field.
    ///
    /// # Errors
    /// What is wrong with it; the field keeps its old text then.
    pub(in super::super) fn set(&mut self, field: FieldId, text: &str) -> Result<(), String> {
        self.check_text(field, text)?;
        self.values.put(field, text, self.currency());
        self.check();
        Ok(())
    }
}
