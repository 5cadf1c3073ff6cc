//! One event that is looked at: its lines, which of them are folded, and where the cursor is.

mod rows;
mod unpacking;

use std::borrow::Cow;
use std::collections::BTreeSet;

pub use rows::OpenedRow;
use rows::{LinePart, parts};

use super::tail::message::Message;
use crate::logs::{Detail, FilterCondition, LineKind, LogHint, RowId, hint, ids_in};

/// Columns a sideways step goes.
const STEP: usize = 40;

/// An event that is looked at.
#[derive(Debug, Clone)]
pub struct OpenedEvent {
    /// Its row.
    pub row: RowId,
    /// Its time, group and stream, as they came.
    pub facts: String,
    /// When `CloudWatch` Logs took it in, and how long after its time.
    pub taken_in: String,
    /// What its words do not tell, when it is a known one.
    pub hint: Option<&'static LogHint>,
    raw: String,
    detail: Detail,
    folded: BTreeSet<usize>,
    /// Whether long lines are wrapped.
    wrap: bool,
    /// Columns left of the screen.
    sideways: usize,
    /// Columns of the screen.
    columns: usize,
    /// The rows no folded line hides.
    parts: Vec<LinePart>,
    cursor: usize,
}

impl OpenedEvent {
    /// Looks at a message; long lines are wrapped or not.
    pub(super) fn new(message: Message, wrap: bool) -> Self {
        let detail = Detail::of(&message.raw);
        let mut opened = Self {
            row: message.row,
            hint: hint(&message.group, &message.raw),
            facts: message.facts,
            taken_in: message.taken_in,
            wrap,
            sideways: 0,
            columns: 80,
            parts: Vec::new(),
            folded: BTreeSet::new(),
            cursor: 0,
            detail,
            raw: message.raw,
        };
        opened.lay_out(0);
        opened
    }

    /// Works out the rows for a screen of so many columns; the cursor stays in its line.
    pub(super) fn settle(&mut self, columns: u16) {
        let columns = usize::from(columns);
        if self.columns != columns {
            self.columns = columns;
            self.lay_out(self.line().unwrap_or(0));
        }
    }

