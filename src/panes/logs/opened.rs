//! One event that is looked at: its lines, which of them are folded, and where the cursor is.

use std::collections::BTreeSet;

use crate::logs::{Condition, Detail, DetailLine, LineKind, Matcher, RowId};

/// An event that is looked at.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its row.
    pub row: RowId,
    /// Its time, group and stream, as they came.
    pub facts: String,
    /// Whether long lines are wrapped.
    pub wrap: bool,
    /// Columns left of the screen.
    pub sideways: usize,
    raw: String,
    detail: Detail,
    folded: BTreeSet<usize>,
    visible: Vec<usize>,
    cursor: usize,
}

impl Opened {
    /// Looks at a message.
    pub(super) fn new(row: RowId, raw: String, facts: String, wrap: bool) -> Self {
        let detail = Detail::of(&raw);
        let mut opened = Self {
            row,
            facts,
            wrap,
            sideways: 0,
            visible: Vec::new(),
            folded: BTreeSet::new(),
            cursor: 0,
            detail,
            raw,
        };
        opened.show();
        opened
    }

    /// The visible lines from one on, each with whether it is folded.
    pub fn lines(&self, from: usize) -> impl Iterator<Item = (&DetailLine, bool)> {
        let visible = self.visible.iter().skip(from);
        visible.filter_map(|at| Some((self.detail.lines.get(*at)?, self.folded.contains(at))))
    }

    /// How many lines are visible.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.visible.len()
    }

    /// Whether lines were left out because there are too many.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.detail.is_cut
    }

    /// How many bytes the message has.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.raw.len()
    }

    /// The visible line under the cursor.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// The way to the field under the cursor, with `$.` before it.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        let path = self.detail.path(self.line()?)?;
        Some(format!("$.{path}"))
    }

    /// Moves the cursor; it stops at the ends.
    pub(super) fn step(&mut self, lines: isize) {
        let last = self.count().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(lines).min(last);
    }

    /// Folds or unfolds the object or list under the cursor, else the one the line is in.
    pub(super) fn fold(&mut self) {
        let Some(line) = self.line() else { return };
        let Some(opening) = self.opening(line) else {
            return;
        };
        if !self.folded.remove(&opening) {
            self.folded.insert(opening);
        }
        self.show();
        let place = self.visible.iter().position(|at| *at == opening);
        self.cursor = place.unwrap_or(0);
    }

    /// The whole message as it came.
    pub(super) fn whole(&self) -> &str {
        &self.raw
    }

    /// The value under the cursor: of an object or list as JSON, of text the line.
    pub(super) fn value(&self) -> Option<String> {
        let line = self.line()?;
        let embedded = self.raw.find(['{', '[']).and_then(|at| self.raw.get(at..));
        let field = self.detail.path(line);
        let value = field.and_then(|path| Some(path.value_in(embedded?)?.into_owned()));
        value.or_else(|| Some(self.detail.lines.get(line)?.text.clone()))
    }

    /// What rows must have to have the same value.
    pub(super) fn condition(&self) -> Option<Condition> {
        let line = self.line()?;
        let value = self.value()?;
        match self.detail.path(line) {
            Some(path) if self.raw.trim_start().starts_with('{') => {
                Some(Condition::Field(path, value))
            }
            _ => {
                let text = value.trim();
                let matcher = (!text.is_empty()).then(|| Matcher::literal(text).ok());
                matcher.flatten().map(Condition::Text)
            }
        }
    }

    fn line(&self) -> Option<usize> {
        self.visible.get(self.cursor).copied()
    }

    /// The line that opens what a line is in, or the line itself.
    fn opening(&self, line: usize) -> Option<usize> {
        let closes_after = |at: &usize| {
            let opening = self.detail.lines.get(*at);
            matches!(opening.map(|line| line.kind), Some(LineKind::Opening { closed_by, .. }) if closed_by >= line)
        };
        (0..=line).rev().find(closes_after)
    }

    /// Works out which lines no folded one hides.
    fn show(&mut self) {
        self.visible.clear();
        let mut at = 0;
        while let Some(line) = self.detail.lines.get(at) {
            self.visible.push(at);
            at = match line.kind {
                LineKind::Opening { closed_by, .. } if self.folded.contains(&at) => closed_by + 1,
                _ => at + 1,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::panes::logs::tail::filter_words;

    fn opened(raw: &str) -> Opened {
        Opened::new(RowId::from_number(0), raw.to_owned(), String::new(), false)
    }

    fn texts(opened: &Opened) -> Vec<String> {
        opened.lines(0).map(|(line, _)| line.text.clone()).collect()
    }

    #[test]
    fn folding_hides_what_is_inside_and_a_value_folds_what_it_is_in() {
        let mut opened = opened(r#"{"a":1,"b":{"c":[1,2],"d":3},"e":4}"#);
        let all = opened.count();
        opened.step(2);
        opened.fold();
        assert_eq!(texts(&opened), ["{", "1", "{", "4", "}"]);
        assert_eq!(opened.cursor(), 2);
        opened.fold();
        assert_eq!(opened.count(), all);
        opened.step(2);
        opened.fold();
        assert!(opened.count() < all);
        assert_eq!(opened.path().unwrap(), "$.b.c");
    }

    #[test]
    fn a_value_is_copied_whole_and_can_be_filtered_by() {
        let mut opened = opened(r#"{"level":"ERROR","b":{"c":[1,2]}}"#);
        opened.step(1);
        assert_eq!(opened.value().unwrap(), "ERROR");
        assert_eq!(filter_words(&opened.condition().unwrap()), "$.level=ERROR");
        opened.step(1);
        assert_eq!(opened.value().unwrap(), r#"{"c":[1,2]}"#);
    }

    #[test]
    fn text_is_filtered_by_as_text() {
        let mut opened = opened("first (x)\nsecond");
        assert_eq!(opened.count(), 2);
        assert_eq!(filter_words(&opened.condition().unwrap()), r"first \(x\)");
        opened.step(9);
        assert_eq!(
            (opened.cursor(), opened.value().unwrap()),
            (1, "second".to_owned())
        );
        assert_eq!(opened.path(), None);
    }
}
