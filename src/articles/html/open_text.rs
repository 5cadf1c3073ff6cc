//! The text of the open block, and what the last thing read asks of the text after it.

use super::picture::{Picture, PicturePlace};
use crate::articles::TextRole;
use crate::articles::body::Flow;

/// The text of the open block.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct OpenText {
    flow: Flow,
    /// `^` or `_` for the raised or lowered number that may follow.
    shifted: Option<char>,
    /// Where the picture stands that was the last thing read.
    pictured: Option<PicturePlace>,
}

impl OpenText {
    /// Adds what an author wrote, in one look.
    pub(super) fn read(&mut self, text: &str, role: TextRole, link: Option<usize>) {
        self.part_from_picture(text);
        if let Some(mark) = self.shifted.take()
            && is_number(text.trim())
        {
            self.push(mark.encode_utf8(&mut [0; 4]), role, link);
        }
        self.push(text, role, link);
    }

    /// Keeps text that follows a picture without a space from running into it.
    fn part_from_picture(&mut self, text: &str) {
        let glued = text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"' | '['));
        match self.pictured.take() {
            Some(PicturePlace::First) if glued => self.flow.push_break(),
            Some(PicturePlace::Within) if glued => self.flow.push(" ", TextRole::Body, None),
            _ => {}
        }
    }

    /// Adds text.
    pub(super) fn push(&mut self, text: &str, role: TextRole, link: Option<usize>) {
        self.flow.push(text, role, link);
    }

    /// Adds what the program says.
    pub(super) fn push_frame(&mut self, text: &str, link: Option<usize>) {
        self.flow.push(text, TextRole::Frame, link);
    }

    /// Breaks the line, if there is one to break.
    pub(super) fn push_break(&mut self) {
        self.flow.push_break();
    }

    /// The name of a key ends. Says whether it still lacks the bracket behind it: a key that is a bracket itself has none.
    pub(super) fn lacks_bracket(&mut self) -> bool {
        !self.flow.unwrap_bracket()
    }

    /// Marks a number that may follow as raised (`^`) or lowered (`_`).
    pub(super) const fn shift(&mut self, mark: Option<char>) {
        self.shifted = mark;
    }

    /// Adds what stands for a picture; a space parts it from a picture before it.
    pub(super) fn push_picture(&mut self, picture: &Picture) {
        if self.pictured.is_some() {
            self.flow.push(" ", TextRole::Body, None);
        }
        self.pictured = picture.write(&mut self.flow);
    }

    /// Adds what stands for a picture in code to what is shown behind the code.
    pub(super) fn push_picture_behind(&mut self, picture: &Picture, later: &mut Flow) {
        self.pictured = picture.write(later);
    }

    /// The text as it is so far.
    pub(super) const fn flow(&mut self) -> &mut Flow {
        &mut self.flow
    }

    /// The block ends: takes its text, if there is something in it.
    pub(super) fn take(&mut self) -> Option<Flow> {
        let Self { mut flow, .. } = std::mem::take(self);
        (!flow.is_blank()).then(|| flow.take())
    }

    /// What would end the block ends the line only.
    pub(super) fn end_line(&mut self) {
        self.shifted = None;
        self.pictured = None;
        self.flow.push_break();
    }
}

/// A number short enough to be written above or below the line.
fn is_number(text: &str) -> bool {
    let of_number = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-');
    (1..=6).contains(&text.len()) && text.bytes().all(of_number)
}
