//! How the payload is filled but by typing: from a file, a sample event, another screen, or an editor outside.

use super::field::FieldId;
use super::{PlanForm, check, left_out};
use crate::effect::{BroughtPayload, JobReport, Outbox, Prompt, Severity};
use crate::logs::holds_secret;
use crate::panes::tuning::EventChooser;
use crate::power::SampleEvent;
use crate::task::TaskId;
use crate::text;

/// What is under way to fill the payload, and the sample event that it was filled from.
#[derive(Debug, Default)]
pub(super) struct PayloadSources {
    /// The task that reads the file of the payload.
    pub(super) reading: Option<TaskId>,
    /// The task that has an editor outside change it.
    editing: Option<TaskId>,
    /// What was typed before the editor was opened: it is asked for again when that gives nothing.
    typed: Option<String>,
    chooser: Option<EventChooser>,
    pub(super) sample: Option<&'static SampleEvent>,
}

impl PayloadSources {
    /// Whether this task brings a payload.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.reading == Some(id) || self.editing == Some(id)
    }

    /// A task is over: each reports once.
    fn ended(&mut self, id: TaskId) {
        self.reading.take_if(|task| *task == id);
        self.editing.take_if(|task| *task == id);
    }

    /// The payload is of neither a file nor a sample event any more.
    pub(super) fn forget(&mut self) {
        (self.reading, self.sample) = (None, None);
    }

    /// Gives up what is under way; the tasks to cancel.
    pub(super) fn put_away(&mut self) -> [Option<TaskId>; 2] {
        self.chooser = None;
        [self.reading.take(), self.editing.take()]
    }
}

impl PlanForm {
    /// The list of sample events, while it is open.
    #[must_use]
    pub const fn chooser(&self) -> Option<&EventChooser> {
        self.payload.chooser.as_ref()
    }

    /// The list of sample events, to be changed.
    pub(in super::super) const fn chooser_mut(&mut self) -> Option<&mut EventChooser> {
        self.payload.chooser.as_mut()
    }

