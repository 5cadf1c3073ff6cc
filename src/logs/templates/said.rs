//! The part of a message that is compared with others: of JSON its message and the names of its fields, else its first
//! line.

use super::super::facts::head;
use super::super::json::{JsonValue, Member, Members};
use super::super::summary::{is_skipped, said};

/// Bytes of what is said that are looked at.
const LONGEST: usize = 512;
/// Bytes of a line of JSON that are looked at.
const LOOK: usize = 8 << 10;
/// Members of an object that are looked at.
const MEMBERS: usize = 64;
/// Fields that are named.
const NAMED: usize = 8;

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SaidPart<'a> {
    /// Its words; of JSON as they are escaped there.
    pub(super) words: &'a str,
    /// Whether it goes on after them.
    pub(super) is_cut: bool,
    /// The field of JSON that holds the words, and the names of others.
    pub(super) fields: Option<(&'a str, Vec<&'a str>)>,
}

impl<'a> SaidPart<'a> {
    /// What a message as it came says.
    pub(super) fn of(message: &'a str) -> Self {
        let text = message.trim();
        let json = (text.starts_with('{') && text.ends_with('}')).then(|| Self::of_json(text));
        json.flatten().unwrap_or_else(|| {
            let line = text.lines().next().unwrap_or_default();
            Self::beginning(line)
        })
    }

    fn of_json(text: &'a str) -> Option<Self> {
        let members: Vec<Member<'a>> = Members::of(head(text, LOOK)).take(MEMBERS).collect();
        if members.is_empty() {
            return None;
        }
        let saying = said(&members);
        let names = members.iter().filter(|member| Some(**member) != saying);
        let names = names.filter_map(|member| member.key);
        let names = names.filter(|name| !is_skipped(name)).take(NAMED);
        let names = names.collect();
        let (key, words) = match saying.map(|member| (member.key, member.value)) {
            Some((key, JsonValue::String(words) | JsonValue::Plain(words))) => (key, words),
            // What is nested is told by its name.
            Some((key, _)) => (None, key.unwrap_or_default()),
            None => (None, ""),
        };
        let line = words.split("\\n").next().unwrap_or_default();
        Some(Self {
            fields: Some((key.unwrap_or_default(), names)),
            ..Self::beginning(line)
        })
    }

    fn beginning(line: &'a str) -> Self {
        let words = head(line, LONGEST);
        Self {
            words,
            is_cut: words.len() < line.len(),
            fields: None,
        }
    }

    /// The names of the other fields as one word; nothing for a message that is not JSON, or has none.
    pub(super) fn names(&self) -> Option<String> {
        let (_, names) = self.fields.as_ref()?;
        (!names.is_empty()).then(|| format!("{{{}}}", names.join(",")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_says_its_message_and_names_its_fields() {
        let said = SaidPart::of(
            r#"{"level":"INFO","timestamp":"t","message":"Charged \"a\" 5\nmore","order":"O-1","ms":5}"#,
        );
        assert_eq!(said.words, r#"Charged \"a\" 5"#);
        assert_eq!(said.names().as_deref(), Some("{order,ms}"));
        assert_eq!(said.fields.unwrap().0, "message");
        let nested = SaidPart::of(r#"{"message":{"a":1}}"#);
        assert_eq!((nested.words, nested.names()), ("message", None));
        let none = SaidPart::of(r#"{"sku":1,"n":2}"#);
        assert_eq!((none.words, none.names().as_deref()), ("", Some("{sku,n}")));
    }

    #[test]
    fn text_says_its_first_line() {
        let said = SaidPart::of("Traceback (most recent call last):\n  File x\n");
        assert_eq!(said.words, "Traceback (most recent call last):");
        assert_eq!((said.is_cut, said.fields), (false, None));
        assert!(SaidPart::of(&"a ".repeat(1000)).is_cut);
        assert_eq!(SaidPart::of("{broken").words, "{broken");
        assert_eq!(SaidPart::of("").words, "");
    }
}
