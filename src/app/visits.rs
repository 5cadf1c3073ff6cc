//! What one pane asks another to do, with the other pane in front.

use super::{PaneId, Panes};
use crate::effect::{Outbox, Visit};
use crate::logs::Home;
use crate::panes::Pane;

/// The pane that a visit is for.
pub(super) const fn host(visit: &Visit) -> PaneId {
    match visit {
        Visit::Follow(_) | Visit::RunLog(..) | Visit::Held(..) | Visit::Statistics => PaneId::Logs,
        Visit::Figures(_)
        | Visit::Runs
        | Visit::Plan(_)
        | Visit::Payload { .. }
        | Visit::Chart(_) => PaneId::Tuning,
        Visit::Article | Visit::Mentions(_) | Visit::Note(_) => PaneId::Articles,
    }
}

/// Lets the pane of a visit do what it is asked.
pub(super) fn receive(panes: &mut Panes, visit: Visit, out: &mut Outbox<'_>) {
    match visit {
        Visit::Follow(groups) => {
            let keys = groups.into_iter().map(|group| key(group, out));
            let keys = keys.collect();
            panes.logs.follow_groups(keys, out);
        }
        Visit::RunLog(group, log) => {
            let key = key(group, out);
            panes.logs.visit_run(key, *log, out);
        }
        Visit::Held(group, claim) => {
            let key = key(group, out);
            panes.logs.hold(key, *claim, out);
        }
        Visit::Figures(run) => panes.tuning.show_figures(*run, out),
        Visit::Plan(function) => panes.tuning.plan_function(&function, out),
        Visit::Payload { function, payload } => {
            panes.tuning.plan_payload(function, payload, out);
        }
        Visit::Chart(link) => panes.tuning.show_link(&link, out),
        Visit::Mentions(name) => {
            panes.articles.enter(out);
            panes.articles.search_for(&name, out);
        }
        Visit::Note(name) => {
            panes.articles.enter(out);
            panes.articles.open_note(name, out);
        }
        Visit::Runs | Visit::Statistics | Visit::Article => {}
    }
}

/// The key of a log group that is known by its name, and where it is.
fn key((group, there): (String, Option<Home>), out: &Outbox<'_>) -> String {
    let home = out.home.as_ref();
    let (account, region) = (home.map(|it| &*it.account), home.map(|it| &*it.region));
    let region = region.or(out.context.region.as_deref());
    match there {
        Some(there) => there.key(group, account, region),
        None => group,
    }
}
