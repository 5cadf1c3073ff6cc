//! The stored events of a group, page by page.

use aws_sdk_cloudwatchlogs::types::FilteredLogEvent;
use futures::FutureExt;

use super::LogsClient;
use super::names::{GroupNames, named};
use crate::aws::error::AwsError;
use crate::aws::explain::{explain, garbled};
use crate::logs::{EventOrigin, LogEvent, group_name};

/// Which events of a group to read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FilterRequest {
    /// The key of the group.
    pub group: String,
    /// Names of streams, at most 100, or one prefix that ends in `*`; empty takes all.
    pub streams: Vec<String>,
    /// A filter pattern in `CloudWatch` Logs syntax; empty takes everything.
    pub pattern: String,
    /// The first time, in Unix milliseconds.
    pub from_ms: i64,
    /// The last time, itself included, in Unix milliseconds; `None` reads on into the future.
    pub to_ms: Option<i64>,
    /// Whether the newest events come first.
    pub newest_first: bool,
    /// At most this many events a page, 1 to 10,000.
    pub limit: Option<u16>,
    /// Where the page begins: [`FilterPage::next`] of the one before, all else being equal.
    pub next: Option<String>,
}

/// One page of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterPage {
    /// The events with their ids, as history; at most 10,000 or 1 MB, and often none although more follow.
    pub events: Vec<LogEvent>,
    /// Where the next page begins; the answer is whole only when there is none.
    pub next: Option<String>,
}

impl LogsClient {
    /// Reads one page of events.
    ///
    /// # Errors
    /// [`AwsError::NotFound`] when there is no such group, [`AwsError::Refused`] for a pattern that is none and for
    /// a `next` that is too old, [`AwsError::Throttled`] above the region's quota.
    pub async fn filter(&self, request: &FilterRequest) -> Result<FilterPage, AwsError> {
        let here = self.at(&request.group);
        let call = here.call("FilterLogEvents", &group_name(&request.group));
        let (names, prefix) = streams(&request.streams);
        let (name, identifier) = named(&request.group);
        let asked = here
            .client
            .filter_log_events()
            .set_log_group_name(name)
            .set_log_group_identifier(identifier)
            .set_log_stream_names(names)
            .set_log_stream_name_prefix(prefix)
            .set_filter_pattern((!request.pattern.is_empty()).then(|| request.pattern.clone()))
            .start_time(request.from_ms.max(0))
            .set_end_time(request.to_ms)
            .set_start_from_head(request.newest_first.then_some(false))
            .set_limit(request.limit.map(i32::from))
            .set_next_token(request.next.clone());
        #[expect(
            deprecated,
            reason = "AWS does so anyway, and moto puts one stream after the other without it"
        )]
        let asked = asked.interleaved(true);
        let page = asked.send().boxed().await;
        let page = page.map_err(|error| explain(call, error))?;
        let mut names = GroupNames::default();
        let events = page.events.unwrap_or_default().into_iter();
        Ok(FilterPage {
            events: events
                .map(|event| read(event, &request.group, &mut names))
                .collect(),
            next: page.next_token.filter(|next| !next.is_empty()),
        })
    }

    /// The error of pages that lead in a circle, which only a caller who goes on from page to page can tell.
    #[must_use]
    pub fn circle(&self, group: &str) -> AwsError {
        let call = self.at(group).call("FilterLogEvents", &group_name(group));
        garbled(call, "the pages of events lead in a circle")
    }
}

/// Names of streams, or the one prefix: AWS takes either, not both.
pub(super) fn streams(wanted: &[String]) -> (Option<Vec<String>>, Option<String>) {
    match wanted {
        [] => (None, None),
        [one] if one.ends_with('*') => (None, Some(one.trim_end_matches('*').to_owned())),
        names => (Some(names.to_vec()), None),
    }
}

fn read(event: FilteredLogEvent, group: &str, names: &mut GroupNames) -> LogEvent {
    let time_ms = event.timestamp.unwrap_or_default();
    LogEvent {
        group: names.shared(group),
        stream: names.shared(event.log_stream_name.as_deref().unwrap_or_default()),
        time_ms,
        ingested_ms: event.ingestion_time.unwrap_or(time_ms),
        message: event.message.unwrap_or_default(),
        id: event.event_id.map(String::into_boxed_str),
        origin: EventOrigin::History,
    }
}
