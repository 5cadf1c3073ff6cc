//! Full-text search: a query as SQL, the hits by rank. Every word of the user is quoted, so none is an operator.

use std::fmt::Write as _;

use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use super::super::compression::unpack;
use super::super::database::Database;
use super::super::encoding::encode_time;
use super::super::error::{StoreError, TransactionError};
use super::articles::{COLUMN_COUNT, COLUMNS, Conditions, ORDER, article, integer};
use super::{parted, snippet};
use crate::articles::{ArticleFilter, SearchHit, SearchQuery, SearchTerm};

/// How much a word weighs in title, author, tags and text.
const RANK: &str = "bm25(words, 10.0, 4.0, 6.0, 1.0)";

/// Articles above which the beginning of a word is looked for from [`SHORTEST_BEGINNING`] letters on: what begins with
/// `s` is half of a large library, and to gather it takes longer than the next key.
const LARGE: i64 = 2000;
const SHORTEST_BEGINNING: usize = 3;

/// The articles a query finds, by rank.
pub(super) fn search(
    database: &mut Database,
    query: &SearchQuery,
    limit: usize,
) -> Result<Vec<SearchHit>, StoreError> {
    let words = snippet::words(query);
    database.read("search the articles", |on| {
        let Some(matching) = Matching::of(query, is_large(on)?) else {
            return Ok(Vec::new());
        };
        let mut conditions = conditions(query);
        let (tables, score) = match matching {
            Matching::Everything => ("articles a", "0"),
            Matching::Expression(expression) => {
                conditions.add("words MATCH ?", Value::Text(expression));
                let score = if query.by_date { "0" } else { RANK };
                ("words JOIN articles a ON a.number = words.rowid", score)
            }
        };
        let condition = conditions.text();
        conditions.values.push(integer(limit));
        let text = format!(
            "WITH hits AS MATERIALIZED (
                SELECT a.number AS hit, {score} AS score FROM {tables}
                WHERE {condition} ORDER BY score, {ORDER} LIMIT ?{}
             )
             SELECT {COLUMNS}, coalesce((SELECT plain FROM full_texts WHERE article = hit), b.plain) FROM hits JOIN articles a ON a.number = hit
             JOIN bodies b ON b.article = hit ORDER BY score, {ORDER}",
            conditions.values.len()
        );
        let mut search = on.prepare_cached(&text)?;
        let mut rows = search.query(params_from_iter(conditions.values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row, &words)?);
        }
        Ok(found)
    })
}

fn read(row: &Row<'_>, words: &[snippet::QueryWord]) -> Result<SearchHit, TransactionError> {
    let article = article(row)?;
    let what = || format!("article '{}'", article.id.0);
    let plain = unpack(&row.get::<_, Vec<u8>>(COLUMN_COUNT)?, what)?;
    let snippet = snippet::cut(&plain, words);
    Ok(SearchHit { article, snippet })
}

/// Narrows a list to what a query finds.
pub(super) fn narrow(conditions: &mut Conditions, query: &SearchQuery) {
    add_conditions(conditions, query);
    match Matching::of(query, false) {
        Some(Matching::Everything) => {}
        Some(Matching::Expression(expression)) => {
            let part = "a.number IN (SELECT rowid FROM words WHERE words MATCH ?)";
            conditions.add(part, Value::Text(expression));
        }
        None => conditions.add("0 = ?", Value::Integer(1)),
    }
}

/// What holds for the article or its feed, beside its words.
fn conditions(query: &SearchQuery) -> Conditions {
    let mut conditions = Conditions::of(&ArticleFilter::default());
    add_conditions(&mut conditions, query);
    conditions
}

fn add_conditions(conditions: &mut Conditions, query: &SearchQuery) {
    conditions.add_state(query.read, query.starred);
    for tag in &query.tags {
        conditions.add_tag(tag);
    }
    for feed in &query.feeds {
        let part = "a.feed IN (SELECT id FROM feeds WHERE instr(lowered(title || char(10) || source), ?) > 0)";
        conditions.add(part, Value::Text(feed.clone()));
    }
    if let Some(after) = query.after {
        conditions.add("a.published >= ?", Value::Text(encode_time(after)));
    }
    if let Some(before) = query.before {
        conditions.add("a.published < ?", Value::Text(encode_time(before)));
    }
    let without = expression(&query.without, " OR ", false);
    if let (true, Some(without)) = (query.terms.is_empty(), without) {
        let part = "a.number NOT IN (SELECT rowid FROM words WHERE words MATCH ?)";
        conditions.add(part, Value::Text(without));
    }
}

/// The full-text half of a query.
enum Matching {
    /// It has no words.
    Everything,
    /// FTS5's expression.
    Expression(String),
}

impl Matching {
    /// None when words were given of which none can be found, such as `--`.
    fn of(query: &SearchQuery, in_large: bool) -> Option<Self> {
        if query.terms.is_empty() {
            return Some(Self::Everything);
        }
        let mut text = expression(&query.terms, " AND ", in_large)?;
        if let Some(without) = expression(&query.without, " OR ", in_large) {
            write!(text, " NOT ({without})").ok();
        }
        Some(Self::Expression(text))
    }
}

fn is_large(on: &Transaction<'_>) -> rusqlite::Result<bool> {
    on.prepare_cached("SELECT coalesce(max(number), 0) > ?1 FROM articles")?
        .query_row([LARGE], |row| row.get(0))
}

fn expression(terms: &[SearchTerm], between: &str, in_large: bool) -> Option<String> {
    let parts: Vec<String> = terms
        .iter()
        .filter_map(|term| part(term, in_large))
        .collect();
    (!parts.is_empty()).then(|| format!("({})", parts.join(between)))
}

/// A term in FTS5's words; none when it holds nothing FTS5 would call a word.
fn part(term: &SearchTerm, in_large: bool) -> Option<String> {
    let short = |words: &str| words.is_ascii() && words.len() < SHORTEST_BEGINNING;
    let (column, words, open) = match term {
        SearchTerm::Anywhere { words, open } => ("", words, *open && !(in_large && short(words))),
        SearchTerm::Title(words) => ("title : ", words, false),
        SearchTerm::Author(words) => ("author : ", words, false),
    };
    if !words.chars().any(char::is_alphanumeric) {
        return None;
    }
    let open = if open { " *" } else { "" };
    let words = words.replace('"', "\"\"").replace('\0', " ");
    Some(format!("{column}\"{}\"{open}", parted(&words)))
}
