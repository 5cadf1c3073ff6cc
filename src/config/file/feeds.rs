//! The keys of `[reader]` that say how feeds are asked, and the same keys for single feeds.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderValue};

use super::super::feed_rules::{FeedRule, header};
use super::keys::{self, FEED};
use crate::toml_file::{FileError, KeyValue};

/// The rules of `[reader.feeds]`: a table for each source.
pub(super) fn feeds(entry: &KeyValue<'_>) -> Result<BTreeMap<String, FeedRule>, FileError> {
    let mut feeds = BTreeMap::new();
    for feed in entry.section()?.entries() {
        if holds_password(feed.name()) {
            let message = "a source in [reader.feeds] is written without its password, as `iacstone feeds list` shows it";
            return Err(entry.error(message));
        }
        feeds.insert(feed.name().to_owned(), rule(&feed)?);
    }
    Ok(feeds)
}

fn holds_password(source: &str) -> bool {
    let place = source
        .split_once("://")
        .and_then(|(_, rest)| rest.split('/').next());
    let login = place.and_then(|place| place.rsplit_once('@'));
    login.is_some_and(|(login, _)| login.contains(':'))
}

fn rule(feed: &KeyValue<'_>) -> Result<FeedRule, FileError> {
    let mut rule = FeedRule::default();
    for entry in feed.section()?.entries() {
        match entry.name() {
            "interval-minutes" => rule.interval_minutes = Some(keys::interval_minutes(&entry)?),
            "user-agent" => rule.user_agent = Some(user_agent(&entry)?),
            "headers" => rule.headers = Some(headers(&entry)?),
            _ => return Err(keys::unknown(&entry, FEED)),
        }
    }
    Ok(rule)
}

pub(super) fn user_agent(entry: &KeyValue<'_>) -> Result<HeaderValue, FileError> {
    let what = "a name such as \"reader of example.org\"";
    let text = entry.string(what)?;
    HeaderValue::from_str(text.trim()).map_err(|_wrong| entry.expected(what))
}

/// Lines `Name: value`. No error shows a value.
pub(super) fn headers(entry: &KeyValue<'_>) -> Result<HeaderMap, FileError> {
    let mut headers = HeaderMap::new();
    for item in entry.strings()? {
        let (name, value) = header(item.text).map_err(|why| item.refused(&why))?;
        headers.append(name, value);
    }
    Ok(headers)
}
