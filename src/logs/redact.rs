//! Takes secrets out of text that leaves the screen: copies, exports, and lines for a script that wants it so.

mod named;
mod redactor;

pub use redactor::Redactor;

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// What secrets look like, and what is written in their place. Fixed text, compiled once.
const RULES: [(&str, &str); 14] = [
    // Keys in PEM and of PGP; also with escaped line breaks, and also when the end is cut off.
    (
        r"(?s)-----BEGIN ([A-Z ]*)PRIVATE KEY( BLOCK)?-----.*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|\z)",
        "-----BEGIN ${1}PRIVATE KEY${2}----- [redacted]",
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
    // Passwords in addresses, such as those of databases; also where the address is part of another one.
    (
        r"([A-Za-z][A-Za-z0-9+.-]*://[^\s:/@]*):[^\s/]+@",
        "$1:[redacted]@",
    ),
    (
        r"(?i)([a-z][a-z0-9+.-]*(?:%(?:25)*3A)(?:%(?:25)*2F){2}[^\s%&]*(?:%(?:25)*3A))[^\s&]+?(%(?:25)*40)",
        "$1[redacted]$2",
    ),
    // Who asks, of curl.
    (
        r#"(?-u:\b)(curl\s(?:[^\n|;]*?\s)?(?:-[uU]|--user|--proxy-user)[ =]?["']?[^\s:"']+):[^\s"']+"#,
        "$1:[redacted]",
    ),
    // Signatures in presigned addresses.
    (
        r"(?i)(X-Amz-(?:Signature|Security-Token)=)[^&\s]+",
        "$1[redacted]",
    ),
    // Shared access signatures of Azure.
    (r"(?i)([?&]sig=)[A-Za-z0-9%+/=_-]{16,}", "$1[redacted]"),
    // Elements of XML.
    (
        r"(?i)(<([a-z0-9]+:)?(?:[a-z_-]*(?:passw(?:or)?d|secret|token|passphrase)|api[_-]?key)(?:\s[^<>]*)?>)[^<\s][^<]*(</)",
        "$1[redacted]$3",
    ),
    // Tokens known by how they begin: of GitHub, GitLab, Slack, Stripe, PyPI, Shopify, DigitalOcean, OpenAI, Anthropic.
    (
        r"(?-u:\b)(gh[pousr]_|github_pat_|gl(?:pat|ptt|dt|rt|cbt|soat)-|xox[abeprs]-|[sr]k_(?:live|test)_|whsec_|pypi-AgE|shp(?:at|ca|pa|ss)_|do[opr]_v1_|sk-(?:proj|ant|svcacct|admin|or)-)[A-Za-z0-9_-]{8,}",
        "$1[redacted]",
    ),
    // Where words may begin so too, only letters and digits follow: of npm, Hugging Face, OpenAI, Google.
    (
        r"(?-u:\b)(npm_|hf_|sk-|AIza|ya29\.)[A-Za-z0-9]{20,}[A-Za-z0-9_-]*",
        "$1[redacted]",
    ),
    // Of SendGrid.
    (
        r"(?-u:\b)(SG\.)[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{20,}",
        "$1[redacted]",
    ),
];

static COMPILED: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let rules = RULES.iter();
    rules
        .filter_map(|(pattern, instead)| Some((Regex::new(pattern).ok()?, *instead)))
        .collect()
});

/// All rules at once: one pass over a text tells whether any finds something.
static ANY: LazyLock<RegexSet> = LazyLock::new(|| {
    let patterns = RULES.iter().map(|(pattern, _)| *pattern);
    RegexSet::new(patterns.chain([named::NAMES])).unwrap_or_default()
});

/// Whether something in a text looks like a secret: whether [`redact`] changes it.
#[must_use]
pub fn holds_secret(text: &str) -> bool {
    ANY.is_match(text) && redact(text) != text
}

/// `text` without what looks like a secret: AWS keys, JSON web tokens, private keys, tokens known by how they begin,
/// passwords in addresses and after their names. It is a net with holes: text that leaves the machine is still the user's
/// to read first.
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
    match named::without_values(&text) {
        Some(redacted) => Cow::Owned(redacted),
        None => text,
    }
}

#[cfg(test)]
mod tests;
