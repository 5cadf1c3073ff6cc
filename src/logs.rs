//! Log events and what is known about a tail: plain data and pure ideas, no I/O and no screen.

mod address;
mod buffer;
mod correlation;
mod detail;
mod event;
mod export;
mod facts;
mod field;
mod glob;
mod group;
mod hints;
pub mod invocation;
mod json;
mod level;
pub mod pattern;
mod redact;
mod request_id;
mod saved_list;
mod shape;
pub mod statistics;
mod summary;
mod tailing;

pub use address::{GroupAddress, Home};
pub use buffer::{
    Bounds, Brief, Buffer, BufferScan, Counts, Filter, FilterCondition, Histogram, LeadsAmong,
    Matcher, MatcherError, Placement, Row, RowId, RowKey, ScanResult, Scanning, Shift, Snapshot,
    StreamId, View,
};
pub use correlation::correlation_ids;
pub use detail::{Detail, DetailLine, LineKind};
pub use event::{EventOrigin, LogEvent};
pub use export::{Export, written_time};
pub use facts::{Facts, RecordKind};
pub use field::FieldPath;
pub use glob::Glob;
pub use group::{GroupSet, LogGroup, function_of, group_of};
pub use hints::{LogHint, hint};
pub use level::Level;
pub use pattern::{FilterPattern, PatternError};
pub use redact::redact;
pub use request_id::RequestId;
pub use saved_list::{ListKind, SavedList};
pub use summary::{summary, summary_without};
pub use tailing::{Marker, MarkerKind, TailMode, TailStatus, TailTarget, Tailing};
