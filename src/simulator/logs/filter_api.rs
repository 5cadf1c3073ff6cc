//! `FilterLogEvents`: pages of a group's events in order of time, from the oldest or from the newest.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::faults::Fault;
use super::super::operation::Operation;
use super::super::request::WireRequest;
use super::errors::no_stream;
use super::event::{EventPosition, StoredEvent, fingerprint};
use super::page::{self, BUDGET, EventPage};
use super::scan::{Direction, Stretch};
use super::wanted::WantedEvents;
use super::{name, token};

/// The most events of one page.
const LARGEST_PAGE: usize = 10_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct FilterLogEventsInput {
    log_group_name: Option<String>,
    log_group_identifier: Option<String>,
    log_stream_names: Option<Vec<String>>,
    log_stream_name_prefix: Option<String>,
    start_time: Option<i64>,
    end_time: Option<i64>,
    filter_pattern: Option<String>,
    next_token: Option<String>,
    limit: Option<i64>,
    start_from_head: Option<bool>,
}

/// `FilterLogEvents`.
pub(super) fn filter(account: &Account, call: &WireRequest) -> Result<Value, ApiError> {
    let mut question: FilterLogEventsInput = call.json()?;
    let sent = question.next_token.take().filter(|token| !token.is_empty());
    let limit = name::limit(question.limit.take(), LARGEST_PAGE)?;
    let limit = match call.fault {
        Some(Fault::ShortPage(most)) => limit.min(usize::try_from(most).unwrap_or(limit).max(1)),
        _ => limit,
    };
    let (asked, now_ms) = (question.fingerprint(), account.now_ms());
    let from_token = sent
        .as_deref()
        .map(|token| token::to_filter(token, asked, now_ms));
    let place = match (from_token.transpose()?, call.fault) {
        (Some(_), Some(Fault::PageExpired)) => return Err(token::expired()),
        (place, _) => place,
    };
    let wanted = question.wanted()?;
    let stretch = question.stretch(place, now_ms);
    let group = name::group(
        account,
        question.log_group_name,
        question.log_group_identifier,
    )?;
    check(account, &group, &wanted, now_ms)?;
    let page = if call.fault == Some(Fault::EmptyPage) {
        EventPage {
            events: Vec::new(),
            rest: Some(stretch.begin()),
        }
    } else {
        let scan = account.state().logs.scan(&group, stretch);
        page::fill(scan, stretch.direction, limit, |event| wanted.takes(event))
    };
    let next = page.rest.map(|rest| token::of_filter(rest, asked, now_ms));
    let repeated = sent.filter(|_| call.fault == Some(Fault::RepeatToken));
    Ok(answer(&group, &page.events, repeated.or(next)))
}

/// Refuses groups and streams that do not exist.
fn check(
    account: &Account,
    group: &str,
    wanted: &WantedEvents,
    now_ms: i64,
) -> Result<(), ApiError> {
    let state = account.state();
    state.logs.with(group, Operation::FilterLogEvents)?;
    let mut names = wanted.names().iter();
    if names.any(|name| state.logs.stream(group, name, now_ms).is_none()) {
        return Err(no_stream());
    }
    Ok(())
}

fn answer(group: &str, events: &[StoredEvent], next: Option<String>) -> Value {
    let events: Vec<Value> = events
        .iter()
        .map(|event| {
            json!({
                "logStreamName": &*event.stream,
                "timestamp": event.time_ms,
                "message": &*event.message,
                "ingestionTime": event.ingested_ms,
                "eventId": event.id(group),
            })
        })
        .collect();
    let mut answer = json!({ "events": events, "searchedLogStreams": [] });
    if let (Some(next), Some(fields)) = (next, answer.as_object_mut()) {
        fields.insert("nextToken".into(), json!(next));
    }
    answer
}

impl FilterLogEventsInput {
    /// What tells this question from others; a token is good for the question it was given for.
    fn fingerprint(&self) -> u64 {
        fingerprint(&[&format!("{self:?}")])
    }

    fn wanted(&self) -> Result<WantedEvents, ApiError> {
        let prefix = self.log_stream_name_prefix.clone();
        let prefixes = prefix.map(|prefix| vec![prefix]);
        let pattern = self.filter_pattern.as_deref();
        WantedEvents::new(self.log_stream_names.clone(), prefixes, pattern)
    }

    /// The stretch to scan, from the token's place on if there is one. Both ends of the time are included.
    fn stretch(&self, place: Option<EventPosition>, now_ms: i64) -> Stretch {
        let mut stretch = Stretch {
            from: EventPosition::start_of(self.start_time.unwrap_or(0)),
            until: EventPosition::start_of(
                self.end_time.map_or(i64::MAX, |end| end.saturating_add(1)),
            ),
            direction: match self.start_from_head {
                Some(false) => Direction::Backward,
                _ => Direction::Forward,
            },
            now_ms,
            most: BUDGET + 1,
        };
        match (place, stretch.direction) {
            (Some(place), Direction::Forward) => stretch.from = place,
            (Some(place), Direction::Backward) => stretch.until = place,
            (None, _) => {}
        }
        stretch
    }
}
