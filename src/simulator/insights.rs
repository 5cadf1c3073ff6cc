//! `CloudWatch` Logs Insights: queries over the events of groups, as `StartQuery` takes them.
//!
//! A query is read into a [`Query`](query::Query), then fed with rows until the range is read. A task does so, a portion
//! at a time, so a query over a busy group is seen to run, gives partial results, and ends whether or not it is asked.

mod address;
mod aggregate;
mod cursor;
mod expression;
mod extract;
mod functions;
mod pipeline;
mod query;
mod read;
mod registry;
mod row;
mod run;
mod sink;
mod value;
mod work;

pub(super) use cursor::Malformed;
pub(super) use registry::{MOST_RUNNING, QueryQuestion, QueryRegistry, QueryStatus, StoredQuery};
pub(super) use run::run;
pub(super) use work::{QueryResults, QueryWork, record};

#[cfg(test)]
mod tests;
