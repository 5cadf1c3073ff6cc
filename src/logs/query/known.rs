//! Queries that are remembered: saved under a name, or asked before.

use jiff::Timestamp;

/// A query that is remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownQuery {
    /// The name it was saved under; one that was only asked has none.
    pub name: Option<String>,
    /// The query.
    pub query: String,
    /// The groups it was asked of, in order of name.
    pub groups: Vec<String>,
    /// When it was saved, or asked last.
    pub at: Timestamp,
}

impl KnownQuery {
    /// Whether both stand in one place of the list: they have the same name, or none and the same words for the same
    /// groups.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.name, &other.name) {
            (None, None) => self.query == other.query && self.groups == other.groups,
            (own, others) => own == others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_saved_queries_apart_and_words_and_groups_those_that_were_asked() {
        let asked = |query: &str, group: &str| KnownQuery {
            name: None,
            query: query.to_owned(),
            groups: vec![group.to_owned()],
            at: Timestamp::UNIX_EPOCH,
        };
        let saved = |name: &str, query: &str| KnownQuery {
            name: Some(name.to_owned()),
            ..asked(query, "/a")
        };
        assert!(asked("stats count()", "/a").is_same(&asked("stats count()", "/a")));
        assert!(!asked("stats count()", "/a").is_same(&asked("stats count()", "/b")));
        assert!(saved("x", "limit 1").is_same(&saved("x", "limit 2")));
        assert!(!saved("x", "limit 1").is_same(&asked("limit 1", "/a")));
    }
}
