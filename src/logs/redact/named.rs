//! Values that stand behind the name of a secret.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// The names of secrets, with what stands between them and their values: a sign, the name of a value in a pair of JSON
/// (`"name":"x-api-key","value":`), or a blank after an option of a command. What may also name something else (`token`) is
/// followed by no number.
pub(super) const NAMES: &str = r#"(?ix)
    (?<option> --[a-z0-9-]*? )?
    (?: (?:aws_?)?(?:secret_?access_?key|session_?token) | passw(?:or)?ds? | passphrase | client_?secret | api[_-]?key
        | private_?key(?:_?id)? | (?:access|refresh|auth|sas)_?token | connection_?string
        | (?:account|shared_?access)_?key | authorization
        | (?-u:\b)(?:secret|token|pwd|(?:set-)?cookie)(?-u:\b) )
    (?: \\*["']? (?: \s*(?:=>|[:=]) \s* | (?:%(?:25)*22)? %(?:25)*3[ad] )
      | \\*["']\s*,\s*\\*["'](?:value|string_?value)\\*["']\s*:\s*
      | \s+ )"#;

/// Words that follow an option in a sentence about it.
const WORDS: &[&str] = &[
    "is", "was", "are", "must", "and", "or", "not", "has", "needs", "to", "option", "flag", "with",
    "cannot", "can", "requires", "required", "missing", "argument", "from", "for", "the", "a",
    "in", "of", "on", "if", "should", "may",
];

static FOUND: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAMES).ok());

/// A text without the values of what is named like a secret; `None` when there are none.
pub(super) fn without_values(text: &str) -> Option<String> {
    let names = FOUND.as_ref()?;
    let (mut out, mut done) = (String::new(), 0);
    while let Some(found) = names.captures_at(text, done) {
        let name = found.get_match();
        out.push_str(text.get(done..name.end())?);
        let rest = text.get(name.end()..)?;
        let (instead, length) = without_value(name.as_str(), found.name("option").is_some(), rest);
        out.push_str(&instead);
        done = name.end() + length;
    }
    out.push_str(text.get(done..)?);
    (out != text).then_some(out)
}

/// What is written in place of the value at the beginning of `rest`, which follows the name of a secret, and the bytes that
/// the value has; nothing when there is none.
fn without_value<'a>(name: &str, is_option: bool, rest: &'a str) -> (Cow<'a, str>, usize) {
    const NONE: (Cow<'static, str>, usize) = (Cow::Borrowed(""), 0);
    let before = name.trim_end_matches(|c: char| c.is_whitespace() || ":=>".contains(c));
    let is_blank = name.ends_with(char::is_whitespace) && before == name.trim_end();
    if is_blank && !is_option {
        return NONE;
    }
    // JSON in JSON has its quotes escaped.
    let json = before.ends_with('"').then(|| closing_quote(before));
    if let Some(quote) = json
        && rest.starts_with(['{', '['])
        && !rest.starts_with("[redacted")
    {
        return (format!("{quote}[redacted]{quote}").into(), nested(rest));
    }
    if let Some(quote) = opening(rest) {
        let length = quoted(rest, quote);
        // A value of nothing is none.
        return if length > quote.len() {
            (format!("{quote}[redacted]").into(), length)
        } else {
            NONE
        };
    }
    let end = |c: char| c.is_whitespace() || "\"'\\,;&}<".contains(c);
    let word = rest.split(end).next().unwrap_or_default();
    let instead = match word {
        "" => return NONE,
        word if is_open(name) && word.parse::<f64>().is_ok() => word.into(),
        // Without quotes a rule of its own looks for it: it may be a word of people.
        word if is_word(name, "authorization") => word.into(),
        word if is_blank && is_spoken(word) => word.into(),
        // A bare value of JSON stays a value.
        _ => json.map_or(Cow::Borrowed("[redacted]"), |quote| {
            format!("{quote}[redacted]{quote}").into()
        }),
    };
    (instead, word.len())
}

/// The quote that a text ends with, with the backslashes before it.
fn closing_quote(text: &str) -> &str {
    let before = text.trim_end_matches(['"', '\'']);
    let before = before.trim_end_matches('\\');
    text.get(before.len()..).unwrap_or_default()
}

/// The quote that a text begins with, with the backslashes before it: `"`, `\"` in JSON in JSON, `\\\"` once more.
fn opening(text: &str) -> Option<&str> {
    let behind = text.trim_start_matches('\\');
    behind
        .starts_with(['"', '\''])
        .then(|| text.get(..=text.len() - behind.len()))?
}

/// Bytes up to the end of a value that begins with this quote, without the closing one.
///
/// A string of JSON in `depth` others escapes itself as often. A quote in it is read from the outermost string on: each
/// reading takes half of the backslashes away, and with none left over the string of this reading ends.
fn quoted(text: &str, quote: &str) -> usize {
    let depth = quote.len().ilog2();
    let sign = quote.bytes().last();
    let mut backslashes = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(quote.len()) {
        if byte == b'\\' {
            backslashes += 1;
            continue;
        }
        if Some(byte) == sign && ends_string(backslashes, depth) {
            // What escapes the closing quote is not of the value.
            return at - backslashes.min(quote.len() - 1);
        }
        backslashes = 0;
    }
    text.len()
}

/// Whether a quote with this many backslashes before it ends a string that stands in `depth` others, or one of these.
fn ends_string(mut backslashes: usize, depth: u32) -> bool {
    (0..=depth).any(|_| {
        let ends = backslashes.is_multiple_of(2);
        backslashes /= 2;
        ends
    })
}

/// Whether a word follows an option because a sentence is about it.
fn is_spoken(word: &str) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
    word.is_empty() || WORDS.iter().any(|spoken| spoken.eq_ignore_ascii_case(word))
}

/// Whether a name may be that of something else.
fn is_open(name: &str) -> bool {
    ["secret", "token", "pwd", "cookie", "set-cookie"]
        .iter()
        .any(|open| is_word(name, open))
}

/// Whether a name, with what stands behind it, is this word.
fn is_word(name: &str, word: &str) -> bool {
    let name = name.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
    name.eq_ignore_ascii_case(word)
}

/// Bytes of the object or list of JSON that a text begins with; all of it when that does not end.
fn nested(text: &str) -> usize {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}
