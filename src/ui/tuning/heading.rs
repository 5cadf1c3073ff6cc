//! The lines above the chart: which run it is, and the facts that matter for reading it.

use jiff::Timestamp;
use ratatui::layout::Rect;

use super::TuningView;
use crate::lambda::FunctionRef;
use crate::panes::tuning::{Live, RunEntry, RunSection};
use crate::power::{Currency, MeasuredRun, RunOrigin, SampleCount};
use crate::theme::Role;
use crate::ui::chart::format::usd_text;
use crate::ui::painter::{Painter, Piece, columns};

/// Rows the heading takes.
pub(super) const ROWS: u16 = 2;

/// Draws name and facts; with room for one of them, the facts of a live run, else the name.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, entry: &RunEntry, area: Rect) {
    let name = name_line(painter, view, entry, area.width);
    let facts = match (view.pane.runs.live(), entry.section) {
        (Some(live), RunSection::Live) => live_facts(view, live),
        _ => vec![(Role::Muted, facts(entry))],
    };
    let lines = match area.height {
        1 if entry.section == RunSection::Live => vec![facts],
        _ => vec![name, facts],
    };
    for (row, line) in area.rows().zip(lines) {
        painter.line(row, &line);
    }
}

/// The name, the size to take, the note, and what the run is laid over, or the shape of its curve, in as many words as there
/// is room for.
fn name_line(
    painter: &Painter<'_>,
    view: TuningView<'_>,
    entry: &RunEntry,
    width: u16,
) -> Vec<Piece> {
    let mut name: Vec<Piece> = vec![(Role::Accent, entry.run.name.clone())];
    let Some(shown) = view.pane.runs.shown() else {
        return name;
    };
    if let Some(other) = &shown.overlay {
        name = vec![(Role::Accent, shown.main.curve.name.clone())];
        name.push((Role::Muted, "  against  ".to_owned()));
        name.push((Role::Overlay, other.curve.name.clone()));
        return name;
    }
    if let Some(size) = shown
        .answer
        .recommended
        .filter(|_| entry.section != RunSection::Live)
    {
        let star = painter.sign("★", "*");
        name.push((Role::Pick, format!("  {star} {size} MB")));
    }
    if !entry.run.note.is_empty() {
        name.push((Role::Muted, format!("  {}", entry.run.note)));
    }
    if let Some(shape) = &shown.answer.pattern {
        let whole = format!("  {shape}");
        let fits = columns(&name) + columns(&[(Role::Muted, whole.clone())]) <= width;
        let short = shape.split([':', '(']).next().unwrap_or_default();
        let words = if fits {
            whole
        } else {
            format!("  {}", short.trim_end())
        };
        name.push((Role::Muted, words));
    }
    name
}

fn facts(entry: &RunEntry) -> String {
    match &entry.run.origin {
        RunOrigin::Imported {
            from,
            architecture,
            region,
            ..
        } => {
            let from = if entry.section == RunSection::Example {
                "bundled"
            } else {
                from
            };
            format!("{from} · {region} · {architecture} · means only")
        }
        RunOrigin::Measured(measured) => format!(
            "{}{}{}{} · {} · {} · {}",
            if measured.plan.dry_run {
                "dry run · "
            } else {
                ""
            },
            unusual(measured),
            function(entry, measured),
            entry.run.started.strftime("%m-%d %H:%M"),
            measured.region,
            measured.architecture,
            samples(measured),
        ),
    }
}

/// How many samples its sizes were to have.
fn samples(measured: &MeasuredRun) -> String {
    let sizes = measured.sizes.len();
    match measured.plan.num {
        SampleCount::Auto => format!("{sizes} sizes, auto"),
        SampleCount::Fixed(num) => format!("{sizes} x {num} samples"),
    }
}

/// What is unusual about the run: how it ended, and invocations that failed.
fn unusual(measured: &MeasuredRun) -> String {
    let parts = [measured.unusual(), measured.failures_in_words()];
    let mut text = String::new();
    for words in parts.into_iter().flatten() {
        text.push_str(&words);
        text.push_str(" · ");
    }
    text
}

/// Phase, elapsed time, money; the phase goes last because it can be long.
fn live_facts(view: TuningView<'_>, live: &Live) -> Vec<Piece> {
    let mut pieces = vec![(Role::Text, since(view, live.started))];
    if let Some((paused, word)) = live.paused.zip(live.pause_word()) {
        pieces.push((Role::Warning, format!("  {word} {}", since(view, paused))));
    }
    if let Some(measured) = live.measured() {
        let currency = Currency::of_region(&measured.region);
        let spent = usd_text(measured.usage.spent_usd, currency);
        let money = match measured.plan.max_cost_usd {
            Some(cap) => format!("  {spent} of {}", usd_text(cap, currency)),
            None => format!("  {spent}"),
        };
        pieces.push((Role::Cost, money));
    }
    if let Some(failures) = live.measured().and_then(MeasuredRun::failures_in_words) {
        pieces.push((Role::Warning, format!("  {failures}")));
    }
    let pick = view
        .pane
        .runs
        .shown()
        .and_then(|shown| shown.answer.recommended);
    if let Some(pick) = pick.filter(|_| !live.cancelling) {
        pieces.push((Role::Pick, format!("  so far {pick} MB")));
    }
    if live.cancelling {
        let word = if live.restored {
            "cancelling, restored"
        } else {
            "cancelling, restoring"
        };
        pieces.push((Role::Warning, format!("  {word}")));
    }
    pieces.push((Role::Muted, format!("  {}", live.phase)));
    pieces
}

/// How long ago that was, in minutes and seconds.
fn since(view: TuningView<'_>, start: Timestamp) -> String {
    let elapsed = view.now.duration_since(start).as_secs().max(0);
    format!("{}:{:02}", elapsed / 60, elapsed % 60)
}

/// The function, where the run has another name.
fn function(entry: &RunEntry, measured: &MeasuredRun) -> String {
    let function = FunctionRef::parse(&measured.function_arn);
    let names = function.iter().map(FunctionRef::name);
    let mut others = names.filter(|name| *name != entry.run.name);
    others
        .next()
        .map_or_else(String::new, |name| format!("{name} · "))
}
