//! Takes secrets out of events that follow each other: a private key that a program writes line by line is spread over
//! several of one stream.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::redact;

/// Events of a stream after the beginning of a key in which its end is waited for.
const LONGEST: u32 = 200;
/// Letters of a word from which on it is a line of a key, whatever stands before it.
const LONG: usize = 32;

/// What ends a key, up to its kind.
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// Remembers in which streams a private key has begun.
#[derive(Debug, Default)]
pub struct Redactor {
    /// By group and stream: the events since the beginning.
    begun: HashMap<(Arc<str>, Arc<str>), u32>,
}

impl Redactor {
    /// The text of the next event of a stream without what looks like a secret.
    pub fn redact<'t>(
        &mut self,
        (group, stream): (&Arc<str>, &Arc<str>),
        text: &'t str,
    ) -> Cow<'t, str> {
        let key = (Arc::clone(group), Arc::clone(stream));
        let begins = begins_key(text);
        let Some(events) = self.begun.get_mut(&key) else {
            if begins {
                self.begun.insert(key, 0);
            }
            return redact(text);
        };
        *events += 1;
        if let Some((_, after)) = text.split_once(END) {
            if !begins {
                self.begun.remove(&key);
            }
            let after = after.split_once(DASHES).map_or("", |(_, after)| after);
            return Cow::Owned(format!("[redacted]{}", redact(after)));
        }
        if *events > LONGEST {
            self.begun.remove(&key);
        }
        if is_of_key(text) {
            Cow::Borrowed("[redacted]")
        } else {
            redact(text)
        }
    }
}

/// Whether a private key begins in a text and does not end there.
fn begins_key(text: &str) -> bool {
    let begun = text.rsplit_once("-----BEGIN ").map(|(_, begun)| begun);
    begun.is_some_and(|begun| {
        let kind = begun.split_once(DASHES).map(|(kind, _)| kind);
        kind.is_some_and(|kind| kind.ends_with("PRIVATE KEY")) && !begun.contains(END)
    })
}

/// Whether a text may be a line of a key: nothing but its letters, or such a word at the end of what a logger writes.
fn is_of_key(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte);
    let mut words = text.split_ascii_whitespace();
    let Some(last) = words.next_back() else {
        return false;
    };
    last.bytes().all(is_letter) && (last.len() >= LONG || words.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_over_several_events_of_one_stream_is_taken_out() {
        let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7";
        let mut redactor = Redactor::default();
        let group: Arc<str> = "g".into();
        let (a, b): (Arc<str>, Arc<str>) = ("a".into(), "b".into());
        for (stream, text, expected) in [
            (
                &a,
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY----- [redacted]",
            ),
            (&a, line, "[redacted]"),
            (&b, line, line),
            (&a, &*format!("2026-11-21 INFO {line}"), "[redacted]"),
            (&a, "request 7 answered", "request 7 answered"),
            (&a, "q0==", "[redacted]"),
            (&a, "-----END PRIVATE KEY----- and on", "[redacted] and on"),
            (&a, line, line),
            (
                &b,
                "-----BEGIN CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----",
            ),
            (&b, line, line),
        ] {
            assert_eq!(redactor.redact((&group, stream), text), expected);
        }
    }

    #[test]
    fn a_key_that_does_not_end_is_not_waited_for_without_end() {
        let mut redactor = Redactor::default();
        let name: Arc<str> = "g".into();
        redactor.redact((&name, &name), "-----BEGIN RSA PRIVATE KEY-----");
        for _ in 0..=LONGEST {
            redactor.redact((&name, &name), "plain words");
        }
        assert_eq!(redactor.redact((&name, &name), "word"), "word");
    }
}
