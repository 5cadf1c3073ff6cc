//! Reads the commands of a query.

mod expressions;

use super::cursor::{Cursor, Malformed, Token, whole};
use super::expression::Expression;
use super::extract::Extraction;
use super::query::{Command, Key, Named, Query, Stats};
use expressions::Reader;

/// The longest query, in characters.
const LONGEST: usize = 10_000;
/// The most rows of a result.
pub(super) const MOST_ROWS: u32 = 10_000;

impl Query {
    /// Reads a query.
    pub(super) fn read(text: &str) -> Result<Self, Malformed> {
        let mut cursor = Cursor::new(text);
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

fn command(cursor: &mut Cursor<'_>) -> Result<Command, Malformed> {
    let before = cursor.clone();
    let word = cursor.name()?.to_ascii_lowercase();
    Ok(match word.as_str() {
        "fields" => Command::Fields(list(cursor, named)?),
        "display" => Command::Display(list(cursor, named)?),
        "filter" => Command::Filter(Reader::plain().expression(cursor)?),
        "parse" => parse(cursor)?,
        "stats" => Command::Stats(stats(cursor)?),
        "sort" => Command::Sort(list(cursor, key)?),
        "order" => {
            if !cursor.take_word("by") {
                return Err(cursor.unexpected());
            }
            Command::Sort(list(cursor, key)?)
        }
        "limit" | "head" => Command::Limit(limit(cursor)?),
        "dedup" => Command::Dedup(list(cursor, |cursor| Reader::plain().expression(cursor))?),
        _ => return Err(before.unexpected()),
    })
}

fn list<'q, T>(
    cursor: &mut Cursor<'q>,
    mut one: impl FnMut(&mut Cursor<'q>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let mut items = vec![one(cursor)?];
    while cursor.take(",") {
        items.push(one(cursor)?);
    }
    Ok(items)
}

fn named(cursor: &mut Cursor<'_>) -> Result<Named, Malformed> {
    named_by(&mut Reader::plain(), cursor)
}

/// Reads `expression [as name]`; without a name the column is called as the expression is written.
fn named_by(reader: &mut Reader, cursor: &mut Cursor<'_>) -> Result<Named, Malformed> {
    let start = cursor.offset();
    let expression = reader.expression(cursor)?;
    let written = cursor.since(start).trim_matches('`').to_owned();
    let name = if cursor.take_word("as") {
        cursor.name()?
    } else {
        written
    };
    Ok(Named { name, expression })
}

fn key(cursor: &mut Cursor<'_>) -> Result<Key, Malformed> {
    let start = cursor.offset();
    let expression = Reader::for_stats().expression(cursor)?;
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

fn limit(cursor: &mut Cursor<'_>) -> Result<u32, Malformed> {
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

fn parse(cursor: &mut Cursor<'_>) -> Result<Command, Malformed> {
    let mut source = Expression::Field("@message".to_owned());
    if matches!(cursor.peek()?, Token::Name(_)) {
        source = Expression::Field(cursor.name()?);
    }
    let before = cursor.clone();
    if let Some(pattern) = cursor.pattern()? {
        let extraction =
            Extraction::by_expression(&pattern).map_err(|words| before.wrong(words))?;
        return Ok(Command::Parse(source, extraction));
    }
    let Token::Text(glob) = cursor.next()? else {
        return Err(before.unexpected());
    };
    if !cursor.take_word("as") {
        return Err(cursor.unexpected());
    }
    let names = list(cursor, Cursor::name)?;
    let extraction = Extraction::by_glob(&glob, names).map_err(|words| before.wrong(words))?;
    Ok(Command::Parse(source, extraction))
}

fn stats(cursor: &mut Cursor<'_>) -> Result<Stats, Malformed> {
    let mut reader = Reader::for_stats();
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
