//! A list of what the account has that arrives page by page.

use jiff::Timestamp;

use super::Load;
use crate::effect::{Job, JobReport, Outbox};

/// What was listed; a whole list stays until the next one is whole.
#[derive(Debug)]
pub struct PagedList<T> {
    /// The last whole list, and when it was that.
    whole: Option<(Vec<T>, Timestamp)>,
    coming: Vec<T>,
    load: Load,
}

impl<T> Default for PagedList<T> {
    fn default() -> Self {
        Self {
            whole: None,
            coming: Vec::new(),
            load: Load::default(),
        }
    }
}

impl<T> PagedList<T> {
    /// Lists again by this job, unless that is under way.
    pub(super) fn reload(&mut self, job: Job, out: &mut Outbox<'_>) {
        if !self.load.is_loading() {
            self.coming.clear();
            self.load = Load::Loading(out.spawn(job));
        }
    }

    /// What is known so far, by name.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.whole.as_ref().map_or(&self.coming, |(items, _)| items)
    }

    /// How listing is doing.
    #[must_use]
    pub const fn load(&self) -> &Load {
        &self.load
    }

    /// When the items were listed, if they are a whole list.
    #[must_use]
    pub fn listed(&self) -> Option<Timestamp> {
        self.whole.as_ref().map(|(_, listed)| *listed)
    }

    /// Whether the items are an older list.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.whole.is_some() && !matches!(self.load, Load::Loaded(_))
    }

    /// Takes a page.
    pub(super) fn add(&mut self, page: Vec<T>, name: fn(&T) -> &str) {
        self.coming.extend(page);
        self.coming.sort_by(|a, b| name(a).cmp(name(b)));
    }

    /// Adds items that another list has.
    pub(super) fn put(&mut self, items: Vec<T>, name: fn(&T) -> &str) {
        let list = self
            .whole
            .as_mut()
            .map_or(&mut self.coming, |(whole, _)| whole);
        list.extend(items);
        list.sort_by(|a, b| name(a).cmp(name(b)));
    }

    /// Takes the report that ends the listing.
    pub(super) fn end(&mut self, report: &JobReport, now: Timestamp) {
        match report {
            JobReport::Done => {
                self.whole = Some((std::mem::take(&mut self.coming), now));
                self.load = Load::Loaded(now);
            }
            JobReport::Failed(why) => self.load = Load::Failed(why.clone()),
            JobReport::Cancelled => self.load = Load::Unasked,
            _ => {}
        }
    }
}
