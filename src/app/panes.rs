//! The panes: the only place that names them all.

use ratatui::layout::Rect;

use super::App;
use crate::effect::AppContext;
use crate::keys::{Action, Scope};
use crate::panes::{ArticlesPane, LogsPane, Pane, StacksPane, TuningPane};
use crate::ui::{Painter, PaneView, draw_articles, draw_logs, draw_stacks, draw_tuning};

/// Declares the panes in tab order: what each is, its field and type, its title, the action and the key that bring it to
/// the front, and how it is drawn.
macro_rules! panes {
    ($($(#[$doc:meta])* $id:ident: $field:ident $pane:ty, $title:literal, $action:literal, $key:literal, $draw:path;)+) => {
        /// The panes, in tab order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum PaneId {
            $($(#[$doc])* $id,)+
        }

        /// The panes of the program.
        #[derive(Debug)]
        pub struct Panes {
            $($(#[$doc])* pub $field: $pane,)+
        }

        impl PaneId {
            /// Every pane, in tab order.
            pub const ALL: [Self; [$(Self::$id,)+].len()] = [$(Self::$id,)+];

            /// Its name on the tab.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$id => $title,)+
                }
            }

            /// The action that brings it to the front.
            #[must_use]
            pub const fn action(self) -> Action {
                match self {
                    $(Self::$id => {
                        Scope::GLOBAL.action($action, &[$key], concat!("Go to ", $title))
                    })+
                }
            }
        }

        impl Panes {
            /// The panes before anything was loaded.
            pub(super) fn new(context: &AppContext) -> Self {
                Self {
                    $($field: <$pane>::new(context),)+
                }
            }

            /// Every action of every pane, in the order of the help.
            pub(super) fn actions() -> impl Iterator<Item = Action> {
                [$(<$pane>::actions(),)+].into_iter().flatten()
            }

            /// One of them.
            #[must_use]
            pub fn get(&self, id: PaneId) -> &dyn Pane {
                match id {
                    $(PaneId::$id => &self.$field,)+
                }
            }

            /// One of them, to be changed.
            pub fn get_mut(&mut self, id: PaneId) -> &mut dyn Pane {
                match id {
                    $(PaneId::$id => &mut self.$field,)+
                }
            }
        }

        /// Draws the pane in front.
        pub(super) fn draw_front(painter: &mut Painter<'_>, app: &App, area: Rect) {
            match app.pane {
                $(PaneId::$id => $draw(painter, view_of(app, &app.panes.$field), area),)+
            }
        }
    };
}

panes! {
    /// The feed reader.
    Articles: articles ArticlesPane, "Articles", "pane-articles", "1", draw_articles;
    /// The log tail.
    Logs: logs LogsPane, "Logs", "pane-logs", "2", draw_logs;
    /// Power tuning.
    Tuning: tuning TuningPane, "Tuning", "pane-tuning", "3", draw_tuning;
    /// Stacks.
    Stacks: stacks StacksPane, "Stacks", "pane-stacks", "4", draw_stacks;
}

const fn view_of<'a, P>(app: &'a App, pane: &'a P) -> PaneView<'a, P> {
    PaneView {
        pane,
        context: &app.context,
        now: app.now,
    }
}

impl PaneId {
    /// The pane of this name, in any case.
    pub(super) fn named(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|pane| pane.title().eq_ignore_ascii_case(name))
            .unwrap_or(Self::Tuning)
    }

    /// The pane so many tabs further, round the ends.
    pub(super) fn neighbour(self, steps: usize) -> Self {
        let here = Self::ALL.iter().position(|&pane| pane == self);
        let there = (here.unwrap_or_default() + steps) % Self::ALL.len();
        Self::ALL.get(there).copied().unwrap_or(self)
    }
}
