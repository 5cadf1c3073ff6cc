//! The function picker: the functions of the account, page by page, narrowed by a filter.

use jiff::Timestamp;

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::lambda::Function;
use crate::panes::Load;
use crate::panes::filter::matches_words;

/// The functions, as far as they were listed.
#[derive(Debug, Default)]
pub struct Functions {
    known: Vec<Function>,
    coming: Vec<Function>,
    /// How listing is doing.
    pub load: Load,
    /// When the functions shown were listed, if they are a whole list.
    pub listed: Option<Timestamp>,
    /// The words every shown function contains.
    pub filter: String,
    selected: Option<String>,
}

impl Functions {
    /// Lists the functions again, unless that is under way. A list that is known stays until the new one is whole.
    pub fn reload(&mut self, out: &mut Outbox<'_>) {
        if self.load.is_loading() {
            return;
        }
        self.coming.clear();
        self.load = Load::Loading(out.spawn(Job::ListFunctions));
    }

    /// Whether what is shown is an older list.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.listed.is_some() && !matches!(self.load, Load::Loaded(_))
    }

    /// The functions the filter lets through, by name.
    pub fn visible(&self) -> impl Iterator<Item = &Function> {
        self.all()
            .iter()
            .filter(|function| matches_words(&searched(function), &self.filter))
    }

    /// How many functions are known, whatever the filter says.
    #[must_use]
    pub fn count(&self) -> usize {
        self.all().len()
    }

    pub(super) fn all(&self) -> &[Function] {
        if self.listed.is_some() {
            &self.known
        } else {
            &self.coming
        }
    }

    /// The function in front: the selected one, else the first.
    #[must_use]
    pub fn selected(&self) -> Option<&Function> {
        self.visible().nth(self.position())
    }

    /// The row of the function in front.
    #[must_use]
    pub fn position(&self) -> usize {
        self.visible()
            .position(|function| Some(&function.name) == self.selected.as_ref())
            .unwrap_or_default()
    }

    /// Moves the selection; it stops at the ends.
    pub fn step(&mut self, rows: isize) {
        let last = self.visible().count().saturating_sub(1);
        let there = self.position().saturating_add_signed(rows).min(last);
        let name = self
            .visible()
            .nth(there)
            .map(|function| function.name.clone());
        self.selected = name;
    }

    /// Takes a report of the listing.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        match report {
            JobReport::Functions(page) => {
                self.coming.extend(page);
                self.coming.sort_by(|a, b| a.name.cmp(&b.name));
            }
            JobReport::Done => {
                self.known = std::mem::take(&mut self.coming);
                self.listed = Some(out.now);
                self.load = Load::Loaded(out.now);
            }
            JobReport::Failed(why) => {
                self.load = Load::Failed(why.clone());
                out.notice(Severity::Error, why);
            }
            JobReport::Cancelled => self.load = Load::Unasked,
            _ => {}
        }
    }
}

/// What the filter looks at: name, runtime, architecture.
fn searched(function: &Function) -> String {
    let runtime = function.runtime.as_deref().unwrap_or("image");
    format!("{} {runtime} {}", function.name, function.architecture)
}
