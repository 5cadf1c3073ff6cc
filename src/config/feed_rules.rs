//! How feeds are asked: in general, and one by one.

use std::collections::BTreeMap;

use http::{HeaderMap, HeaderName, HeaderValue};

/// How feeds are asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedRules {
    /// Every feed, where nothing is said of it.
    pub every: FeedRule,
    /// Feeds by their sources as the user wrote them.
    pub of: BTreeMap<String, FeedRule>,
}

/// How a feed is asked; what is not set is as for every feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedRule {
    /// The least minutes between two fetches.
    pub interval_minutes: Option<u32>,
    /// Whom it is told that asks.
    pub user_agent: Option<HeaderValue>,
    /// What is sent with every request to its own address; values may be secrets.
    pub headers: Option<HeaderMap>,
}

/// Headers that say what is sent or what is known, which nobody but the program knows.
const OWN: [&str; 12] = [
    "accept-encoding",
    "connection",
    "content-length",
    "expect",
    "host",
    "if-modified-since",
    "if-none-match",
    "range",
    "te",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Parts of the names of headers whose values let somebody in.
const SECRET: [&str; 6] = ["auth", "cookie", "key", "password", "secret", "token"];

/// Whether headers may let somebody in who reads them.
pub(super) fn hold_secrets(headers: &HeaderMap) -> bool {
    let is_secret = |name: &HeaderName| SECRET.iter().any(|part| name.as_str().contains(part));
    headers.keys().any(is_secret)
}

/// A header as the user writes it: `Name: value`. The value is never shown.
///
/// # Errors
/// A sentence that says what is wrong, without the value.
pub(super) fn header(line: &str) -> Result<(HeaderName, HeaderValue), String> {
    let (name, value) = line
        .split_once(':')
        .ok_or("a header is written as \"Name: value\"")?;
    let name = name.trim();
    let parsed: HeaderName = name
        .parse()
        .map_err(|_wrong| format!("'{name}' is no name of a header"))?;
    match parsed.as_str() {
        "user-agent" => return Err("set 'user-agent' instead of this header".to_owned()),
        own if OWN.contains(&own) => {
            return Err(format!("'{name}' is set by iacstone itself; leave it out"));
        }
        _ => {}
    }
    let mut value = HeaderValue::from_str(value.trim()).map_err(|_wrong| {
        format!("the value of '{name}' holds characters that no header may have")
    })?;
    value.set_sensitive(true);
    Ok((parsed, value))
}

impl std::fmt::Display for FeedRule {
    /// Names headers only: their values may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let interval = self.interval_minutes.map(|it| format!("every {it} min"));
        let agent = self.user_agent.as_ref();
        let agent = agent.map(|agent| format!("as {}", String::from_utf8_lossy(agent.as_bytes())));
        let headers = self.headers.as_ref().map(names);
        let headers = headers.map(|names| format!("with {names}"));
        let parts: Vec<String> = [interval, agent, headers].into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// The names of headers; `none` without any.
pub(super) fn names(headers: &HeaderMap) -> String {
    let names: Vec<&str> = headers.keys().map(HeaderName::as_str).collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_read_and_its_value_never_shown() {
        let (name, value) = header("X-Api-Key:  s3cret ").unwrap();
        assert_eq!(
            (name.as_str(), value.as_bytes()),
            ("x-api-key", &b"s3cret"[..])
        );
        assert!(!format!("{value:?}").contains("s3cret"));
        let mut rule = FeedRule::default();
        rule.headers.get_or_insert_default().insert(name, value);
        assert_eq!(rule.to_string(), "with x-api-key");
        for (line, words) in [
            ("s3cret", "\"Name: value\""),
            ("a b: s3cret", "'a b' is no name"),
            ("Host: s3cret", "is set by iacstone itself"),
            ("User-Agent: s3cret", "set 'user-agent'"),
            ("X-Key: s3cret\u{7}", "holds characters"),
        ] {
            let error = header(line).unwrap_err();
            assert!(
                error.contains(words) && !error.contains("s3cret"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_lets_somebody_in_is_known_by_its_name() {
        let with = |line: &str| {
            let headers: HeaderMap = header(line).into_iter().collect();
            hold_secrets(&headers)
        };
        assert!(with("Authorization: Bearer x") && with("x-api-key: x") && with("Cookie: a=b"));
        assert!(!with("Accept-Language: de"));
    }
}
