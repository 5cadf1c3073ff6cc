//! The run in front: heading, chart, and for a live run its progress; expanded, with a table of statistics.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::TuningView;
use super::{details, heading, progress};
use crate::lambda::MemoryMb;
use crate::panes::stacked;
use crate::panes::tuning::{RunEntry, RunSection, ShownRuns};
use crate::power::{BillingStep, SizeDifference};
use crate::text;
use crate::theme::{Role, Theme};
use crate::ui::chart::{Chart, ChartAxes, ChartForm, ChartMarks, ChartStyles};
use crate::ui::painter::{Painter, Piece, wrap};

/// From this height on, in rows, the bill of a month is told, and what is known of a comparison.
const MONTH_FROM: u16 = 20;
/// What stands at the end of words that are cut.
const CUT: &str = " ...";
/// From this height on, in rows, the shape of the curve has a line of its own.
const SHAPE_FROM: u16 = 26;
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
    let rows = shown.map_or(0, |(entry, shown)| {
        details::height(entry, &remarks(shown, area))
    });
    let told = shown.map_or(0, |(entry, shown)| {
        let told = told_lines(entry, shown, area, false);
        count(&told).saturating_add(count(&comparison_lines(view, shown, area)))
    });
    let sizes = selected.map_or(0, RunEntry::sizes);
    let chart = if view.pane.runs.look.table {
        u16::try_from(sizes).unwrap_or(u16::MAX).saturating_add(2)
    } else {
        LOWEST_PLOT
    };
    let others = (heading::ROWS + 1)
        .saturating_add(told)
        .saturating_add(chart);
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
    let told = told_lines(entry, shown, area, live.is_some());
    let against_lines = comparison_lines(view, shown, area);
    // How it is looked at yields to what it came to: a plot needs its rows.
    let look_rows =
        u16::from(area.height >= 16 && (told.len() <= 5 || area.height > MONTH_FROM + 2));
    let ([head, told_area, strip, look], chart, [against, details]) = stacked(
        area,
        [heading_rows(area), count(&told), strip, look_rows],
        [count(&against_lines), details_rows],
    );
    heading::draw(painter, view, entry, head);
    draw_lines(painter, told, told_area);
    if let Some(measured) = measured {
        progress::draw(painter, measured, strip);
    }
    look_line(painter, view, shown, look);
    draw_chart(painter, view, shown, chart);
    draw_lines(painter, against_lines, against);
    if details_rows > 0 {
        details::draw(painter, entry, &remarks(shown, area), details);
    }
}

/// What the run came to: what it found, the shape of its curve, and, once it is over, the bill of a month. While samples
/// come the chart needs the room.
fn told_lines(entry: &RunEntry, shown: &ShownRuns, area: Rect, is_live: bool) -> Vec<Piece> {
    let answer = &shown.answer;
    // While samples come the sentence changes, and the strip of sizes and a plot need the rows.
    let most = if is_live { 3 } else { usize::MAX };
    let found = found_lines(shown, area, most).into_iter();
    let shape = shape_line(entry, shown, area);
    let shape = shape.iter().flat_map(|line| wrap(line, room(area)));
    let has_room = area.height >= MONTH_FROM && !is_live;
    let month = answer.month.iter().filter(|_| has_room);
    let month = month.flat_map(|line| wrap(line, room(area)));
    let against = answer
        .against
        .iter()
        .filter(|_| !is_live && shown.overlay.is_none());
    let against = against.flat_map(|line| wrap(line, room(area)));
    found
        .chain(against)
        .map(|line| (Role::Pick, line))
        .chain(shape.map(|line| (Role::Muted, line)))
        .chain(month.map(|line| (Role::Cost, line)))
        .collect()
}

/// The shape of the curve and what it means, where the heading has no room for it and the panel is high.
fn shape_line(entry: &RunEntry, shown: &ShownRuns, area: Rect) -> Option<String> {
    let shape = shown.answer.pattern.as_ref()?;
    let in_heading = text::width(&entry.run.name) + 2 + text::width(shape);
    let is_cut = in_heading > usize::from(area.width) || shown.overlay.is_some();
    (is_cut && area.height >= SHAPE_FROM).then(|| shape.clone())
}

