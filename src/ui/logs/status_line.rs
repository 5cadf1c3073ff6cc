//! The honesty line: how events come, how many, how late, and what is known to be missing.

use ratatui::layout::Rect;

use crate::logs::{TailMode, TailStatus};
use crate::panes::logs::Tail;
use crate::panes::logs::tail::Phase;
use crate::text::thousands;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, columns};

/// A figure: how early it is left out (larger goes first), its role, its words.
type Figure = (u8, Role, String);

/// Draws the line; what matters least is left out first.
pub(super) fn draw(painter: &mut Painter<'_>, tail: &Tail, area: Rect) {
    let dot = format!(" {} ", painter.sign("·", "-"));
    let mut figures = figures(tail);
    let pieces = |figures: &[Figure]| {
        let mut pieces: Vec<Piece> = vec![(Role::Text, " ".to_owned())];
        for (at, (_, role, words)) in figures.iter().enumerate() {
            if at > 0 {
                pieces.push((Role::Muted, dot.clone()));
            }
            pieces.push((*role, words.clone()));
        }
        pieces
    };
    while columns(&pieces(&figures)) > area.width && figures.len() > 1 {
        let ranks = figures.iter().enumerate();
        let Some((least, _)) = ranks.max_by_key(|(_, figure)| figure.0) else {
            break;
        };
        figures.remove(least);
    }
    painter.line(area, &pieces(&figures));
}

fn figures(tail: &Tail) -> Vec<Figure> {
    let mut figures = vec![badge(tail)];
    if let Some(status) = tail.job().status() {
        if matches!(tail.job().phase(), Phase::Following(_)) {
            figures.push((1, Role::Text, format!("{} ev/s", rate(status.rate))));
            figures.extend(
                status
                    .lag_ms
                    .map(|lag| (5, Role::Text, format!("lag {}", seconds(lag)))),
            );
        }
        if let Some(scanned) = status.scanned {
            figures.push((1, Role::Warning, scanned.words()));
        }
        figures.extend(losses(status));
        if let Some(late_ms) = status.late_ms {
            let late = TailStatus::lateness(late_ms);
            figures.push((4, Role::Warning, format!("late to {late} only")));
        }
        if status.live_minutes > 0 {
            figures.push((6, Role::Muted, format!("{} min live", status.live_minutes)));
        }
    }
    if tail.rows().evicted() > 0 {
        let count = usize::try_from(tail.rows().evicted()).unwrap_or(usize::MAX);
        figures.push((
            5,
            Role::Muted,
            format!("{} older not kept", thousands(count)),
        ));
    }
    figures.extend(place(tail));
    figures
}

/// How many events there are; of a held reader where they are among them, and from when the top row is.
fn place(tail: &Tail) -> Vec<Figure> {
    let Some((row, of, top_ms)) = tail.place() else {
        let count = thousands(tail.rows().event_counts().0);
        return vec![(7, Role::Muted, format!("{count} events"))];
    };
    let percent = row * 100 / of.max(1);
    let (row, of) = (thousands(row), thousands(of));
    let mut figures = vec![(4, Role::Text, format!("row {row} of {of}, {percent} %"))];
    if let Some(top) = top_ms.and_then(|top_ms| tail.zoned(top_ms)) {
        let words = top.strftime("top %H:%M:%S").to_string();
        figures.push((5, Role::Text, words));
    }
    figures
}

/// How events come, in a word in capitals, with the reason where it is not the plan.
fn badge(tail: &Tail) -> Figure {
    let mode = tail.job().mode();
    let (role, words) = match (tail.job().phase(), mode) {
        (Phase::Failed(_), _) => (Role::Error, "FAILED".to_owned()),
        (Phase::Stopped, _) => (Role::Muted, "STOPPED".to_owned()),
        (Phase::Ended, _) => (Role::Muted, "ENDED".to_owned()),
        (_, mode) => mode_words(mode.unwrap_or(&TailMode::Connecting)),
    };
    (0, role, words)
}

fn mode_words(mode: &TailMode) -> (Role, String) {
    let badge = mode.badge();
    let reason = |why: &str| match why {
        "" => badge.to_owned(),
        why => format!("{badge} ({why})"),
    };
    match mode {
        TailMode::Connecting => (Role::Muted, badge.to_owned()),
        TailMode::Live => (Role::Success, badge.to_owned()),
        TailMode::Polling(why) | TailMode::Reconnecting(why) => (Role::Warning, reason(why)),
        TailMode::Querying | TailMode::Stalled => (Role::Warning, badge.to_owned()),
        TailMode::Failing(why) => (Role::Error, reason(why)),
        TailMode::Waiting(_) => (Role::Error, badge.to_owned()),
    }
}

fn losses(status: &TailStatus) -> Vec<Figure> {
    let bad = |count: u64| {
        if count > 0 {
            Role::Warning
        } else {
            Role::Muted
        }
    };
    let mut figures = vec![
        (
            5,
            Role::Muted,
            format!("recovered {}", thousands(status.recovered)),
        ),
        (2, bad(status.gaps.into()), format!("gaps {}", status.gaps)),
        (
            3,
            bad(status.dropped),
            format!("dropped {}", thousands(status.dropped)),
        ),
    ];
    if status.sampled {
        figures.push((2, Role::Warning, "sampled".to_owned()));
    }
    figures
}

/// Events per second: whole from ten on.
fn rate(rate: f64) -> String {
    if rate > 0.0 && rate < 10.0 {
        format!("{rate:.1}")
    } else {
        format!("{rate:.0}")
    }
}

fn seconds(ms: u64) -> String {
    format!("{:.1} s", ms as f64 / 1000.0)
}
