//! Explanations of lines whose words do not tell the cause, from `assets/hints.toml`.

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::facts::head;

/// How much of an event is looked at, in bytes.
const LOOK: usize = 16 << 10;

const TEXT: &str = include_str!("../../assets/hints.toml");

static BUNDLED: LazyLock<Vec<Hint>> = LazyLock::new(|| {
    // The text is part of the program and a test reads it: the default is hardly met.
    read(TEXT).unwrap_or_default()
});

/// What a line means.
#[derive(Debug, Clone)]
pub struct Hint {
    message: Option<Regex>,
    group: Option<Regex>,
    /// The explanation, one or two sentences.
    pub explanation: String,
    /// The address of a page that tells more.
    pub page: String,
}

/// The explanation of an event of a group, when there is one.
#[must_use]
pub fn hint(group: &str, message: &str) -> Option<&'static Hint> {
    let message = head(message, LOOK);
    BUNDLED.iter().find(|hint| hint.fits(group, message))
}

impl Hint {
    fn fits(&self, group: &str, message: &str) -> bool {
        let fits = |pattern: &Option<Regex>, text: &str| {
            pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
        };
        fits(&self.message, message) && fits(&self.group, group)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    hint: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    pattern: Option<String>,
    group: Option<String>,
    explanation: String,
    page: String,
}

/// Reads the document; `None` when it, or one of its patterns, is not right.
fn read(text: &str) -> Option<Vec<Hint>> {
    let document: Document = toml::from_str(text).ok()?;
    document.hint.into_iter().map(Entry::compiled).collect()
}

impl Entry {
    fn compiled(self) -> Option<Hint> {
        let compiled = |pattern: Option<String>| pattern.map(|it| Regex::new(&it)).transpose();
        Some(Hint {
            message: compiled(self.pattern).ok()?,
            group: compiled(self.group).ok()?,
            explanation: self.explanation,
            page: self.page,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_hints_are_right_and_none_fits_everything() {
        let hints = read(TEXT).unwrap();
        assert!(hints.len() > 5);
        for hint in hints {
            assert!(hint.message.is_some() || hint.group.is_some(), "{hint:?}");
            assert!(!hint.fits("/ecs/web", "GET / 200"), "{hint:?}");
            assert!(
                hint.explanation.ends_with('.') && hint.page.starts_with("https://"),
                "{hint:?}"
            );
        }
    }

    #[test]
    fn lines_are_explained_by_the_first_hint_that_fits() {
        for (group, line, words) in [
            (
                "/ecs/web",
                "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 1.dkr.ecr.us-east-1.amazonaws.com/docker-hub/library/nginx:1: not found",
                "ecr:CreateRepository",
            ),
            (
                "/aws/lambda/f",
                "AccessDenied: User: arn:aws:sts::1:assumed-role/x is not authorized to perform: sqs:sendmessage on resource",
                "aws:PrincipalArn",
            ),
            (
                "/aws/lambda/f",
                "2024-01-01T00:00:00.000Z a Task timed out after 3.00 seconds",
                "maxReceiveCount",
            ),
            (
                "/aws/lambda/f",
                "RequestId: a Error: Runtime exited with error: signal: killed",
                "memory ran out",
            ),
            (
                "/aws/lambda/f",
                "RequestId: a Error: Runtime exited with error: exit status 1\nRuntime.ExitError",
                "ended by itself",
            ),
            ("/aws/lambda/us-east-1.edge", "hello", "Lambda@Edge"),
        ] {
            let found = hint(group, line).unwrap_or_else(|| panic!("no hint for {line}"));
            assert!(found.explanation.contains(words), "{line}: {found:?}");
        }
        assert!(hint("/aws/lambda/f", "hello").is_none());
    }
}
