//! Lists of articles, and one article with its text.

use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use super::super::compression::unpack;
use super::super::database::Database;
use super::super::encoding::{decode, decode_time, encode_time, unreadable};
use super::super::error::{StoreError, TransactionError};
use super::search;
use crate::articles::{Article, ArticleFilter, ArticleId, FeedId, Markup, Text};

/// What an [`Article`] is read from; `a` is the row of `articles`.
pub(super) const COLUMNS: &str = "a.id, a.feed, a.title, a.author, a.published, a.link, a.tags, a.read, a.starred, \
     a.changed, EXISTS (SELECT 1 FROM full_texts f WHERE f.article = a.number), (SELECT json_group_array(DISTINCT d.link) FROM articles d \
     WHERE d.same_as = a.number AND d.link IS NOT NULL AND d.link IS NOT a.link)";
/// How many columns [`COLUMNS`] has.
pub(super) const COLUMN_COUNT: usize = 12;

/// The order of every list.
pub(super) const ORDER: &str = "a.sort_time IS NULL, a.sort_time DESC, a.feed, a.place, a.number";

/// The articles a filter lets through, in the order of lists.
pub(super) fn list(
    database: &mut Database,
    filter: &ArticleFilter,
) -> Result<Vec<Article>, StoreError> {
    database.read("read the articles", |on| {
        let mut conditions = Conditions::of(filter);
        let (conditions_text, order) = (conditions.text(), order(filter));
        conditions.values.push(integer(filter.limit.unwrap_or(usize::MAX)));
        conditions.values.push(integer(filter.offset));
        let count = conditions.values.len();
        let text = format!(
            "SELECT {COLUMNS} FROM articles a WHERE {conditions_text} ORDER BY {order} LIMIT ?{} OFFSET ?{count}",
            count - 1
        );
        let mut query = on.prepare_cached(&text)?;
        let mut rows = query.query(params_from_iter(conditions.values))?;
        let mut articles = Vec::new();
        while let Some(row) = rows.next()? {
            articles.push(article(row)?);
        }
        Ok(articles)
    })
}

/// An article and its text: that of its page where it is kept.
pub(super) fn with_text(
    database: &mut Database,
    id: &ArticleId,
) -> Result<(Article, Text), StoreError> {
    let of_page = "iif(f.article IS NULL, b.markup, 'html'), coalesce(f.base, b.base), coalesce(f.source, b.source)";
    read(database, id, of_page)
}

/// An article and the text that its feed gives.
pub(super) fn with_own_text(
    database: &mut Database,
    id: &ArticleId,
) -> Result<(Article, Text), StoreError> {
    read(database, id, "b.markup, b.base, b.source")
}

/// An article and a text of it; `f` is the row of its page, and `b` that of its feed's text.
fn read(
    database: &mut Database,
    id: &ArticleId,
    which: &str,
) -> Result<(Article, Text), StoreError> {
    database.read("read the article", |on| {
        let mut query = on.prepare_cached(&format!(
            "SELECT {COLUMNS}, {which}, b.enclosures FROM articles a JOIN bodies b ON b.article = a.number
             LEFT JOIN full_texts f ON f.article = a.number WHERE a.id = ?1"
        ))?;
        let mut rows = query.query([&id.0])?;
        let Some(row) = rows.next()? else {
            return Err(StoreError::NoSuchArticle(id.0.clone()).into());
        };
        Ok((article(row)?, text(row, COLUMN_COUNT, id)?))
    })
}

/// The one article a text can mean.
pub(super) fn find(database: &mut Database, text: &str) -> Result<Article, StoreError> {
    database.read("find the article", |on| meant(on, text))
}

/// Reads the columns of [`COLUMNS`], which come first.
pub(super) fn article(row: &Row<'_>) -> Result<Article, TransactionError> {
    let id: String = row.get(0)?;
    let what = || format!("article '{id}'");
    let published: Option<String> = row.get(4)?;
    Ok(Article {
        feed: FeedId(row.get(1)?),
        title: row.get(2)?,
        author: row.get(3)?,
        published: published.map(|time| decode_time(&time, what)).transpose()?,
        link: row.get(5)?,
        tags: decode(&row.get::<_, String>(6)?, what)?,
        read: row.get(7)?,
        starred: row.get(8)?,
        changed: row.get(9)?,
        is_full: row.get(10)?,
        also: decode(&row.get::<_, String>(11)?, what)?,
        id: ArticleId(id),
    })
}

