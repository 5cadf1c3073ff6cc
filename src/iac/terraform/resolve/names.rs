//! Values by names: variables, locals, `each.value`.

use hcl_edit::expr::Expression;

use super::texts::in_data;
use super::{ModuleFrame, ResolveScope, ValueResolver, ValueShape, ValueSite, by_hand};
use crate::iac::place::{ONLY_OWN, PlaceConfidence, PlaceFinding};
use crate::iac::terraform::config::{HclFile, PlacedBlock, TerraformModule};
use crate::iac::terraform::memory::inserted;
use crate::iac::terraform::uses::uses;
use crate::iac::terraform::values::{ValueFile, ValuePath, value_paths};

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
                binding: None,
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
        let is_set = attribute.value.as_func_call();
        if is_set.is_some_and(|call| call.name.name.as_str() == "toset") {
            let site = by_hand(whole, &scope, "The value is the key of this instance.");
            return vec![site.shaped(ValueShape::Text(key))];
        }
        scope.keys.insert(0, key.clone());
        scope.file = &placed.file.source;
        let mut sites = self.sites(&attribute.value, scope);
        for site in &mut sites {
            site.key_in();
            site.finding
                .begin(&format!("It is the value of '{key}' in for_each."));
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
            Some(call) => self.of_call(call, name, frame, scope),
            None => self.given(frame.module, name, scope),
        };
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

    /// The argument of a call, else the default and the place of an argument.
    fn of_call(
        &self,
        call: PlacedBlock<'c>,
        name: &str,
        frame: &ModuleFrame<'c>,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let given = self.argument(call, name, frame, scope);
        if !given.is_empty() {
            return given;
        }
        let mut sites = self.default(frame.module, name, scope);
        sites.extend(self.own_argument(call, name, scope, &sites));
        sites
    }

    fn argument(
        &self,
        call: PlacedBlock<'c>,
        name: &str,
        frame: &ModuleFrame<'c>,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let caller = scope
            .depth
            .checked_sub(2)
            .and_then(|at| self.frames.get(at));
        let call = caller.map_or(call, |caller| caller.module.deciding(call, name));
        let Some(argument) = call.attribute(name) else {
            return Vec::new();
        };
        let outer = ResolveScope {
            file: &call.file.source,
            depth: scope.depth - 1,
            block: Some(call),
            key: frame.key.clone(),
            binding: None,
            ..scope.clone()
        };
        let mut sites = self.sites(&argument.value, outer);
        let instances = call
            .attribute("for_each")
            .or_else(|| call.attribute("count"))
            .is_some();
        for site in &mut sites {
            site.finding
                .begin(&format!("It is an argument of {}.", call.address()));
            if instances && !site.is_keyed {
                site.finding
                    .also
                    .push(format!("all instances of {}", call.address()));
            }
        }
        sites
    }

    /// An argument that the call does not give yet, so that no other call has its value.
    fn own_argument(
        &self,
        call: PlacedBlock<'c>,
        name: &str,
        scope: &ResolveScope<'c>,
        defaults: &[ValueSite<'c>],
    ) -> Option<ValueSite<'c>> {
        let is_one = call.attribute("for_each").is_none() && call.attribute("count").is_none();
        let [default] = defaults else {
            return None;
        };
        let from = default.finding.from?;
        let edit = inserted(call, name, self.to).filter(|_| is_one && scope.keys.is_empty())?;
        let mut finding = PlaceFinding::absent(HclFile::at(&call.block.ident), Some(edit));
        finding.from = Some(from);
        finding.say(&format!("{} does not give it.", call.address()));
        finding.say(ONLY_OWN);
        let site = ValueSite::at(&call.file.source, finding);
        let mut site = site.shaped(default.shape.clone());
        site.key_in();
        Some(site)
    }

    /// The values of a variable of the root module: in files of values, and its default.
    fn given(
        &self,
        module: &'c TerraformModule,
        name: &str,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        if module.dir != self.config.root {
            return self.default(module, name, scope);
        }
        let mut places = Vec::new();
        let mut is_unread = false;
        for ValuePath { path, is_automatic } in value_paths(&module.dir, self.workspace) {
            let file = self.config.values.get(&path);
            is_unread |= matches!(file, Some(ValueFile::Unread));
            let mut sites = file.map_or_else(Vec::new, |file| self.in_file(file, name, scope));
            for site in &mut sites {
                self.tell_file(site, is_automatic);
            }
            places.push((is_automatic, sites));
        }
        places.push((true, self.default(module, name, scope)));
        places.retain(|(_, sites)| !sites.is_empty());
        let mut sites = self.settled(places);
        for site in sites.iter_mut().filter(|_| is_unread) {
            let why = "A file of values cannot be read: it may overrule this.";
            site.finding.disbelieve(why);
        }
        sites
    }

    fn tell_file(&self, site: &mut ValueSite<'_>, is_automatic: bool) {
        if is_automatic {
            site.finding.say("Terraform reads this file by itself.");
            return;
        }
        if self.known.size != site.finding.from {
            site.finding.confidence = site.finding.confidence.max(PlaceConfidence::Likely);
        }
        site.finding.say(&format!(
            "This file is of workspace '{}' by its name, and counts when it is given with -var-file.",
            self.workspace
        ));
    }

    fn in_file(
        &self,
        file: &'c ValueFile,
        name: &str,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        match file {
            ValueFile::Hcl(hcl) => {
                let inner = ResolveScope {
                    file: &hcl.source,
                    block: None,
                    binding: None,
                    ..scope.clone()
                };
                let given = hcl.body.get_attribute(name);
                given.map_or_else(Vec::new, |it| self.sites(&it.value, inner))
            }
            ValueFile::Json(data) => {
                let given = data.root.get(name);
                let site = given.map(|node| in_data(self, data, node, &scope.keys));
                site.into_iter().collect()
            }
            ValueFile::Unread => Vec::new(),
        }
    }

    /// Of several files, the first that Terraform reads by itself overrules those behind it. Whether a file before it was
    /// given is told by the known size alone.
    fn settled(&self, places: Vec<(bool, Vec<ValueSite<'c>>)>) -> Vec<ValueSite<'c>> {
        let known = self.known.size;
        let has_known = |at: usize| {
            let sites = places.get(at).map(|(_, sites)| sites.iter());
            known.is_some()
                && sites.is_some_and(|mut sites| sites.any(|site| site.finding.from == known))
        };
        let by_itself = places.iter().position(|(is_automatic, _)| *is_automatic);
        let deciding = match by_itself {
            Some(at) if !has_known(0) && has_known(at) => at,
            _ => 0,
        };
        let before = format!("{} has the value of another place.", self.known.of);
        let mut all = Vec::new();
        for (at, (_, mut sites)) in places.into_iter().enumerate() {
            for site in sites.iter_mut().filter(|_| at != deciding) {
                let why = if at < deciding {
                    &before
                } else {
                    "A file of values overrules it."
                };
                site.finding.disbelieve(why);
            }
            all.append(&mut sites);
        }
        all
    }

    fn default(
        &self,
        module: &'c TerraformModule,
        name: &str,
        scope: &ResolveScope<'c>,
    ) -> Vec<ValueSite<'c>> {
        let block = module.blocks(&["variable", name]).into_iter().next();
        let block = block.map(|placed| module.deciding(placed, "default"));
        let Some((placed, default)) =
            block.and_then(|placed| Some((placed, placed.attribute("default")?)))
        else {
            return Vec::new();
        };
        let inner = ResolveScope {
            file: &placed.file.source,
            block: None,
            binding: None,
            ..scope.clone()
        };
        let mut sites = self.sites(&default.value, inner);
        for site in &mut sites {
            site.finding.begin("It is the variable's default.");
        }
        sites
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
