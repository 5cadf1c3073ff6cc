//! The statistics of the followed groups.

use crate::effect::{Outbox, Prompt, Severity, Visit};
use crate::keys::{Action, Scope};
use crate::panes::logs::prompts::SINCE_HINT;
use crate::panes::logs::statistics::Lookback;
use crate::panes::logs::{LogsPane, LogsPrompt, LogsScreen, StatisticsTable};
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use crate::text::sentence;
use Availability::Offered;

const STATISTICS: &Scope = &Scope::of_screen("statistics", "Statistics of the groups");

/// Compares what came before a time with what came since.
pub const COMPARE_SPANS: Action = STATISTICS.action(
    "compare-spans",
    &["c"],
    "Compare what came before a time with what came since",
);

/// What the actions do.
pub(super) static SCREEN: Screen<LogsPane> = Screen {
    scope: STATISTICS,
    tables: &[
        &Moves(|pane: &mut LogsPane, step, out| {
            if let Some(statistics) = counted_mut(pane) {
                statistics.step(step.rows(out.page));
            }
        }),
        &Table::new(ROWS),
        &Table::about(counted, counted_mut, COLUMNS),
    ],
};

const ROWS: &[ActionRow<LogsPane>] = &[
    row(
        STATISTICS.action(
            "statistics-span",
            &["t"],
            "The last hour, 3 hours, 24 hours, 7 days, or 30 days",
        ),
        |_| Offered(0, "span"),
        |pane, out| count_again(pane, Lookback::next, out),
    ),
    row(
        COMPARE_SPANS,
        |_| Offered(1, "compare"),
        |pane, out| {
            let prompt = Prompt::line("Compare since", SINCE_HINT, "");
            pane.ask(LogsPrompt::CompareSpans, prompt, out);
        },
    ),
    row(
        STATISTICS.action(
            "compare-versions",
            &["v"],
            "Versions of the functions side by side",
        ),
        |_| Offered(5, "versions"),
        |pane, out| {
            let prompt = Prompt::line("Versions", &versions_hint(pane), "");
            pane.ask(LogsPrompt::CompareVersions, prompt, out);
        },
    ),
    row(
        STATISTICS.action(
            "compare-memory",
            &["m"],
            "Memory sizes of the functions side by side",
        ),
        |_| Offered(5, "sizes"),
        |pane, out| {
            let hint =
                "megabytes such as 256,512, as the records name them; empty takes all sizes as one";
            let seen = pane.tail().map(|tail| tail.rows().memory_sizes());
            let seen: Vec<String> = seen.iter().flatten().map(u32::to_string).collect();
            let prompt = Prompt::line("Memory sizes", hint, &seen.join(","));
            pane.ask(LogsPrompt::CompareMemory, prompt, out);
        },
    ),
    row(
        Action::REFRESH,
        |_| Offered(2, "again"),
        |pane, out| count_again(pane, |span| span, out),
    ),
    row(
        STATISTICS.action(
            "statistics-patterns",
            &["p"],
            "Patterns of the messages that are loaded",
        ),
        |pane| Availability::offered_when(pane.tail().is_some(), 3, "patterns"),
        |pane, out| {
            leave(pane, out);
            pane.show_patterns(None, out);
        },
    ),
    row(
        STATISTICS.action(
            "chart-sizes",
            &["C"],
            "The means of the memory sizes as a curve among the runs",
        ),
        |pane| {
            let is_by_memory = counted(pane)
                .is_some_and(|table| table.is_by_memory() && table.without_traffic().is_none());
            Availability::offered_when(is_by_memory, 4, "as a curve")
        },
        chart_sizes,
    ),
    row(
        Action::BACK,
        |pane| {
            let is_claim = counted(pane).is_some_and(|table| table.of_run);
            Offered(4, if is_claim { "back to the run" } else { "back" })
        },
        |pane, out| {
            let is_claim = counted(pane).is_some_and(|table| table.of_run);
            leave(pane, out);
            if is_claim {
                out.visit(Visit::Runs);
            }
        },
    ),
];

/// What may be typed, and which versions the rows that are loaded tell of.
fn versions_hint(pane: &LogsPane) -> String {
    /// Versions that are named: the newest.
    const NAMED: usize = 6;
    let seen = pane.tail.as_ref().map(|tail| tail.rows().versions());
    let seen = seen.filter(|seen| !seen.is_empty()).map(|seen| {
        let named = seen
            .get(seen.len().saturating_sub(NAMED)..)
            .unwrap_or_default();
        let more = if named.len() < seen.len() {
            "..., "
        } else {
            ""
        };
        format!("seen here: {more}{}; ", named.join(", "))
    });
    let seen = seen.unwrap_or_default();
    format!("{seen}numbers such as 41,42, or $LATEST; empty takes all versions as one")
}

/// The columns of the groups, of which some may be out of sight.
const COLUMNS: &[ActionRow<StatisticsTable>] = &[
    row(
        Action::LEFT,
        |table| {
            let is_last = !table.has_more() && table.first > 0;
            Availability::offered_when(is_last, 1, "groups before")
        },
        |table, _| table.scroll(-1),
    ),
    row(
        Action::RIGHT,
        |table| Availability::offered_when(table.has_more(), 1, "more groups"),
        |table, _| table.scroll(1),
    ),
];

fn counted(pane: &LogsPane) -> Option<&StatisticsTable> {
    match &pane.screen {
        LogsScreen::Statistics(table) => Some(table),
        _ => None,
    }
}

fn counted_mut(pane: &mut LogsPane) -> Option<&mut StatisticsTable> {
    match &mut pane.screen {
        LogsScreen::Statistics(table) => Some(table),
        _ => None,
    }
}

/// Counts anew, over the same or another span.
fn count_again(pane: &mut LogsPane, span: fn(Lookback) -> Lookback, out: &mut Outbox<'_>) {
    if let Some(table) = counted(pane) {
        let (span, split) = (span(table.span), table.split.clone());
        pane.count(span, split, out);
    }
}

/// Shows what production did as a run beside the others.
fn chart_sizes(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    let Some(table) = counted(pane) else { return };
    match table.production(out) {
        Ok(run) => out.visit(Visit::Figures(Box::new(run))),
        Err(why) => out.notice(Severity::Info, sentence(&why)),
    }
}

fn leave(pane: &mut LogsPane, out: &mut Outbox<'_>) {
    if let Some(table) = counted(pane) {
        table.stop(out);
    }
    pane.show_rows();
}
