//! The run in front: heading, chart, and for a live run its progress; expanded, with a table of statistics.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::TuningView;
use super::{details, heading, progress};
use crate::lambda::MemoryMb;
use crate::panes::stacked;
use crate::panes::tuning::{RunEntry, RunSection, ShownRuns};
use crate::power::BillingStep;
use crate::theme::{Role, Theme};
use crate::ui::chart::{Chart, ChartAxes, ChartForm, ChartMarks, ChartStyles};
use crate::ui::painter::{Painter, Piece, wrap};

/// Rows a plot needs to be one, with a little room.
const LOWEST_PLOT: u16 = 16;

/// Draws the panel beside the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    panel(painter, view, area, 0);
}

/// Draws the panel over the whole pane, with statistics where there is room for all of them.
pub(super) fn expanded(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    let selected = view.pane.runs.selected();
    let shown = selected.zip(view.pane.runs.shown());
    let rows = shown.map_or(0, |(entry, shown)| details::height(entry, &shown.notes));
    let sizes = selected.map_or(0, RunEntry::sizes);
    let chart = if view.pane.runs.look.table {
        u16::try_from(sizes).unwrap_or(u16::MAX).saturating_add(2)
    } else {
        LOWEST_PLOT
    };
    let others = (heading::ROWS + 1).saturating_add(chart);
    let fits = rows.saturating_add(others) <= area.height;
    panel(painter, view, area, if fits { rows } else { 0 });
}

fn panel(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect, details_rows: u16) {
    let (Some(entry), Some(shown)) = (view.pane.runs.selected(), view.pane.runs.shown()) else {
        let words = "No run contains the words of the filter.";
        painter.wrapped(area, Role::Muted, words);
        return;
    };
    let live = view
        .pane
        .runs
        .live()
        .filter(|_| entry.section == RunSection::Live);
    let measured = live.and_then(|live| live.measured());
    let strip = measured.map_or(0, |measured| progress::height(painter, measured, area));
    let comparison = u16::from(shown.comparison.is_some() && area.height >= 12);
    let found = found_lines(shown, area);
    let found_rows = u16::try_from(found.len()).unwrap_or(0);
    let look_rows = u16::from(area.height >= 16);
    let ([head, found_area, strip, look], chart, [against, details]) = stacked(
        area,
        [heading_rows(area), found_rows, strip, look_rows],
        [comparison, details_rows],
    );
    heading::draw(painter, view, entry, head);
    draw_found(painter, found, found_area);
    if let Some(measured) = measured {
        progress::draw(painter, measured, strip);
    }
    look_line(painter, view, shown, look);
    draw_chart(painter, view, entry, shown, chart);
    if let Some(words) = &shown.comparison {
        painter.line(against, &[(Role::Overlay, words.clone())]);
    }
    if details_rows > 0 {
        details::draw(painter, entry, &shown.notes, details);
    }
}

/// What the run found, in as many lines as it takes, where there is room for them and a chart.
fn found_lines(shown: &ShownRuns, area: Rect) -> Vec<String> {
    let words = shown.found.as_deref().unwrap_or_default();
    // Room for the sign of a cut.
    let lines =
        wrap(words, usize::from(area.width.saturating_sub(4))).filter(|line| !line.is_empty());
    let mut lines: Vec<String> = lines.collect();
    let most = usize::from(area.height.saturating_sub(17)).min(3);
    let is_cut = lines.len() > most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push_str(" ...");
    }
    lines
}

fn draw_found(painter: &mut Painter<'_>, lines: Vec<String>, area: Rect) {
    for (row, line) in area.rows().zip(lines) {
        painter.line(row, &[(Role::Pick, line)]);
    }
}

/// A small panel names the run only.
const fn heading_rows(area: Rect) -> u16 {
    if area.height < 10 { 1 } else { heading::ROWS }
}

/// How the curves are looked at: billing step and balanced weight.
fn look_line(painter: &mut Painter<'_>, view: TuningView<'_>, shown: &ShownRuns, area: Rect) {
    let look = &view.pane.runs.look;
    let step = match look.step {
        BillingStep::AsMeasured => "as measured",
        BillingStep::OneMs => "per 1 ms",
        BillingStep::HundredMs => "per 100 ms",
    };
    let mut pieces: Vec<Piece> = vec![
        (Role::Muted, "billed ".to_owned()),
        (Role::Text, step.to_owned()),
        (Role::Muted, "  balanced at ".to_owned()),
        (Role::Text, format!("{:.2}", shown.weight.of_cost())),
        (Role::Muted, " cost".to_owned()),
    ];
    pieces.extend(assumed(view).map(|words| (Role::Warning, words)));
    painter.line(area, &pieces);
}

/// Whose prices the costs are at, when none are known of the run's own region and architecture.
fn assumed(view: TuningView<'_>) -> Option<String> {
    let run = &view.pane.runs.selected()?.run;
    let pricing = run.pricing(view.pane.runs.look.step)?;
    let _wanted = pricing.instead_of?;
    Some(format!("  at prices of {}", pricing.of))
}

fn draw_chart(
    painter: &mut Painter<'_>,
    view: TuningView<'_>,
    entry: &RunEntry,
    shown: &ShownRuns,
    area: Rect,
) {
    let infeasible: Vec<(MemoryMb, &str)> = shown
        .infeasible
        .iter()
        .map(|(size, why)| (*size, why.as_str()))
        .collect();
    let chart = Chart {
        overlay: shown.overlay.as_ref().map(|side| &side.curve),
        pending: &shown.pending,
        infeasible: &infeasible,
        samples: &shown.samples,
        marks: ChartMarks {
            picks: shown.main.picks,
            weight: shown.weight,
            recommended: shown.recommended,
            cursor: view.pane.runs.look.cursor,
            baseline: shown.baseline,
            max_duration_ms: entry.time_limit(),
        },
        axes: ChartAxes {
            log_time: view.pane.runs.look.axes.log_time,
            cut_cost: view.pane.runs.look.axes.cut_cost,
        },
        form: form(view),
        styles: styles(painter.theme),
        ..Chart::new(&shown.main.curve)
    };
    chart.render(area, painter.buffer);
}

const fn form(view: TuningView<'_>) -> ChartForm {
    match (view.pane.runs.look.table, view.context.ascii) {
        (true, true) => ChartForm::AsciiTable,
        (true, false) => ChartForm::Table,
        (false, true) => ChartForm::Ascii,
        (false, false) => ChartForm::Braille,
    }
}

fn styles(theme: &Theme) -> ChartStyles {
    ChartStyles {
        duration: theme.style(Role::Duration),
        cost: theme.style(Role::Cost),
        overlay: theme.style(Role::Overlay),
        cursor: theme.style(Role::Cursor),
        baseline: theme.style(Role::Baseline),
        pick: theme.style(Role::Pick),
        muted: theme.style(Role::Muted),
        text: theme.style(Role::Text),
    }
}
