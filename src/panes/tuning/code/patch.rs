//! The change as a file: what is written, and what is said when it is.

use super::CodeSheet;
use crate::effect::{CodeJob, Job, JobReport, Outbox, Severity};
use crate::panes::Pending;
use crate::task::TaskId;

/// A change that is to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchDraft {
    /// The change, as `git apply` takes it.
    pub(in crate::panes::tuning) diff: String,
    /// The place that it changes: file and line.
    pub(in crate::panes::tuning) place: String,
    /// Where to apply it, and how sure the place is, as sentences.
    pub(in crate::panes::tuning) advice: String,
}

impl CodeSheet {
    /// The change of the place in front.
    ///
    /// # Errors
    /// A sentence that says why there is none.
    pub(in crate::panes::tuning) fn patch(&self) -> Result<PatchDraft, String> {
        if self.code().is_none() {
            return Err("The code of this directory is not read yet; try again then.".to_owned());
        }
        let (Some(place), Some(survey)) = (self.place(), &self.survey) else {
            let form = self.form().name();
            return Err(format!(
                "No {form} here gives it its memory size; there is nothing to write."
            ));
        };
        let named = format!("{}:{}", place.file, place.line);
        let Some(diff) = &place.diff else {
            return Err(format!(
                "There is no change of {named} to write: {}",
                place.reason
            ));
        };
        let dir = survey.dir_of(place);
        Ok(PatchDraft {
            diff: diff.clone(),
            place: named,
            advice: format!(
                "'git apply' takes it in '{}'. {}",
                dir.display(),
                place.surety()
            ),
        })
    }

    /// What is copied: the change of the place in front, else how the form in front writes it in general; and its name.
    pub(in crate::panes::tuning) fn copied(&self) -> (String, String) {
        let place = self.place();
        match place.and_then(|place| Some((place, place.diff.as_ref()?))) {
            Some((place, diff)) => (
                diff.clone(),
                format!("the change of {}:{}", place.file, place.line),
            ),
            None => self.snippet(),
        }
    }

    /// How the form in front writes it in general, and its name.
    pub(in crate::panes::tuning) fn snippet(&self) -> (String, String) {
        let form = self.form();
        (
            form.snippet(self.target()),
            format!("the {} snippet", form.name()),
        )
    }
}

/// The changes that are being written.
#[derive(Debug, Default)]
pub struct PatchWrites(Pending<PatchDraft>);

impl PatchWrites {
    /// Writes a change to a new file.
    ///
    /// # Errors
    /// A sentence when there is no path.
    pub(in crate::panes::tuning) fn write(
        &mut self,
        draft: &PatchDraft,
        path: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        if path.is_empty() {
            return Err("give the path of a file".to_owned());
        }
        let job = CodeJob::WritePatch {
            diff: draft.diff.clone(),
            path: path.to_owned(),
        };
        let task = out.spawn(Job::Code(job));
        self.0.add(task, draft.clone());
        Ok(())
    }

    /// Whether this task writes one.
    pub(in crate::panes::tuning) fn awaits(&self, id: TaskId) -> bool {
        self.0.has(id)
    }

    /// Takes the report of such a task.
    pub(in crate::panes::tuning) fn report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) {
        let Some(draft) = self.0.end(id) else {
            return;
        };
        match report {
            JobReport::Exported(path) => {
                let PatchDraft { place, advice, .. } = draft;
                let said = format!("Wrote the change of {place} to {path}; {advice}");
                out.notice(Severity::Success, said);
            }
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            _ => {}
        }
    }
}
