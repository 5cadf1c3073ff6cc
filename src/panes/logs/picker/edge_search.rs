//! The look for a function's Lambda@Edge groups in other regions.

use crate::effect::{Job, Outbox, Severity};
use crate::keys::Action;
use crate::logs::{Home, LogGroup, edge_group_of};
use crate::task::TaskId;

/// The look that is under way, and what all looks have found.
#[derive(Debug, Default)]
pub(super) struct EdgeSearch {
    asked: Option<(TaskId, String)>,
    /// They are listed beside the groups of the session's own region.
    found: Vec<LogGroup>,
}

impl EdgeSearch {
    /// Looks for the groups of a function.
    pub(super) fn start(&mut self, function: &str, out: &mut Outbox<'_>) {
        let task = out.spawn(Job::FindEdgeGroups(function.to_owned()));
        self.asked = Some((task, function.to_owned()));
        let name = edge_group_of(function);
        out.notice(
            Severity::Info,
            format!("Looking for {name} in the other regions ..."),
        );
    }

    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.asked.as_ref().is_some_and(|(task, _)| *task == id)
    }

    /// The look is over.
    pub(super) fn end(&mut self) {
        self.asked = None;
    }

    /// What all looks have found.
    pub(super) fn found(&self) -> &[LogGroup] {
        &self.found
    }

    /// Takes what was found, and tells it; gives the groups that were not known.
    pub(super) fn take(
        &mut self,
        groups: &[LogGroup],
        unasked: &[String],
        out: &mut Outbox<'_>,
    ) -> Vec<LogGroup> {
        let function = self.asked.take().map(|(_, function)| function);
        let name = edge_group_of(&function.unwrap_or_default());
        let regions = groups
            .iter()
            .filter_map(LogGroup::home)
            .map(|Home { region, .. }| region);
        let regions: Vec<String> = regions.collect();
        if regions.is_empty() {
            out.notice(
                Severity::Info,
                format!("No other region has a log group {name}."),
            );
        } else {
            let (places, key) = (regions.join(", "), out.context.keymap.way_to(Action::OPEN));
            let words = format!("{name} is in {places}: chosen beside the others; {key} follows.");
            out.notice(Severity::Success, words);
        }
        if let Some(first) = unasked.first() {
            let words = format!(
                "{} regions could not be asked, such as {first}",
                unasked.len()
            );
            out.notice(Severity::Warning, words);
        }
        let is_new = |group: &&LogGroup| self.found.iter().all(|known| known.key() != group.key());
        let new: Vec<LogGroup> = groups.iter().filter(is_new).cloned().collect();
        self.found.extend(new.iter().cloned());
        new
    }
}
