//! A whole frame: tabs, pane, notice, status line, footer, and what lies over them.

mod confirm;
mod footer;
mod help;
mod notice;
mod palette;
mod prompt;
mod status;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use super::panes::draw_front;
use super::{App, Overlay};
use crate::panes::stacked;
use crate::theme::Role;
use crate::ui::{Painter, only_ascii};

/// The smallest terminal that gets the whole program.
pub const SMALLEST: (u16, u16) = (40, 12);

/// Draws the state. Only reads; the work depends on the screen, not on the data behind it.
pub fn view(app: &App, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut painter = Painter {
        buffer: frame.buffer_mut(),
        theme: &app.context.theme,
        ascii: app.context.ascii,
    };
    painter.tint(area, Role::Text);
    draw(&mut painter, app, area);
    if app.context.ascii {
        only_ascii(painter.buffer);
    }
}

fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return too_small(painter, app, area);
    }
    let areas = FrameAreas::of(app, area);
    status::tabs(painter, app, areas.tabs);
    draw_front(painter, app, areas.body);
    notice::draw(painter, app, areas.notice);
    status::draw(painter, app, areas.status);
    footer::draw(painter, app, areas.footer);
    prompt::draw(painter, app, areas.prompt, areas.body);
    match &app.overlay {
        Some(Overlay::Help(from)) => help::draw(painter, app, *from, area),
        Some(Overlay::Confirm(question)) => confirm::draw(painter, question, area),
        Some(Overlay::Palette(palette)) => palette::draw(painter, app, palette, area),
        None => {}
    }
}

/// The parts of a frame, top to bottom.
struct FrameAreas {
    tabs: Rect,
    body: Rect,
    notice: Rect,
    prompt: Rect,
    status: Rect,
    footer: Rect,
}

impl FrameAreas {
    fn of(app: &App, area: Rect) -> Self {
        let ([tabs], body, [notice, prompt, status, footer]) = stacked(
            area,
            [1],
            [notice::height(app, area), prompt::height(app, area), 1, 1],
        );
        Self {
            tabs,
            body,
            notice,
            prompt,
            status,
            footer,
        }
    }
}

/// Where the pane in front is drawn.
pub(super) fn body(app: &App) -> Rect {
    FrameAreas::of(app, app.terminal.whole).body
}

/// One honest line where there is no room for more. A live run is still named.
fn too_small(painter: &mut Painter<'_>, app: &App, area: Rect) {
    let (columns, rows) = SMALLEST;
    let words = match app.panes.tuning.live() {
        Some(live) => format!(
            "{}x{} is too small (needs {columns}x{rows}); {} is being tuned.",
            area.width,
            area.height,
            live.name()
        ),
        None => format!(
            "{}x{} is too small; iacstone needs {columns}x{rows}.",
            area.width, area.height
        ),
    };
    painter.wrapped(area, Role::Warning, &words);
}
