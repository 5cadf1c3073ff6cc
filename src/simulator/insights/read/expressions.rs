//! Reads expressions, loosest operator first.

use super::super::aggregate::{Aggregate, AggregateKind};
use super::super::cursor::{Malformed, QueryCursor, Token, whole};
use super::super::expression::{
    ArithmeticOperator, ComparisonOperator, Expression, Likeness, Rounding,
};
use super::super::extract::compile;
use super::super::functions::InsightsFunction;
use super::super::value::QueryValue;

/// How deep expressions may be nested, so that no query can exhaust the stack.
const MAX_DEPTH: usize = 64;

/// The periods that dates are rounded to, in milliseconds; a month counts 30 days, a year 365.
const PERIODS: [(&str, i64); 25] = [
    ("ms", 1),
    ("msec", 1),
    ("millisecond", 1),
    ("s", 1_000),
    ("sec", 1_000),
    ("second", 1_000),
    ("m", 60_000),
    ("min", 60_000),
    ("minute", 60_000),
    ("h", 3_600_000),
    ("hr", 3_600_000),
    ("hour", 3_600_000),
    ("d", 86_400_000),
    ("day", 86_400_000),
    ("w", 604_800_000),
    ("week", 604_800_000),
    ("mo", 2_592_000_000),
    ("mon", 2_592_000_000),
    ("month", 2_592_000_000),
    ("q", 7_776_000_000),
    ("qtr", 7_776_000_000),
    ("quarter", 7_776_000_000),
    ("y", 31_536_000_000),
    ("yr", 31_536_000_000),
    ("year", 31_536_000_000),
];

/// Reads expressions; within `stats` it gathers the aggregates it meets.
#[derive(Debug)]
pub(super) struct ExpressionReader {
    pub(super) aggregates: Vec<Aggregate>,
    takes_aggregates: bool,
    depth: usize,
}

type Read = Result<Expression, Malformed>;

impl ExpressionReader {
    pub(super) const fn plain() -> Self {
        Self {
            aggregates: Vec::new(),
            takes_aggregates: false,
            depth: 0,
        }
    }

    pub(super) fn for_stats() -> Self {
        Self {
            takes_aggregates: true,
            ..Self::plain()
        }
    }

