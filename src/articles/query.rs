//! What a user searches for, as words and conditions.
//!
//! Words and `"quoted phrases"` are looked for everywhere; `title:`, `author:`, `tag:` and `feed:` look in one place;
//! `is:unread`, `is:read`, `is:starred`, `before:` and `after:` are conditions; `sort:date` and `sort:rank` say the order. A `-` before a word rules it out.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What is searched for. Every part must hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchQuery {
    /// Words and phrases.
    pub terms: Vec<SearchTerm>,
    /// Words and phrases that rule an article out.
    pub without: Vec<SearchTerm>,
    /// Tags it has, in any case.
    pub tags: Vec<String>,
    /// What the title or source of its feed holds, in any case.
    pub feeds: Vec<String>,
    /// Whether it was read.
    pub read: Option<bool>,
    /// Whether it is starred.
    pub starred: Option<bool>,
    /// It was published at this time or later.
    pub after: Option<Timestamp>,
    /// It was published before this time.
    pub before: Option<Timestamp>,
    /// Whether what is found is listed by date instead of by rank.
    pub by_date: bool,
}

/// A search that the user keeps: what it finds is listed like a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its name.
    pub name: String,
    /// What is searched for, as the user wrote it.
    pub query: String,
}

/// A word, or words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchTerm {
    /// Anywhere; a last word may be the beginning of one.
    Anywhere {
        /// The words, as the user wrote them.
        words: String,
        /// Whether the last word may go on.
        open: bool,
    },
    /// In the title.
    Title(String),
    /// In the author's name.
    Author(String),
}

/// Why a text is no query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A date that is none.
    #[error("'{0}' is not a date; write {1}2024, {1}2024-05 or {1}2024-05-31")]
    Date(String, &'static str),
    /// A state there is not.
    #[error("'is:{0}' is not known; use is:unread, is:read or is:starred")]
    State(String),
    /// An order there is not.
    #[error("'sort:{0}' is not known; use sort:date or sort:rank")]
    Order(String),
    /// A field without a word.
    #[error("'{0}' has no word behind it; write '{0}lambda'")]
    Nothing(String),
    /// A minus where none can be.
    #[error("'-{0}' cannot be ruled out; '-' goes before words, 'title:' and 'author:'")]
    Negated(String),
}

impl SearchQuery {
    /// Reads what the user wrote. An empty text finds everything.
    ///
    /// # Errors
    /// [`QueryError`] for a date or a state that cannot be, or a field without a word.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let mut query = Self::default();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let (piece, after) = QueryPiece::take(rest);
            query.add(&piece, after.is_empty())?;
            rest = after.trim_start();
        }
        Ok(query)
    }

    /// Whether it asks for nothing, and so finds everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What words of the query do not mean, though other programs take them so; none when there are no such words.
    #[must_use]
    pub fn remark(&self) -> Option<String> {
        self.terms.iter().find_map(|term| match term {
            SearchTerm::Anywhere { words, .. } => remark(words),
            SearchTerm::Title(_) | SearchTerm::Author(_) => None,
        })
    }

    fn add(&mut self, piece: &QueryPiece<'_>, is_last: bool) -> Result<(), QueryError> {
        let value = piece.words.to_owned();
        if value.trim().is_empty() {
            let nothing = |field| Err(QueryError::Nothing(format!("{field}:")));
            return piece.field.map_or(Ok(()), nothing);
        }
        let term = match piece.field {
            Some("title") => SearchTerm::Title(value),
            Some("author") => SearchTerm::Author(value),
            Some(field) if piece.without => {
                return Err(QueryError::Negated(format!("{field}:{value}")));
            }
            Some(field) => return self.add_condition(field, &value),
            None => SearchTerm::Anywhere {
                words: value,
                open: is_last && !piece.quoted && !piece.without,
            },
        };
        let terms = if piece.without {
            &mut self.without
        } else {
            &mut self.terms
        };
        terms.push(term);
        Ok(())
    }

    fn add_condition(&mut self, field: &str, value: &str) -> Result<(), QueryError> {
        match field {
            "tag" => self.tags.push(value.to_lowercase()),
            "feed" => self.feeds.push(value.to_lowercase()),
            "before" => self.before = Some(day_of(value, "before:")?),
            "after" => self.after = Some(day_of(value, "after:")?),
            "sort" => self.by_date = by_date(value)?,
            _ => self.add_state(value)?,
        }
        Ok(())
    }

    fn add_state(&mut self, state: &str) -> Result<(), QueryError> {
        match state.to_lowercase().as_str() {
            "unread" => self.read = Some(false),
            "read" => self.read = Some(true),
            "starred" => self.starred = Some(true),
            _ => return Err(QueryError::State(state.to_owned())),
        }
        Ok(())
    }
}

/// What a word does not mean.
fn remark(word: &str) -> Option<String> {
    if matches!(word, "AND" | "OR" | "NOT") {
        return Some(format!(
            "'{word}' is looked for like any other word: an article must hold all words, and none with '-' before it."
        ));
    }
    if word.starts_with('(') || word.ends_with(')') {
        return Some("Brackets group nothing: an article must hold all words.".to_owned());
    }
    let (name, value) = word.split_once(':')?;
    let is_like_a_field = !value.is_empty() && name.chars().all(|c| c.is_ascii_lowercase());
    (is_like_a_field && !name.is_empty()).then(|| {
        let fields = FIELDS.map(|field| format!("{field}:"));
        format!(
            "'{name}:' is part of the word; the fields are {}.",
            fields.join(" ")
        )
    })
}

