//! The log groups of the account with their streams, and the ARN a live session wants instead of a name.

use aws_sdk_cloudwatchlogs::types::{self, LogGroupClass, OrderBy};
use futures::FutureExt;

use super::LogsClient;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled, missing};
use crate::logs::LogGroup;

/// A page holds at most this many groups or streams; `CloudWatch` Logs gives no more at once.
const PAGE: i32 = 50;

/// One page of the account's log groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPage {
    /// The groups by name.
    pub groups: Vec<LogGroup>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// A group as a live session wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupArn {
    /// Its ARN, without the `:*` of IAM policies.
    pub arn: String,
    /// Whether a live session can follow it, which only the Standard class allows.
    pub can_stream: bool,
}

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

impl GroupArn {
    fn of(found: &types::LogGroup) -> Self {
        Self {
            arn: arn(found).unwrap_or_default(),
            can_stream: can_stream(found),
        }
    }
}

/// The ARN without the `:*` of IAM policies.
fn arn(group: &types::LogGroup) -> Option<String> {
    let arn = group.log_group_arn.as_ref().or(group.arn.as_ref())?;
    Some(arn.strip_suffix(":*").unwrap_or(arn).to_owned())
}

fn can_stream(group: &types::LogGroup) -> bool {
    let class = group.log_group_class.as_ref();
    class.is_none_or(|class| *class == LogGroupClass::Standard)
}

impl LogsClient {
    /// Lists groups whose names begin with `prefix`, one page from the last of `tokens` on: those of the pages
    /// before, in order.
    ///
    /// # Errors
    /// [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn groups(&self, prefix: &str, tokens: &[String]) -> Result<GroupPage, AwsError> {
        let (groups, next) = self.described(prefix, tokens).await?;
        Ok(GroupPage {
            groups: groups.into_iter().filter_map(group).collect(),
            next,
        })
    }

    /// The ARN of a group, and whether a live session takes it.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group.
    pub async fn group_arn(&self, name: &str) -> Result<GroupArn, AwsError> {
        let mut tokens = Vec::new();
        loop {
            let (groups, next) = self.described(name, &tokens).await?;
            let mut groups = groups.into_iter();
            if let Some(found) = groups.find(|group| group.log_group_name() == Some(name)) {
                return Ok(GroupArn::of(&found));
            }
            let Some(next) = next else {
                let call = self.call("DescribeLogGroups", &name);
                return Err(missing(call, "there is no such log group"));
            };
            tokens.push(next);
        }
    }

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

    async fn described(
        &self,
        prefix: &str,
        tokens: &[String],
    ) -> Result<(Vec<types::LogGroup>, Option<String>), AwsError> {
        let call = || self.call("DescribeLogGroups", &prefix);
        let request = self.client.describe_log_groups().limit(PAGE);
        let page = request
            .set_log_group_name_prefix((!prefix.is_empty()).then(|| prefix.to_owned()))
            .set_next_token(tokens.last().cloned())
            .send()
            .boxed()
            .await
            .map_err(|error| explain(call(), error))?;
        let next = page.next_token.filter(|next| !next.is_empty());
        if next.as_ref().is_some_and(|next| tokens.contains(next)) {
            return Err(garbled(call(), "the same page of log groups came twice"));
        }
        Ok((page.log_groups.unwrap_or_default(), next))
    }
}

/// A group without a name cannot be asked for anything: it is left out.
fn group(found: types::LogGroup) -> Option<LogGroup> {
    let can_stream = can_stream(&found);
    Some(LogGroup {
        arn: arn(&found).filter(|arn| !arn.is_empty()),
        name: found.log_group_name.filter(|name| !name.is_empty())?,
        stored_bytes: found
            .stored_bytes
            .and_then(|bytes| u64::try_from(bytes).ok())
            .unwrap_or(0),
        retention_days: found
            .retention_in_days
            .and_then(|days| u32::try_from(days).ok()),
        can_stream,
    })
}
