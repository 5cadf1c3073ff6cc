//! A live session: what `CloudWatch` Logs takes in, as it takes it in.

use std::sync::Arc;

use aws_sdk_cloudwatchlogs::operation::start_live_tail::StartLiveTailOutput;
use aws_sdk_cloudwatchlogs::types::error::StartLiveTailResponseStreamError as StreamError;
use aws_sdk_cloudwatchlogs::types::{
    LiveTailSessionLogEvent, LiveTailSessionUpdate, StartLiveTailResponseStream,
};
use futures::FutureExt;

use super::LogsClient;
use super::filter::streams;
use super::names::{GroupNames, group_of_identifier};
use crate::aws::call::AwsCall;
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, explain_stream, too_late};
use crate::aws::transport;
use crate::logs::{EventOrigin, Home, LogEvent, group_name, is_arn};

/// What a live session is to bring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveRequest {
    /// The keys of 1 to 10 groups of one region.
    pub groups: Vec<String>,
    /// Their ARNs, as [`LogsClient::group_arn`] gives them.
    pub group_arns: Vec<String>,
    /// Names of streams, or one prefix that ends in `*`; only with one group.
    pub streams: Vec<String>,
    /// A filter pattern of at most 1,024 characters; empty takes everything.
    pub pattern: String,
}

/// An open session. AWS bills it by the minute until it is dropped.
#[derive(Debug)]
pub struct LiveSession {
    opened: StartLiveTailOutput,
    /// The keys of those groups that are known by their ARN.
    elsewhere: Vec<String>,
    names: GroupNames,
    call: AwsCall,
}

/// A sign of life; one comes every second, also when there are no events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LiveUpdate {
    /// The events, in no order, without ids.
    pub events: Vec<LogEvent>,
    /// Whether events were left out because more than 500 matched within the second.
    pub sampled: bool,
}

impl LiveSession {
    /// Opens a live session.
    ///
    /// # Errors
    /// [`AwsError::LimitExceeded`] when too many are open in the account, [`AwsError::AccessDenied`],
    /// [`AwsError::Unreachable`] where there is no such host, [`AwsError::TimedOut`] when nothing is heard at all.
    pub async fn open(logs: &LogsClient, request: &LiveRequest) -> Result<Self, AwsError> {
        let logs = logs.at(request.groups.first().map_or("", String::as_str));
        let call = || logs.call("StartLiveTail", &subject(&request.group_arns));
        let (names, prefix) = streams(&request.streams);
        let sent = logs
            .patient
            .start_live_tail()
            .set_log_group_identifiers(Some(request.group_arns.clone()))
            .set_log_stream_names(names)
            .set_log_stream_name_prefixes(prefix.map(|prefix| vec![prefix]))
            .set_log_event_filter_pattern(
                (!request.pattern.is_empty()).then(|| request.pattern.clone()),
            )
            .send()
            .boxed();
        // The SDK waits for the first frame, and that is beyond its own limits.
        match tokio::time::timeout(transport::SESSION_LIMIT, sent).await {
            Ok(Ok(opened)) => Ok(Self {
                opened,
                elsewhere: request
                    .groups
                    .iter()
                    .filter(|key| is_arn(key))
                    .cloned()
                    .collect(),
                names: GroupNames::default(),
                call: call(),
            }),
            Ok(Err(error)) => Err(explain(call(), error)),
            Err(elapsed) => Err(too_late(call(), transport::SESSION_LIMIT, elapsed)),
        }
    }

    /// Waits for the next sign of life, for ever if need be; `None` once the session was closed cleanly.
    ///
    /// Not cancel-safe in the middle of a frame: drop the session with the future.
    ///
    /// # Errors
    /// [`AwsError::SessionOver`] after three hours, [`AwsError::Service`] for a fault of the service,
    /// [`AwsError::Unreachable`] when the connection broke, [`AwsError::Garbled`] for a frame that is none.
    pub async fn recv(&mut self) -> Result<Option<LiveUpdate>, AwsError> {
        match self.opened.response_stream.recv().await {
            Ok(Some(StartLiveTailResponseStream::SessionUpdate(update))) => {
                Ok(Some(self.read(update)))
            }
            // The start of the session, or something newer than this program.
            Ok(Some(_)) => Ok(Some(LiveUpdate::default())),
            Ok(None) => Ok(None),
            Err(error) => {
                let over = (error.as_service_error())
                    .is_some_and(StreamError::is_session_timeout_exception);
                let code = if over {
                    "SessionTimeoutException"
                } else {
                    "SessionStreamingException"
                };
                Err(explain_stream(self.call.clone(), code, error))
            }
        }
    }

    fn read(&mut self, update: LiveTailSessionUpdate) -> LiveUpdate {
        let events = update.session_results.unwrap_or_default().into_iter();
        LiveUpdate {
            events: events.map(|event| self.event(event)).collect(),
            sampled: update.session_metadata.is_some_and(|it| it.sampled),
        }
    }

    fn event(&mut self, event: LiveTailSessionLogEvent) -> LogEvent {
        let group = event.log_group_identifier.unwrap_or_default();
        let time_ms = event.timestamp.unwrap_or_default();
        LogEvent {
            group: self.names.shared(key(&group, &self.elsewhere)),
            stream: self
                .names
                .shared(event.log_stream_name.as_deref().unwrap_or_default()),
            time_ms,
            ingested_ms: event.ingestion_time.unwrap_or(time_ms),
            message: event.message.unwrap_or_default(),
            id: None,
            origin: EventOrigin::Live,
        }
    }
}

/// The key of the group that an event is of, where these groups are known by their ARN.
fn key<'k>(identifier: &'k str, elsewhere: &'k [String]) -> &'k str {
    let name = group_of_identifier(identifier);
    let account = identifier.rsplit_once(':').map(|(account, _)| account);
    let is_it = |key: &&String| {
        // Before the name stands an account, or all of an ARN but the name.
        let home = Home::of_arn(key).map(|home| home.account);
        let parts = account.map(|account| account.split(':'));
        let is_there =
            |mut parts: std::str::Split<'_, char>| parts.any(|part| Some(part) == home.as_deref());
        group_name(key) == name && parts.is_none_or(is_there)
    };
    elsewhere.iter().find(is_it).map_or(name, String::as_str)
}

/// The groups by name, as far as a message has room for them.
fn subject(arns: &[String]) -> Arc<str> {
    let name = |arn: &String| group_of_identifier(arn).to_owned();
    match arns {
        [first, _, ..] => format!("{} and {} more", name(first), arns.len() - 1).into(),
        [one] => name(one).into(),
        [] => "".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_of_the_group_of_its_account() {
        let arn = |account: u32| format!("arn:aws:logs:eu-west-1:{account}:log-group:/ecs/web");
        let elsewhere = [arn(222), arn(333)];
        for (identifier, expected) in [
            ("222:/ecs/web", &*elsewhere[0]),
            ("333:/ecs/web", &*elsewhere[1]),
            (&*arn(333), &*elsewhere[1]),
            ("111:/ecs/web", "/ecs/web"),
            ("222:/ecs/other", "/ecs/other"),
        ] {
            assert_eq!(key(identifier, &elsewhere), expected, "{identifier}");
        }
        assert_eq!(key("/ecs/web", &elsewhere[..1]), elsewhere[0]);
    }
}
