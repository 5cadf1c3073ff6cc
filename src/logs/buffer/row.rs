//! A row of the log: an event or a marker, with its text made safe.

use std::ops::Range;
use std::sync::Arc;

use crate::logs::{EventOrigin, Level, RecordKind, RequestId, TerminalColour};

/// Names a row. Never used twice, grows with arrival, and stays the same whatever is inserted or dropped around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub(super) u64);

impl RowId {
    /// Its number in the order of arrival.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The row that arrived as this number.
    #[must_use]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}

/// Where a row stands in the order of the log: by time, then by ingestion, then by arrival.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowKey {
    pub(super) time_ms: i64,
    pub(super) ingested_ms: i64,
    pub(super) id: RowId,
}

impl RowKey {
    /// The row that stands here.
    #[must_use]
    pub const fn row(self) -> RowId {
        self.id
    }
}

/// A log stream and its group.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct StreamId {
    /// The name of the log group.
    pub group: Arc<str>,
    /// The name of the log stream.
    pub stream: Arc<str>,
}

/// Why a row does not stand at its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shift {
    /// It does.
    #[default]
    None,
    /// It came this many milliseconds after its time, too late to be inserted where nobody looks any more.
    Late(u64),
    /// Its sender's clock runs this many milliseconds ahead; it stands where `CloudWatch` Logs took it in.
    Ahead(u64),
}

impl Shift {
    /// Of an event of this time that stands at another one, if it does; both in Unix milliseconds.
    pub(super) fn between(time_ms: i64, moved_to_ms: Option<i64>) -> Self {
        match moved_to_ms {
            Some(ms) if ms > time_ms => Self::Late(ms.abs_diff(time_ms)),
            Some(ms) if ms < time_ms => Self::Ahead(ms.abs_diff(time_ms)),
            _ => Self::None,
        }
    }
}

/// What the index knows of a row, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    /// Its name.
    pub id: RowId,
    /// When it happened by the sender's clock, in Unix milliseconds.
    pub time_ms: i64,
    /// When `CloudWatch` Logs took it in, in Unix milliseconds.
    pub ingested_ms: i64,
    /// How it came here.
    pub origin: EventOrigin,
    /// How grave it is.
    pub level: Level,
    /// What kind of Lambda record it is, or a marker.
    pub kind: RecordKind,
    /// Whether it looks like one JSON object.
    pub is_json: bool,
    /// Whether its text has several lines.
    pub is_multi_line: bool,
    /// The Lambda invocation it belongs to, if it tells one.
    pub request: Option<RequestId>,
    /// Why it does not stand at its own time.
    pub shift: Shift,
}

impl Brief {
    /// Whether it is a mark of iacstone's own and no event.
    #[must_use]
    pub fn is_ruler(&self) -> bool {
        self.kind == RecordKind::Marker
    }
}

/// A row with the beginning of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What the index knows of it.
    pub brief: Brief,
    /// Where it comes from; `None` for a marker.
    pub source: Option<Arc<StreamId>>,
    /// The text, safe to draw, lines parted by `\n`; at most [`Row::TEXT`] bytes of it and a little more where it
    /// holds tabs.
    pub text: String,
    /// The parts of the text that the message colours, by its bytes and in order; none where the text is cut.
    pub colours: Vec<(Range<usize>, TerminalColour)>,
    /// Bytes of the whole text as it is stored.
    pub bytes: usize,
    /// Whether `text` is only the beginning; the whole is had from the buffer's `text`.
    pub is_cut: bool,
}

impl Row {
    /// Bytes of text a row carries at most; screens are smaller than that.
    pub const TEXT: usize = 8 << 10;
}
