//! The screens of the pane: what their actions do.

pub mod event;
pub mod filters;
pub mod groups;
pub mod patterns;
pub mod query;
pub mod query_list;
pub mod statistics;
pub mod tail;

use super::{LogsPane, LogsScreen};
use crate::panes::Screen;

/// Every screen, in the order of the help.
pub(super) const ALL: [&Screen<LogsPane>; 8] = [
    &tail::SCREEN,
    &groups::SCREEN,
    &event::SCREEN,
    &filters::SCREEN,
    &statistics::SCREEN,
    &patterns::SCREEN,
    &query::SCREEN,
    &query_list::SCREEN,
];

impl LogsScreen {
    /// What the actions do on this screen.
    pub(super) const fn table(&self) -> &'static Screen<LogsPane> {
        match self {
            Self::Groups => &groups::SCREEN,
            Self::Tail => &tail::SCREEN,
            Self::Event(_) => &event::SCREEN,
            Self::Filters => &filters::SCREEN,
            Self::Statistics(_) => &statistics::SCREEN,
            Self::Patterns(_) => &patterns::SCREEN,
            Self::Query => &query::SCREEN,
            Self::Queries => &query_list::SCREEN,
        }
    }
}