    /// How many rows there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.parts.len()
    }

    /// Columns left of the screen.
    #[must_use]
    pub const fn sideways(&self) -> usize {
        self.sideways
    }

    /// Whether long lines are wrapped.
    pub(super) const fn wraps(&self) -> bool {
        self.wrap
    }

    /// Wraps long lines, or puts each on one row.
    pub(super) fn toggle_wrap(&mut self) {
        self.wrap = !self.wrap;
        self.sideways = 0;
        self.lay_out(self.line().unwrap_or(0));
    }

    /// Moves sideways over lines that are not wrapped; with wrapped lines there is nothing to see there.
    pub(super) const fn scroll(&mut self, right: bool) {
        self.sideways = match (self.wrap, right) {
            (true, _) => 0,
            (false, true) => self.sideways.saturating_add(STEP),
            (false, false) => self.sideways.saturating_sub(STEP),
        };
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

    /// The row under the cursor.
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

    /// The key of the member of the whole event that the line under the cursor is in.
    pub(super) fn field(&self) -> Option<String> {
        let path = self.detail.path(self.line()?)?;
        path.first_key().map(str::to_owned)
    }

    /// Moves the cursor; it stops at the ends.
    pub(super) fn step(&mut self, lines: isize) {
        let last = self.count().saturating_sub(1);
        self.cursor = self.cursor.saturating_add_signed(lines).min(last);
    }

    /// Whether there is an object or list to fold here.
    pub(super) fn can_fold(&self) -> bool {
        self.line().and_then(|line| self.opening(line)).is_some()
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
        self.lay_out(opening);
    }

    /// The whole message as it came.
    pub(super) fn whole(&self) -> &str {
        &self.raw
    }

    /// The value under the cursor as it came: of an object or list as JSON, of text the line.
    pub(super) fn value(&self) -> Option<Cow<'_, str>> {
        self.detail.value(self.line()?, &self.raw)
    }

    /// What is followed from the line under the cursor: the value where it is one word, else the ids in it.
    pub(super) fn ids(&self) -> Vec<String> {
        let value = self.value().unwrap_or_default();
        let ids = ids_in(&value).into_iter();
        ids.map(str::to_owned).collect()
    }

    /// What rows must have to have the same value.
    pub(super) fn condition(&self) -> Option<FilterCondition> {
        match self.detail.path(self.line()?) {
            Some(path) => FilterCondition::field(path, &self.raw),
            None => FilterCondition::saying(&self.value()?),
        }
    }

    /// The line under the cursor.
    fn line(&self) -> Option<usize> {
        self.parts.get(self.cursor).map(|part| part.line)
    }

    /// The line that opens what a line is in, or the line itself.
    fn opening(&self, line: usize) -> Option<usize> {
        let closes_after = |at: &usize| {
            let opening = self.detail.lines.get(*at);
            matches!(opening.map(|line| line.kind), Some(LineKind::Opening { closed_by, .. }) if closed_by >= line)
        };
        (0..=line).rev().find(closes_after)
    }

    /// Works out the rows that no folded line hides; the cursor goes to this line.
    fn lay_out(&mut self, cursor: usize) {
        self.parts.clear();
        let mut at = 0;
        while let Some(line) = self.detail.lines.get(at) {
            let parts = parts(at, line, self.wrap, self.columns);
            self.parts.extend(parts);
            at = match line.kind {
                LineKind::Opening { closed_by, .. } if self.folded.contains(&at) => closed_by + 1,
                _ => at + 1,
            };
        }
        let place = self.parts.iter().position(|part| part.line >= cursor);
        self.cursor = place.unwrap_or(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::logs::{Buffer, BufferScan, EventOrigin, Filter, LogEvent};
    use crate::panes::logs::tail::filter_words;
    use crate::text;

    pub(super) fn opened(raw: &str) -> OpenedEvent {
        let message = Message {
            row: RowId::from_number(0),
            raw: raw.to_owned(),
            group: String::new(),
            facts: String::new(),
            taken_in: String::new(),
        };
        OpenedEvent::new(message, false)
    }

    pub(super) fn texts(opened: &OpenedEvent) -> Vec<String> {
        opened.rows(0, usize::MAX).map(|row| row.text).collect()
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
        assert_eq!((opened.cursor(), &*opened.value().unwrap()), (1, "second"));
        assert_eq!(opened.path(), None);
    }

    #[test]
    fn a_long_line_is_read_to_its_end_row_by_row() {
        let long = "0123456789abcdef-".repeat(12_000);
        let mut opened = opened(&format!(r#"{{"a":1,"payload":"{long}"}}"#));
        opened.toggle_wrap();
        opened.settle(40);
        let rows: Vec<OpenedRow> = opened.rows(0, usize::MAX).collect();
        assert_eq!(rows[2].key, "payload: ");
        let text: String = rows.iter().map(|row| row.text.as_str()).collect();
        assert_eq!(text, format!("{{1\"{long}\"}}"));
        let width = |row: &OpenedRow| row.indent + text::width(&row.key) + text::width(&row.text);
        assert!(rows.iter().all(|row| width(row) <= 40));
        opened.step(3_000);
        assert_eq!(opened.value().unwrap(), long);
        opened.settle(80);
        assert_eq!(opened.cursor(), 2);
    }

    #[test]
    fn lines_that_are_not_wrapped_are_scrolled_sideways() {
        let mut opened = opened(&format!(r#"{{"key":"{}"}}"#, "0123456789".repeat(20)));
        opened.settle(40);
        opened.step(1);
        opened.scroll(true);
        let row = opened.rows(1, 1).next().unwrap();
        assert_eq!((row.key.as_str(), row.text.get(..4).unwrap()), ("", "4567"));
        assert!(text::width(&row.text) <= 41);
        opened.toggle_wrap();
        assert_eq!(opened.sideways(), 0);
    }

    /// Whether a row with this message passes a filter.
    fn passes(raw: &str, condition: FilterCondition) -> bool {
        let mut buffer = Buffer::default();
        buffer.append(vec![LogEvent {
            group: "g".into(),
            stream: "s".into(),
            time_ms: 0,
            ingested_ms: 0,
            message: raw.to_owned(),
            id: None,
            origin: EventOrigin::Live,
        }]);
        let filter = Filter {
            condition,
            leaves_out: false,
            is_on: true,
        };
        for found in buffer
            .filter(vec![filter])
            .into_iter()
            .flat_map(BufferScan::start)
        {
            buffer.found(&found);
        }
        buffer.visible().len() == 1
    }

    #[test]
    fn what_is_filtered_by_is_what_rows_hold() {
        for raw in [
            "10:00\tid\tERROR\t\u{1b}[31mfirst\nsecond\tline\u{1b}[0m",
            "10:00\tid\t{\"a\": \"x\\ty\", \"b\": [1, {\"c\": \"one\\ntwo\"}]}",
            &"long ".repeat(40_000),
        ] {
            let mut opened = opened(raw);
            for _ in 0..opened.count() {
                let condition = opened.condition().unwrap();
                assert!(passes(raw, condition), "{:?}", opened.value());
                opened.step(1);
            }
        }
    }
}
