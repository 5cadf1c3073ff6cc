//! The ways from a stack to its logs and to a run.

use super::{StackRow, StacksPane};
use crate::effect::{Outbox, Severity, Visit};
use crate::iac::{ResourceKind, StackResource};
use crate::logs::{Home, group_of};

/// A log group by its name, and where it is, when that is known.
pub(super) type HomedGroup = (String, Option<Home>);

/// The log group of a function, or the resource itself if it is one; `None` where no file tells its name.
pub(super) fn group(resource: &StackResource) -> Option<HomedGroup> {
    let name = resource.name.as_deref()?;
    let group = match resource.kind {
        ResourceKind::Function => group_of(name),
        ResourceKind::LogGroup => name.to_owned(),
        _ => return None,
    };
    Some((group, resource.arn.as_deref().and_then(Home::of_arn)))
}

/// The log groups of a stack, each once.
pub(super) fn groups(row: StackRow<'_>) -> Vec<HomedGroup> {
    let mut groups: Vec<HomedGroup> = Vec::new();
    for (name, home) in row.resources().iter().filter_map(group) {
        if groups.iter().all(|(known, _)| *known != name) {
            groups.push((name, home));
        }
    }
    groups
}

impl StacksPane {
    /// The resource in front.
    pub(super) fn resource(&self) -> Option<&StackResource> {
        self.resources.selected(self.selected()?)
    }

    /// Plans a run of the function in front.
    pub(super) fn plan(&mut self, out: &mut Outbox<'_>) {
        let Some(resource) = self.resource() else {
            return;
        };
        if resource.kind != ResourceKind::Function {
            return out.notice(Severity::Info, "Only a function can be tuned.");
        }
        match &resource.name {
            Some(name) => out.visit(Visit::Plan(name.clone())),
            None => out.notice(Severity::Info, unnamed(resource)),
        }
    }

    /// Follows the log group of the resource in front.
    pub(super) fn follow(&mut self, out: &mut Outbox<'_>) {
        let Some(resource) = self.resource() else {
            return;
        };
        match (group(resource), resource.kind) {
            (Some(group), _) => out.visit(Visit::Follow(vec![group])),
            (None, ResourceKind::Function | ResourceKind::LogGroup) => {
                out.notice(Severity::Info, unnamed(resource));
            }
            _ => out.notice(Severity::Info, "The files here do not name its log group."),
        }
    }

    /// Follows all log groups of the stack in front.
    pub(super) fn follow_all(&mut self, out: &mut Outbox<'_>) {
        let groups = self.selected().map(groups).unwrap_or_default();
        if groups.is_empty() {
            return out.notice(
                Severity::Info,
                "The files here name no log group of this stack.",
            );
        }
        out.visit(Visit::Follow(groups));
    }
}

fn unnamed(resource: &StackResource) -> String {
    let (kind, address) = (resource.kind.name(), &resource.address);
    format!("AWS made up the name of the {kind} {address}, and no file here tells it.")
}