    pub(super) fn expression(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        if self.depth == MAX_DEPTH {
            return Err(cursor.wrong("the expression is nested too deep"));
        }
        self.depth += 1;
        let mut left = self.conjunction(cursor)?;
        while cursor.take_word("or") {
            left = Expression::Or(Box::new(left), Box::new(self.conjunction(cursor)?));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn conjunction(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let mut left = self.negation(cursor)?;
        while cursor.take_word("and") {
            left = Expression::And(Box::new(left), Box::new(self.negation(cursor)?));
        }
        Ok(left)
    }

    fn negation(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let mut negated = false;
        while cursor.take_word("not") {
            negated = !negated;
        }
        let inner = self.comparison(cursor)?;
        Ok(negate(negated, inner))
    }

    fn comparison(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let left = self.sum(cursor)?;
        let negated = cursor.take_word("not");
        if cursor.take_word("like") || cursor.take("=~") {
            let likeness = likeness(cursor)?;
            return Ok(negate(negated, Expression::Like(Box::new(left), likeness)));
        }
        if cursor.take_word("in") {
            let list = self.list(cursor)?;
            return Ok(negate(negated, Expression::In(Box::new(left), list)));
        }
        if negated {
            return Err(cursor.unexpected());
        }
        let Some(comparison) = comparison(cursor) else {
            return Ok(left);
        };
        let right = self.sum(cursor)?;
        Ok(Expression::Compare(
            Box::new(left),
            comparison,
            Box::new(right),
        ))
    }

    fn list(&mut self, cursor: &mut QueryCursor<'_>) -> Result<Vec<Expression>, Malformed> {
        let round = cursor.take("(");
        if !round {
            cursor.expect("[")?;
        }
        let mut list = vec![self.expression(cursor)?];
        while cursor.take(",") {
            list.push(self.expression(cursor)?);
        }
        cursor.expect(if round { ")" } else { "]" })?;
        Ok(list)
    }

    fn sum(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let signs = [
            ("+", ArithmeticOperator::Add),
            ("-", ArithmeticOperator::Subtract),
        ];
        self.chain(cursor, &signs, Self::product)
    }

    fn product(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let signs = [
            ("*", ArithmeticOperator::Multiply),
            ("/", ArithmeticOperator::Divide),
            ("%", ArithmeticOperator::Remainder),
        ];
        self.chain(cursor, &signs, Self::power)
    }

    fn power(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        self.chain(cursor, &[("^", ArithmeticOperator::Power)], Self::signed)
    }

    fn chain(
        &mut self,
        cursor: &mut QueryCursor<'_>,
        signs: &[(&str, ArithmeticOperator)],
        tighter: fn(&mut Self, &mut QueryCursor<'_>) -> Read,
    ) -> Read {
        let mut left = tighter(self, cursor)?;
        while let Some(&(_, operation)) = signs.iter().find(|(sign, _)| cursor.take(sign)) {
            let right = tighter(self, cursor)?;
            left = Expression::Calculate(Box::new(left), operation, Box::new(right));
        }
        Ok(left)
    }

    fn signed(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let mut negative = false;
        while cursor.take("-") {
            negative = !negative;
        }
        let inner = self.primary(cursor)?;
        if !negative {
            return Ok(inner);
        }
        let zero = Expression::Constant(QueryValue::Number(0.0));
        Ok(Expression::Calculate(
            Box::new(zero),
            ArithmeticOperator::Subtract,
            Box::new(inner),
        ))
    }

    fn primary(&mut self, cursor: &mut QueryCursor<'_>) -> Read {
        let before = cursor.clone();
        match cursor.next()? {
            Token::Number(number) => Ok(Expression::Constant(QueryValue::Number(number))),
            Token::Text(text) => Ok(Expression::Constant(QueryValue::Text(text))),
            Token::Name(name) if cursor.take("(") => self.call(&name, &before, cursor),
            Token::Name(name) => Ok(Expression::Field(name)),
            Token::Sign("(") => {
                let inner = self.expression(cursor)?;
                cursor.expect(")")?;
                Ok(inner)
            }
            Token::Sign(_) | Token::End => Err(before.unexpected()),
        }
    }

    /// Reads the arguments of a function; the parenthesis before them is taken already.
    fn call(&mut self, name: &str, before: &QueryCursor<'_>, cursor: &mut QueryCursor<'_>) -> Read {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "bin" => return bin(cursor),
            "datefloor" => return self.rounded(cursor, Rounding::Down),
            "dateceil" => return self.rounded(cursor, Rounding::Up),
            "now" => {
                cursor.expect(")")?;
                return Ok(Expression::Constant(QueryValue::Number(
                    cursor.now_s as f64,
                )));
            }
            _ => {}
        }
        if let Some((function, least)) = InsightsFunction::named(&name) {
            let arguments = self.arguments(cursor)?;
            if arguments.len() < least {
                return Err(before.wrong(format!("{name} takes at least {least} arguments")));
            }
            return Ok(Expression::Call(function, arguments));
        }
        if self.takes_aggregates {
            return self.aggregate(&name, before, cursor);
        }
        Err(before.wrong(format!("there is no function '{name}' here")))
    }

    /// Reads `time, 5m)`.
    fn rounded(&mut self, cursor: &mut QueryCursor<'_>, rounding: Rounding) -> Read {
        let time = self.expression(cursor)?;
        cursor.expect(",")?;
        let length = period(cursor)?;
        Ok(Expression::Round(Box::new(time), rounding, length))
    }

    fn aggregate(
        &mut self,
        name: &str,
        before: &QueryCursor<'_>,
        cursor: &mut QueryCursor<'_>,
    ) -> Read {
        let everything =
            name == "count" && (cursor.take("*") || matches!(cursor.peek(), Ok(Token::Sign(")"))));
        let mut within = Self {
            depth: self.depth,
            ..Self::plain()
        };
        let argument = if everything {
            None
        } else {
            Some(within.expression(cursor)?)
        };
        let kind = match name {
            "count" => AggregateKind::Count,
            "count_distinct" => AggregateKind::CountDistinct,
            "sum" => AggregateKind::Sum,
            "avg" => AggregateKind::Average,
            "min" | "sortsfirst" => AggregateKind::Least,
            "max" | "sortslast" => AggregateKind::Greatest,
            "stddev" => AggregateKind::Deviation,
            "median" => AggregateKind::Percentile(0.5),
            "earliest" => AggregateKind::Earliest,
            "latest" => AggregateKind::Latest,
            "pct" | "percentile" => AggregateKind::Percentile(percent(cursor)? / 100.0),
            _ => return Err(before.wrong(format!("there is no function '{name}'"))),
        };
        cursor.expect(")")?;
        self.aggregates.push(Aggregate { kind, argument });
        Ok(Expression::Aggregate(self.aggregates.len() - 1))
    }

    fn arguments(&mut self, cursor: &mut QueryCursor<'_>) -> Result<Vec<Expression>, Malformed> {
        let mut arguments = Vec::new();
        if cursor.take(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(cursor)?);
            if !cursor.take(",") {
                cursor.expect(")")?;
                return Ok(arguments);
            }
        }
    }
}

fn negate(negated: bool, inner: Expression) -> Expression {
    if negated {
        Expression::Not(Box::new(inner))
    } else {
        inner
    }
}

fn comparison(cursor: &mut QueryCursor<'_>) -> Option<ComparisonOperator> {
    let signs = [
        ("!=", ComparisonOperator::NotEqual),
        ("<=", ComparisonOperator::LessOrEqual),
        (">=", ComparisonOperator::GreaterOrEqual),
        ("==", ComparisonOperator::Equal),
        ("=", ComparisonOperator::Equal),
        ("<", ComparisonOperator::Less),
        (">", ComparisonOperator::Greater),
    ];
    let taken = signs.into_iter().find(|(sign, _)| cursor.take(sign));
    taken.map(|(_, comparison)| comparison)
}

fn likeness(cursor: &mut QueryCursor<'_>) -> Result<Likeness, Malformed> {
    let before = cursor.clone();
    if let Some(pattern) = cursor.pattern()? {
        let pattern = compile(&pattern).map_err(|words| before.wrong(words))?;
        return Ok(Likeness::Pattern(pattern));
    }
    match cursor.next()? {
        Token::Text(text) => Ok(Likeness::Text(text)),
        _ => Err(before.unexpected()),
    }
}

/// The percentage of `pct(field, 90)`, from the comma on.
fn percent(cursor: &mut QueryCursor<'_>) -> Result<f64, Malformed> {
    cursor.expect(",")?;
    let before = cursor.clone();
    match cursor.next()? {
        Token::Number(number) if (0.0..=100.0).contains(&number) => Ok(number),
        _ => Err(before.wrong("the percentile must be a number from 0 to 100")),
    }
}

/// Reads `5m)`; also `)` alone, a bin of a minute.
fn bin(cursor: &mut QueryCursor<'_>) -> Read {
    let time = Box::new(Expression::Field("@timestamp".to_owned()));
    let length = if cursor.take(")") {
        60_000
    } else {
        period(cursor)?
    };
    Ok(Expression::Round(time, Rounding::Down, length))
}

/// Reads `5m)`: a length in milliseconds.
fn period(cursor: &mut QueryCursor<'_>) -> Result<i64, Malformed> {
    let before = cursor.clone();
    let Token::Number(number) = cursor.next()? else {
        return Err(before.unexpected());
    };
    let unit = cursor.name()?;
    let singular = if unit.len() > 2 {
        unit.trim_end_matches('s')
    } else {
        &unit
    };
    let period = PERIODS.iter().find(|(name, _)| *name == singular);
    let Some(&(_, period)) = period else {
        return Err(before.wrong(format!(
            "there is no period '{unit}'; write one such as 5m or 1h"
        )));
    };
    cursor.expect(")")?;
    let count = whole(number, 100_000);
    let count = count.ok_or_else(|| before.wrong("a bin is a whole number of periods"))?;
    Ok(i64::from(count) * period)
}
