//! Jobs under way that leave a pane as it is, with what to do when they end.

use crate::task::TaskId;

/// The jobs under way, each with what its pane has to know when it ends.
#[derive(Debug)]
pub(super) struct Pending<T>(Vec<(TaskId, T)>);

impl<T> Pending<T> {
    pub(super) fn add(&mut self, id: TaskId, job: T) {
        self.0.push((id, job));
    }

    pub(super) fn find(&self, id: TaskId) -> Option<&T> {
        let found = self.0.iter().find(|(task, _)| *task == id);
        found.map(|(_, job)| job)
    }

    pub(super) fn has(&self, id: TaskId) -> bool {
        self.find(id).is_some()
    }

    pub(super) fn any(&self, is_meant: impl Fn(&T) -> bool) -> bool {
        self.0.iter().any(|(_, job)| is_meant(job))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, job)| job)
    }

    /// Takes all off the list; they are to be cancelled.
    pub(super) fn clear(&mut self) -> impl Iterator<Item = TaskId> + use<T> {
        std::mem::take(&mut self.0)
            .into_iter()
            .map(|(task, _)| task)
    }

    /// Takes a job that ended off the list.
    pub(super) fn end(&mut self, id: TaskId) -> Option<T> {
        let at = self.0.iter().position(|(task, _)| *task == id)?;
        Some(self.0.remove(at).1)
    }
}

impl<T> Default for Pending<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}
