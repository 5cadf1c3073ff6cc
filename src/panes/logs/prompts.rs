//! The texts the pane asks for, and what it does with them.

use super::{Logs, Question};
use crate::app::Outbox;

impl Logs {
    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub fn prompt_edited(
        &mut self,
        question: &Question,
        text: &str,
        _out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if let Question::FilterGroups = question {
            self.picker.narrow(text);
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub fn prompt_submitted(
        &mut self,
        question: &Question,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match question {
            Question::FilterGroups => self.picker.narrow(text),
            Question::NameSet => return self.save_set(text, out),
            _ => {}
        }
        Ok(())
    }

    /// Clears what its prompt was given up for.
    pub fn prompt_closed(&mut self, question: &Question, _out: &mut Outbox<'_>) {
        if let Question::FilterGroups = question {
            self.picker.narrow("");
        }
    }
}
