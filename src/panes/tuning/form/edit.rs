//! How keys and texts change the form.

use super::PlanForm;
use super::field::{FieldGroup, FieldId, FieldInput};
use super::text::payload_file;
use crate::effect::{Job, Outbox, Prompt, Severity};
use crate::panes::stepped;

impl PlanForm {
    /// Moves to another field, or to a group that is folded; it stops at the ends.
    pub(in super::super) fn step(&mut self, rows: isize) {
        self.focus = stepped(stops(self), Some(self.focus), rows).unwrap_or(self.focus);
    }

    /// Makes the value of the field in front larger or smaller, or switches it; a folded group is unfolded to the right.
    pub(in super::super) fn change(&mut self, steps: i32) {
        if self.is_folded() {
            if steps > 0 {
                self.folds.show(self.focus);
            }
        } else if self.values.step(self.focus, steps) {
            self.check();
        }
    }

    /// Whether a folded group is in front, in place of a field.
    #[must_use]
    pub fn is_folded(&self) -> bool {
        self.folds.has(self.focus.group())
    }

    /// Folds the group in front, or unfolds it. One with a mistake stays open.
    pub(in super::super) fn fold(&mut self, out: &mut Outbox<'_>) {
        let group = self.focus.group();
        if self.is_folded() {
            self.folds.show(self.focus);
        } else if let Some((field, problem)) = mistake(self, group) {
            let text = format!("{}: {problem}", field.label());
            out.notice(Severity::Warning, text);
        } else {
            self.folds.fold(group);
            self.focus = first_of(self, group);
        }
    }

    /// Unfolds every group, or folds those without a mistake.
    pub(in super::super) fn fold_all(&mut self) {
        let wrong: Vec<FieldGroup> = self.problems.iter().map(|(it, _)| it.group()).collect();
        self.folds.toggle_all(|group| !wrong.contains(&group));
        if self.is_folded() {
            self.focus = first_of(self, self.focus.group());
        }
    }

    /// Opens the field in front for typing: what is to be asked; a field that is not typed is switched, and a folded group
    /// unfolded.
    pub(in super::super) fn open(&mut self) -> Option<(FieldId, Prompt)> {
        if self.is_folded() {
            self.folds.show(self.focus);
            return None;
        }
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

/// What one can stand on: each field, and in place of those of a folded group the first of them.
fn stops(form: &PlanForm) -> Vec<FieldId> {
    let is_shown = |id: &FieldId| !form.folds.has(id.group()) || *id == first_of(form, id.group());
    form.ids().filter(is_shown).collect()
}

/// The first field of a group.
fn first_of(form: &PlanForm, group: FieldGroup) -> FieldId {
    let mut ids = form.ids();
    ids.find(|id| id.group() == group).unwrap_or(form.focus)
}

/// The first mistake in a group.
fn mistake(form: &PlanForm, group: FieldGroup) -> Option<&(FieldId, String)> {
    form.problems.iter().find(|(id, _)| id.group() == group)
}
