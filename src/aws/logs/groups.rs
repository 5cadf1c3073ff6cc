//! The log groups of the account, and of those linked to it, with their streams, and the ARN a live session wants
//! instead of a name.

use aws_sdk_cloudwatchlogs::types::{self, LogGroupClass, OrderBy};
use futures::FutureExt;

use super::LogsClient;
use super::names::named;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled, missing};
use crate::logs::{LogClass, LogGroup, StoredLogs, group_name, is_arn};

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

/// Whose groups are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupScope {
    /// The account's own.
    Own,
    /// Those of linked accounts too, where this one monitors others. What a group stores is not told then, and each is
    /// known by its ARN.
    Linked,
}

/// A group as a live session wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupArn {
    /// Its ARN, without the `:*` of IAM policies.
    pub arn: String,
    /// Its class; only one of the Standard class has live sessions.
    pub class: LogClass,
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

/// The ARN without the `:*` of IAM policies.
fn arn(group: &types::LogGroup) -> Option<String> {
    let arn = group.log_group_arn.as_ref().or(group.arn.as_ref())?;
    Some(arn.strip_suffix(":*").unwrap_or(arn).to_owned())
}

fn class(group: &types::LogGroup) -> LogClass {
    match &group.log_group_class {
        None | Some(LogGroupClass::Standard) => LogClass::Standard,
        Some(LogGroupClass::InfrequentAccess) => LogClass::InfrequentAccess,
        Some(_) => LogClass::Delivery,
    }
}

impl LogsClient {
    /// Lists groups of this region whose names begin with `prefix`, one page from the last of `tokens` on: those of the
    /// pages before, in order.
    ///
    /// # Errors
    /// [`AwsError::Garbled`] when the pages go round in a circle.
    pub async fn groups(
        &self,
        prefix: &str,
        scope: GroupScope,
        tokens: &[String],
    ) -> Result<GroupPage, AwsError> {
        let (groups, next) = self.described(prefix, scope, tokens).await?;
        let is_own = scope == GroupScope::Own && self.is_home();
        let groups = groups.into_iter();
        Ok(GroupPage {
            groups: groups.filter_map(|found| group(found, is_own)).collect(),
            next,
        })
    }

    /// The ARN of a group, and its class. A group that is known by its ARN and is not listed is taken as it is named: the
    /// service knows.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group.
    pub async fn group_arn(&self, key: &str) -> Result<GroupArn, AwsError> {
        let here = self.at(key);
        if !is_arn(key) {
            let found = here.find(key, GroupScope::Own).await?;
            let call = || here.call("DescribeLogGroups", &key);
            return found.ok_or_else(|| missing(call(), "there is no such log group"));
        }
        for scope in [GroupScope::Own, GroupScope::Linked] {
            match here.find(key, scope).await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                Err(error) if error.is_about_one_group() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(GroupArn {
            arn: key.to_owned(),
            class: LogClass::Standard,
        })
    }

    /// A group by its name, or with an ARN by that.
    async fn find(&self, key: &str, scope: GroupScope) -> Result<Option<GroupArn>, AwsError> {
        let name = group_name(key);
        let is_it = |group: &types::LogGroup| {
            group.log_group_name() == Some(name)
                && (!is_arn(key) || arn(group).is_some_and(|arn| arn == key))
        };
        let mut tokens = Vec::new();
        loop {
            let (groups, next) = self.described(name, scope, &tokens).await?;
            if let Some(found) = groups.iter().find(|group| is_it(group)) {
                return Ok(Some(GroupArn {
                    arn: arn(found).unwrap_or_default(),
                    class: class(found),
                }));
            }
            match next {
                Some(next) => tokens.push(next),
                None => return Ok(None),
            }
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
        let here = self.at(group);
        let call = || here.call("DescribeLogStreams", &group_name(group));
        let request = here.client.describe_log_streams().limit(PAGE);
        let request = match order {
            StreamOrder::Name => request.order_by(OrderBy::LogStreamName),
            StreamOrder::Newest => request.order_by(OrderBy::LastEventTime).descending(true),
        };
        let (name, identifier) = named(group);
        let page = request
            .set_log_group_name(name)
            .set_log_group_identifier(identifier)
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
        scope: GroupScope,
        tokens: &[String],
    ) -> Result<(Vec<types::LogGroup>, Option<String>), AwsError> {
        let call = || self.call("DescribeLogGroups", &prefix);
        let request = self.client.describe_log_groups().limit(PAGE);
        let page = request
            .set_include_linked_accounts((scope == GroupScope::Linked).then_some(true))
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
fn group(found: types::LogGroup, is_own: bool) -> Option<LogGroup> {
    let retention = found.retention_in_days;
    let stored = found.stored_bytes.map(|bytes| StoredLogs {
        bytes: u64::try_from(bytes).unwrap_or(0),
        retention_days: retention.and_then(|days| u32::try_from(days).ok()),
    });
    Some(LogGroup {
        arn: arn(&found).filter(|arn| !arn.is_empty()),
        class: class(&found),
        created_ms: found.creation_time,
        name: found.log_group_name.filter(|name| !name.is_empty())?,
        is_own,
        stored,
    })
}
