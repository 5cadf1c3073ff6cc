//! `CloudWatch` Logs Insights: queries over the events of groups, as `StartQuery` takes them.
//!
//! A query is read into a [`Query`](query::Query), then fed with rows until the range is read. Work is done while
//! results are asked for, a portion each time, so a query over a busy group is seen to run and gives partial results.

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
mod sink;
mod value;

pub(super) use cursor::Malformed;
pub(super) use registry::{QueryRegistry, QueryResults, QueryWork, Submission};

#[cfg(test)]
mod tests;
