//! What the query screen asks of the background, and what it is told.

use std::sync::Arc;

use crate::logs::query::{
    AnswerExport, AnswerTable, KnownQuery, LogPlace, QueryFigures, QueryProgress, QueryRequest,
    ScanPrice,
};

/// Background work on Logs Insights queries as data.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryJob {
    /// Ask Logs Insights until it has answered. Cancelled, the query is stopped and what it has found so far is the answer.
    Ask(QueryRequest),
    /// Find where the event stands that `@ptr` of a row points to.
    Locate {
        /// The pointer.
        pointer: String,
        /// The groups that were asked.
        groups: Vec<String>,
    },
    /// Read the events of a stream before and after one of them.
    ReadAround(LogPlace),
    /// Write an answer to a new file.
    Export(Box<AnswerExport>),
    /// Load the queries that are remembered.
    LoadKnown,
    /// Remember a query, in place of the same one.
    Keep(KnownQuery),
    /// Forget a query.
    Forget(KnownQuery),
}

impl QueryJob {
    /// Whether it writes what the user wants kept.
    #[must_use]
    pub const fn writes(&self) -> bool {
        matches!(self, Self::Export(_) | Self::Keep(_) | Self::Forget(_))
    }
}

/// What such work tells.
#[derive(Debug, Clone, PartialEq)]
pub enum QueryReport {
    /// How far a query is.
    Progress(QueryReading),
    /// The answer; no further report follows.
    Answered(Box<QueryOutcome>),
    /// Where an event stands; `None` when its record does not tell. No further report follows.
    Located(Option<LogPlace>),
    /// The queries that are remembered: those with a name first, by name; then the others, the latest first.
    Known(Vec<KnownQuery>),
}

/// What a query has read so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueryReading {
    /// The figures.
    pub figures: QueryFigures,
    /// Rows found so far.
    pub rows: usize,
    /// What it costs so far.
    pub price: ScanPrice,
}

/// What a query came to.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryOutcome {
    /// Whether the answer is whole.
    pub progress: QueryProgress,
    /// The rows.
    pub table: Arc<AnswerTable>,
    /// What was read for them.
    pub reading: QueryReading,
}
