//! Values behind functions and conditions.

use hcl_edit::expr::{BinaryOperator, Conditional, Expression, FuncCall};

use super::{ResolveScope, ValueResolver, ValueShape, ValueSite, by_hand};
use crate::iac::terraform::config::HclFile;

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
                let count = self.part_keys(value, &scope).map(|keys| keys.len());
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
                let Some(key) = self.key_text(key, &scope) else {
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
        let told = if is_known {
            Some(has_known(&yes))
        } else {
            self.equality(&it.cond_expr, scope)
        };
        let reason = if is_known {
            format!("{} has this side's value.", self.known.of)
        } else {
            "By the values here it is this side.".to_owned()
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
            self.text_of(&it.lhs_expr, scope)?,
            self.text_of(&it.rhs_expr, scope)?,
        );
        Some((left == right) == is_equal)
    }
}