/// What is worth knowing beside the sentence of a run, with what it differs in from the one laid over it.
///
/// What stands above the chart already is not said again; each is in as many lines as it takes.
fn remarks(shown: &ShownRuns, area: Rect) -> Vec<String> {
    let answer = &shown.answer;
    let is_cut = found_lines(shown, area, usize::MAX)
        .last()
        .is_none_or(|line| line.ends_with(CUT));
    let limits = answer.limits.iter().filter(|_| is_cut);
    let differences = shown.comparison.iter().flat_map(|it| &it.sizes);
    let differences = differences.map(|size| format!("{}.", size.words()));
    let all = limits.chain(&answer.notes).cloned().chain(differences);
    all.flat_map(|words| wrap(&words, room(area)).collect::<Vec<_>>())
        .collect()
}

/// What the run found and its limits come to, in as many lines as it takes, where there is room for them and a chart.
fn found_lines(shown: &ShownRuns, area: Rect, most: usize) -> Vec<String> {
    let answer = &shown.answer;
    let most = usize::from(area.height.saturating_sub(17))
        .min(4 + 2 * answer.limits.len())
        .min(most);
    let sentences = answer.found.iter().chain(&answer.limits);
    cut_lines(sentences.map(String::as_str), most, area)
}

/// The run against the one laid over it: each at its cheapest size, and what is known at the size under the cursor.
fn comparison_lines(view: TuningView<'_>, shown: &ShownRuns, area: Rect) -> Vec<Piece> {
    let Some(comparison) = shown.comparison.as_ref().filter(|_| area.height >= 12) else {
        return Vec::new();
    };
    let cursor = view.pane.runs.look.cursor.at;
    let is_known = |size: &&SizeDifference| {
        Some(size.memory) == cursor && !size.samples.contains(&0) && area.height >= MONTH_FROM
    };
    let known = comparison.sizes.iter().find(is_known);
    let words = known.map(SizeDifference::words);
    let known = cut_lines(words.as_deref().into_iter(), 2, area);
    let cheapest = cut_lines(std::iter::once(comparison.cheapest.as_str()), 2, area);
    let lines = cheapest.into_iter().chain(known);
    lines.map(|line| (Role::Overlay, line)).collect()
}

/// Sentences in lines as wide as the area, each beginning one; the last shows that more was cut.
fn cut_lines<'a>(sentences: impl Iterator<Item = &'a str>, most: usize, area: Rect) -> Vec<String> {
    let lines = sentences.flat_map(|words| wrap(words, room(area)));
    let mut lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    let is_cut = lines.len() > most;
    lines.truncate(most);
    if let Some(last) = lines.last_mut().filter(|_| is_cut) {
        last.push_str(CUT);
    }
    lines
}

/// The columns of a wrapped line, with room for the sign of a cut.
fn room(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(4))
}

fn count(lines: &[Piece]) -> u16 {
    u16::try_from(lines.len()).unwrap_or(0)
}

fn draw_lines(painter: &mut Painter<'_>, lines: Vec<Piece>, area: Rect) {
    for (row, line) in area.rows().zip(lines) {
        painter.line(row, &[line]);
    }
}

/// A small panel names the run only.
const fn heading_rows(area: Rect) -> u16 {
    if area.height < 10 { 1 } else { heading::ROWS }
}

/// How the curves are looked at: billing step and balanced weight.
fn look_line(painter: &mut Painter<'_>, view: TuningView<'_>, shown: &ShownRuns, area: Rect) {
    let look = &view.pane.runs.look;
    let is_measured = view
        .pane
        .runs
        .selected()
        .is_none_or(|it| it.run.measured().is_some());
    let step = match look.step {
        BillingStep::AsMeasured if !is_measured => "as published",
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
    if let Some(limits) = look.limits.and_then(|limits| limits.words()) {
        pieces.push((Role::Accent, format!("  {limits}, for every run")));
    }
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

fn draw_chart(painter: &mut Painter<'_>, view: TuningView<'_>, shown: &ShownRuns, area: Rect) {
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
            recommended: shown.answer.recommended,
            cursor: view.pane.runs.look.cursor.at,
            baseline: shown.baseline,
            limits: shown.limits,
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
