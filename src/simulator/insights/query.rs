//! A query as a list of commands.

use super::aggregate::Aggregate;
use super::expression::Expression;
use super::extract::Extraction;

/// The commands of a query, in order.
#[derive(Debug, Clone)]
pub(super) struct Query {
    pub(super) commands: Vec<QueryCommand>,
}

#[derive(Debug, Clone)]
pub(super) enum QueryCommand {
    /// Shows fields, and makes new ones.
    Fields(Vec<NamedExpression>),
    /// Shows these fields instead of those before.
    Display(Vec<NamedExpression>),
    Filter(Expression),
    Parse(Expression, Extraction),
    Stats(Stats),
    Sort(Vec<Key>),
    Limit(u32),
    /// Keeps the first row of each combination of these values.
    Dedup(Vec<Expression>),
}

/// An expression and the name of its column.
#[derive(Debug, Clone)]
pub(super) struct NamedExpression {
    pub(super) name: String,
    pub(super) expression: Expression,
}

/// `stats … by …`.
#[derive(Debug, Clone)]
pub(super) struct Stats {
    /// Expressions over the aggregates.
    pub(super) items: Vec<NamedExpression>,
    pub(super) aggregates: Vec<Aggregate>,
    pub(super) by: Vec<NamedExpression>,
}

/// What to sort by.
#[derive(Debug, Clone)]
pub(super) struct Key {
    /// The expression as it is written: a column may be called so, such as `count(*)`.
    pub(super) written: String,
    pub(super) expression: Expression,
    pub(super) descending: bool,
}
