//! The panes: the only place that names them all.

use super::PaneId;
use crate::config::TuningDefaults;
use crate::keys::Action;
use crate::panes::{ArticlesPane, LogsPane, Pane, TuningPane};

/// The panes of the program.
#[derive(Debug)]
pub struct Panes {
    /// The feed reader.
    pub articles: ArticlesPane,
    /// The log tail.
    pub logs: LogsPane,
    /// Power tuning.
    pub tuning: TuningPane,
}

impl Panes {
    /// The panes before anything was loaded.
    pub(super) fn new(defaults: &TuningDefaults) -> Self {
        Self {
            articles: ArticlesPane::default(),
            logs: LogsPane::new(),
            tuning: TuningPane::new(defaults),
        }
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: PaneId) -> &dyn Pane {
        match id {
            PaneId::Articles => &self.articles,
            PaneId::Logs => &self.logs,
            PaneId::Tuning => &self.tuning,
        }
    }

    /// One of them, to be changed.
    pub fn get_mut(&mut self, id: PaneId) -> &mut dyn Pane {
        match id {
            PaneId::Articles => &mut self.articles,
            PaneId::Logs => &mut self.logs,
            PaneId::Tuning => &mut self.tuning,
        }
    }
}

impl PaneId {
    /// Every pane, in tab order.
    pub const ALL: [Self; 3] = [Self::Articles, Self::Logs, Self::Tuning];

    /// Its name on the tab.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Articles => "Articles",
            Self::Logs => "Logs",
            Self::Tuning => "Tuning",
        }
    }

    /// The action that brings it to the front.
    #[must_use]
    pub const fn action(self) -> Action {
        match self {
            Self::Articles => Action::PaneArticles,
            Self::Logs => Action::PaneLogs,
            Self::Tuning => Action::PaneTuning,
        }
    }

    /// The pane so many tabs further, round the ends.
    pub(super) fn neighbour(self, steps: usize) -> Self {
        let here = Self::ALL.iter().position(|&pane| pane == self);
        let there = (here.unwrap_or_default() + steps) % Self::ALL.len();
        Self::ALL.get(there).copied().unwrap_or(self)
    }
}
