//! Which events a question wants: their streams and their text.

use super::super::errors::ApiError;
use super::errors::{constraint, invalid};
use super::event::StoredEvent;
use crate::logs::FilterPattern;
use crate::logs::pattern::MAX_CHARACTERS;

/// The most streams or prefixes of one question.
const MOST_STREAMS: usize = 100;

/// What is wanted.
#[derive(Debug, Clone)]
pub(super) struct WantedEvents {
    streams: Streams,
    pattern: FilterPattern,
}

#[derive(Debug, Clone)]
enum Streams {
    All,
    Named(Vec<String>),
    Prefixed(Vec<String>),
}

impl WantedEvents {
    /// Reads a question; names and prefixes exclude each other.
    pub(super) fn new(
        names: Option<Vec<String>>,
        prefixes: Option<Vec<String>>,
        pattern: Option<&str>,
    ) -> Result<Self, ApiError> {
        let names = names.filter(|names| !names.is_empty());
        let prefixes = prefixes.filter(|prefixes| !prefixes.is_empty());
        let streams = match (names, prefixes) {
            (Some(_), Some(_)) => {
                return Err(invalid(
                    "Log stream names and log stream name prefixes are mutually exclusive parameters.",
                ));
            }
            (Some(names), None) => Streams::Named(bounded(names, "logStreamNames")?),
            (None, Some(prefixes)) => {
                Streams::Prefixed(bounded(prefixes, "logStreamNamePrefixes")?)
            }
            (None, None) => Streams::All,
        };
        let pattern = pattern.unwrap_or_default();
        if pattern.chars().count() > MAX_CHARACTERS {
            let must = "have length less than or equal to 1024";
            return Err(constraint(pattern, "filterPattern", must));
        }
        let pattern = FilterPattern::parse(pattern)
            .map_err(|cause| invalid(format!("Invalid filter pattern: {cause}")))?;
        Ok(Self { streams, pattern })
    }

    /// The streams that are wanted by name.
    pub(super) fn names(&self) -> &[String] {
        match &self.streams {
            Streams::Named(names) => names,
            Streams::All | Streams::Prefixed(_) => &[],
        }
    }

    /// Whether only some streams are wanted.
    pub(super) fn is_selective(&self) -> bool {
        !matches!(self.streams, Streams::All)
    }

    /// Whether an event is wanted.
    pub(super) fn takes(&self, event: &StoredEvent) -> bool {
        let stream = &*event.stream;
        let its_stream = match &self.streams {
            Streams::All => true,
            Streams::Named(names) => names.iter().any(|name| name == stream),
            Streams::Prefixed(prefixes) => prefixes.iter().any(|p| stream.starts_with(p.as_str())),
        };
        its_stream && self.pattern.matches(&event.message)
    }
}

fn bounded(names: Vec<String>, field: &str) -> Result<Vec<String>, ApiError> {
    if names.len() <= MOST_STREAMS {
        return Ok(names);
    }
    let must = "have length less than or equal to 100";
    Err(constraint(&format!("{names:?}"), field, must))
}