    /// The sample event that the payload was filled from.
    #[must_use]
    pub const fn sample(&self) -> Option<&'static SampleEvent> {
        self.payload.sample
    }

    /// Opens the list of sample events, over this text of the payload if that was being edited: what is to be asked.
    pub(in super::super) fn choose_event(&mut self, typed: Option<String>) -> Prompt {
        self.focus = self.folds.show(FieldId::Payload);
        self.payload.chooser = Some(EventChooser::over(typed));
        Prompt::choice(
            "Sample event",
            "a few letters of its name or of who sends it; up and down choose",
        )
    }

    /// Closes the list of sample events; what is to be asked again is the payload that was being edited.
    pub(in super::super) fn close_chooser(&mut self) -> Option<(FieldId, Prompt)> {
        let typed = self.payload.chooser.take()?.into_typed()?;
        Some((FieldId::Payload, self.payload_prompt(&typed)))
    }

    /// Fills the payload from the sample event in front, and closes the list.
    ///
    /// # Errors
    /// That none is in front.
    pub(in super::super) fn take_event(&mut self, out: &mut Outbox<'_>) -> Result<(), String> {
        let chosen = self.chooser().and_then(EventChooser::selected);
        let event = chosen.ok_or("no sample event has these letters in this order")?;
        let text = text::json_document(&event.readable).unwrap_or_default();
        self.fill(FieldId::Payload, text.trim_end())?;
        self.payload.chooser = None;
        let is_limited = self.follow(Some(event));
        let mut sentence = format!("The payload is the sample event {}.", event.name);
        if is_limited {
            sentence = format!("{sentence} {} That is a limit now.", event.waiting());
        }
        out.notice(Severity::Success, sentence);
        Ok(())
    }

    /// Fills the payload with a text of elsewhere; sizes that are known to be too small for it are left out.
    pub(in super::super) fn take_payload(
        &mut self,
        brought: &BroughtPayload,
        out: &mut Outbox<'_>,
    ) {
        let BroughtPayload { from, text, .. } = brought;
        self.focus = self.folds.show(FieldId::Payload);
        match self.fill(FieldId::Payload, text.trim_end()) {
            Ok(()) => {
                self.follow(None);
                let mut sentence = format!("The payload is that of {from}.");
                if holds_secret(text) {
                    self.values.put(FieldId::KeepPayload, "no", self.currency());
                    self.check();
                    sentence.push_str(" It looks as if it held secrets, so it is not kept.");
                }
                let too_small = brought.too_small;
                if let Some(left) = too_small.and_then(|size| left_out::up_to(self, size)) {
                    sentence = format!("{sentence} {left}");
                }
                out.notice(Severity::Success, sentence);
            }
            Err(problem) => {
                let sentence = format!("{from} is no payload: {problem}");
                out.notice(Severity::Error, sentence);
            }
        }
    }

    /// Opens the payload, or this text of it, in the editor of the user's own.
    pub(in super::super) fn edit_outside(&mut self, typed: Option<String>, out: &mut Outbox<'_>) {
        if self.payload.editing.is_some() {
            return out.notice(Severity::Info, "The payload is in an editor already.");
        }
        self.focus = self.folds.show(FieldId::Payload);
        let kept = || self.values.text(FieldId::Payload).to_owned();
        let text = typed.clone().unwrap_or_else(kept);
        self.payload.typed = typed;
        self.payload.editing = Some(out.edit(text));
    }

    /// Takes the report about a payload; what is to be asked is one that cannot be taken as it came from the editor.
    pub(super) fn payload_report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) -> Option<(FieldId, Prompt)> {
        self.payload.ended(id);
        match report {
            JobReport::Payload(path, text) => {
                let brought = BroughtPayload {
                    from: path,
                    text,
                    too_small: None,
                };
                self.take_payload(&brought, out);
            }
            JobReport::Edited(text) => {
                let text = text.trim_end();
                let problem = self.fill(FieldId::Payload, text).err()?;
                let mut prompt = self.payload_prompt(text);
                prompt.error = Some(problem);
                return Some((FieldId::Payload, prompt));
            }
            JobReport::Failed(why) => {
                out.notice(Severity::Error, why);
                return self.typed_again();
            }
            JobReport::Cancelled => return self.typed_again(),
            _ => {}
        }
        None
    }

    /// The question with what was typed before the editor was opened.
    fn typed_again(&mut self) -> Option<(FieldId, Prompt)> {
        let typed = self.payload.typed.take()?;
        Some((FieldId::Payload, self.payload_prompt(&typed)))
    }

    /// The question for the payload with this text.
    pub(super) fn payload_prompt(&self, text: &str) -> Prompt {
        let title = format!("Payload of {}", self.function.name);
        let hint = "JSON, or @FILE; ctrl-t a sample event, ctrl-o your own editor, ctrl-s takes it";
        Prompt::lines(&title, hint, text).with_aids()
    }

    /// Checks a text and takes it.
    ///
    /// # Errors
    /// What is wrong with it; the field keeps its old text then.
    pub(super) fn fill(&mut self, field: FieldId, text: &str) -> Result<(), String> {
        check::checked(field, text, self.currency())?;
        self.values.put(field, text, self.currency());
        if field == FieldId::Payload && text.is_empty() {
            self.follow(None);
        }
        self.check();
        Ok(())
    }

    /// Remembers the sample event that the payload is filled from. Its sender's limit is one of the plan, unless there is
    /// another; that of the sample event before goes. Whether a limit came so.
    fn follow(&mut self, sample: Option<&'static SampleEvent>) -> bool {
        let limit = |sample: Option<&SampleEvent>| {
            let limit = sample.and_then(SampleEvent::limit);
            limit.map_or_else(String::new, |limit| limit.to_string())
        };
        let before = limit(std::mem::replace(&mut self.payload.sample, sample));
        let now = limit(sample);
        let follows = self.values.text(FieldId::Limits) == before;
        if follows && before != now {
            self.values.put(FieldId::Limits, &now, self.currency());
            self.check();
        }
        follows && !now.is_empty()
    }
}
