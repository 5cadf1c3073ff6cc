//! Reads the commands of a query.

mod expressions;

use super::cursor::{Malformed, QueryCursor, Token, whole};
use super::expression::Expression;
use super::extract::Extraction;
use super::query::{Key, NamedExpression, Query, QueryCommand, Stats};
use expressions::ExpressionReader;

/// The longest query, in characters.
const LONGEST: usize = 10_000;
/// The most rows of a result.
pub(super) const MOST_ROWS: u32 = 10_000;

/// Commands of the service that the simulated account does not have.
const NOT_SIMULATED: [&str; 9] = [
    "anomaly", "diff", "join", "lookup", "pattern", "source", "unmask", "unnest", "subquery",
];

impl Query {
    /// Reads a query that is asked at `now_s`, in Unix seconds.
    pub(super) fn read(text: &str, now_s: i64) -> Result<Self, Malformed> {
        let mut cursor = QueryCursor::new(text, now_s);
        if text.chars().count() > LONGEST {
            return Err(cursor.wrong(format!("the query is longer than {LONGEST} characters")));
        }
        let mut commands = Vec::new();
        loop {
            commands.push(command(&mut cursor)?);
            if cursor.peek()? == Token::End {
                return Ok(Self { commands });
            }
            cursor.expect("|")?;
        }
    }
}

fn command(cursor: &mut QueryCursor<'_>) -> Result<QueryCommand, Malformed> {
    let before = cursor.clone();
    let word = cursor.name()?.to_ascii_lowercase();
    Ok(match word.as_str() {
        "fields" => QueryCommand::Fields(list(cursor, named)?),
        "display" => QueryCommand::Display(list(cursor, named)?),
        "filter" | "filterindex" => {
            QueryCommand::Filter(ExpressionReader::plain().expression(cursor)?)
        }
        "parse" => parse(cursor)?,
        "stats" => QueryCommand::Stats(stats(cursor)?),
        "sort" => QueryCommand::Sort(list(cursor, key)?),
        "order" => {
            if !cursor.take_word("by") {
                return Err(cursor.unexpected());
            }
            QueryCommand::Sort(list(cursor, key)?)
        }
        "limit" | "head" => QueryCommand::Limit(limit(cursor)?),
        "dedup" => QueryCommand::Dedup(list(cursor, |cursor| {
            ExpressionReader::plain().expression(cursor)
        })?),
        known if NOT_SIMULATED.contains(&known) => {
            return Err(before.wrong(format!("the simulated account does not run '{known}'")));
        }
        _ => return Err(before.unexpected()),
    })
}

fn list<'q, T>(
    cursor: &mut QueryCursor<'q>,
    mut one: impl FnMut(&mut QueryCursor<'q>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let mut items = vec![one(cursor)?];
    while cursor.take(",") {
        items.push(one(cursor)?);
    }
    Ok(items)
}

fn named(cursor: &mut QueryCursor<'_>) -> Result<NamedExpression, Malformed> {
    named_by(&mut ExpressionReader::plain(), cursor)
}

/// Reads `expression [as name]`; without a name the column is called as the expression is written.
fn named_by(
    reader: &mut ExpressionReader,
    cursor: &mut QueryCursor<'_>,
) -> Result<NamedExpression, Malformed> {
    let start = cursor.offset();
    let expression = reader.expression(cursor)?;
    let written = cursor.since(start).trim_matches('`').to_owned();
    let name = if cursor.take_word("as") {
        cursor.name()?
    } else {
        written
    };
    Ok(NamedExpression { name, expression })
}

fn key(cursor: &mut QueryCursor<'_>) -> Result<Key, Malformed> {
    let start = cursor.offset();
    let expression = ExpressionReader::for_stats().expression(cursor)?;
    let written = cursor.since(start).trim_matches('`').to_owned();
    let descending = cursor.take_word("desc");
    if !descending {
        cursor.take_word("asc");
    }
    Ok(Key {
        written,
        expression,
        descending,
    })
}

fn limit(cursor: &mut QueryCursor<'_>) -> Result<u32, Malformed> {
    let before = cursor.clone();
    let Token::Number(number) = cursor.next()? else {
        return Err(before.unexpected());
    };
    let limit = whole(number, MOST_ROWS);
    limit.ok_or_else(|| {
        before.wrong(format!(
            "the limit must be a whole number from 1 to {MOST_ROWS}"
        ))
    })
}

fn parse(cursor: &mut QueryCursor<'_>) -> Result<QueryCommand, Malformed> {
    let mut source = Expression::Field("@message".to_owned());
    if matches!(cursor.peek()?, Token::Name(_)) {
        source = Expression::Field(cursor.name()?);
    }
    let before = cursor.clone();
    if let Some(pattern) = cursor.pattern()? {
        let extraction =
            Extraction::by_expression(&pattern).map_err(|words| before.wrong(words))?;
        return Ok(QueryCommand::Parse(source, extraction));
    }
    let Token::Text(glob) = cursor.next()? else {
        return Err(before.unexpected());
    };
    if !cursor.take_word("as") {
        return Err(cursor.unexpected());
    }
    let names = list(cursor, QueryCursor::name)?;
    let extraction = Extraction::by_glob(&glob, names).map_err(|words| before.wrong(words))?;
    Ok(QueryCommand::Parse(source, extraction))
}

fn stats(cursor: &mut QueryCursor<'_>) -> Result<Stats, Malformed> {
    let mut reader = ExpressionReader::for_stats();
    let items = list(cursor, |cursor| named_by(&mut reader, cursor))?;
    let by = if cursor.take_word("by") {
        list(cursor, named)?
    } else {
        Vec::new()
    };
    if reader.aggregates.is_empty() {
        return Err(cursor.wrong("stats needs at least one aggregate, such as count(*)"));
    }
    Ok(Stats {
        items,
        aggregates: reader.aggregates,
        by,
    })
}
