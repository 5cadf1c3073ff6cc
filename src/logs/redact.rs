//! Takes secrets out of text that leaves the screen: copies, exports, and lines for a script that wants it so.

mod redactor;

pub use redactor::Redactor;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// What secrets look like, and what is written in their place. Fixed text, compiled once.
const RULES: [(&str, &str); 9] = [
    // Keys in PEM; also with escaped line breaks, and also when the end is cut off.
    (
        r"(?s)-----BEGIN ([A-Z ]*)PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
        "-----BEGIN ${1}PRIVATE KEY----- [redacted]",
    ),
    // Access key ids of AWS, permanent and temporary.
    (r"(?-u:\b)(AKIA|ASIA)[A-Z0-9]{16}(?-u:\b)", "$1[redacted]"),
    // JSON web tokens, with or without a signature.
    (
        r"(?-u:\b)eyJ[A-Za-z0-9_-]{6,}\.eyJ[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]*",
        "[redacted JWT]",
    ),
    // Authorization headers.
    (
        r"(?i)(?-u:\b)(bearer|basic)\s+[A-Za-z0-9._~+/-]{8,}=*",
        "$1 [redacted]",
    ),
    // What stands there without these words, where it is too long to be a word of people.
    (
        r"(?i)(?-u:\b)(authorization\s*[:=]\s*(?:[a-z]+\s+)?)[A-Za-z0-9._~+/=-]{20,}",
        "$1[redacted]",
    ),
    // Passwords in addresses, such as those of databases.
    (
        r"([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*):[^\s/]+@",
        "$1:[redacted]@",
    ),
    // Signatures in presigned addresses.
    (
        r"(?i)(X-Amz-(?:Signature|Security-Token)=)[^&\s]+",
        "$1[redacted]",
    ),
    // Shared access signatures of Azure.
    (r"(?i)([?&]sig=)[A-Za-z0-9%+/=_-]{16,}", "$1[redacted]"),
    // Tokens of GitHub, Slack and Stripe, known by how they begin.
    (
        r"(?-u:\b)(gh[pousr]_|github_pat_|xox[abprs]-|sk_live_|rk_live_)[A-Za-z0-9_-]{8,}",
        "$1[redacted]",
    ),
];

/// The names of secrets, with what stands between them and their values. What may also name something else (`token`) is
/// followed by no number.
const NAMES: &str = r#"(?ix)
    (?: (?:aws_?)?(?:secret_?access_?key|session_?token) | passw(?:or)?ds? | passphrase | client_?secret | api[_-]?key
        | private_?key(?:_?id)? | (?:access|refresh|auth|sas)_?token | connection_?string
        | (?:account|shared_?access)_?key | authorization
        | (?-u:\b)(?:secret|token|pwd|(?:set-)?cookie)(?-u:\b) )
    (?: \\?["']?\s*[:=]\s* )"#;
/// Their values: up to the closing quote, of JSON in JSON, of JSON, or a single one; without quotes to where a value ends.
const VALUE: &str = r#"(?x)\A(?: (?<quote>\\")(?:[^"\\]|\\\\\\"|\\\\.)+ | (?<quote2>")(?:[^"\\]|\\.)+ | (?<quote3>')(?:[^'\\]|\\.)+
    | (?<bare>[^\s"'\\,;&}]+) )"#;

static NAMED: LazyLock<Option<(Regex, Regex)>> =
    LazyLock::new(|| Some((Regex::new(NAMES).ok()?, Regex::new(VALUE).ok()?)));

static COMPILED: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rules = RULES.iter();
    rules
        .filter_map(|(pattern, instead)| Some((Regex::new(pattern).ok()?, *instead)))
        .collect()
});

/// All rules at once: one pass over a text tells whether any finds something.
static ANY: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = RULES.iter().map(|(pattern, _)| *pattern);
    RegexSet::new(patterns.chain([NAMES])).unwrap_or_default()
});

/// Whether something in a text looks like a secret: whether [`redact`] changes it.
#[must_use]
pub fn holds_secret(text: &str) -> bool {
    ANY.is_match(text) && redact(text) != text
}

