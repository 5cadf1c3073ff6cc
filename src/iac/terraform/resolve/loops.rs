//! `for` in an expression: `{ for f in var.functions : f.name => f }`.

use std::rc::Rc;

use hcl_edit::expr::{Expression, ForExpr};

use super::{ResolveScope, ValueResolver, ValueShape, ValueSite, by_hand, without_key};

/// The names of a loop, and the part of its collection that they stand for.
#[derive(Debug, Clone)]
pub(in crate::iac::terraform) struct LoopBinding<'c> {
    key_name: Option<String>,
    value_name: String,
    collection: &'c Expression,
    /// What leads to the part: the key in a map, the index in a list.
    part: String,
    /// Where the loop stands.
    outer: Rc<ResolveScope<'c>>,
}

impl<'c> ValueResolver<'c> {
    /// A part of what a loop makes; without keys the keys that it makes.
    pub(super) fn looped(
        &self,
        whole: &'c Expression,
        it: &'c ForExpr,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let parts = self.part_keys(&it.intro.collection_expr, &scope);
        let Some(parts) = parts.filter(|_| it.cond.is_none() && !it.grouping) else {
            return vec![by_hand(whole, &scope, "The value is computed by a loop.")];
        };
        let outer = Rc::new(scope.whole());
        let inner = |part: &String| ResolveScope {
            binding: Some(LoopBinding {
                key_name: it.intro.key_var.as_ref().map(|name| name.to_string()),
                value_name: it.intro.value_var.to_string(),
                collection: &it.intro.collection_expr,
                part: part.clone(),
                outer: Rc::clone(&outer),
            }),
            ..scope.clone()
        };
        let made = |(at, part): (usize, &String)| match &it.key_expr {
            Some(key) => self.key_text(key, &inner(part)).unwrap_or_default(),
            None => at.to_string(),
        };
        let keys: Vec<String> = parts.iter().enumerate().map(made).collect();
        let Some(wanted) = scope.keys.first() else {
            let shape = match it.key_expr {
                Some(_) => ValueShape::Map(keys),
                None => ValueShape::List(keys),
            };
            let why = "The value is what a loop makes, no number.";
            return vec![by_hand(whole, &scope, why).shaped(shape)];
        };
        let at = keys.iter().position(|key| key == wanted);
        match at.and_then(|at| parts.get(at)) {
            Some(part) => self.sites(&it.value_expr, without_key(inner(part))),
            None => vec![by_hand(whole, &scope, "The loop makes no such part.")],
        }
    }

    /// A name alone.
    pub(super) fn bound(
        &self,
        whole: &'c Expression,
        name: &str,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let found = self.bound_part(name, &[], scope);
        found.unwrap_or_else(|| vec![by_hand(whole, scope, "The value is computed here.")])
    }

    /// What a name of the loop and the keys behind it lead to; none where the loop does not give the name.
    pub(super) fn bound_part(
        &self,
        name: &str,
        keys: &[String],
        scope: &ResolveScope<'c>,
    ) -> Option<Vec<ValueSite<'c>>> {
        let binding = scope.binding.as_ref()?;
        if binding.key_name.as_deref() == Some(name) {
            let site = by_hand(binding.collection, &binding.outer, "The value is a key.");
            return Some(vec![site.shaped(ValueShape::Text(binding.part.clone()))]);
        }
        if binding.value_name != name {
            return None;
        }
        let first = std::iter::once(binding.part.clone());
        let rest = keys.iter().chain(&scope.keys).cloned();
        let inner = ResolveScope {
            keys: first.chain(rest).collect(),
            steps: scope.steps,
            ..binding.outer.as_ref().clone()
        };
        let mut sites = self.sites(binding.collection, inner);
        sites.iter_mut().for_each(ValueSite::key_in);
        Some(sites)
    }
}
