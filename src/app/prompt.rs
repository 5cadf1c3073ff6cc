//! The text prompt: one line for names, paths and filters; several for JSON. It takes every key while open.

mod confirm;
mod json;

use crossterm::event::{KeyCode, KeyModifiers};
use tui_textarea::{CursorMove, TextArea};

pub use confirm::{Confirm, ConfirmAction, Verdict};
pub use json::check_json;

use super::PaneId;
use crate::keys::Chord;
use crate::panes::articles::ArticlesPrompt;
use crate::panes::logs::LogsPrompt;
use crate::panes::tuning::TuningPrompt;

/// What the text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptPurpose {
    /// What the tuning pane asks.
    Tuning(TuningPrompt),
    /// What the logs pane asks.
    Logs(LogsPrompt),
    /// What the articles pane asks.
    Articles(ArticlesPrompt),
}

impl PromptPurpose {
    /// The pane that asks.
    #[must_use]
    pub const fn pane(&self) -> PaneId {
        match self {
            Self::Tuning(_) => PaneId::Tuning,
            Self::Logs(_) => PaneId::Logs,
            Self::Articles(_) => PaneId::Articles,
        }
    }
}

/// A question that is answered with text.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What the text is for.
    pub purpose: PromptPurpose,
    /// The question, in a few words.
    pub title: String,
    /// What may be typed.
    pub hint: String,
    /// Why the text cannot be taken as it stands.
    pub error: Option<String>,
    /// Whether the text has several lines.
    pub multiline: bool,
    area: TextArea<'static>,
}

/// What a key did to the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptOutcome {
    /// The text may have changed.
    Edited,
    /// The user is done.
    Submitted,
    /// The user gave up.
    Closed,
    /// A list beside a filter should move by this many rows.
    Moved(isize),
}

impl Prompt {
    /// A prompt for one line that holds `text`, the cursor at its end.
    #[must_use]
    pub fn line(purpose: PromptPurpose, title: &str, hint: &str, text: &str) -> Self {
        Self::new(
            purpose,
            title,
            hint,
            &text.replace(['\r', '\n'], " "),
            false,
        )
    }

    /// A prompt for several lines.
    #[must_use]
    pub fn lines(purpose: PromptPurpose, title: &str, hint: &str, text: &str) -> Self {
        Self::new(purpose, title, hint, text, true)
    }

    fn new(purpose: PromptPurpose, title: &str, hint: &str, text: &str, multiline: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_tab_length(2);
        area.set_cursor_line_style(area.style());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            purpose,
            title: title.to_owned(),
            hint: hint.to_owned(),
            error: None,
            multiline,
            area,
        }
    }

    /// The text as it stands.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// The editor widget, for drawing.
    #[must_use]
    pub const fn area(&self) -> &TextArea<'static> {
        &self.area
    }

    /// Whether the prompt narrows a list while it is typed.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        matches!(
            self.purpose,
            PromptPurpose::Tuning(TuningPrompt::FilterRuns | TuningPrompt::FilterFunctions)
                | PromptPurpose::Logs(LogsPrompt::FilterGroups)
                | PromptPurpose::Articles(ArticlesPrompt::Search | ArticlesPrompt::Find)
        )
    }

    /// Takes a key: Enter submits a line, Ctrl-S several lines, Esc gives up, Ctrl-U clears a line, the rest edits.
    pub fn key(&mut self, chord: Chord) -> PromptOutcome {
        let control = chord.modifiers.contains(KeyModifiers::CONTROL);
        match chord.code {
            KeyCode::Esc => return PromptOutcome::Closed,
            KeyCode::Char('c') if control => return PromptOutcome::Closed,
            KeyCode::Char('s') if control => return PromptOutcome::Submitted,
            KeyCode::Enter | KeyCode::Char('m' | 'j') if self.submits_on_enter(chord) => {
                return PromptOutcome::Submitted;
            }
            KeyCode::Char('u') if control && !self.multiline => {
                self.area.delete_line_by_head();
                return self.edited();
            }
            KeyCode::Down if self.is_filter() => return PromptOutcome::Moved(1),
            KeyCode::Up if self.is_filter() => return PromptOutcome::Moved(-1),
            _ => {}
        }
        self.area.input(chord.to_event());
        self.edited()
    }

    fn edited(&mut self) -> PromptOutcome {
        self.error = None;
        PromptOutcome::Edited
    }

    fn submits_on_enter(&self, chord: Chord) -> bool {
        !self.multiline
            && (chord.code == KeyCode::Enter || chord.modifiers.contains(KeyModifiers::CONTROL))
    }

    /// Inserts pasted text; a one-line prompt keeps it on one line.
    pub fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.multiline {
            self.area.insert_str(text);
        } else {
            self.area.insert_str(text.trim().replace('\n', " "));
        }
        self.error = None;
    }
}
