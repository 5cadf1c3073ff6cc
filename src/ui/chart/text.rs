//! The chart as plain text, for pipes and for `iacstone chart`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use super::Chart;

/// Draws a chart without colours into lines of at most `width` columns; every line ends with a line feed.
/// Blanks at the ends of lines and empty lines at the end are left out.
#[must_use]
pub fn render_text(chart: &Chart<'_>, width: u16, height: u16) -> String {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    chart.render(area, &mut buffer);
    let mut text = String::new();
    for row in 0..height {
        text.push_str(row_text(&buffer, row, width).trim_end());
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// One row; the cell behind a wide character is skipped.
fn row_text(buffer: &Buffer, row: u16, width: u16) -> String {
    let mut line = String::new();
    let mut covered = 0;
    for column in 0..width {
        if covered > 0 {
            covered -= 1;
        } else if let Some(cell) = buffer.cell((column, row)) {
            line.push_str(cell.symbol());
            covered = cell.symbol().width().saturating_sub(1);
        }
    }
    line
}
