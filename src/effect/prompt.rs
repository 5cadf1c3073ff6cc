//! The text prompt: one line for names, paths and filters; several for JSON. It takes every key while open.

mod completion;
mod confirm;
mod json;

use crossterm::event::{KeyCode, KeyModifiers};
use tui_textarea::{CursorMove, TextArea};

use completion::complete;
pub use confirm::{Confirm, ConfirmAction, Verdict};
pub use json::check_json;

use crate::keys::Chord;

/// A question that is answered with text.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// The question, in a few words.
    pub title: String,
    /// What may be typed.
    pub hint: String,
    /// Why the text cannot be taken as it stands.
    pub error: Option<String>,
    /// Whether the text has several lines.
    pub multiline: bool,
    /// Whether the text narrows a list, or finds places, while it is typed.
    pub is_filter: bool,
    /// The words that the one before the cursor may become, once that was asked for.
    pub offers: Option<String>,
    /// The words that Tab completes; without them it indents.
    words: Vec<String>,
    /// Whether something else may fill it.
    has_aids: bool,
    /// What being done with it is, in a word.
    pub done: &'static str,
    /// What giving it up is, in a word.
    pub cancel: &'static str,
    area: TextArea<'static>,
}

/// Prompts are the same when they ask the same and hold the same text.
impl PartialEq for Prompt {
    fn eq(&self, other: &Self) -> bool {
        (&self.title, &self.hint, self.text()) == (&other.title, &other.hint, other.text())
    }
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
    /// Something else should fill it.
    Aided(PromptAid),
}

/// What may fill a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromptAid {
    /// A sample event.
    Samples,
    /// The editor of the user's own.
    Editor,
}

impl Prompt {
    /// A prompt for one line that holds `text`, the cursor at its end.
    #[must_use]
    pub fn line(title: &str, hint: &str, text: &str) -> Self {
        Self::new(title, hint, &text.replace(['\r', '\n'], " "), false)
    }

    /// A prompt for one line that narrows a list while it is typed. It begins anew: what is typed is the whole of it.
    #[must_use]
    pub fn filter(title: &str, hint: &str) -> Self {
        Self {
            is_filter: true,
            done: "keep",
            cancel: "clear",
            ..Self::line(title, hint, "")
        }
    }

    /// A prompt for the letters of what is taken from a list.
    #[must_use]
    pub fn choice(title: &str, hint: &str) -> Self {
        Self {
            done: "take",
            cancel: "leave",
            ..Self::filter(title, hint)
        }
    }

    /// A prompt for several lines.
    #[must_use]
    pub fn lines(title: &str, hint: &str, text: &str) -> Self {
        Self::new(title, hint, text, true)
    }

    fn new(title: &str, hint: &str, text: &str, multiline: bool) -> Self {
        let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
        area.set_tab_length(2);
        area.set_cursor_line_style(area.style());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            title: title.to_owned(),
            hint: hint.to_owned(),
            error: None,
            multiline,
            is_filter: false,
            offers: None,
            words: Vec::new(),
            has_aids: false,
            done: "ok",
            cancel: "cancel",
            area,
        }
    }

    /// The prompt with words that Tab completes, sorted.
    #[must_use]
    pub fn completing(self, words: Vec<String>) -> Self {
        Self { words, ..self }
    }

    /// The prompt with keys for what may fill it.
    #[must_use]
    pub fn with_aids(self) -> Self {
        Self {
            has_aids: true,
            ..self
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

    /// Takes a key: Enter submits a line, Ctrl-S several lines, Esc gives up, Ctrl-U clears the line before the cursor, Ctrl-Z
    /// takes the last change back, Ctrl-T and Ctrl-O have something else fill a payload, the rest edits.
    pub fn key(&mut self, chord: Chord) -> PromptOutcome {
        let control = chord.modifiers.contains(KeyModifiers::CONTROL);
        match chord.code {
            KeyCode::Esc => return PromptOutcome::Closed,
            KeyCode::Char('c') if control => return PromptOutcome::Closed,
            KeyCode::Char('s') if control => return PromptOutcome::Submitted,
            KeyCode::Enter | KeyCode::Char('m' | 'j') if self.submits_on_enter(chord) => {
                return PromptOutcome::Submitted;
            }
            KeyCode::Char('u') if control => {
                self.area.delete_line_by_head();
                return self.edited();
            }
            KeyCode::Char('t') if control && self.has_aids => {
                return PromptOutcome::Aided(PromptAid::Samples);
            }
            KeyCode::Char('o') if control && self.has_aids => {
                return PromptOutcome::Aided(PromptAid::Editor);
            }
            KeyCode::Char('z') if control => {
                self.area.undo();
                return self.edited();
            }
            KeyCode::Tab if !self.words.is_empty() => return self.complete(),
            code if self.is_filter => {
                if let Some(rows) = rows(code, control) {
                    return PromptOutcome::Moved(rows);
                }
            }
            _ => {}
        }
        self.area.input(chord.to_event());
        self.edited()
    }

    /// Completes the word before the cursor as far as the words agree.
    fn complete(&mut self) -> PromptOutcome {
        let cursor = self.area.cursor();
        let line = self.area.lines().get(cursor.0).into_iter();
        let before: String = line.flat_map(|line| line.chars()).take(cursor.1).collect();
        let outcome = self.edited();
        if let Some(completion) = complete(&before, &self.words) {
            for _ in 0..completion.begun {
                self.area.delete_char();
            }
            self.area.insert_str(completion.word);
            self.offers = completion.offers;
        }
        outcome
    }

    fn edited(&mut self) -> PromptOutcome {
        self.error = None;
        self.offers = None;
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

/// How far a key moves the list beside a filter.
const fn rows(code: KeyCode, control: bool) -> Option<isize> {
    match code {
        KeyCode::Down => Some(1),
        KeyCode::Up => Some(-1),
        KeyCode::PageDown => Some(10),
        KeyCode::PageUp => Some(-10),
        KeyCode::Char('n') if control => Some(1),
        KeyCode::Char('p') if control => Some(-1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(prompt: &mut Prompt, key: &str) {
        prompt.key(key.parse().unwrap());
    }

    #[test]
    fn one_key_clears_to_the_start_of_the_line_in_prompts_and_editors() {
        for (mut prompt, left) in [
            (Prompt::line("t", "h", "some words"), ""),
            (Prompt::lines("t", "h", "first\nsome words"), "first\n"),
        ] {
            let before = prompt.text();
            press(&mut prompt, "ctrl-u");
            assert_eq!(prompt.text(), left);
            press(&mut prompt, "ctrl-z");
            assert_eq!(prompt.text(), before);
        }
    }
}
