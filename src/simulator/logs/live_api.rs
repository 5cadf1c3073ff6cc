//! `StartLiveTail`: what a session may ask for.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::account::Account;
use super::super::errors::ApiError;
use super::super::frame;
use super::super::operation::Operation;
use super::super::request::WireRequest;
use super::errors::{constraint, invalid, no_stream};
use super::live::{self, SessionPermit, SessionRequest};
use super::name;
use super::wanted::WantedEvents;

/// The most groups of one session.
const MOST_GROUPS: usize = 10;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StartLiveTailInput {
    #[serde(rename = "logGroupIdentifiers")]
    identifiers: Vec<String>,
    #[serde(rename = "logStreamNames")]
    names: Option<Vec<String>>,
    #[serde(rename = "logStreamNamePrefixes")]
    prefixes: Option<Vec<String>>,
    #[serde(rename = "logEventFilterPattern")]
    pattern: Option<String>,
}

/// `StartLiveTail`.
pub(super) fn start(account: &Account, call: &WireRequest) -> Result<Response, ApiError> {
    let question: StartLiveTailInput = call.json()?;
    let groups = groups(account, &question.identifiers)?;
    let wanted = WantedEvents::new(
        question.names.clone(),
        question.prefixes.clone(),
        question.pattern.as_deref(),
    )?;
    if wanted.is_selective() && groups.len() > 1 {
        return Err(invalid(
            "Log stream names and log stream name prefixes can be set for one log group only.",
        ));
    }
    check(account, &groups, &wanted)?;
    let permit = SessionPermit::take(account)?;
    let request = SessionRequest {
        id: call.request_id.clone(),
        identifiers: question.identifiers,
        names: question.names.unwrap_or_default(),
        prefixes: question.prefixes.unwrap_or_default(),
        pattern: question.pattern,
        groups,
        wanted,
        fault: call.fault,
    };
    let mut response = Body::from_stream(live::stream(permit, request)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, frame::CONTENT);
    Ok(response)
}

/// The names of the groups, which are given by ARN.
fn groups(account: &Account, identifiers: &[String]) -> Result<Vec<String>, ApiError> {
    let shown = || format!("{identifiers:?}");
    if identifiers.is_empty() {
        let must = "have length greater than or equal to 1";
        return Err(constraint(&shown(), "logGroupIdentifiers", must));
    }
    if identifiers.len() > MOST_GROUPS {
        let must = "have length less than or equal to 10";
        return Err(constraint(&shown(), "logGroupIdentifiers", must));
    }
    let names = identifiers.iter();
    names.map(|arn| name::of_arn(account, arn)).collect()
}

/// Refuses groups and streams that do not exist.
fn check(account: &Account, groups: &[String], wanted: &WantedEvents) -> Result<(), ApiError> {
    let now_ms = account.now_ms();
    let state = account.state();
    for group in groups {
        state.logs.with(group, Operation::StartLiveTail)?;
    }
    let group = groups.first().map(String::as_str).unwrap_or_default();
    let mut names = wanted.names().iter();
    if names.any(|name| state.logs.stream(group, name, now_ms).is_none()) {
        return Err(no_stream());
    }
    Ok(())
}
