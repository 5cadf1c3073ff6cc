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
    /// The articles pane, whatever is in front.
    Articles,
    /// The articles pane while an article is read.
    Article,
    /// The logs pane: the tail.
    Logs,
    /// The log group picker.
    Groups,
    /// One log event in detail.
    Event,
    /// The list of the tail's filters.
    Filters,
    /// The invocation statistics of the followed groups.
    Statistics,
    /// The tuning pane: saved runs and their chart.
    Runs,
    /// The function picker.
    Functions,
    /// The plan form.
    Plan,
}

impl Scope {
    /// Every scope, in the order the keymap file and the help show them.
    pub const ALL: [Self; 12] = [
        Self::Global,
        Self::Move,
        Self::Articles,
        Self::Article,
        Self::Logs,
        Self::Groups,
        Self::Event,
        Self::Filters,
        Self::Statistics,
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
            Self::Article => "article",
            Self::Logs => "logs",
            Self::Groups => "groups",
            Self::Event => "event",
            Self::Filters => "filters",
            Self::Statistics => "statistics",
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
            Self::Article => "An article",
            Self::Logs => "Log tail",
            Self::Groups => "Log group picker",
            Self::Event => "Log event",
            Self::Filters => "Filters of the tail",
            Self::Statistics => "Invocation statistics",
            Self::Runs => "Runs and chart",
            Self::Functions => "Function picker",
            Self::Plan => "Plan",
        }
    }

    /// Whether keys of both scopes can be asked for at the same time, so that they must differ: the shared
    /// scopes go with every other one, an open article with its pane; two panes never meet.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let shared = |scope| matches!(scope, Self::Global | Self::Move);
        let reading = |scope| matches!(scope, Self::Articles | Self::Article);
        self == other || shared(self) || shared(other) || (reading(self) && reading(other))
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
    Filter, "filter", Move, "Filter the list, or search the text";
    FollowPause, "follow-pause", Logs, "Pause, or follow again";
    NextMatch, "next-match", Logs, "Next match of the search";
    PreviousMatch, "previous-match", Logs, "Previous match of the search";
    FilterIn, "filter-in", Logs, "Add a filter: show only rows that match";
    FilterOut, "filter-out", Logs, "Add a filter: hide rows that match";
    FilterList, "filter-list", Logs, "Show the filters, to switch, edit or remove them";
    FiltersOff, "filters-off", Logs, "Switch all filters off, or on again";
    ServerPattern, "server-pattern", Logs, "Set the filter pattern CloudWatch Logs applies";
    NextError, "next-error", Logs, "Next error";
    PreviousError, "previous-error", Logs, "Previous error";
    NextMinute, "next-minute", Logs, "First row of the next minute";
    PreviousMinute, "previous-minute", Logs, "First row of the minute before";
    GoToTime, "go-to-time", Logs, "Go to a time";
    LoadFrom, "load-from", Logs, "Load events from an earlier time on";
    MarkRow, "mark-row", Logs, "Mark or unmark the row; times are told from it";
    NextMark, "next-mark", Logs, "Next mark";
    PreviousMark, "previous-mark", Logs, "Previous mark";
    StreamContext, "stream-context", Logs, "Show the row among all rows of its stream";
    FoldInvocations, "fold-invocations", Logs, "Fold Lambda invocations into one row each, or not";
    UnfoldRow, "unfold-row", Logs, "Unfold or fold the invocation of the row";
    TimeMode, "time-mode", Logs, "Times in UTC, local, as an age, or none";
    WrapLines, "wrap-lines", Logs, "Wrap long lines, or not";
    Histogram, "histogram", Logs, "Show or hide the histogram";
    SelectRows, "select-rows", Logs, "Begin or end a selection of rows";
    CopyRows, "copy-rows", Logs, "Copy the row or the selection";
    Secrets, "secrets", Logs, "Copy and export secrets as they are, or redacted";
    ExportRows, "export-rows", Logs, "Write the rows, or those selected, to a file";
    ShowStatistics, "show-statistics", Logs, "Statistics of the invocations";
    ShowGroups, "show-groups", Logs, "Choose other log groups";
    StopTail, "stop-tail", Logs, "Stop following; the rows stay";
    TuneFunction, "tune-function", Logs, "Plan a tuning run of the row's function";
    ChooseGroup, "choose-group", Groups, "Choose or unchoose the group";
    ChooseShown, "choose-shown", Groups, "Choose all groups shown, or none";
    SaveSet, "save-set", Groups, "Save the chosen groups as a set";
    DeleteSet, "delete-set", Groups, "Delete the set";
    FoldValue, "fold-value", Event, "Fold or unfold the object or list";
    CopyValue, "copy-value", Event, "Copy the value";
    CopyPath, "copy-path", Event, "Copy the path of the value";
    CopyEvent, "copy-event", Event, "Copy the whole event";
    ValueIn, "value-in", Event, "Show only rows with this value";
    ValueOut, "value-out", Event, "Hide rows with this value";
    WrapEvent, "wrap-event", Event, "Wrap long lines, or not";
    NextEvent, "next-event", Event, "The next event";
    PreviousEvent, "previous-event", Event, "The event before";
    SwitchFilter, "switch-filter", Filters, "Switch the filter on or off";
    TurnFilter, "turn-filter", Filters, "Turn the filter round: show only, or hide";
    RemoveFilter, "remove-filter", Filters, "Remove the filter";
    StatisticsSpan, "statistics-span", Statistics, "The last hour, 3 hours, 24 hours, or 7 days";
    ReadOn, "read-on", Articles, "Read on: one page, at the end the next unread article";
    NextUnread, "next-unread", Articles, "Next unread article, in whichever feed";
    NextArticle, "next-article", Articles, "Next article of the list";
    PreviousArticle, "previous-article", Articles, "Previous article of the list";
    Star, "star", Articles, "Star the article, or not";
    MarkRead, "mark-read", Articles, "Mark the article read, or unread";
    MarkAbove, "mark-above", Articles, "Mark this article and all above it read";
    MarkAll, "mark-all", Articles, "Mark all articles of the list read";
    UndoMark, "undo-mark", Articles, "Undo the last marking";
    OnlyUnread, "only-unread", Articles, "Show only unread articles, or all";
    ShowTag, "show-tag", Articles, "Show the articles with a tag";
    OpenBrowser, "open-browser", Articles, "Open the article in the browser";
    CopyArticleLink, "copy-article-link", Articles, "Copy the article's link";
    SaveArticle, "save-article", Articles, "Write the article to a file, as Markdown";
    AddFeed, "add-feed", Articles, "Follow a feed: a URL or a file";
    RemoveFeed, "remove-feed", Articles, "Follow the feed no longer";
    FeedHealth, "feed-health", Articles, "How the fetches of the feed fare";
    Outline, "outline", Article, "Show the headings";
    NextHeading, "next-heading", Article, "Next heading";
    PreviousHeading, "previous-heading", Article, "Previous heading";
    NextCode, "next-code", Article, "Next code block";
    PreviousCode, "previous-code", Article, "Previous code block";
    CopyCode, "copy-code", Article, "Copy the code block exactly as written";
    LinkHints, "link-hints", Article, "Label the links on screen; type a label to follow it";
    LinkList, "link-list", Article, "List all links";
    WrapCode, "wrap-code", Article, "Wrap wide code, or scroll it sideways";
    NextHit, "next-hit", Article, "Next place with the words searched for";
    PreviousHit, "previous-hit", Article, "Previous place with them";
    NextPart, "next-part", Article, "Next part of the series";
    PreviousPart, "previous-part", Article, "Previous part of the series";
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
    RunLogs, "run-logs", Runs, "Follow the log group of the run's function";
    FunctionLogs, "function-logs", Functions, "Follow the log group of the function";
    Start, "start", Plan, "Start the run";
}
