//! The ratatui backend: collects a frame's bytes and sends them in one write, or none when nothing changed.

use std::io;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::doubtful::DoubtfulRows;
use super::modes::{Modes, drain};
use super::output::Drain;

/// Begin and end of a synchronized update (DEC private mode 2026): the terminal shows the frame at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// The size taken when the terminal does not know its own.
const UNKNOWN: Size = Size::new(80, 24);

/// The backend of the whole screen.
#[derive(Debug)]
pub(super) struct ScreenBackend {
    modes: Arc<Modes>,
    synchronized: bool,
    /// The frame being drawn.
    frame: Vec<u8>,
    /// What is drawn but not yet taken by the terminal.
    pending: Vec<u8>,
    /// Where the cursor is shown; `None` while it is hidden.
    cursor: Option<Position>,
    /// True once the frame moved the cursor away from where it was shown.
    cursor_moved: bool,
    /// Bytes of all frames so far.
    drawn: u64,
    rows: DoubtfulRows,
}

impl ScreenBackend {
    pub(super) fn new(modes: Arc<Modes>, synchronized: bool) -> Self {
        let size = window().unwrap_or(UNKNOWN);
        let mut rows = DoubtfulRows::default();
        rows.forget(size.width, size.height);
        Self {
            modes,
            synchronized,
            frame: Vec::new(),
            pending: Vec::new(),
            cursor: None,
            cursor_moved: false,
            drawn: 0,
            rows,
        }
    }

    /// Bytes of all frames so far, sent or waiting to be sent.
    pub(super) const fn drawn(&self) -> u64 {
        self.drawn
    }

    /// Ends the frame and sends it.
    pub(super) fn commit(&mut self) -> io::Result<Drain> {
        let frame = std::mem::take(&mut self.frame);
        if frame.is_empty() {
            return self.drain();
        }
        let before = self.pending.len();
        if self.synchronized {
            self.pending.extend_from_slice(BEGIN);
        }
        self.pending.extend_from_slice(&frame);
        if self.synchronized {
            self.pending.extend_from_slice(END);
        }
        self.drawn += self.pending.len().saturating_sub(before) as u64;
        self.drain()
    }

    /// Sends bytes that are no part of a frame, after what is pending.
    pub(super) fn send(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    /// Sends on what is pending.
    pub(super) fn drain(&mut self) -> io::Result<Drain> {
        drain(self.modes.outlet(), &mut self.pending)
    }

    /// Forgets what was not sent.
    pub(super) fn discard(&mut self) {
        self.frame.clear();
        self.pending.clear();
        self.cursor = None;
        self.cursor_moved = false;
    }

    /// Draws cells, and the rows whole that need it.
    fn draw_cells(&mut self, content: Vec<(u16, u16, &Cell)>) -> io::Result<()> {
        let whole = self.rows.take(&content);
        let others = content.into_iter();
        self.encoder()
            .draw(others.filter(|(_, row, _)| !whole.contains(row)))?;
        whole.into_iter().try_for_each(|row| self.draw_whole(row))
    }

    /// Erases a row and draws it whole.
    fn draw_whole(&mut self, row: u16) -> io::Result<()> {
        let stretches = self.rows.stretches(row);
        self.encoder().set_cursor_position(Position::new(0, row))?;
        self.encoder().clear_region(ClearType::CurrentLine)?;
        for stretch in stretches {
            let cells = stretch.iter().map(|(x, y, cell)| (*x, *y, cell));
            self.encoder().draw(cells)?;
        }
        Ok(())
    }

    fn encoder(&mut self) -> CrosstermBackend<&mut Vec<u8>> {
        CrosstermBackend::new(&mut self.frame)
    }
}

impl Backend for ScreenBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let content: Vec<(u16, u16, &Cell)> = content.collect();
        if content.is_empty() {
            return Ok(());
        }
        self.cursor_moved = true;
        let Some((moved, left)) = self.rows.shift(&content) else {
            return self.draw_cells(content);
        };
        self.frame.extend_from_slice(moved.sequence().as_bytes());
        self.draw_cells(left.iter().map(|(x, y, cell)| (*x, *y, cell)).collect())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.take().is_some() {
            self.encoder().hide_cursor()?;
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.is_none() {
            self.encoder().show_cursor()?;
            self.cursor_moved = true;
            self.cursor = Some(Position::ORIGIN);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        if self.cursor_moved || self.cursor != Some(position) {
            self.encoder().set_cursor_position(position)?;
        }
        self.cursor_moved = false;
        self.cursor = self.cursor.map(|_| position);
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let size = self.size()?;
        self.rows.forget(size.width, size.height);
        self.encoder().clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        window()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    /// Nothing: the frame is sent as a whole by [`ScreenBackend::commit`].
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The columns and rows of the terminal.
fn window() -> io::Result<Size> {
    let window = rustix::termios::tcgetwinsize(rustix::stdio::stdout())?;
    let size = Size::new(window.ws_col, window.ws_row);
    Ok(if size.area() == 0 { UNKNOWN } else { size })
}
