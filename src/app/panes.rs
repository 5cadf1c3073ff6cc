//! The panes: the only place that names them all.

use super::PaneId;
use crate::config::TuningDefaults;
use crate::keys::{Action, Scope};
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

    /// Every action of every pane, in the order of the help.
    pub(super) fn actions() -> impl Iterator<Item = Action> {
        let of_panes = [
            ArticlesPane::actions(),
            LogsPane::actions(),
            TuningPane::actions(),
        ];
        of_panes.into_iter().flatten()
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
        let global = Scope::GLOBAL;
        match self {
            Self::Articles => global.action("pane-articles", &["1"], "Go to Articles"),
            Self::Logs => global.action("pane-logs", &["2"], "Go to Logs"),
            Self::Tuning => global.action("pane-tuning", &["3"], "Go to Tuning"),
        }
    }

    /// The pane so many tabs further, round the ends.
    pub(super) fn neighbour(self, steps: usize) -> Self {
        let here = Self::ALL.iter().position(|&pane| pane == self);
        let there = (here.unwrap_or_default() + steps) % Self::ALL.len();
        Self::ALL.get(there).copied().unwrap_or(self)
    }
}
