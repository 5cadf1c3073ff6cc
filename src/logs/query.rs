//! Logs Insights queries: what is asked, what is answered, and how an answer is read, drawn and written to a file.

mod answer;
mod bars;
mod events;
mod export;
mod known;
mod place;
mod price;
mod table;
mod words;

pub use answer::{
    AnswerFields, MOST_ANSWER_ROWS, QueryAnswer, QueryFigures, QueryProgress, QueryRequest,
};
pub use bars::{AnswerBars, TimeBars};
pub use events::{answered_event, events_query};
pub use export::{AnswerExport, as_it_is, csv, json};
pub use known::KnownQuery;
pub use place::LogPlace;
pub use price::{ScanCost, ScanPrice, USD_PER_GB};
pub use table::{AnswerColumn, AnswerTable, ValueKind};
pub use words::{QUERY_WORDS, completions};