const FIELDS: [&str; 8] = [
    "title", "author", "tag", "feed", "is", "before", "after", "sort",
];

/// One piece of a query as written.
struct QueryPiece<'a> {
    without: bool,
    field: Option<&'static str>,
    words: &'a str,
    quoted: bool,
}

impl<'a> QueryPiece<'a> {
    /// The first piece of a text that does not begin with a space, and what follows it.
    fn take(text: &'a str) -> (Self, &'a str) {
        let (without, text) = match text.strip_prefix('-') {
            Some(rest) if !rest.is_empty() && !rest.starts_with(char::is_whitespace) => {
                (true, rest)
            }
            _ => (false, text),
        };
        let (field, text) = field(text);
        let open = text.strip_prefix('"');
        let (words, rest) = if let Some(open) = open {
            open.split_once('"').unwrap_or((open, ""))
        } else {
            text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
        };
        let piece = Self {
            without,
            field,
            words,
            quoted: open.is_some(),
        };
        (piece, rest)
    }
}

/// The field a text begins with; a word with a colon that names none is a word.
fn field(text: &str) -> (Option<&'static str>, &str) {
    let Some((name, rest)) = text.split_once(':') else {
        return (None, text);
    };
    let known = FIELDS
        .into_iter()
        .find(|field| field.eq_ignore_ascii_case(name));
    known.map_or((None, text), |field| (Some(field), rest))
}

/// The beginning of a year, a month or a day (`2024`, `2024-05`, `2024-05-31`), in UTC.
#[must_use]
pub fn day(text: &str) -> Option<Timestamp> {
    let full = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    let date: Date = full.parse().ok()?;
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

fn by_date(order: &str) -> Result<bool, QueryError> {
    match order.to_lowercase().as_str() {
        "date" => Ok(true),
        "rank" => Ok(false),
        _ => Err(QueryError::Order(order.to_owned())),
    }
}

fn day_of(text: &str, field: &'static str) -> Result<Timestamp, QueryError> {
    day(text).ok_or_else(|| QueryError::Date(text.to_owned(), field))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anywhere(words: &str, open: bool) -> SearchTerm {
        SearchTerm::Anywhere {
            words: words.to_owned(),
            open,
        }
    }

    #[test]
    fn words_phrases_and_fields_are_told_apart() {
        let query = SearchQuery::parse(
            "cold \"provisioned concurrency\" title:lambda author:\"jane doe\" sta",
        )
        .unwrap();
        assert_eq!(
            query.terms,
            [
                anywhere("cold", false),
                anywhere("provisioned concurrency", false),
                SearchTerm::Title("lambda".to_owned()),
                SearchTerm::Author("jane doe".to_owned()),
                anywhere("sta", true),
            ]
        );
        let query = SearchQuery::parse("tag:AWS feed:dev.to -java is:unread is:starred").unwrap();
        assert_eq!(
            (query.tags, query.feeds),
            (vec!["aws".to_owned()], vec!["dev.to".to_owned()])
        );
        assert_eq!(query.without, [anywhere("java", false)]);
        assert_eq!((query.read, query.starred), (Some(false), Some(true)));
    }

    #[test]
    fn dates_are_years_months_or_days() {
        let query = SearchQuery::parse("after:2024 before:2024-05-31").unwrap();
        assert_eq!(query.after.unwrap().to_string(), "2024-01-01T00:00:00Z");
        assert_eq!(query.before.unwrap().to_string(), "2024-05-31T00:00:00Z");
        assert_eq!(
            SearchQuery::parse("before:yesterday")
                .unwrap_err()
                .to_string(),
            "'yesterday' is not a date; write before:2024, before:2024-05 or before:2024-05-31"
        );
    }

    #[test]
    fn what_looks_like_an_operator_is_told_to_be_a_word() {
        let remark = |text: &str| SearchQuery::parse(text).unwrap().remark();
        assert!(
            remark("cold OR queue")
                .unwrap()
                .starts_with("'OR' is looked for")
        );
        assert!(remark("(cold queue)").unwrap().starts_with("Brackets"));
        assert!(remark("foo:bar").unwrap().contains("title: author: tag:"));
        for plain in [
            "cold",
            "s3:GetObject",
            "\u{3042}:b",
            "title:x",
            "a:",
            "or",
            "http:",
        ] {
            assert_eq!(
                SearchQuery::parse(plain).ok().and_then(|it| it.remark()),
                None,
                "{plain}"
            );
        }
    }

    #[test]
    fn a_colon_that_names_no_field_is_part_of_a_word() {
        let query = SearchQuery::parse("s3:GetObject -").unwrap();
        assert_eq!(
            query.terms,
            [anywhere("s3:GetObject", false), anywhere("-", true)]
        );
        assert!(SearchQuery::parse("is:blue").is_err());
        assert!(SearchQuery::parse("title:").is_err());
        assert!(SearchQuery::parse("-tag:java").is_err());
        assert!(SearchQuery::parse("  ").unwrap().is_empty());
        assert!(SearchQuery::parse("\"").unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_read(text in "[a-z:\"\\- é日]{0,30}") {
            let _ = SearchQuery::parse(&text);
        }
    }
}
