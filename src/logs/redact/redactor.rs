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
/// Letters of a full line of a key.
const FULL_LINE: usize = 64;

/// What is written in place of a line of a key.
const INSTEAD: &str = "[redacted]";

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
            return if is_full_line(text) {
                Cow::Borrowed(INSTEAD)
            } else {
                redact(text)
            };
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
            Cow::Borrowed(INSTEAD)
        } else {
            redact(text)
        }
    }
}

/// Whether a text is nothing but a full line of a key, whose beginning was not read. A digest in hexadecimal is none.
fn is_full_line(text: &str) -> bool {
    let text = text.trim();
    let mut letters = text.chars();
    text.len() == FULL_LINE
        && letters.all(is_letter)
        && text.chars().any(|c| !c.is_ascii_hexdigit())
}

/// Whether a sign is one of those that Base64 writes.
fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || "+/=".contains(sign)
}

/// Whether a private key begins in a text and does not end there.
fn begins_key(text: &str) -> bool {
    let begun = text.rsplit_once("-----BEGIN ").map(|(_, begun)| begun);
    begun.is_some_and(|begun| {
        let kind = begun.split_once(DASHES).map(|(kind, _)| kind);
        kind.is_some_and(|kind| kind.trim_end_matches(" BLOCK").ends_with("PRIVATE KEY"))
            && !begun.contains(END)
    })
}

/// Whether a text may be a line of a key: nothing but its letters, or a long word of them in what a logger writes.
fn is_of_key(text: &str) -> bool {
    let mut words = text.split(|c| !is_letter(c));
    let text = text.trim();
    words.any(|word| word.len() >= LONG) || !text.is_empty() && text.chars().all(is_letter)
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
            (&a, "", ""),
            (
                &a,
                &*format!(r#"{{"message":"{line}\n","level":"info"}}"#),
                "[redacted]",
            ),
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
    fn a_line_of_a_key_whose_beginning_was_not_read_is_taken_out() {
        let mut redactor = Redactor::default();
        let name: Arc<str> = "g".into();
        let line =
            "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7".to_owned() + "VJTUt9Us8cKj";
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        assert_eq!(redactor.redact((&name, &name), &line), "[redacted]");
        assert_eq!(redactor.redact((&name, &name), digest), digest);
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
