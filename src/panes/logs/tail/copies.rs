//! Rows that leave the screen: copied, exported. Secrets are taken out unless the user wants them.

use super::{Tail, filter_words};
use crate::logs::{Export, RowId, redact, written_time as time};
use crate::text::thousands;

/// The most rows that are copied; more belong into a file.
const MOST: usize = 10_000;
/// The most bytes that are copied when there are several rows: so that a key press never waits for long.
const MOST_BYTES: usize = 1 << 20;

/// An event as it came, and what is known beside its text.
#[derive(Debug)]
pub(in crate::panes::logs) struct Message {
    pub(in crate::panes::logs) row: RowId,
    pub(in crate::panes::logs) raw: String,
    pub(in crate::panes::logs) group: String,
    /// Its time, group and stream in one line.
    pub(in crate::panes::logs) facts: String,
}

impl Tail {
    /// The messages of the selection or of the row under the cursor, and what they are in words: also how many were
    /// left out because there are too many.
    pub(in crate::panes::logs) fn copy(&self) -> Option<(String, String)> {
        let (rows, all) = self.copied()?;
        let mut text = String::new();
        let mut taken = 0;
        for raw in self.buffer.raws(&rows) {
            if taken > 0 {
                if text.len() + raw.len() > MOST_BYTES {
                    break;
                }
                text.push('\n');
            }
            text.push_str(&self.shown(raw.trim_end_matches(['\n', '\r'])));
            taken += 1;
        }
        let what = match (taken, all) {
            (0, _) => return None,
            (1, 1) => "1 row".to_owned(),
            (taken, all) if taken == all => format!("{all} rows"),
            (taken, all) => {
                format!("only the first {taken} of {all} rows, the rest is too much: export it")
            }
        };
        Some((text, what))
    }

    /// The rows to copy, as many as can be, and how many there are.
    fn copied(&self) -> Option<(Vec<RowId>, usize)> {
        let cursor = self.cursor()?;
        if let Some(selected) = self.selected_up_to(MOST) {
            return Some(selected);
        }
        if self.is_on_invocation() {
            let all = self.folds.members(cursor.row).count();
            return Some((self.folds.members(cursor.row).take(MOST).collect(), all));
        }
        Some((vec![cursor.row], 1))
    }

    /// A text as it may leave the screen.
    pub(in crate::panes::logs) fn shown(&self, text: &str) -> String {
        if self.look.secrets {
            text.to_owned()
        } else {
            redact(text).into_owned()
        }
    }

    /// The event under the cursor.
    pub(in crate::panes::logs) fn message_here(&self) -> Option<Message> {
        let row = self.cursor()?.row;
        let rows = self.buffer.rows(&[row]);
        let row = rows.first()?;
        let source = row.source.as_ref()?;
        let facts = format!(
            "{} {} {}",
            time(row.brief.time_ms),
            source.group,
            source.stream
        );
        Some(Message {
            row: row.brief.id,
            raw: self.buffer.raw(row.brief.id)?,
            group: source.group.to_string(),
            facts,
        })
    }

    /// Moves to the next event, or the one before, and tells it; marks and the like are skipped.
    pub(in crate::panes::logs) fn step_to_event(&mut self, places: isize) -> Option<Message> {
        let mut from = self.cursor()?;
        loop {
            let to = self.lane().step(from, places);
            if to == from {
                return None;
            }
            self.put_cursor(to);
            if let Some(message) = self.message_here() {
                return Some(message);
            }
            from = to;
        }
    }

    /// The log group of the row under the cursor, else the only one that is followed.
    pub(in crate::panes::logs) fn group(&self) -> Option<String> {
        let row = self.cursor().map(|spot| spot.row);
        let rows = row.map(|row| self.buffer.rows(&[row])).unwrap_or_default();
        let source = rows.first().and_then(|row| row.source.clone());
        match (source, self.wanted.groups.as_slice()) {
            (Some(source), _) => Some(source.group.to_string()),
            (None, [only]) => Some(only.clone()),
            (None, _) => None,
        }
    }

    /// The selected rows, else all that pass the filters, on their way to a file.
    pub(in crate::panes::logs) fn export(&self, path: &str) -> Export {
        let rows = self.buffer.snapshot();
        Export {
            rows: match self.selected() {
                Some(selected) => rows.only(selected),
                None => rows,
            },
            header: self.header(),
            path: path.to_owned(),
            redacts: !self.look.secrets,
        }
    }

    /// How many rows an export has of how many, and from when to when.
    fn extent_words(&self) -> [String; 2] {
        let rows = self.rows();
        let brief = |row: RowId| self.buffer.brief(row).map(|brief| brief.time_ms);
        let at = |ms: Option<i64>| ms.map_or("nothing".to_owned(), time);
        let (count, first, last) = match self.selected() {
            Some(selected) => {
                let (some, all) = (thousands(selected.len()), thousands(rows.len()));
                let times = || selected.iter().filter_map(|row| brief(*row));
                let count = format!("rows: {some} selected of {all}");
                (count, times().min(), times().max())
            }
            None => (
                format!("rows: {} of {}", rows.len(), self.count()),
                rows.row_at(0).and_then(brief),
                rows.last().and_then(brief),
            ),
        };
        [count, format!("range: {} to {}", at(first), at(last))]
    }

    /// What an export says before its rows.
    fn header(&self) -> String {
        let mut lines = vec![format!("groups: {}", self.wanted.groups.join(", "))];
        lines.extend(self.extent_words());
        if !self.wanted.pattern.is_empty() {
            lines.push(format!("filter pattern: {}", self.wanted.pattern));
        }
        for filter in self.buffer.filters() {
            let how = if filter.leaves_out { "without" } else { "only" };
            lines.push(format!("{how}: {}", filter_words(&filter.condition)));
        }
        let standing = self.standing.as_ref();
        let open = standing.map_or(0, |standing| standing.gaps);
        let dropped = standing.map_or(0, |standing| standing.dropped);
        lines.push(format!(
            "gaps: {} announced, {open} open; dropped: {dropped}; no longer kept: {}",
            self.gaps,
            self.evicted()
        ));
        let secrets = if self.look.secrets {
            "as they are"
        } else {
            "redacted"
        };
        lines.push(format!("secrets: {secrets}"));
        let lines = lines
            .iter()
            .map(|line| format!("# {}\n", crate::text::neutralise(line)));
        lines.collect()
    }
}
