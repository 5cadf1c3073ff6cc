//! Words looked for in the article: while they are typed, each change is looked for from where the reader was.

use super::super::find::{Find, Hit};
use super::ReadingView;

impl ReadingView {
    /// What was searched for and found.
    #[must_use]
    pub const fn find(&self) -> &Find {
        &self.find
    }

    /// Words are about to be typed: without a hit, and when they are given up, the reader is back here.
    pub(in crate::panes::articles) const fn begin_find(&mut self) {
        self.sought_from = Some((self.top, self.at));
    }

    /// The words are typed: the reader stays where the hit is.
    pub(in crate::panes::articles) const fn keep_find(&mut self) {
        self.sought_from = None;
    }

    /// The words are given up: the reader is back where they were begun.
    pub(in crate::panes::articles) fn give_up_find(&mut self) {
        self.look_for(Vec::new());
        self.sought_from = None;
    }

    /// Looks for other words and shows the first place after where the reader is, or was before anything was typed.
    pub(in crate::panes::articles) fn look_for(&mut self, words: Vec<String>) {
        if let Some(from) = self.sought_from {
            (self.top, self.at) = from;
        }
        self.find = Find::new(words);
        self.find.look_through(&self.page.lines);
        self.find.begin_at(self.at);
        if let Some(line) = self.find.current().map(|hit| hit.line) {
            self.show(line);
        }
    }

    /// Goes on to the next or previous place with the words; says whether there is one.
    pub(in crate::panes::articles) fn next_hit(&mut self, forwards: bool) -> bool {
        let line = self.find.step(forwards).map(|hit: &Hit| hit.line);
        if let Some(line) = line {
            self.show(line);
        }
        line.is_some()
    }
}
