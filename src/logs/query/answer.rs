//! A query to start, and what it has found.

/// The most rows that Logs Insights answers with.
pub const MOST_ANSWER_ROWS: usize = 10_000;

/// A query to start. AWS bills the bytes it reads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryRequest {
    /// The names of up to 50 groups, or their ARNs; none when the query itself says which with `SOURCE`.
    pub groups: Vec<String>,
    /// The query, at most 10,000 characters.
    pub query: String,
    /// The first second of the range, in Unix seconds.
    pub from_s: i64,
    /// The last second of the range, itself included, in Unix seconds.
    pub to_s: i64,
    /// The most rows of the answer; without it what the query says, else [`MOST_ANSWER_ROWS`].
    pub limit: Option<i32>,
}

impl QueryRequest {
    /// Whether neither the request nor its query says which groups it is about.
    #[must_use]
    pub fn is_about_nothing(&self) -> bool {
        let mut words = self.query.split(|c: char| !c.is_ascii_alphanumeric());
        self.groups.is_empty() && !words.any(|word| word.eq_ignore_ascii_case("SOURCE"))
    }
}

/// The values of a row by the names of their columns, in the order of the query. A value that is missing is left out.
pub type AnswerFields = Vec<(String, String)>;

/// How far a query is, and what it has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryAnswer {
    /// Whether it is still under way; the rows are partial then.
    pub progress: QueryProgress,
    /// The rows.
    pub rows: Vec<AnswerFields>,
    /// What it has read.
    pub figures: QueryFigures,
}

/// What a query has read so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct QueryFigures {
    /// Events that the query matched.
    pub matched: u64,
    /// Events that were read.
    pub scanned: u64,
    /// Bytes that were read; AWS bills these.
    pub bytes: u64,
}

/// How far a query is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryProgress {
    /// It waits or runs.
    UnderWay,
    /// It is complete.
    Complete,
    /// It ended without a whole result; AWS's word for how, such as `Timeout`.
    Broken(String),
}
