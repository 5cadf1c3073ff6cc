//! Values that are texts, and the keys of maps and lists.

use hcl_edit::expr::{Array, Expression};
use hcl_edit::template::{Element, StringTemplate};

use super::{ResolveScope, ValueResolver, ValueShape, ValueSite, by_hand};
use crate::iac::data::{DataContent, DataFile, DataNode};
use crate::iac::place::PlaceFinding;

/// The longest text that is put together, in bytes; no name in AWS is nearly as long.
const LONGEST: usize = 4_096;

/// What a value is, where all places that are no guesses have the same.
pub(in crate::iac::terraform) fn shape<'c>(
    resolver: &ValueResolver<'c>,
    value: &'c Expression,
    scope: &ResolveScope<'c>,
) -> ValueShape {
    let sites = resolver.sites(value, scope.whole());
    let mut meant = sites.into_iter().filter(ValueSite::is_meant);
    let Some(first) = meant.next() else {
        return ValueShape::Unknown;
    };
    let is_agreed = meant.all(|site| site.shape == first.shape);
    if is_agreed {
        first.shape
    } else {
        ValueShape::Unknown
    }
}

/// The text that a value is, where it is known.
pub(in crate::iac::terraform) fn text_of<'c>(
    resolver: &ValueResolver<'c>,
    value: &'c Expression,
    scope: &ResolveScope<'c>,
) -> Option<String> {
    match shape(resolver, value, scope) {
        ValueShape::Text(text) => Some(text),
        _ => None,
    }
}

/// The text of a key: a literal, `each.key`, `count.index`, `terraform.workspace`, a variable.
pub(super) fn key_text<'c>(
    resolver: &ValueResolver<'c>,
    value: &'c Expression,
    scope: &ResolveScope<'c>,
) -> Option<String> {
    match value {
        Expression::String(text) => Some(text.value().clone()),
        Expression::Number(number) => Some(number.value().to_string()),
        _ => text_of(resolver, value, scope),
    }
}

/// The keys that lead to the parts of a map or a list.
pub(in crate::iac::terraform) fn part_keys<'c>(
    resolver: &ValueResolver<'c>,
    value: &'c Expression,
    scope: &ResolveScope<'c>,
) -> Option<Vec<String>> {
    match shape(resolver, value, scope) {
        ValueShape::Map(keys) => Some(keys),
        ValueShape::List(items) => Some((0..items.len()).map(|at| at.to_string()).collect()),
        _ => None,
    }
}

pub(super) fn template<'c>(
    resolver: &ValueResolver<'c>,
    whole: &'c Expression,
    template: &'c StringTemplate,
    scope: &ResolveScope<'c>,
) -> ValueSite<'c> {
    let (mut text, mut is_known) = (String::new(), true);
    for element in template {
        let part = match element {
            Element::Literal(literal) => Some(literal.value().clone()),
            Element::Interpolation(part) => text_of(resolver, &part.expr, scope),
            Element::Directive(_) => None,
        };
        is_known &= part.is_some();
        text.push_str(part.as_deref().unwrap_or("${}"));
        if text.len() > LONGEST {
            return by_hand(whole, scope, "The value is a text that is too long.");
        }
    }
    let shape = if is_known {
        ValueShape::Text(text)
    } else {
        ValueShape::Partly(text)
    };
    by_hand(whole, scope, "The value is computed here.").shaped(shape)
}

pub(super) fn list<'c>(
    resolver: &ValueResolver<'c>,
    whole: &'c Expression,
    items: &'c Array,
    scope: &ResolveScope<'c>,
) -> ValueSite<'c> {
    let texts = items.iter().map(|item| text_of(resolver, item, scope));
    let shape = ValueShape::List(texts.map(Option::unwrap_or_default).collect());
    by_hand(whole, scope, "The value here is a list, no number.").shaped(shape)
}

/// The place at the end of the keys in a file of values in JSON.
pub(super) fn in_data<'c>(
    resolver: &ValueResolver<'c>,
    data: &'c DataFile,
    node: &'c DataNode,
    keys: &[String],
) -> ValueSite<'c> {
    let step = |node: &'c DataNode, key: &String| match &node.content {
        DataContent::List(items) => items.get(key.parse::<usize>().ok()?),
        _ => node.get(key),
    };
    let by_hand = |node: &DataNode, why: &str| {
        let finding = PlaceFinding::by_hand(node.at.clone(), why);
        ValueSite::at(&data.file, finding)
    };
    let Some(end) = keys.iter().try_fold(node, step) else {
        return by_hand(node, "The value here has no such part.");
    };
    if let Some(number) = end.number() {
        let finding = data.number_finding(end, number, resolver.to);
        let shape = ValueShape::Text(number.to_string());
        return ValueSite::at(&data.file, finding).shaped(shape);
    }
    let shape = match &end.content {
        DataContent::Scalar(text) => ValueShape::Text(text.clone()),
        DataContent::List(items) => {
            let texts = items.iter().map(|item| item.text().unwrap_or_default());
            ValueShape::List(texts.map(str::to_owned).collect())
        }
        DataContent::Map { entries, .. } => {
            let keys = entries.iter().filter_map(|(key, _)| key.text());
            ValueShape::Map(keys.map(str::to_owned).collect())
        }
    };
    by_hand(end, "The value here is no whole number.").shaped(shape)
}
