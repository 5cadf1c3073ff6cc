//! Values behind functions, conditions and loops: `{ for f in var.functions : f.name => f }`.

use std::rc::Rc;

use hcl_edit::expr::{BinaryOperator, Conditional, Expression, ForExpr, FuncCall};

use super::texts::{key_text, part_keys, text_of};
use super::{ResolveScope, ValueResolver, ValueShape, ValueSite, by_hand, without_key};
use crate::iac::terraform::config::HclFile;

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
    pub(super) fn call(
        &self,
        whole: &'c Expression,
        call: &'c FuncCall,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let mut arguments: Vec<&Expression> = call.args.iter().collect();
        let name = call.name.name.as_str();
        match (name, arguments.as_slice()) {
            (
                "tonumber" | "tostring" | "tomap" | "toset" | "tolist" | "nonsensitive" | "floor"
                | "ceil",
                [value],
            ) => self.sites(value, scope),
            ("length", [value]) => {
                let count = part_keys(self, value, &scope).map(|keys| keys.len());
                let site = by_hand(whole, &scope, "The value is how many there are.");
                vec![match count {
                    Some(count) => site.shaped(ValueShape::Text(count.to_string())),
                    None => site,
                }]
            }
            ("coalesce" | "try", _) => self.first_of(whole, &arguments, &scope),
            ("merge", _) => {
                arguments.reverse();
                self.first_of(whole, &arguments, &scope)
            }
            ("lookup", [map, key, default @ ..]) => {
                let Some(key) = key_text(self, key, &scope) else {
                    return vec![by_hand(whole, &scope, "The key of the lookup is computed.")];
                };
                self.lookup(map, key, default.first().copied(), scope)
            }
            _ => {
                let why = format!("The value is computed by {name}().");
                vec![by_hand(whole, &scope, &why)]
            }
        }
    }

    fn lookup(
        &self,
        map: &'c Expression,
        key: String,
        default: Option<&'c Expression>,
        scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let mut inner = scope.clone();
        inner.keys.insert(0, key);
        let found = self.sites(map, inner);
        let is_found = found.iter().any(|site| site.finding.edit.is_some());
        match default.filter(|_| !is_found) {
            Some(default) => self.sites(default, scope),
            None => found,
        }
    }

    /// The places of the first value that has some.
    fn first_of(
        &self,
        whole: &'c Expression,
        values: &[&'c Expression],
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let mut tried = values.iter().map(|value| self.sites(value, scope.clone()));
        let found = tried.find(|sites| sites.iter().any(|site| site.finding.edit.is_some()));
        let Some(mut sites) = found else {
            return vec![by_hand(whole, scope, "The value is computed here.")];
        };
        for site in &mut sites {
            site.finding
                .doubt("It is the first of several values that is given.");
        }
        sites
    }

    /// Both sides; the one that is known to have the value decides, else the one that the condition leads to.
    pub(super) fn conditional(
        &self,
        it: &'c Conditional,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let mut yes = self.sites(&it.true_expr, scope.clone());
        let mut no = self.sites(&it.false_expr, scope.clone());
        let condition = scope.file.slice(&HclFile::at(&it.cond_expr)).trim();
        let why = format!("It depends on '{condition}'.");
        let has_known = |sites: &[ValueSite<'_>]| {
            let known = self.known.size;
            known.is_some() && sites.iter().any(|site| site.finding.from == known)
        };
        let is_known = has_known(&yes) != has_known(&no);
        let (told, reason) = if is_known {
            let reason = format!("{} has this side's value.", self.known.of);
            (Some(has_known(&yes)), reason)
        } else {
            let reason = "By the values here it is this side.".to_owned();
            (self.equality(&it.cond_expr, scope), reason)
        };
        for (side, sites) in [(true, &mut yes), (false, &mut no)] {
            for finding in sites.iter_mut().map(|site| &mut site.finding) {
                match told {
                    Some(told) if told != side => {
                        finding.disbelieve(&format!("{why} The other side decides."));
                    }
                    Some(_) if is_known => finding.say(&format!("{why} {reason}")),
                    Some(_) => finding.doubt(&format!("{why} {reason}")),
                    None => finding.doubt(&why),
                }
            }
        }
        if told == Some(false) {
            std::mem::swap(&mut yes, &mut no);
        }
        yes.extend(no);
        yes
    }

    /// What a comparison of two texts comes out as, where both are known.
    fn equality(&self, condition: &'c Expression, scope: &ResolveScope<'c>) -> Option<bool> {
        let condition = match condition {
            Expression::Parenthesis(inner) => inner.inner(),
            other => other,
        };
        let it = condition.as_binary_op()?;
        let is_equal = match it.operator.value() {
            BinaryOperator::Eq => true,
            BinaryOperator::NotEq => false,
            _ => return None,
        };
        let (left, right) = (
            text_of(self, &it.lhs_expr, scope)?,
            text_of(self, &it.rhs_expr, scope)?,
        );
        Some((left == right) == is_equal)
    }

    /// A part of what a loop makes; without keys the keys that it makes.
    pub(super) fn looped(
        &self,
        whole: &'c Expression,
        it: &'c ForExpr,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let parts = part_keys(self, &it.intro.collection_expr, scope);
        let Some(parts) = parts.filter(|_| it.cond.is_none() && !it.grouping) else {
            return vec![by_hand(whole, scope, "The value is computed by a loop.")];
        };
        let outer = Rc::new(scope.whole());
        let inner = |part: &String| ResolveScope {
            binding: Some(LoopBinding {
                key_name: it.intro.key_var.as_ref().map(ToString::to_string),
                value_name: it.intro.value_var.to_string(),
                collection: &it.intro.collection_expr,
                part: part.clone(),
                outer: Rc::clone(&outer),
            }),
            ..scope.clone()
        };
        let made = |(at, part): (usize, &String)| match &it.key_expr {
            Some(key) => key_text(self, key, &inner(part)).unwrap_or_default(),
            None => at.to_string(),
        };
        let keys: Vec<String> = parts.iter().enumerate().map(made).collect();
        let Some(wanted) = scope.keys.first() else {
            let shape = match it.key_expr {
                Some(_) => ValueShape::Map(keys),
                None => ValueShape::List(keys),
            };
            let why = "The value is what a loop makes, no number.";
            return vec![by_hand(whole, scope, why).shaped(shape)];
        };
        let at = keys.iter().position(|key| key == wanted);
        match at.and_then(|at| parts.get(at)) {
            Some(part) => self.sites(&it.value_expr, without_key(inner(part))),
            None => vec![by_hand(whole, scope, "The loop makes no such part.")],
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
