//! `GetLogEvents`: one stream, forward and backward from anywhere.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::operation::Operation;
use super::super::request::WireRequest;
use super::errors::no_stream;
use super::event::{EventPosition, StoredEvent};
use super::page::{self, BUDGET, EventPage};
use super::scan::{Direction, Stretch};
use super::{name, token};

/// The most events of one page.
const LARGEST_PAGE: usize = 10_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GetLogEventsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_name: String,
    start_time: Option<i64>,
    end_time: Option<i64>,
    next_token: Option<String>,
    limit: Option<i64>,
    start_from_head: bool,
}

/// `GetLogEvents`. The events are in order of time whichever way the page was filled.
pub(super) fn events(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let question: GetLogEventsInput = call.json()?;
    name::check_stream(&question.log_stream_name)?;
    let limit = name::limit(question.limit, LARGEST_PAGE)?;
    let stretch = question.stretch(account.now_ms())?;
    let stream = question.log_stream_name;
    let group = name::group(
        account,
        question.log_group_name,
        question.log_group_identifier,
    )?;
    let state = account.state();
    state.logs.with(&group, Operation::GetLogEvents)?;
    let known = state.logs.stream(&group, &stream, stretch.now_ms);
    let known = known.ok_or_else(no_stream)?;
    let within = known
        .events
        .map(|(first, last, _)| stretch.clipped(first, last));
    let scan = within.map(|within| state.logs.scan(&group, within));
    drop(state);
    let page = scan.map(|scan| {
        page::fill(scan, stretch.direction, limit, |event| {
            *event.stream == *stream
        })
    });
    Ok(answer(page, stretch))
}

/// The page with its two tokens; at an end the token that led here comes back.
fn answer(page: Option<EventPage>, stretch: Stretch) -> Value {
    let (mut events, rest) = page.map_or_else(Default::default, |page| (page.events, page.rest));
    if stretch.direction == Direction::Backward {
        events.reverse();
    }
    let begin = stretch.begin();
    let before = events.first().map_or(begin, StoredEvent::position);
    let behind = events.last().map_or(begin, |last| last.position().next());
    let (before, behind) = match stretch.direction {
        Direction::Forward => (before, rest.unwrap_or(behind)),
        Direction::Backward => (rest.unwrap_or(before), behind),
    };
    let events: Vec<Value> = events
        .iter()
        .map(|event| {
            json!({
                "timestamp": event.time_ms,
                "message": &*event.message,
                "ingestionTime": event.ingested_ms,
            })
        })
        .collect();
    json!({
        "events": events,
        "nextForwardToken": token::of_events(true, behind),
        "nextBackwardToken": token::of_events(false, before),
    })
}

impl GetLogEventsInput {
    /// The stretch to scan; a token says which way, without one `startFromHead` does.
    fn stretch(&self, now_ms: i64) -> Result<Stretch, ApiError> {
        let from = EventPosition::start_of(self.start_time.unwrap_or(0));
        let until = EventPosition::start_of(self.end_time.unwrap_or(i64::MAX));
        let sent = self.next_token.as_deref().filter(|token| !token.is_empty());
        let (forward, from, until) = match sent.map(token::to_events).transpose()? {
            Some((true, place)) => (true, place, until),
            Some((false, place)) => (false, from, place),
            None => (self.start_from_head, from, until),
        };
        Ok(Stretch {
            from,
            until,
            direction: if forward {
                Direction::Forward
            } else {
                Direction::Backward
            },
            now_ms,
            most: BUDGET + 1,
        })
    }
}
