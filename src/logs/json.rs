//! Reads JSON in a log line without building it: the members of an object or array as slices of the text.
//!
//! Lenient and never recursive: a line that is cut off gives the members before the cut, 100,000 levels of nesting are
//! skipped like text. What matters is that nothing in a log can make it slow.

mod escape;

pub(super) use escape::unescape;

/// A member of an object or an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member<'a> {
    /// The key between its quotes, still escaped; `None` in an array.
    pub(super) key: Option<&'a str>,
    /// The value.
    pub(super) value: JsonValue<'a>,
}

/// A value as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonValue<'a> {
    /// What stands between the quotes, still escaped.
    String(&'a str),
    /// A number, `true`, `false` or `null`.
    Plain(&'a str),
    /// An object, with its braces.
    Object(&'a str),
    /// An array, with its brackets.
    Array(&'a str),
}

impl<'a> JsonValue<'a> {
    /// The text as it is written; a string without its quotes.
    pub(super) const fn text(self) -> &'a str {
        match self {
            Self::String(text) | Self::Plain(text) | Self::Object(text) | Self::Array(text) => text,
        }
    }

    /// The value `text` is, with nothing but white space around it.
    pub(super) fn whole(text: &'a str) -> Option<Self> {
        let mut cursor = JsonCursor { rest: text };
        cursor.skip_space();
        let value = cursor.value()?;
        cursor.skip_space();
        cursor.rest.is_empty().then_some(value)
    }

    /// The members of an object or array; none of anything else.
    pub(super) fn members(self) -> Members<'a> {
        match self {
            Self::Object(text) | Self::Array(text) => Members::of(text),
            Self::String(_) | Self::Plain(_) => Members::of(""),
        }
    }
}

/// Walks over the members of an object or array, up to where it ends or is broken.
#[derive(Debug, Clone)]
pub(super) struct Members<'a> {
    cursor: JsonCursor<'a>,
    keyed: bool,
}

impl<'a> Members<'a> {
    /// The members of the object or array that `text` starts with.
    pub(super) fn of(text: &'a str) -> Self {
        let mut cursor = JsonCursor { rest: text };
        cursor.skip_space();
        let keyed = cursor.take(b'{');
        if !keyed && !cursor.take(b'[') {
            cursor.rest = "";
        }
        Self { cursor, keyed }
    }

    fn member(&mut self) -> Option<Member<'a>> {
        let cursor = &mut self.cursor;
        cursor.skip_space();
        cursor.take(b',');
        cursor.skip_space();
        let key = if self.keyed {
            let key = cursor.string()?;
            cursor.skip_space();
            if !cursor.take(b':') {
                return None;
            }
            cursor.skip_space();
            Some(key)
        } else {
            None
        };
        let value = cursor.value()?;
        Some(Member { key, value })
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = Member<'a>;

    fn next(&mut self) -> Option<Member<'a>> {
        let member = self.member();
        if member.is_none() {
            self.cursor.rest = "";
        }
        member
    }
}

/// What is left to read.
#[derive(Debug, Clone)]
struct JsonCursor<'a> {
    rest: &'a str,
}

impl<'a> JsonCursor<'a> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.rest.as_bytes().first() == Some(&byte);
        if found {
            self.advance(1);
        }
        found
    }

    /// Takes `length` bytes; everything when that is not between two characters.
    fn advance(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn value(&mut self) -> Option<JsonValue<'a>> {
        match self.rest.as_bytes().first()? {
            b'"' => self.string().map(JsonValue::String),
            b'{' => self.nested().map(JsonValue::Object),
            b'[' => self.nested().map(JsonValue::Array),
            _ => self.plain().map(JsonValue::Plain),
        }
    }

    /// A string; what is between its quotes.
    fn string(&mut self) -> Option<&'a str> {
        if !self.take(b'"') {
            return None;
        }
        let end = string_end(self.rest.as_bytes())?;
        let text = self.advance(end);
        self.advance(1);
        Some(text)
    }

    fn plain(&mut self) -> Option<&'a str> {
        let is_end = |byte: u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = self
            .rest
            .bytes()
            .position(is_end)
            .unwrap_or(self.rest.len());
        let text = self.rest.get(..length)?;
        let known = matches!(text, "true" | "false" | "null") || is_number(text);
        known.then(|| self.advance(length))
    }

    fn nested(&mut self) -> Option<&'a str> {
        let bytes = self.rest.as_bytes();
        let (mut at, mut depth) = (0, 0_usize);
        loop {
            match bytes.get(at)? {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => at += 1 + string_end(bytes.get(at + 1..)?)?,
                _ => {}
            }
            at += 1;
            if depth == 0 {
                return Some(self.advance(at));
            }
        }
    }
}

