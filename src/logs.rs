//! Log events and what is known about a tail: plain data and pure ideas, no I/O and no screen.

mod address;
mod buffer;
mod colours;
mod console;
mod correlation;
mod detail;
mod edge;
mod event;
mod export;
mod facts;
mod field;
mod glob;
mod group;
mod hints;
pub mod invocation;
mod json;
mod key;
mod level;
mod live_sessions;
mod moment;
pub mod pattern;
mod printed;
pub mod query;
mod redact;
mod request_id;
mod run_log;
mod saved_list;
mod shape;
pub mod statistics;
mod summary;
mod tailing;
pub mod templates;
mod tenant;

pub use address::{GroupAddress, Home};
pub use buffer::{
    Bounds, Brief, Buffer, BufferScan, Counts, Filter, FilterCondition, Histogram, LeadsAmong,
    Matcher, MatcherError, Placement, Row, RowId, RowKey, ScanResult, Scanning, Shift, Snapshot,
    StreamId, View, Watermark, safe_text,
};
pub use colours::TerminalColour;
pub use console::ConsolePage;
pub use correlation::{correlation_ids, ids_in};
pub use detail::{Detail, DetailLine, LineKind};
pub use edge::EDGE_REGIONS;
pub use event::{EventOrigin, LogEvent};
pub use export::{Export, short_time, written_time};
pub use facts::{Facts, RecordKind};
pub use field::FieldPath;
pub use glob::Glob;
pub use group::{
    GroupSet, LogClass, LogGroup, StoredLogs, edge_group_of, function_of, group_of,
    group_spellings, is_edge_group,
};
pub use hints::{LogHint, hint};
pub use key::{group_label, group_name, is_arn};
pub use level::Level;
pub use live_sessions::{SESSION_GROUPS, SessionNeed, shared_out};
pub use moment::Moment;
pub use pattern::{FilterPattern, PatternError};
pub use printed::{json_in, printed_event};
pub use redact::{Redactor, holds_secret, redact};
pub use request_id::RequestId;
pub use run_log::RunLog;
pub use saved_list::{ListKind, SavedList};
pub use summary::{summary, summary_without};
pub use tailing::{Marker, MarkerKind, OpenGap, TailMode, TailStatus, TailTarget, Tailing};
