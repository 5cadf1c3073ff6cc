//! The function picker: the functions of the account, page by page, narrowed by a filter.

use crate::effect::{Job, JobReport, Outbox, Severity};
use crate::lambda::Function;
use crate::panes::filter::matches_words;
use crate::panes::{PagedList, stepped};
use crate::task::TaskId;

/// The functions, as far as they were listed.
#[derive(Debug, Default)]
pub struct Functions {
    /// All of them, whatever the filter says.
    pub list: PagedList<Function>,
    /// The words every shown function contains.
    pub filter: String,
    selected: Option<String>,
}

impl Functions {
    /// Lists the functions again, unless that is under way.
    pub(super) fn reload(&mut self, out: &mut Outbox<'_>) {
        if out.context.offline {
            out.notice(
                Severity::Warning,
                "This session is offline; start iacstone without --offline to list functions.",
            );
        } else {
            self.list.reload(Job::ListFunctions, out);
        }
    }

    /// The functions the filter lets through, by name.
    pub fn visible(&self) -> impl Iterator<Item = &Function> {
        let all = self.list.items().iter();
        all.filter(|function| matches_words(&searched(function), &self.filter))
    }

    /// How many functions are known, whatever the filter says.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.items().len()
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
    pub(super) fn step(&mut self, rows: isize) {
        let names = self.visible().map(|function| function.name.as_str());
        self.selected = stepped(names, self.selected.as_deref(), rows).map(str::to_owned);
    }

    /// Puts the function of this name in front, once it is listed.
    pub(super) fn select(&mut self, name: &str) {
        self.selected = Some(name.to_owned());
    }

    /// Whether this task lists them.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.list.load().task() == Some(id)
    }

    /// Takes a report of the listing.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Failed(why) = &report {
            out.notice(Severity::Error, why.clone());
        }
        match report {
            JobReport::Functions(page) => self.list.add(page, |function| &function.name),
            report => self.list.end(&report, out.now),
        }
    }
}

/// What the filter looks at: name, runtime, architecture.
fn searched(function: &Function) -> String {
    let runtime = function.code.runtime.as_deref().unwrap_or("image");
    format!("{} {runtime} {}", function.name, function.code.architecture)
}
