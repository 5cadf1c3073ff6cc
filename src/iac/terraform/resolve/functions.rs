//! Values behind functions and conditions.

use hcl_edit::expr::{Conditional, Expression, FuncCall};

use super::{ResolveScope, ValueResolver, ValueSite, by_hand};
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
            ("tonumber" | "tomap" | "nonsensitive" | "floor" | "ceil", [value]) => {
                self.sites(value, scope)
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

    /// Both sides, unless the value that is known tells one of them.
    pub(super) fn conditional(
        &self,
        it: &'c Conditional,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let mut sites = self.sites(&it.true_expr, scope.clone());
        sites.extend(self.sites(&it.false_expr, scope.clone()));
        let condition = scope.file.slice(&HclFile::at(&it.cond_expr)).trim();
        let why = format!("It depends on '{condition}'.");
        let is_known =
            |site: &ValueSite<'_>| self.known.is_some() && site.finding.from == self.known;
        let known = sites.iter().filter(|site| is_known(site)).count();
        for site in &mut sites {
            if known == 1 && is_known(site) {
                site.finding.say(&why);
                site.finding
                    .say(&format!("{} this side's value.", self.witness));
            } else {
                site.finding.doubt(&why);
            }
        }
        sites
    }
}
