//! Whether a message is of a template: masked, it has the template's words.
//!
//! Written as text, it can be typed and saved: `json(message)+names Charged order <id> {order,ms}`.

use std::fmt;
use std::str::FromStr;

use super::mask::{ANYTHING, MaskedMessage, is_mask, named, shown};
use super::{FormOf, MessageForm};

/// What a message must say to be of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateTest {
    words: Vec<Box<str>>,
    form: MessageForm,
}

/// What tells that words follow that are not looked at, and that the last word is the names of fields.
const MORE: &str = "+more";
const NAMES: &str = "+names";

impl TemplateTest {
    pub(super) fn new(words: &[Box<str>], form: &MessageForm) -> Self {
        Self {
            words: words.to_vec(),
            form: form.clone(),
        }
    }

    /// A test that can be asked about many messages.
    pub(in crate::logs) fn asked(&self) -> impl FnMut(&str) -> bool + '_ {
        let mut masked = MaskedMessage::default();
        move |message| {
            let form = FormOf::read(&mut masked, message);
            let is_same = |(word, other): (&str, &str)| {
                word == other || word.strip_prefix(ANYTHING) == Some("")
            };
            let words = self.words.iter().map(|word| &**word);
            form.is(&self.form)
                && masked.len() == self.words.len()
                && words.zip(masked.words()).all(is_same)
        }
    }
}

impl fmt::Display for TemplateTest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.form.field {
            Some(field) => write!(out, "json({})", escaped(field))?,
            None => out.write_str("text")?,
        }
        for (is_so, what) in [(self.form.has_names, NAMES), (self.form.is_cut, MORE)] {
            out.write_str(if is_so { what } else { "" })?;
        }
        self.words
            .iter()
            .try_for_each(|word| write!(out, " {}", escaped(word)))
    }
}

impl FromStr for TemplateTest {
    type Err = String;

    /// Reads what [`fmt::Display`] writes.
    ///
    /// # Errors
    /// A sentence when it is something else.
    fn from_str(text: &str) -> Result<Self, String> {
        read(text).ok_or_else(|| {
            format!("'{text}' is no template; the patterns of messages make filters by one")
        })
    }
}

fn read(text: &str) -> Option<TemplateTest> {
    let mut parts = text.split(' ');
    let kind = parts.next()?;
    let (kind, is_cut) = without(kind, MORE);
    let (kind, has_names) = without(kind, NAMES);
    let field = if kind == "text" {
        None
    } else {
        let field = kind.strip_prefix("json(")?.strip_suffix(')')?;
        Some(unescaped(field)?.into())
    };
    let words: Option<Vec<Box<str>>> = parts.map(|word| Some(unescaped(word)?.into())).collect();
    Some(TemplateTest {
        words: words?,
        form: MessageForm {
            field,
            has_names,
            is_cut,
        },
    })
}

/// A text without an ending, and whether it had it.
fn without<'t>(text: &'t str, end: &str) -> (&'t str, bool) {
    let shorter = text.strip_suffix(end);
    (shorter.unwrap_or(text), shorter.is_some())
}

/// A word without blanks, its masks as people read them.
fn escaped(word: &str) -> String {
    let mut out = String::new();
    for character in word.chars() {
        match character {
            ' ' => out.push_str("\\s"),
            '\\' | '<' => out.extend(['\\', character]),
            mask if is_mask(mask) => out.push_str(shown(mask).unwrap_or_default()),
            plain => out.push(plain),
        }
    }
    out
}

fn unescaped(word: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = word.chars();
    while let Some(character) = rest.next() {
        out.push(match character {
            '\\' => match rest.next()? {
                's' => ' ',
                plain => plain,
            },
            '<' => {
                let (name, after) = rest.as_str().split_once('>')?;
                rest = after.chars();
                named(name)?
            }
            plain => plain,
        });
    }
    Some(out)
}
