//! How a plain text that holds several articles is split: a TOML file beside it.
//!
//! `NAME.toml` beside `NAME.txt` (or `NAME.txt.toml`):
//!
//! ```toml
//! title = "Web articles"                    # of the whole; optional
//! last-line = "For more, visit"             # the beginning of the last line to keep; optional
//!
//! [[article]]                               # one per article, in the order of the text
//! title = "Tracing topics"
//! first-line = "Today we announce"          # the beginning of its first line
//! author = "Jane Doe"                       # optional, like published (2023-05-16), link and tags
//! ```
//!
//! Instead of its beginning a line can be given as `sha256:` and the first 16 hexadecimal digits of its digest, so that
//! a manifest need not quote the text.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::text::hexadecimal;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Manifest {
    /// The title of the whole.
    pub(super) title: Option<String>,
    /// The last line to keep.
    last_line: Option<LineMark>,
    /// The articles in the order of the text.
    #[serde(rename = "article")]
    articles: Vec<ManifestEntry>,
}

/// One article of a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ManifestEntry {
    /// Its title.
    pub(super) title: String,
    /// Its first line.
    first_line: LineMark,
    /// Who wrote it.
    pub(super) author: Option<String>,
    /// The day it was published.
    published: Option<String>,
    /// Where it is on the web.
    pub(super) link: Option<String>,
    /// Its tags.
    #[serde(default)]
    pub(super) tags: Vec<String>,
}

impl ManifestEntry {
    /// When it was published: the beginning of the day in UTC.
    pub(super) fn published(&self) -> Option<Timestamp> {
        let date: Date = self.published.as_ref()?.parse().ok()?;
        Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

/// How a line is named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
enum LineMark {
    /// By its beginning.
    Beginning(String),
    /// By the beginning of its digest.
    Digest(String),
}

impl From<String> for LineMark {
    fn from(text: String) -> Self {
        match text.strip_prefix("sha256:") {
            Some(digits) => Self::Digest(digits.to_lowercase()),
            None => Self::Beginning(text.trim().to_owned()),
        }
    }
}

impl LineMark {
    fn names(&self, line: &str) -> bool {
        match self {
            Self::Beginning(beginning) => {
                !beginning.is_empty() && line.trim_start().starts_with(beginning)
            }
            Self::Digest(digits) => *digits == digest(line),
        }
    }
}

impl std::fmt::Display for LineMark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Beginning(text) => f.write_str(text),
            Self::Digest(digits) => write!(f, "sha256:{digits}"),
        }
    }
}

/// The first 16 digits of a line's digest, without the blanks around it.
fn digest(line: &str) -> String {
    hexadecimal(&Sha256::digest(line.trim().as_bytes()), 16)
}

/// An article of a text: what its manifest says, and its lines.
pub(super) type Part<'m, 't> = (&'m ManifestEntry, Vec<&'t str>);

impl Manifest {
    /// Reads a manifest.
    ///
    /// # Errors
    /// A sentence that says what is wrong, and where.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let manifest: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if manifest.articles.is_empty() {
            return Err("it has no [[article]]".to_owned());
        }
        let mut titles = HashSet::new();
        if let Some(twice) = manifest
            .articles
            .iter()
            .find(|entry| !titles.insert(&entry.title))
        {
            return Err(format!(
                "the title '{}' is there twice; give each article its own",
                twice.title
            ));
        }
        let bad_date = manifest
            .articles
            .iter()
            .find(|entry| entry.published.is_some() && entry.published().is_none());
        match bad_date {
            Some(entry) => Err(format!(
                "the article '{}' has no date such as \"2023-05-16\" under published",
                entry.title
            )),
            None => Ok(manifest),
        }
    }

    /// The parts of a text. What precedes the first article and follows the last line is left out.
    ///
    /// # Errors
    /// The first article whose first line is not in the text behind the one of the article before it; or the last line.
    pub(super) fn split<'m, 't>(&'m self, text: &'t str) -> Result<Vec<Part<'m, 't>>, String> {
        let mut lines = text.lines().peekable();
        let mut parts: Vec<Part<'m, 't>> = Vec::new();
        for entry in &self.articles {
            let mut before = Vec::new();
            while let Some(line) = lines.next_if(|line| !entry.first_line.names(line)) {
                before.push(line);
            }
            if let Some((_, part)) = parts.last_mut() {
                part.append(&mut before);
            }
            let first = lines.next().ok_or_else(|| {
                format!(
                    "the first line of '{}' ('{}') is not in the text behind the article before it",
                    entry.title, entry.first_line
                )
            })?;
            parts.push((entry, vec![first]));
        }
        let rest: Vec<&str> = lines.collect();
        let last = self.last_line.as_ref();
        let kept = match last {
            Some(mark) => rest
                .iter()
                .rposition(|line| mark.names(line))
                .map(|at| at + 1),
            None => Some(rest.len()),
        };
        let kept = kept.ok_or_else(|| {
            format!(
                "the last line ('{}') is not in the last article",
                last.map(ToString::to_string).unwrap_or_default()
            )
        })?;
        if let Some((_, part)) = parts.last_mut() {
            part.extend(rest.into_iter().take(kept));
        }
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "intro\nFirst line of one\nmore\nFirst of two\nsame\nsame\nthe end\ncookies";

    fn manifest(last: &str) -> Manifest {
        let two = digest("First of two");
        Manifest::parse(&format!(
            "last-line = \"{last}\"\n[[article]]\ntitle = \"One\"\nfirst-line = \"First line\"\npublished = \"2023-05-16\"\n
             [[article]]\ntitle = \"Two\"\nfirst-line = \"sha256:{two}\"\ntags = [\"aws\"]"
        ))
        .unwrap()
    }

    #[test]
    fn a_text_is_split_at_the_first_lines() {
        let manifest = manifest("the end");
        let parts = manifest.split(TEXT).unwrap();
        let lines: Vec<_> = parts
            .iter()
            .map(|(entry, lines)| (entry.title.as_str(), lines.join("|")))
            .collect();
        assert_eq!(
            lines,
            [
                ("One", "First line of one|more".to_owned()),
                ("Two", "First of two|same|same|the end".to_owned())
            ]
        );
        assert_eq!(
            parts[0].0.published().unwrap().to_string(),
            "2023-05-16T00:00:00Z"
        );
        assert_eq!(parts[1].0.published(), None);
    }

    #[test]
    fn a_manifest_that_does_not_fit_says_where() {
        let error = manifest("nowhere").split(TEXT).unwrap_err();
        assert!(error.contains("the last line ('nowhere')"), "{error}");
        let manifest = manifest("the end");
        let error = manifest.split("First of two\nFirst line").unwrap_err();
        assert!(error.contains("the first line of 'Two'"), "{error}");
        for wrong in [
            "",
            "[[article]]\ntitle = \"x\"",
            "[[article]]\ntitle='x'\nfirst-line='y'\npublished='soon'",
            "titel = 'x'",
        ] {
            assert!(Manifest::parse(wrong).is_err(), "{wrong}");
        }
    }
}
