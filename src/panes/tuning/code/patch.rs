//! The change as a file: what is written, and what is said when it is.

use super::CodeSheet;
use crate::effect::{CodeJob, CodeReport, Job, JobReport, Outbox, Severity};
use crate::iac::SourceStamp;
use crate::panes::Pending;
use crate::task::TaskId;

/// A change that is to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatchDraft {
    /// The change, as `git apply` takes it.
    pub(in crate::panes::tuning) diff: String,
    /// What the file was that it is of.
    pub(in crate::panes::tuning) stamp: SourceStamp,
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
            stamp: place.stamp.clone(),
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

/// The changes that are being written, and the names of files that are there already.
#[derive(Debug, Default)]
pub struct PatchWrites {
    writes: Pending<PatchDraft>,
    taken: Vec<String>,
}

impl PatchWrites {
    /// Takes note of the patches in the directory that the user is in.
    pub(in crate::panes::tuning) fn note(&mut self, names: &[String]) {
        let new = names.iter().filter(|name| !self.taken.contains(name));
        let new: Vec<String> = new.cloned().collect();
        self.taken.extend(new);
    }

    /// The name of a new file, numbered where files of that name are there.
    pub(in crate::panes::tuning) fn free_name(&self, stem: &str) -> String {
        let first = std::iter::once(format!("{stem}.patch"));
        let numbered = (2..).map(|number| format!("{stem}-{number}.patch"));
        let mut names = first.chain(numbered);
        let free = names.find(|name| !self.taken.contains(name));
        free.unwrap_or_default()
    }

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
            stamp: draft.stamp.clone(),
            path: path.to_owned(),
        };
        let task = out.spawn(Job::Code(job));
        self.writes.add(task, draft.clone());
        Ok(())
    }

    /// Whether this task writes one.
    pub(in crate::panes::tuning) fn awaits(&self, id: TaskId) -> bool {
        self.writes.has(id)
    }

    /// Takes the report of such a task. Whether the code is to be read again: the file was changed, and nothing written.
    pub(in crate::panes::tuning) fn report(
        &mut self,
        id: TaskId,
        report: JobReport,
        out: &mut Outbox<'_>,
    ) -> bool {
        let Some(draft) = self.writes.end(id) else {
            return false;
        };
        match report {
            JobReport::Exported(path) => {
                let PatchDraft { place, advice, .. } = draft;
                let name = path.rsplit('/').next().unwrap_or_default();
                self.taken.push(name.to_owned());
                let said = format!("Wrote the change of {place} to {path}; {advice}");
                out.notice(Severity::Success, said);
            }
            JobReport::Code(CodeReport::Stale(what)) => {
                let said = format!(
                    "{what}: no patch was written. The code is read again; look at the change, then write it."
                );
                out.notice(Severity::Warning, said);
                return true;
            }
            JobReport::Failed(why) => out.notice(Severity::Error, why),
            _ => {}
        }
        false
    }
}
