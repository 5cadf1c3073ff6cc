//! The lines above the chart: which run it is, and the facts that matter for reading it.

use ratatui::layout::Rect;

use crate::app::App;
use crate::panes::tuning::{Entry, Group, Live};
use crate::power::{Measured, Origin, RunState};
use crate::ui::brush::{Brush, Piece};
use crate::ui::chart::format::usd_text;
use crate::ui::theme::Role;

/// Rows the heading takes.
pub(super) const ROWS: u16 = 2;

/// Draws name and facts.
pub(super) fn draw(brush: &mut Brush<'_>, app: &App, entry: &Entry, area: Rect) {
    let mut name: Vec<Piece> = vec![(Role::Accent, entry.run.name.clone())];
    if let Some(shown) = app.tuning.shown()
        && let Some(other) = &shown.overlay
    {
        name.push((Role::Muted, "  against  ".to_owned()));
        name.push((Role::Overlay, other.curve.name.clone()));
    }
    brush.line(area, &name);
    let Some(second) = area.rows().nth(1) else {
        return;
    };
    let facts = match (app.tuning.live(), entry.group) {
        (Some(live), Group::Live) => live_facts(app, live),
        _ => vec![(Role::Muted, facts(entry))],
    };
    brush.line(second, &facts);
}

fn facts(entry: &Entry) -> String {
    match &entry.run.origin {
        Origin::Imported {
            from,
            architecture,
            region,
            ..
        } => {
            let from = if entry.group == Group::Example {
                "bundled"
            } else {
                from
            };
            format!("{from} · {region} · {architecture} · means only")
        }
        Origin::Measured(measured) => format!(
            "{} · {} · {} · {} x {} · {}",
            entry.run.started.strftime("%Y-%m-%d %H:%M"),
            measured.region,
            measured.architecture,
            measured.sizes.len(),
            measured.plan.num,
            state(measured)
        ),
    }
}

fn state(measured: &Measured) -> String {
    match &measured.state {
        RunState::Running => "cut off".to_owned(),
        RunState::Finished => "finished".to_owned(),
        RunState::Cancelled => "cancelled".to_owned(),
        RunState::Failed(why) => format!("failed: {why}"),
    }
}

/// Phase, elapsed time, money; the phase goes last because it can be long.
fn live_facts(app: &App, live: &Live) -> Vec<Piece> {
    let elapsed = app.now.duration_since(live.started).as_secs().max(0);
    let mut pieces = vec![(Role::Text, format!("{}:{:02}", elapsed / 60, elapsed % 60))];
    if let Some(measured) = live.measured() {
        let currency = crate::ui::chart::Currency::of_region(&measured.region);
        let spent = usd_text(measured.spent_usd, currency);
        let money = match measured.plan.max_cost_usd {
            Some(cap) => format!("  {spent} of {}", usd_text(cap, currency)),
            None => format!("  {spent}"),
        };
        pieces.push((Role::Cost, money));
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
