//! The terminal: entering, leaving, suspending, drawing frames, capabilities, clipboard.
//!
//! Invariant: while a [`Terminal`] is entered, every way out gives the shell back its screen and its line
//! discipline: return, error, panic, signal, suspend. Leaving is idempotent and never fails.

mod capabilities;
mod clipboard;
mod doubtful;
mod error;
mod gate;
mod input;
mod modes;
mod output;
mod panic;
mod row_move;
mod screen;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::os::fd::OwnedFd;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use tokio::sync::mpsc;

pub use capabilities::{Capabilities, Colours, GlyphSupport, Multiplexer};
pub use clipboard::{CLIPBOARD_LIMIT, osc52, save_copy};
pub use error::TerminalError;
use gate::Gate;
pub use input::TerminalInput;
use modes::Modes;
pub use output::Drain;
use screen::ScreenBackend;

/// Columns and rows of the terminal this process writes to, entered or not; `None` when it does not tell.
#[must_use]
pub fn dimensions() -> Option<(u16, u16)> {
    crossterm::terminal::size().ok()
}

/// The entered terminal. Dropping it leaves the alternate screen and restores the line discipline.
#[derive(Debug)]
pub struct Terminal {
    capabilities: Capabilities,
    modes: Arc<Modes>,
    screen: ratatui::Terminal<ScreenBackend>,
    /// Before the input, once it is read.
    gate: Option<Gate>,
    /// Whether another program has the terminal.
    is_lent: bool,
}

impl Terminal {
    /// Makes sure that there is a terminal, and touches nothing.
    ///
    /// # Errors
    /// [`TerminalError::NotATerminal`] when standard input or output is redirected.
    pub fn require() -> Result<(), TerminalError> {
        if !std::io::stdin().is_terminal() {
            return Err(TerminalError::NotATerminal("input"));
        }
        if !std::io::stdout().is_terminal() {
            return Err(TerminalError::NotATerminal("output"));
        }
        Ok(())
    }

    /// Takes over the terminal: raw mode, alternate screen, bracketed paste, hidden cursor. From here on a
    /// panic on this thread restores the terminal before it is reported.
    ///
    /// # Errors
    /// [`TerminalError::NotATerminal`] when standard input or output is redirected, else the failed call.
    pub fn enter(variables: &BTreeMap<String, String>) -> Result<Self, TerminalError> {
        Self::require()?;
        let capabilities = Capabilities::detect(variables, true);
        let modes = Arc::new(Modes::new().map_err(TerminalError::Open)?);
        let backend = ScreenBackend::new(Arc::clone(&modes), capabilities.synchronized);
        let screen = ratatui::Terminal::new(backend).map_err(TerminalError::Draw)?;
        panic::restore_before_reporting(&modes);
        modes.enter().map_err(TerminalError::Mode)?;
        Ok(Self {
            capabilities,
            modes,
            screen,
            gate: None,
            is_lent: false,
        })
    }

    /// What this terminal can show.
    #[must_use]
    pub fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Columns and rows.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn size(&self) -> Result<Size, TerminalError> {
        self.screen.size().map_err(TerminalError::Draw)
    }

    /// Renders one frame and sends what changed in a single write; an unchanged frame sends nothing, and none is drawn
    /// while the terminal is lent.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> Result<Drain, TerminalError> {
        if self.is_lent {
            return Ok(Drain::Done);
        }
        if !self.modes.is_entered() {
            self.resume()?;
        }
        self.screen.draw(view).map_err(TerminalError::Draw)?;
        self.screen
            .backend_mut()
            .commit()
            .map_err(TerminalError::Draw)
    }

    /// How many bytes all frames so far had.
    #[must_use]
    pub fn drawn(&self) -> u64 {
        self.screen.backend().drawn()
    }

    /// Forgets what is on the screen, so that the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn redraw(&mut self) -> Result<(), TerminalError> {
        let size = self.size()?;
        self.screen
            .resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
            .map_err(TerminalError::Draw)
    }

    /// Sends what waits to be sent.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn drain(&mut self) -> Result<Drain, TerminalError> {
        self.screen
            .backend_mut()
            .drain()
            .map_err(TerminalError::Draw)
    }

    /// A descriptor to wait on until the terminal takes more output.
    ///
    /// # Errors
    /// When no descriptor is left.
    pub fn writable(&self) -> Result<OwnedFd, TerminalError> {
        self.modes.writable().map_err(TerminalError::Open)
    }

    /// Puts `text` on the clipboard with OSC 52, at the next [`Terminal::drain`]. False when this terminal has
    /// no clipboard, or the text is over [`CLIPBOARD_LIMIT`]: nothing is sent then, use [`save_copy`].
    #[must_use]
    pub fn copy(&mut self, text: &str) -> bool {
        if !self.capabilities.clipboard {
            return false;
        }
        let sequence = osc52(text, self.capabilities.multiplexer);
        if let Some(sequence) = &sequence {
            self.screen.backend_mut().send(sequence.as_bytes());
        }
        sequence.is_some()
    }

    /// Gives the terminal back to the shell; what was not sent yet is forgotten.
    pub fn leave(&mut self) {
        self.screen.backend_mut().discard();
        self.modes.leave();
    }

    /// Starts to read keys and pastes. The receiver is cancel-safe.
    ///
    /// # Errors
    /// When the thread for it cannot be started.
    pub fn read_input(&mut self) -> Result<mpsc::Receiver<TerminalInput>, TerminalError> {
        let (gate, input) = input::read_input().map_err(TerminalError::Input)?;
        self.gate = Some(gate);
        Ok(input)
    }

    /// Lends the terminal to another program: until it is taken back nothing is drawn and no key is read.
    pub fn lend(&mut self) {
        self.leave();
        self.is_lent = true;
        if let Some(gate) = &mut self.gate {
            gate.shut();
        }
    }

    /// Takes the terminal back that was lent; the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn take_back(&mut self) -> Result<(), TerminalError> {
        self.is_lent = false;
        if let Some(gate) = &mut self.gate {
            gate.open();
        }
        self.resume()
    }

    /// Takes the terminal over again after [`Terminal::leave`] or after another program used it, unless that still has
    /// it; the next frame is drawn whole.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn resume(&mut self) -> Result<(), TerminalError> {
        if self.is_lent {
            return Ok(());
        }
        self.modes.enter().map_err(TerminalError::Mode)?;
        self.redraw()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}
