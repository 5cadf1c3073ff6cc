//! The ids by which lines of several services belong together: of requests, traces, correlations.

use std::sync::LazyLock;

use regex::Regex;

use super::facts::head;

/// How much of an event is looked at, in bytes.
const LOOK: usize = 16 << 10;
/// Bytes of a word that is followed, at most.
const LONGEST: usize = 200;
/// Ids that are told of one event.
const MOST: usize = 4;

/// Ids by the names that come before them. Fixed text, compiled once.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r#"(?ix)
        (?:request|trace|correlation|transaction)
        (?: [_-]?id | \\?"\s*:\s*\{\s*\\?"id ) \\?["']? \s*[:=]\s* \\?["']?
        (?:Root=)? ([0-9a-z][0-9a-z_.-]{7,})"#;
    Regex::new(pattern).ok()
});

/// Ids by their form: a UUID, a trace of X-Ray, a `traceparent` of W3C.
static FORMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let pattern = r"(?ix)\b(?:
        ([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})
        |(1-[0-9a-f]{8}-[0-9a-f]{24})
        |00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}
        )\b";
    Regex::new(pattern).ok()
});

/// The ids in an event by which other events belong to it, as they are written there, each once, at most four: those
/// that are named as such, else the first that has the form of one.
#[must_use]
pub fn correlation_ids(text: &str) -> Vec<&str> {
    let text = head(text, LOOK);
    let mut ids: Vec<&str> = Vec::new();
    for id in found(NAMED.as_ref(), text).map(|id| id.trim_end_matches(['.', '-', '_'])) {
        let is_id = id.bytes().any(|byte| byte.is_ascii_digit()) && id.len() >= 8;
        if is_id && !ids.contains(&id) && ids.len() < MOST {
            ids.push(id);
        }
    }
    if ids.is_empty() {
        ids.extend(found(FORMED.as_ref(), text).next());
    }
    ids
}

/// What is followed from a value or a line: all of it where it is one word, else the ids by which other events belong to
/// it, else the first word that looks like an id.
#[must_use]
pub fn ids_in(text: &str) -> Vec<&str> {
    let text = head(text, LOOK).trim();
    if text.len() <= LONGEST
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "{}[]\"".contains(c))
    {
        return Some(text)
            .filter(|text| !text.is_empty())
            .into_iter()
            .collect();
    }
    let ids = correlation_ids(text);
    if !ids.is_empty() {
        return ids;
    }
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
    words.find(|word| is_like_id(word)).into_iter().collect()
}

/// Whether a word begins with a letter and has two digits or more, as in `O-001234`.
fn is_like_id(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits >= 2 && word.len() >= 6 && word.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// What the groups of an expression find in a text.
fn found<'t>(pattern: Option<&'static Regex>, text: &'t str) -> impl Iterator<Item = &'t str> {
    let captures = pattern.into_iter().flat_map(|it| it.captures_iter(text));
    captures.filter_map(|captures| {
        let mut groups = captures.iter().skip(1).flatten();
        groups.next().map(|group| group.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::{correlation_ids, ids_in};

    #[test]
    fn of_a_value_the_word_is_followed_and_of_a_line_the_id_in_it() {
        let id = "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f";
        let line = format!("START RequestId: {id} Version: $LATEST");
        for (text, ids) in [
            ("ERROR", vec!["ERROR"]),
            (&*line, vec![id]),
            ("Charged order O-001234 in 12.5 ms", vec!["O-001234"]),
            ("took 12.5 ms at 10:00:00 in eu", vec![]),
            (r#"{"a":1}"#, vec![]),
            (" ", vec![]),
        ] {
            assert_eq!(ids_in(text), ids, "{text}");
        }
    }

    #[test]
    fn ids_are_found_by_name_or_form() {
        let cases: [(&str, &[&str]); 9] = [
            (
                "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f\tXRAY TraceId: 1-5759e988-bd862e3fe1be46a994272793\t",
                &[
                    "8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f",
                    "1-5759e988-bd862e3fe1be46a994272793",
                ],
            ),
            (
                r#"{"function_request_id":"abc-12345","xray_trace_id":"1-aa","dd.trace_id":"4242424242"}"#,
                &["abc-12345", "4242424242"],
            ),
            (
                "X-Amzn-Trace-Id: Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1",
                &["1-5759e988-bd862e3fe1be46a994272793"],
            ),
            (
                r#"{"request": {"id": "000ac73307a06ad3"}}"#,
                &["000ac73307a06ad3"],
            ),
            (
                r#"{\"traceId\":\"0af7651916cd43dd\"}"#,
                &["0af7651916cd43dd"],
            ),
            (
                "GET / 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                &["0af7651916cd43dd8448eb211c80319c"],
            ),
            (
                "order 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f shipped",
                &["8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f"],
            ),
            ("requestId=undefined, trace_id: null", &[]),
            ("plain words", &[]),
        ];
        for (text, ids) in cases {
            assert_eq!(correlation_ids(text), ids, "{text}");
        }
    }
}
