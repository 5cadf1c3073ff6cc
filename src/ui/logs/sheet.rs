//! Statistics of invocations: a line per figure, a column per group.

use ratatui::layout::{Constraint, Layout, Rect};

use crate::app::App;
use crate::logs::statistics::{METHOD, Spread, Summary};
use crate::panes::logs::Sheet;
use crate::panes::logs::sheet::{Column, Counting};
use crate::text;
use crate::ui::brush::{Brush, Piece};
use crate::ui::theme::Role;

/// The columns of the figures' names, and of a group.
const NAMES: usize = 17;
const GROUP: usize = 14;

/// Draws the sheet.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, sheet: &Sheet, area: Rect) {
    let [title, heads, list, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(1),
        Constraint::Fill(1),
        Constraint::Length(1),
    ])
    .areas(area);
    brush.line(title, &heading(sheet));
    let room = usize::from(area.width).saturating_sub(NAMES + 1) / GROUP;
    let columns = sheet.columns.iter().skip(sheet.first);
    let shown: Vec<&Column> = columns.take(room.max(1)).collect();
    let name = |column: &&Column| {
        let name = column.group.rsplit('/').next().unwrap_or(&column.group);
        text::pad_left(&text::neutralise(name), GROUP)
    };
    let names: String = shown.iter().map(name).collect();
    let names = format!(" {}{names}", text::pad("ms", NAMES));
    brush.line(heads, &[(Role::Muted, names)]);
    let top = sheet.top.min(LINES.len().saturating_sub(1));
    for (row, (name, figure)) in list.rows().zip(LINES.iter().skip(top)) {
        let cell = |column: &&Column| text::pad_left(&cell(column, *figure), GROUP);
        let cells: String = shown.iter().map(cell).collect();
        let name = format!(" {}", text::pad(name, NAMES));
        brush.line(row, &[(Role::Muted, name), (Role::Text, cells)]);
    }
    brush.line(foot, &[footing(app, sheet, shown.len())]);
}

fn heading(sheet: &Sheet) -> Vec<Piece> {
    let mut pieces = vec![
        (Role::Accent, " Invocations".to_owned()),
        (Role::Text, format!("  {}", sheet.span.name())),
    ];
    if sheet.is_counting() {
        pieces.push((Role::Warning, "  counting ...".to_owned()));
    }
    pieces
}

/// How the figures stand: what failed, what is out of sight, else what the percentiles are.
fn footing(app: &App, sheet: &Sheet, shown: usize) -> (Role, String) {
    let failed = sheet.columns.iter().find_map(|column| match &column.state {
        Counting::Failed(why) => Some(format!(" {}: {why}", column.group)),
        _ => None,
    });
    if let Some(why) = failed {
        return (Role::Error, why);
    }
    if shown < sheet.columns.len() {
        let key = app.context.keymap.hint(crate::keys::Action::Right);
        let last = sheet.first + shown;
        let words = format!(
            " groups {} to {last} of {}; {key} for more",
            sheet.first + 1,
            sheet.columns.len()
        );
        return (Role::Muted, words);
    }
    (Role::Muted, format!(" Percentiles: {METHOD}."))
}

/// A figure of a summary; nothing where nobody told it.
type Figure = fn(&Summary) -> Option<String>;

/// The lines of the sheet.
const LINES: [(&str, Figure); 26] = [
    ("invocations", |s| Some(s.invocations.to_string())),
    ("running", |s| some(s.unfinished)),
    ("cold starts", |s| share(s.cold_starts, s.invocations)),
    ("restores", |s| some(s.restores)),
    ("errors", |s| share(s.errors, s.invocations)),
    ("time-outs", |s| share(s.timeouts, s.invocations)),
    ("duration avg", |s| ms(s.duration, |d| d.avg)),
    ("  p10", |s| ms(s.duration, |d| d.p10)),
    ("  p25", |s| ms(s.duration, |d| d.p25)),
    ("  p50", |s| ms(s.duration, |d| d.p50)),
    ("  p75", |s| ms(s.duration, |d| d.p75)),
    ("  p90", |s| ms(s.duration, |d| d.p90)),
    ("  p99", |s| ms(s.duration, |d| d.p99)),
    ("init avg", |s| ms(s.init, |d| d.avg)),
    ("  p10", |s| ms(s.init, |d| d.p10)),
    ("  p50", |s| ms(s.init, |d| d.p50)),
    ("  p90", |s| ms(s.init, |d| d.p90)),
    ("  p99", |s| ms(s.init, |d| d.p99)),
    ("init ahead p50", |s| ms(s.ahead_init, |d| d.p50)),
    ("restore p50", |s| ms(s.restore, |d| d.p50)),
    ("  p99", |s| ms(s.restore, |d| d.p99)),
    ("billed", |s| s.billed_ms.map(seconds)),
    ("  of cold starts", |s| s.billed_cold_ms.map(seconds)),
    ("memory used", |s| {
        s.max_memory_used_mb.map(|mb| format!("{mb} MB"))
    }),
    ("memory size", |s| s.memory_mb.map(|mb| format!("{mb} MB"))),
    ("records lost", |s| some(s.dropped_records)),
];

fn cell(column: &Column, figure: Figure) -> String {
    match &column.state {
        Counting::Counted(summary) => figure(summary).unwrap_or_else(|| "-".to_owned()),
        Counting::Failed(_) => "failed".to_owned(),
        Counting::Waiting | Counting::Reading(_, 0, _) => "...".to_owned(),
        Counting::Reading(_, events, _) => format!("{events} ev"),
    }
}

fn some(count: u64) -> Option<String> {
    (count > 0).then(|| count.to_string())
}

/// A count, with its part of all in percent.
fn share(count: u64, all: u64) -> Option<String> {
    if all == 0 {
        return None;
    }
    let percent = count as f64 * 100.0 / all as f64;
    Some(format!("{count} {percent:.1} %"))
}

fn ms(spread: Option<Spread>, figure: fn(&Spread) -> f64) -> Option<String> {
    let figure = figure(&spread?);
    Some(if figure < 100.0 {
        format!("{figure:.3}")
    } else {
        format!("{figure:.1}")
    })
}

fn seconds(ms: f64) -> String {
    format!("{:.1} s", ms / 1000.0)
}
