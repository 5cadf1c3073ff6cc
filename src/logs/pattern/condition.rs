//! Conditions joined by `&&`, `||` and parentheses, whatever a single one is.

use super::PatternError;
use super::cursor::PatternCursor;

/// How deep parentheses may be nested, so that no pattern can exhaust the stack.
const MAX_DEPTH: usize = 50;

/// A tree of conditions. `&&` binds tighter than `||`.
#[derive(Debug, Clone)]
pub(super) enum PatternCondition<T> {
    Single(T),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<T> PatternCondition<T> {
    /// Reads conditions, each by `single`, up to whatever cannot join another.
    pub(super) fn parse<'a>(
        cursor: &mut PatternCursor<'a>,
        single: &mut impl FnMut(&mut PatternCursor<'a>) -> Result<T, PatternError>,
    ) -> Result<Self, PatternError> {
        Self::any(cursor, single, 0)
    }

    pub(super) fn holds(&self, single: &impl Fn(&T) -> bool) -> bool {
        match self {
            Self::Single(condition) => single(condition),
            Self::All(conditions) => conditions.iter().all(|each| each.holds(single)),
            Self::Any(conditions) => conditions.iter().any(|each| each.holds(single)),
        }
    }

    fn any<'a>(
        cursor: &mut PatternCursor<'a>,
        single: &mut impl FnMut(&mut PatternCursor<'a>) -> Result<T, PatternError>,
        depth: usize,
    ) -> Result<Self, PatternError> {
        let first = Self::all(cursor, single, depth)?;
        let mut conditions = vec![first];
        while joined(cursor, "||") {
            conditions.push(Self::all(cursor, single, depth)?);
        }
        Ok(one_or(conditions, Self::Any))
    }

    fn all<'a>(
        cursor: &mut PatternCursor<'a>,
        single: &mut impl FnMut(&mut PatternCursor<'a>) -> Result<T, PatternError>,
        depth: usize,
    ) -> Result<Self, PatternError> {
        let first = Self::one(cursor, single, depth)?;
        let mut conditions = vec![first];
        while joined(cursor, "&&") {
            conditions.push(Self::one(cursor, single, depth)?);
        }
        Ok(one_or(conditions, Self::All))
    }

    fn one<'a>(
        cursor: &mut PatternCursor<'a>,
        single: &mut impl FnMut(&mut PatternCursor<'a>) -> Result<T, PatternError>,
        depth: usize,
    ) -> Result<Self, PatternError> {
        cursor.skip_spaces();
        if !cursor.starts_with("(") {
            return single(cursor).map(Self::Single);
        }
        if depth == MAX_DEPTH {
            return cursor.fail(format!(
                "parentheses are nested more than {MAX_DEPTH} deep; take some away"
            ));
        }
        cursor.next();
        let inside = Self::any(cursor, single, depth + 1)?;
        cursor.skip_spaces();
        if !cursor.take(")") {
            return cursor
                .fail("a ')' is missing here; close what '(' opened, or join with '&&' or '||'");
        }
        Ok(inside)
    }
}

fn joined(cursor: &mut PatternCursor<'_>, operator: &str) -> bool {
    cursor.skip_spaces();
    cursor.take(operator)
}

fn one_or<T>(
    mut conditions: Vec<PatternCondition<T>>,
    join: impl Fn(Vec<PatternCondition<T>>) -> PatternCondition<T>,
) -> PatternCondition<T> {
    match conditions.pop() {
        Some(only) if conditions.is_empty() => only,
        Some(last) => {
            conditions.push(last);
            join(conditions)
        }
        None => join(conditions),
    }
}
