//! One picture per pane and state, and colours checked by cell.

mod code;
mod colours;
mod held;
mod logs;
mod pictures;
mod queries;
mod reader;
mod stacks;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use crate::app::App;
use crate::effect::Msg;

/// The sizes pictures are taken at.
const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (120, 40)];

fn draw(app: &mut App, columns: u16, rows: u16) -> Buffer {
    app.update(Msg::Resized(columns, rows));
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| super::view(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn lines(buffer: &Buffer) -> Vec<String> {
    buffer
        .area
        .rows()
        .map(|row| {
            let line: String = row
                .columns()
                .map(|cell| buffer[(cell.x, cell.y)].symbol())
                .collect();
            line.trim_end().to_owned()
        })
        .collect()
}
