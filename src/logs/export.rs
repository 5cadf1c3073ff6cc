//! Rows as they leave the program: what is written before them, and how each becomes a line.

use jiff::Timestamp;

use super::{Redactor, Row, Snapshot};

/// The rows of a tail on their way to a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// The log at the moment of the request.
    pub rows: Snapshot,
    /// What stands before the rows: groups, filters, range, gaps. Each line begins with `#`.
    pub header: String,
    /// The path of the new file.
    pub path: String,
    /// Whether secrets are taken out.
    pub redacts: bool,
}

impl Export {
    /// The lines of the file, each with its line break.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        let mut redactor = Redactor::default();
        let rows = self.rows.rows();
        let rows = rows.map(move |(row, raw)| self.line(&row, &raw, &mut redactor));
        std::iter::once(self.header.clone()).chain(rows)
    }

    fn line(&self, row: &Row, raw: &str, redactor: &mut Redactor) -> String {
        let Some(source) = &row.source else {
            return format!("# {} {}\n", written_time(row.brief.time_ms), row.text);
        };
        let message = raw.trim_end_matches(['\n', '\r']);
        let message = if self.redacts {
            redactor.redact((&source.group, &source.stream), message)
        } else {
            message.into()
        };
        // Further lines are told from rows by their beginning.
        let message = message.replace('\n', "\n    ");
        format!(
            "{}\t{}\t{}\t{message}\n",
            written_time(row.brief.time_ms),
            source.group,
            source.stream
        )
    }
}

/// A time in Unix milliseconds as RFC 3339.
#[must_use]
pub fn written_time(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A time in Unix milliseconds in few columns: month, day and time in UTC.
#[must_use]
pub fn short_time(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap_or_default();
    at.strftime("%m-%d %H:%M:%S").to_string()
}
