//! The texts the pane asks for, and what it does with them.

use jiff::Timestamp;

use super::{EventChooser, FieldId, PatchDraft, TuningPane, TuningScreen};
use crate::effect::Outbox;
use crate::power::{DurationLimit, PickLimits, RunId, SizeList};

/// What a text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TuningPrompt {
    /// The sizes that are added to a run.
    AddSizes(RunId),
    /// The new name of a run.
    RenameRun(RunId),
    /// The new note on a run.
    NoteRun(RunId),
    /// The path a run is written to.
    ExportRun(RunId),
    /// The path that a change of code is written to.
    WritePatch(Box<PatchDraft>),
    /// The path or link a run is read from.
    ImportRun,
    /// The words the runs in the list must contain.
    FilterRuns,
    /// The words the functions in the list must contain.
    FilterFunctions,
    /// The limits on the durations that runs are looked at under.
    Limits,
    /// A field of the plan form.
    PlanField(FieldId),
    /// The letters of the sample event that the payload is filled from.
    SampleEvent,
}

impl TuningPrompt {
    /// Follows a text while it is typed.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be taken as it stands.
    pub(super) fn edited(
        &self,
        pane: &mut TuningPane,
        text: &str,
        now: Timestamp,
    ) -> Result<(), String> {
        match self {
            Self::FilterRuns => pane.runs.narrow(text, now),
            Self::FilterFunctions => text.clone_into(&mut pane.functions.filter),
            Self::PlanField(field) => {
                if let TuningScreen::Plan(form) = &pane.screen {
                    return form.check_text(*field, text);
                }
            }
            Self::SampleEvent => {
                if let Some(chooser) = chooser_mut(pane) {
                    chooser.narrow(text);
                }
            }
            Self::Limits => return DurationLimit::list(text).map(drop),
            Self::AddSizes(_) => return check_sizes(text),
            Self::RenameRun(_)
            | Self::NoteRun(_)
            | Self::ExportRun(_)
            | Self::WritePatch(_)
            | Self::ImportRun => {}
        }
        Ok(())
    }

    /// Takes a text the user is done with.
    ///
    /// # Errors
    /// A sentence that says why not; the prompt stays open then.
    pub(super) fn submitted(
        &self,
        pane: &mut TuningPane,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        match self {
            Self::FilterRuns | Self::FilterFunctions => self.edited(pane, text, out.now),
            Self::AddSizes(id) => pane.ask_added(id, text, out),
            Self::RenameRun(id) => pane.runs.library.rename(id, text.trim(), out),
            Self::NoteRun(id) => pane.runs.library.annotate(id, text.trim(), out),
            Self::ExportRun(id) => export(pane, id, text.trim(), out),
            Self::WritePatch(draft) => pane.patches.write(draft, text.trim(), out),
            Self::ImportRun => import(pane, text.trim(), out),
            Self::Limits => {
                let limits = DurationLimit::list(text)?;
                let chosen = PickLimits::default().with_only(&limits);
                pane.runs.look.limits = (!limits.is_empty()).then_some(chosen);
                Ok(())
            }
            Self::PlanField(field) => match &mut pane.screen {
                TuningScreen::Plan(form) => form.set(*field, text, out),
                _ => Ok(()),
            },
            Self::SampleEvent => match &mut pane.screen {
                TuningScreen::Plan(form) => form.take_event(out),
                _ => Ok(()),
            },
        }
    }

    /// Clears a filter its prompt was given up for, and goes back to the payload that was being edited.
    pub(super) fn closed(&self, pane: &mut TuningPane, out: &mut Outbox<'_>) {
        match self {
            Self::FilterRuns => pane.runs.widen(),
            Self::FilterFunctions => pane.functions.filter.clear(),
            Self::SampleEvent => {
                if let TuningScreen::Plan(form) = &mut pane.screen
                    && let Some((field, prompt)) = form.close_chooser()
                {
                    pane.ask(Self::PlanField(field), prompt, out);
                }
            }
            _ => {}
        }
    }
}

/// Whether a text names sizes.
fn check_sizes(text: &str) -> Result<(), String> {
    let list: Result<SizeList, _> = text.parse();
    list.map(drop).map_err(|error| error.to_string())
}

fn chooser_mut(pane: &mut TuningPane) -> Option<&mut EventChooser> {
    match &mut pane.screen {
        TuningScreen::Plan(form) => form.chooser_mut(),
        _ => None,
    }
}

fn export(
    pane: &mut TuningPane,
    id: &RunId,
    path: &str,
    out: &mut Outbox<'_>,
) -> Result<(), String> {
    if path.is_empty() {
        return Err("give the path of a file".to_owned());
    }
    let entry = pane.runs.entries().find(|entry| entry.run.id == *id);
    if let Some(run) = entry.map(|entry| entry.run.clone()) {
        pane.runs.library.export(run, path, out);
    }
    Ok(())
}

fn import(pane: &mut TuningPane, source: &str, out: &mut Outbox<'_>) -> Result<(), String> {
    if source.is_empty() {
        return Err("give a path or a link".to_owned());
    }
    pane.runs.library.import(source, out);
    Ok(())
}