/// Where the quote is that ends a string.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        at += memchr::memchr2(b'"', b'\\', rest)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

fn is_number(text: &str) -> bool {
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    starts
        && text
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
}

/// The JSON that a text is or ends with, and what is before it: loggers put a time and a level there.
pub(super) fn embedded(text: &str) -> Option<(&str, JsonValue<'_>)> {
    /// Braces that are tried.
    const TRIED: usize = 4;
    let text = text.trim_end();
    if !text.ends_with(['}', ']']) {
        return None;
    }
    let starts = text.match_indices(['{', '[']).take(TRIED);
    starts.into_iter().find_map(|(at, _)| {
        let (before, json) = text.split_at_checked(at)?;
        let value = JsonValue::whole(json)?;
        value.members().next().map(|_| (before, value))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{JsonValue, Members, unescape};

    fn read(text: &str) -> Vec<(String, String)> {
        Members::of(text)
            .map(|m| (m.key.unwrap_or("-").to_owned(), m.value.text().to_owned()))
            .collect()
    }

    #[test]
    fn members_are_slices_of_the_text() {
        let text = r#" { "a" : 1 , "b\"" : "x\\" , "c":{"d":["}"]},"e":[1,{"f":2}] } "#;
        let expected = [
            ("a", "1"),
            (r#"b\""#, r"x\\"),
            ("c", r#"{"d":["}"]}"#),
            ("e", r#"[1,{"f":2}]"#),
        ];
        let expected = expected.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(read(text), expected);
        assert_eq!(read("[1, \"b\"]").len(), 2);
    }

    #[test]
    fn a_line_cut_off_gives_what_was_before_the_cut() {
        assert_eq!(read(r#"{"a":1,"b":"cut of"#).len(), 1);
        assert_eq!(read(r#"{"a":1,"b":{"c":"#).len(), 1);
        assert_eq!(read(r#"{"a":tru,"b":1}"#), []);
        assert_eq!(read("plain text"), []);
    }

    #[test]
    fn deep_nesting_is_skipped_without_recursion() {
        let deep = format!(
            "{{\"a\":{}{},\"b\":2}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert_eq!(read(&deep).len(), 2);
        assert!(JsonValue::whole(&deep).is_some());
    }

    #[test]
    fn what_follows_a_value_makes_it_no_value() {
        assert!(JsonValue::whole("{\"a\":1} tail").is_none());
        assert!(JsonValue::whole(" {\"a\":1}\n").is_some());
    }

    fn json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            "\\PC{0,8}|[\"\\\\\n\u{1b}]{0,4}".prop_map(Into::into),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Into::into),
                prop::collection::hash_map("[a-z\"\\\\]{0,4}", inner, 0..4)
                    .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn agrees(value: JsonValue<'_>, expected: &serde_json::Value) -> bool {
        match expected {
            serde_json::Value::Object(map) => {
                let members: Vec<_> = value.members().collect();
                members.len() == map.len()
                    && members.iter().zip(map).all(|(member, (key, expected))| {
                        unescape(member.key.unwrap()) == key.as_str()
                            && agrees(member.value, expected)
                    })
            }
            serde_json::Value::Array(items) => {
                let members: Vec<_> = value.members().collect();
                members.len() == items.len()
                    && members
                        .iter()
                        .zip(items)
                        .all(|(member, item)| agrees(member.value, item))
            }
            serde_json::Value::String(text) => unescape(value.text()) == text.as_str(),
            plain => [plain.to_string()] == [value.text()],
        }
    }

    proptest! {
        #[test]
        fn reads_what_a_full_parser_reads(expected in json(), pretty: bool) {
            let text = if pretty {
                serde_json::to_string_pretty(&expected).unwrap()
            } else {
                expected.to_string()
            };
            prop_assert!(agrees(JsonValue::whole(&text).unwrap(), &expected), "{text}");
        }

        #[test]
        fn never_panics_on_anything(text in "[\\[\\]{}\",:\\\\a1é ]{0,40}") {
            let _ = read(&text);
            let _ = unescape(&text);
        }
    }
}
