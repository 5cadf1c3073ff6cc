//! The open text prompt: a line above the status line, or an editor over the pane.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use crate::app::App;
use crate::effect::Prompt;
use crate::text::{self, plain, wrap};
use crate::theme::Role;
use crate::ui::{Painter, Piece};

/// The most rows of remarks.
const REMARK_ROWS: usize = 3;

/// How many rows a one-line prompt needs: the line, and what may be typed or why it cannot be taken.
pub(super) fn height(app: &App, area: Rect) -> u16 {
    match &app.prompt {
        Some(prompt) if !prompt.multiline => {
            let rows = remark(prompt, area.width.saturating_sub(2)).len();
            1 + u16::try_from(rows).unwrap_or(1)
        }
        _ => 0,
    }
}

/// Draws the prompt, if one is open.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, line: Rect, body: Rect) {
    let Some(prompt) = &app.prompt else { return };
    if prompt.multiline {
        editor(painter, prompt, body);
    } else {
        one_line(painter, prompt, line);
    }
}

fn one_line(painter: &mut Painter<'_>, prompt: &Prompt, area: Rect) {
    let title = format!(" {}: ", prompt.title);
    let first = Rect { height: 1, ..area };
    let used = painter.line(first, &[(Role::Accent, title)]);
    let field = Rect {
        x: first.x + used,
        width: first.width.saturating_sub(used + 1),
        ..first
    };
    prompt.area().render(field, painter.buffer);
    painter.sanitize(field);
    for (row, piece) in area
        .rows()
        .skip(1)
        .zip(remark(prompt, area.width.saturating_sub(2)))
    {
        painter.line(row, &[(Role::Text, " ".to_owned()), piece]);
    }
}

fn editor(painter: &mut Painter<'_>, prompt: &Prompt, area: Rect) {
    let inner = painter.framed(area, &prompt.title);
    let remarks = remark(prompt, inner.width);
    let foot_rows = u16::try_from(remarks.len()).unwrap_or(1).max(1);
    let text_rows = inner.height.saturating_sub(foot_rows);
    let field = Rect {
        height: text_rows,
        ..inner
    };
    prompt.area().render(field, painter.buffer);
    painter.sanitize(field);
    let foot = Rect {
        y: inner.y + text_rows,
        height: inner.height - text_rows,
        ..inner
    };
    for (row, piece) in foot.rows().zip(remarks) {
        painter.line(row, &[piece]);
    }
    let cursor = prompt.area().cursor();
    let place = format!("line {}, column {}", cursor.0 + 1, cursor.1 + 1);
    if prompt.error.is_none() && text::width(&prompt.hint) + place.len() < usize::from(foot.width) {
        painter.right(foot, &[(Role::Muted, place)]);
    }
}

/// Why the text cannot be taken, else what may be typed, broken into lines.
fn remark(prompt: &Prompt, width: u16) -> Vec<Piece> {
    let (role, words) = match (&prompt.error, &prompt.offers) {
        (Some(error), _) => (Role::Error, format!("! {error}")),
        (None, Some(offers)) => (Role::Accent, offers.clone()),
        (None, None) => (Role::Muted, prompt.hint.clone()),
    };
    wrap(&plain(&words), usize::from(width))
        .take(REMARK_ROWS)
        .map(|line| (role, line))
        .collect()
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use crate::app::App;
    use crate::app::fixture::{context, press, ready};
    use crate::effect::Msg;

    /// The row of the prompt with this text pasted.
    fn row(text: &str) -> String {
        let mut app: App = ready(context());
        press(&mut app, "/");
        app.update(Msg::Paste(text.to_owned()));
        let mut terminal = Terminal::new(TestBackend::new(60, 16)).unwrap();
        terminal
            .draw(|frame| crate::app::view(&app, frame))
            .unwrap();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content.chunks(60);
        let mut rows = rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect());
        rows.find(|row: &String| row.contains("Filter:")).unwrap()
    }

    #[test]
    fn what_is_pasted_is_drawn_as_wide_as_it_is_counted_to_be() {
        let row = row("a❤\u{fe0f}b\u{2028}c👩\u{200d}👧d");
        assert!(
            !row.contains(['\u{fe0f}', '\u{2028}', '\u{200d}']),
            "{row:?}"
        );
        assert!(row.contains('❤') && row.contains('👩'), "{row:?}");
    }
}
