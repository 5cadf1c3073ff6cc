//! The one action table: what a key can do, its name in config files, its scopes and its help text.
//!
//! Footer, help overlay, keymap checks and the README's key table are all made from [`ACTIONS`].

/// Where an action can be bound. The focused scope is asked first, then [`Scope::Move`], then [`Scope::Global`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere.
    Global,
    /// Moving through whatever list, text or chart has the focus.
    Move,
    /// The articles pane.
    Articles,
    /// The logs pane.
    Logs,
    /// The tuning pane: saved runs and their chart.
    Runs,
    /// The function picker.
    Functions,
    /// The plan form.
    Plan,
}

impl Scope {
    /// Every scope, in the order the keymap file and the help show them.
    pub const ALL: [Self; 7] = [
        Self::Global,
        Self::Move,
        Self::Articles,
        Self::Logs,
        Self::Runs,
        Self::Functions,
        Self::Plan,
    ];

    /// Its table in the keymap file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Move => "move",
            Self::Articles => "articles",
            Self::Logs => "logs",
            Self::Runs => "runs",
            Self::Functions => "functions",
            Self::Plan => "plan",
        }
    }

    /// Its heading in the help.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Move => "Moving",
            Self::Articles => "Articles",
            Self::Logs => "Logs",
            Self::Runs => "Runs and chart",
            Self::Functions => "Function picker",
            Self::Plan => "Plan",
        }
    }

    /// Whether keys of both scopes can be asked for at the same time, so that they must differ: the shared
    /// scopes go with every other one, two panes never meet.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let shared = |scope| matches!(scope, Self::Global | Self::Move);
        self == other || shared(self) || shared(other)
    }
}

macro_rules! actions {
    ($($variant:ident, $name:literal, $scope:ident, $help:literal;)+) => {
        /// Something the user can ask for with a key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $help] $variant,)+
        }

        impl Action {
            /// Its row in the action table.
            #[must_use]
            pub const fn info(self) -> ActionInfo {
                match self {
                    $(Self::$variant => ActionInfo {
                        action: self,
                        name: $name,
                        scope: Scope::$scope,
                        help: $help,
                    },)+
                }
            }
        }

        /// Every action, in the order the help shows them.
        pub const ACTIONS: &[ActionInfo] = &[
            $(Action::$variant.info(),)+
        ];
    };
}

/// One row of the action table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionInfo {
    /// The action.
    pub action: Action,
    /// Its name in the keymap file, kebab-case.
    pub name: &'static str,
    /// Where it works.
    pub scope: Scope,
    /// What it does, in a few words.
    pub help: &'static str,
}

actions! {
    Quit, "quit", Global, "Quit";
    Help, "help", Global, "Show or hide the keys";
    Back, "back", Global, "Close, go back, or dismiss the notice";
    PaneArticles, "pane-articles", Global, "Go to Articles";
    PaneLogs, "pane-logs", Global, "Go to Logs";
    PaneTuning, "pane-tuning", Global, "Go to Tuning";
    NextPane, "next-pane", Global, "Next pane";
    PreviousPane, "previous-pane", Global, "Previous pane";
    Suspend, "suspend", Global, "Suspend to the shell";
    Redraw, "redraw", Global, "Draw the screen anew";
    Refresh, "refresh", Global, "Load again, or retry what failed";
    Down, "down", Move, "Down";
    Up, "up", Move, "Up";
    PageDown, "page-down", Move, "One page down";
    PageUp, "page-up", Move, "One page up";
    Top, "top", Move, "First entry";
    Bottom, "bottom", Move, "Last entry";
    Left, "left", Move, "Left: the chart's cursor, or a smaller value";
    Right, "right", Move, "Right: the chart's cursor, or a larger value";
    Open, "open", Move, "Open, edit or choose the selected entry";
    Filter, "filter", Move, "Filter the list";
    NewRun, "new-run", Runs, "Pick a function and plan a run";
    CancelRun, "cancel-run", Runs, "Cancel the running tune";
    Compare, "compare", Runs, "Mark or unmark the run to compare with";
    Baseline, "baseline", Runs, "Make the size under the cursor the baseline";
    WeightDown, "weight-down", Runs, "Balanced weight towards speed";
    WeightUp, "weight-up", Runs, "Balanced weight towards cost";
    BillingStep, "billing-step", Runs, "Switch the billing step: as measured, 1 ms, 100 ms";
    ChartForm, "chart-form", Runs, "Switch between chart and table";
    RenameRun, "rename-run", Runs, "Rename the run";
    DeleteRun, "delete-run", Runs, "Delete the run";
    Undo, "undo", Runs, "Undo the last delete";
    ExportRun, "export-run", Runs, "Write the run to a file";
    ImportRun, "import-run", Runs, "Read a run from a file or a link";
    CopyLink, "copy-link", Runs, "Copy the run's visualization link";
    Recover, "recover", Runs, "Undo what a killed run left behind";
    Start, "start", Plan, "Start the run";
}
