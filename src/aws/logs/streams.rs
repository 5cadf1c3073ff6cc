//! The streams of a group.

use aws_sdk_cloudwatchlogs::types::OrderBy;
use futures::FutureExt;

use super::LogsClient;
use super::groups::PAGE;
use crate::aws::AwsError;
use crate::aws::explain::{explain, garbled};

/// One log stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogStream {
    /// Its name.
    pub name: String,
    /// The time of its newest event in Unix milliseconds, which AWS updates within an hour.
    pub last_event_ms: Option<i64>,
}

/// Which streams come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamOrder {
    /// By name; the only order in which a prefix can be asked for.
    Name,
    /// Those with the newest events.
    Newest,
}

/// One page of a group's streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamPage {
    /// The streams, in the order asked for.
    pub streams: Vec<LogStream>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

impl LogsClient {
    /// Lists the streams of a group, one page from the last of `tokens` on: those of the pages before, in order.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group.
    pub async fn streams(
        &self,
        group: &str,
        order: StreamOrder,
        tokens: &[String],
    ) -> Result<StreamPage, AwsError> {
        let call = || self.call("DescribeLogStreams", &group);
        let request = self.client.describe_log_streams().limit(PAGE);
        let request = match order {
            StreamOrder::Name => request.order_by(OrderBy::LogStreamName),
            StreamOrder::Newest => request.order_by(OrderBy::LastEventTime).descending(true),
        };
        let page = request
            .log_group_name(group)
            .set_next_token(tokens.last().cloned())
            .send()
            .boxed()
            .await
            .map_err(|error| explain(call(), error))?;
        let next = page.next_token.filter(|next| !next.is_empty());
        if next.as_ref().is_some_and(|next| tokens.contains(next)) {
            return Err(garbled(call(), "the same page of streams came twice"));
        }
        let streams = page.log_streams.unwrap_or_default().into_iter();
        let streams = streams.filter_map(|stream| {
            Some(LogStream {
                name: stream.log_stream_name?,
                last_event_ms: stream.last_event_timestamp,
            })
        });
        Ok(StreamPage {
            streams: streams.collect(),
            next,
        })
    }
}
