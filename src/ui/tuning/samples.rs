//! The samples of a run at one size, a row each.

use jiff::tz::TimeZone;
use ratatui::layout::Rect;

use crate::panes::stacked;
use crate::panes::tuning::SampleList;
use crate::power::{Sample, SampleKind};
use crate::text;
use crate::theme::Role;
use crate::ui::chart::format::duration_text;
use crate::ui::painter::{Painter, window};

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, list: &SampleList, area: Rect) {
    let ([title, head], body, []) = stacked(area, [1, 1], []);
    let rows = list.rows();
    let (count, name) = (rows.len(), &list.run.name);
    let noun = text::counted(count, "sample", "samples").unwrap_or_default();
    let heading = format!(" {} at {} MB", text::neutralise(name), list.size());
    painter.line(
        title,
        &[(Role::Accent, heading), (Role::Muted, format!("  {noun}"))],
    );
    let titles = line(
        [
            "#",
            "sent (UTC)",
            "start",
            "duration",
            "billed",
            "memory",
            "payload",
        ],
        "error",
    );
    painter.line(head, &[(Role::Muted, titles)]);
    let at = list.place(&rows);
    let from = window(at, count, usize::from(body.height));
    let shown = rows.iter().enumerate().skip(from);
    for (row, (place, (number, sample))) in body.rows().zip(shown) {
        let is_here = place == at;
        let role = match (is_here, sample.counts()) {
            (true, _) => Role::Selected,
            (false, true) => Role::Text,
            (false, false) => Role::Error,
        };
        if is_here {
            painter.tint(row, Role::Selected);
        }
        painter.line(row, &[(role, told(*number, sample))]);
    }
}

fn told(number: usize, sample: &Sample) -> String {
    let sent = sample.call.at.map(|at| {
        let at = at.to_zoned(TimeZone::UTC);
        at.strftime("%m-%d %H:%M:%S").to_string()
    });
    let start = match sample.kind {
        SampleKind::Warm => "warm",
        SampleKind::Cold => "cold",
        SampleKind::Restored => "restored",
    };
    let memory = sample.max_memory_used_mb.map(|used| format!("{used} MB"));
    let payload = sample.call.payload.map(|number| number.to_string());
    let error = sample.error.as_deref().unwrap_or_default();
    let unknown = || "-".to_owned();
    line(
        [
            &number.to_string(),
            &sent.unwrap_or_else(unknown),
            start,
            &duration_text(sample.duration_ms),
            &format!("{:.0} ms", sample.whole_billed_ms()),
            &memory.unwrap_or_else(unknown),
            &payload.unwrap_or_else(unknown),
        ],
        &text::neutralise(error),
    )
}

/// A line of the table: the cells of the columns, and what stands after them.
fn line(cells: [&str; 7], rest: &str) -> String {
    let [number, sent, start, duration, billed, memory, payload] = cells;
    format!(
        " {} {} {} {} {} {} {}  {rest}",
        text::pad_left(number, 4),
        text::pad(sent, 14),
        text::pad(start, 8),
        text::pad_left(duration, 9),
        text::pad_left(billed, 9),
        text::pad_left(memory, 8),
        text::pad_left(payload, 7),
    )
}