fn text(row: &Row<'_>, from: usize, id: &ArticleId) -> Result<Text, TransactionError> {
    let what = || format!("article '{}'", id.0);
    let markup = match row.get::<_, String>(from)?.as_str() {
        "html" => Markup::Html,
        "plain" => Markup::Plain,
        "lines" => Markup::Lines,
        other => return Err(unreadable(what, &format!("its text is of kind '{other}'")).into()),
    };
    Ok(Text {
        markup,
        base: row.get(from + 1)?,
        source: unpack(&row.get::<_, Vec<u8>>(from + 2)?, what)?,
        enclosures: decode(&row.get::<_, String>(from + 3)?, what)?,
    })
}

/// How a kind of text is written in the store.
pub(super) const fn markup_word(markup: Markup) -> &'static str {
    match markup {
        Markup::Html => "html",
        Markup::Plain => "plain",
        Markup::Lines => "lines",
    }
}

/// Within one feed the order of the feeds does not count; saying so lets its index serve.
pub(super) const fn order(filter: &ArticleFilter) -> &'static str {
    match filter.feed {
        Some(_) => "a.sort_time IS NULL, a.sort_time DESC, a.place, a.number",
        None => ORDER,
    }
}

/// Whether an article stands behind another one in the order of lists; of one that is forgotten nothing is behind.
const BEHIND: &str = "EXISTS (SELECT 1 FROM articles z WHERE z.id = ? AND (
     a.sort_time < z.sort_time OR (a.sort_time IS NULL AND z.sort_time IS NOT NULL)
     OR (a.sort_time IS z.sort_time AND (a.feed, a.place, a.number) > (z.feed, z.place, z.number))))";

/// A filter as SQL: conditions joined by AND, and the values of `?1` and on.
#[derive(Default)]
pub(super) struct Conditions {
    parts: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn of(filter: &ArticleFilter) -> Self {
        let mut conditions = Self::default();
        conditions.parts.push("a.same_as IS NULL".to_owned());
        if let Some(feed) = filter.feed {
            conditions.add("a.feed = ?", Value::Integer(feed.0));
        }
        for feed in &filter.except {
            conditions.add("a.feed <> ?", Value::Integer(feed.0));
        }
        if let Some(query) = &filter.query {
            search::narrow(&mut conditions, query);
        }
        if let Some(tag) = &filter.tag {
            conditions.add_tag(tag);
        }
        if let Some(author) = &filter.author {
            conditions.add(
                "instr(lowered(a.author), ?) > 0",
                Value::Text(author.to_lowercase()),
            );
        }
        conditions.add_state(filter.read, filter.starred);
        if let Some(since) = filter.since {
            conditions.add("a.published >= ?", Value::Text(encode_time(since)));
        }
        if let Some(before) = filter.before {
            conditions.add("a.published < ?", Value::Text(encode_time(before)));
        }
        if let Some(after) = &filter.after {
            conditions.add(BEHIND, Value::Text(after.0.clone()));
        }
        conditions
    }

    /// Adds a condition with one value, written `?`.
    pub(super) fn add(&mut self, part: &str, value: Value) {
        self.values.push(value);
        self.parts
            .push(part.replace('?', &format!("?{}", self.values.len())));
    }

    pub(super) fn add_tag(&mut self, tag: &str) {
        let part = "EXISTS (SELECT 1 FROM json_each(a.tags) t WHERE lowered(t.value) = ?)";
        self.add(part, Value::Text(tag.to_lowercase()));
    }

    pub(super) fn add_state(&mut self, read: Option<bool>, starred: Option<bool>) {
        if let Some(read) = read {
            self.add("a.read = ?", Value::Integer(read.into()));
        }
        if let Some(starred) = starred {
            self.add("a.starred = ?", Value::Integer(starred.into()));
        }
    }

    pub(super) fn text(&self) -> String {
        self.parts.join(" AND ")
    }
}

/// A count as `SQLite`'s integer.
pub(super) fn integer(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Id, then link, then beginning of an id; the first that matches anything decides. What several feeds link to is one
/// article: the one stored first.
fn meant(on: &Transaction<'_>, wanted: &str) -> Result<Article, TransactionError> {
    let ways = [
        "a.id = ?1",
        "a.number = (SELECT min(coalesce(same_as, number)) FROM articles WHERE link = ?1)",
        "?1 <> '' AND substr(a.id, 1, length(?1)) = ?1 AND a.same_as IS NULL",
    ];
    for way in ways {
        let mut query = on.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM articles a WHERE {way} LIMIT 9"
        ))?;
        let mut rows = query.query([wanted])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(article(row)?);
        }
        if found.len() > 1 {
            let name = |article: &Article| format!("{} ({})", article.id.0, article.title);
            return Err(TransactionError::Told(StoreError::AmbiguousArticle {
                text: wanted.to_owned(),
                candidates: found.iter().map(name).collect(),
            }));
        }
        if let Some(only) = found.pop() {
            return Ok(only);
        }
    }
    Err(StoreError::NoSuchArticle(wanted.to_owned()).into())
}
