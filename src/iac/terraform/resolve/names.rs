//! Values by names: variables, locals, `each.value`.

use std::borrow::Cow;
use std::ops::Range;

use hcl_edit::expr::{Expression, ObjectKey};

use super::{ModuleFrame, ResolveScope, ValueResolver, ValueSite, by_hand};
use crate::iac::edit::TextEdit;
use crate::iac::place::{PlaceConfidence, PlaceFinding};
use crate::iac::terraform::config::{HclFile, PlacedBlock, TerraformModule};
use crate::iac::terraform::uses::uses;
use crate::iac::terraform::values::{ValueFile, VariableValue, variable_values};

impl<'c> ValueResolver<'c> {
    pub(super) fn local(
        &self,
        name: &str,
        whole: &'c Expression,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let Some(module) = self.module(scope) else {
            return Vec::new();
        };
        let Some((file, value)) = module.local(name) else {
            let why = format!("No local '{name}' stands in this module.");
            return vec![by_hand(whole, scope, &why)];
        };
        let also = uses(module, "local", name);
        let mut sites = self.sites(
            value,
            ResolveScope {
                file: &file.source,
                ..scope.clone()
            },
        );
        note(
            &mut sites,
            &format!("The value is local.{name}."),
            &also,
            scope,
        );
        sites
    }

    /// `each.value`: the value of this instance in what the block is made for.
    pub(super) fn each(
        &self,
        whole: &'c Expression,
        mut scope: ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let made_for = scope
            .block
            .and_then(|placed| Some((placed, placed.attribute("for_each")?)));
        let (Some((placed, attribute)), Some(key)) = (made_for, scope.key.clone()) else {
            return vec![by_hand(
                whole,
                &scope,
                "The key of this instance is not known.",
            )];
        };
        scope.keys.insert(0, key.clone());
        scope.file = &placed.file.source;
        let mut sites = self.sites(&attribute.value, scope);
        for site in &mut sites {
            site.is_keyed = true;
            site.finding
                .say(&format!("It is the value of '{key}' in for_each."));
        }
        sites
    }

    fn module(&self, scope: &ResolveScope<'c>) -> Option<&'c TerraformModule> {
        let frame = self.frames.get(scope.depth.checked_sub(1)?)?;
        Some(frame.module)
    }

    /// `var.x`: the argument of the call that leads into the module; at the root a file of values; else the default.
    pub(super) fn variable(
        &self,
        name: &str,
        whole: &'c Expression,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let Some(frame) = scope
            .depth
            .checked_sub(1)
            .and_then(|at| self.frames.get(at))
        else {
            return Vec::new();
        };
        let also = uses(frame.module, "var", name);
        let mut sites = match frame.call {
            Some(call) => self.argument(call, name, frame, scope),
            None if frame.module.dir == self.config.root => self.values(name, scope),
            None => Vec::new(),
        };
        if sites.is_empty() || frame.call.is_none() {
            sites.extend(self.default(frame.module, name, scope));
            self.settle(&mut sites);
        }
        if sites.is_empty() {
            let why =
                format!("The variable '{name}' has no value in any file that is read by itself.");
            return vec![by_hand(whole, scope, &why)];
        }
        note(
            &mut sites,
            &format!("The value is var.{name}."),
            &also,
            scope,
        );
        sites
    }

    /// Of several places, the first one overrules the others, unless another one has the value that is known.
    fn settle(&self, sites: &mut [ValueSite<'c>]) {
        let is_known =
            |site: &ValueSite<'c>| self.known.is_some() && site.finding.from == self.known;
        let known = sites.iter().position(is_known);
        let why = match known {
            Some(_) => format!("{} the value of another place.", self.witness),
            None => "A file of values overrules it.".to_owned(),
        };
        for (at, site) in sites.iter_mut().enumerate() {
            if at != known.unwrap_or_default() {
                site.finding.confidence = PlaceConfidence::Guess;
                site.finding.say(&why);
            }
        }
    }

    fn argument(
        &self,
        call: PlacedBlock<'c>,
        name: &str,
        frame: &ModuleFrame<'c>,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let Some(argument) = call.attribute(name) else {
            return Vec::new();
        };
        let outer = ResolveScope {
            file: &call.file.source,
            depth: scope.depth - 1,
            block: Some(call),
            key: frame.key.clone(),
            ..scope.clone()
        };
        let mut sites = self.sites(&argument.value, outer);
        let instances = call
            .attribute("for_each")
            .or_else(|| call.attribute("count"))
            .is_some();
        for site in &mut sites {
            site.finding
                .say(&format!("It is an argument of {}.", call.address()));
            if instances && !site.is_keyed {
                site.finding
                    .also
                    .push(format!("all instances of {}", call.address()));
            }
        }
        sites
    }

    fn values(&self, name: &str, scope: &ResolveScope<'c>) -> Vec<ValueSite<'c>> {
        let values = variable_values(&self.config.root, self.shown_from, self.workspace, name);
        let sites = values
            .into_iter()
            .filter_map(|value| self.value_site(value, scope));
        sites.collect()
    }

    fn value_site(&self, value: VariableValue, scope: &ResolveScope<'c>) -> Option<ValueSite<'c>> {
        let (file, at, from) = match value.file {
            ValueFile::Hcl(hcl) => {
                let expression = hcl.body.get_attribute(&value.name)?;
                let (at, from) = number_in(&expression.value, &scope.keys)?;
                (hcl.source, at, from)
            }
            ValueFile::Json(data) => {
                let keys = scope.keys.iter().map(String::as_str);
                let keys: Vec<&str> = std::iter::once(value.name.as_str()).chain(keys).collect();
                let node = data.root.at_keys(&keys)?;
                (data.file.clone(), node.at.clone(), node.number()?)
            }
        };
        let quote = if file.slice(&at).starts_with('"') {
            "\""
        } else {
            ""
        };
        let edit = TextEdit::replace(at.clone(), format!("{quote}{}{quote}", self.to));
        let mut finding = PlaceFinding::number(at, from, edit);
        if !value.is_automatic && self.known != Some(from) {
            finding.confidence = PlaceConfidence::Likely;
        }
        finding.say(&value.reason);
        Some(ValueSite {
            file: Cow::Owned(file),
            finding,
            is_keyed: scope.is_keyed,
        })
    }

    fn default(
        &self,
        module: &'c TerraformModule,
        name: &str,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let block = module.deciding(&["variable", name], "default");
        let Some((placed, default)) =
            block.and_then(|placed| Some((placed, placed.attribute("default")?)))
        else {
            return Vec::new();
        };
        let inner = ResolveScope {
            file: &placed.file.source,
            block: None,
            ..scope.clone()
        };
        let mut sites = self.sites(&default.value, inner);
        for site in &mut sites {
            site.finding.say("It is the variable's default.");
        }
        sites
    }
}

/// The number at the end of keys in a literal.
fn number_in(value: &Expression, keys: &[String]) -> Option<(Range<usize>, u32)> {
    match (value, keys) {
        (Expression::Number(number), []) => Some((
            HclFile::at(value),
            number.value().as_u64()?.try_into().ok()?,
        )),
        (Expression::String(text), []) => {
            Some((HclFile::at(value), text.value().trim().parse().ok()?))
        }
        (Expression::Array(items), [key, rest @ ..]) => {
            number_in(items.get(key.parse().ok()?)?, rest)
        }
        (Expression::Object(object), [key, rest @ ..]) => {
            let named = |name: &ObjectKey| match name {
                ObjectKey::Ident(ident) => ident.as_str() == key,
                ObjectKey::Expression(other) => {
                    other.as_str() == Some(key)
                        || other.as_variable().is_some_and(|it| it.as_str() == key)
                }
            };
            let (_, value) = object.iter().find(|(name, _)| named(name))?;
            number_in(value.expr(), rest)
        }
        _ => None,
    }
}

/// Tells of the name that led to some places, and of what else uses it.
fn note(sites: &mut [ValueSite<'_>], why: &str, also: &[String], scope: &ResolveScope<'_>) {
    let own = scope.block.map(|placed| placed.address());
    for site in sites {
        site.finding.begin(why);
        if !site.is_keyed {
            let others = also.iter().filter(|address| Some(*address) != own.as_ref());
            site.finding.also.extend(others.cloned());
        }
    }
}