/// `text` without what looks like a secret: AWS keys, JSON web tokens, private keys, passwords in addresses and after
/// their names. It is a net with holes: text that leaves the machine is still the user's to read first.
#[must_use]
pub fn redact(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if !ANY.is_match(&text) {
        return text;
    }
    for (secret, instead) in COMPILED.iter() {
        if let Cow::Owned(redacted) = secret.replace_all(&text, *instead) {
            text = Cow::Owned(redacted);
        }
    }
    match without_named(&text) {
        Some(redacted) => Cow::Owned(redacted),
        None => text,
    }
}

/// A text without the values of what is named like a secret; `None` when there are none.
fn without_named(text: &str) -> Option<String> {
    let (names, value) = NAMED.as_ref()?;
    let (mut out, mut done) = (String::new(), 0);
    while let Some(name) = names.find_at(text, done) {
        out.push_str(text.get(done..name.end())?);
        let rest = text.get(name.end()..)?;
        let (instead, length) = without_value(name.as_str(), rest, value);
        out.push_str(&instead);
        done = name.end() + length;
    }
    out.push_str(text.get(done..)?);
    (out != text).then_some(out)
}

/// What is written in place of the value at the beginning of `rest`, which follows the name of a secret, and the bytes that
/// the value has; nothing when there is none.
fn without_value<'a>(name: &str, rest: &'a str, value: &Regex) -> (Cow<'a, str>, usize) {
    let before = name.trim_end_matches(|c: char| c.is_whitespace() || ":=".contains(c));
    let is_json = before.ends_with('"');
    // JSON in JSON has its quotes escaped.
    let quoted = if before.ends_with("\\\"") {
        "\\\"[redacted]\\\""
    } else {
        "\"[redacted]\""
    };
    if is_json && rest.starts_with(['{', '[']) && !rest.starts_with("[redacted") {
        return (quoted.into(), nested(rest));
    }
    let Some(found) = value.captures(rest) else {
        return (Cow::Borrowed(""), 0);
    };
    let part = |name| found.name(name).map(|part| part.as_str());
    let instead = match part("bare") {
        Some(word) if is_open(name) && word.parse::<f64>().is_ok() => word.into(),
        // Without quotes a rule of its own looks for it: it may be a word of people.
        Some(word) if is_word(name, "authorization") => word.into(),
        // A bare value of JSON stays a value.
        Some(_) if is_json => quoted.into(),
        _ => {
            let quote = ["quote", "quote2", "quote3"].into_iter().find_map(part);
            format!("{}[redacted]", quote.unwrap_or_default()).into()
        }
    };
    (instead, found.get_match().len())
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

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{ANY, COMPILED, RULES, holds_secret, redact};

    #[test]
    fn every_rule_can_be_used() {
        assert_eq!((COMPILED.len(), ANY.len()), (RULES.len(), RULES.len() + 1));
    }

    #[test]
    fn secrets_are_taken_out() {
        let key = concat!("AKIA", "IOSFODNN7EXAMPLE");
        let cases = [
            (format!("id={key}."), "id=AKIA[redacted].".to_owned()),
            (
                "dsn postgres://app:s3cr:et@db.internal:5432/x".to_owned(),
                "dsn postgres://app:[redacted]@db.internal:5432/x".to_owned(),
            ),
            (
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl end".to_owned(),
                "token [redacted JWT] end".to_owned(),
            ),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter"
                    .to_owned(),
                "-----BEGIN RSA PRIVATE KEY----- [redacted]\nafter".to_owned(),
            ),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIEcut".to_owned(),
                "-----BEGIN PRIVATE KEY----- [redacted]".to_owned(),
            ),
            (
                r#"{"password":"hunter2","user":"ann"}"#.to_owned(),
                r#"{"password":"[redacted]","user":"ann"}"#.to_owned(),
            ),
            (
                r#"{"body":"{\"apiKey\":\"abc123\"}"}"#.to_owned(),
                r#"{"body":"{\"apiKey\":\"[redacted]\"}"}"#.to_owned(),
            ),
            (
                r#"{"password":"pa,ss\"w}or d","token":1}"#.to_owned(),
                r#"{"password":"[redacted]","token":1}"#.to_owned(),
            ),
            (
                r#"{"b":"{\"password\":\"a\\\"b,c\",\"x\":1}"}"#.to_owned(),
                r#"{"b":"{\"password\":\"[redacted]\",\"x\":1}"}"#.to_owned(),
            ),
            (
                "password='[x 9]' api_key=[y]".to_owned(),
                "password='[redacted]' api_key=[redacted]".to_owned(),
            ),
            (
                "postgres://u:p@ss@h/x mailto a@b".to_owned(),
                "postgres://u:[redacted]@h/x mailto a@b".to_owned(),
            ),
            (
                "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG x".to_owned(),
                "AWS_SECRET_ACCESS_KEY=[redacted] x".to_owned(),
            ),
            (
                "Authorization: Bearer abcdefgh.ijkl".to_owned(),
                "Authorization: Bearer [redacted]".to_owned(),
            ),
        ];
        for (text, expected) in cases {
            assert!(holds_secret(&text), "{text}");
            assert_eq!(redact(&text), expected);
        }
    }

    #[test]
    fn json_stays_json_and_nothing_of_a_nested_secret_is_left() {
        for (text, expected) in [
            (
                r#"{"password":{"v":"hun}ter2"},"a":1}"#,
                r#"{"password":"[redacted]","a":1}"#,
            ),
            (
                r#"{"passwords":["a","hunter2"]}"#,
                r#"{"passwords":"[redacted]"}"#,
            ),
            (
                r#"{"password":123,"b":null}"#,
                r#"{"password":"[redacted]","b":null}"#,
            ),
            (
                r#"{"secret":"hunter2","token":12}"#,
                r#"{"secret":"[redacted]","token":12}"#,
            ),
            (
                "Set-Cookie: session=hunter2; Path=/",
                "Set-Cookie: [redacted]; Path=/",
            ),
            (
                r#"{"b":"{\"password\":{\"v\":1},\"api_key\":12}"}"#,
                r#"{"b":"{\"password\":\"[redacted]\",\"api_key\":\"[redacted]\"}"}"#,
            ),
            (
                "secret_access_key=12345 x",
                "secret_access_key=[redacted] x",
            ),
            ("x-api-key: hunter2", "x-api-key: [redacted]"),
            (
                r#"{"authorization":"hunter2","private_key_id":"0f"}"#,
                r#"{"authorization":"[redacted]","private_key_id":"[redacted]"}"#,
            ),
            (
                "Authorization: Token 0123456789abcdef0123",
                "Authorization: Token [redacted]",
            ),
            (
                "connection_string=Server=db;AccountKey=hunter2==;x=1",
                "connection_string=[redacted];AccountKey=[redacted];x=1",
            ),
            (
                r#"{"connectionString":"Server=db;Pwd=a"}"#,
                r#"{"connectionString":"[redacted]"}"#,
            ),
            (
                "sas_token=sv=2026&sig=0123456789abcdef%3D&x=1",
                "sas_token=[redacted]&sig=[redacted]&x=1",
            ),
        ] {
            assert!(holds_secret(text), "{text}");
            assert_eq!(redact(text), expected);
            assert_eq!(redact(expected), expected);
        }
    }

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in [
            "REPORT RequestId: 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f\tDuration: 1 ms",
            "https://example.org:8080/a@b",
            "password is required",
            "authorization: denied for user 7",
            "Authorization = required, private key id is missing",
            "https://example.org/?sig=short&x=1",
            "the connection string of the account key",
            "basic health check",
        ] {
            assert!(!holds_secret(text), "{text}");
            assert!(matches!(redact(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn twice_is_as_once() {
        let text = "postgres://a:b@c password=x Bearer abcdefghijk";
        let once = redact(text).into_owned();
        assert_eq!(redact(&once), once);
    }
}
