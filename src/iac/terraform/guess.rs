//! Functions in Terraform's files that look like the one meant, where no state tells.

use std::path::Path;

use hcl_edit::expr::Expression;

use super::config::{HclFile, PlacedBlock, TerraformConfig, TerraformModule, child_key};
use super::memory::{FUNCTION, block_sites, call_sites, leave_ignored, told};
use super::resolve::{ModuleFrame, ResolveScope, ValueResolver, ValueSite};
use crate::iac::matching::other_home;
use crate::iac::place::{CodePlace, FunctionTarget, PlaceConfidence, joined};
use crate::iac::stack::StackHome;
use crate::lambda::MemoryMb;

/// The places of functions that look like the one meant, where no state tells.
pub(in crate::iac) fn guessed_places(
    config: &TerraformConfig,
    shown_from: &Path,
    workspace: &str,
    target: &FunctionTarget,
) -> Vec<CodePlace> {
    let search = GuessSearch {
        config,
        shown_from,
        workspace,
        target,
        elsewhere: other_region(config, target),
    };
    let mut places = Vec::new();
    for module in config.modules.values() {
        for block in module.blocks(&["resource", FUNCTION]) {
            places.extend(search.of_block(module, block));
        }
        for call in module.blocks(&["module"]) {
            places.extend(search.of_call(module, call));
        }
    }
    places
}

struct GuessSearch<'c> {
    config: &'c TerraformConfig,
    shown_from: &'c Path,
    workspace: &'c str,
    target: &'c FunctionTarget,
    /// A warning when the provider works in another region.
    elsewhere: Option<String>,
}

impl<'c> GuessSearch<'c> {
    fn resolver(&self, frames: Vec<ModuleFrame<'c>>) -> ValueResolver<'c> {
        ValueResolver {
            config: self.config,
            workspace: self.workspace,
            frames,
            shown_from: self.shown_from,
            known: self.target.live.map(MemoryMb::megabytes),
            witness: "At the run it had",
            to: self.target.to.megabytes(),
        }
    }

    /// A function whose name fits.
    fn of_block(&self, module: &'c TerraformModule, block: PlacedBlock<'c>) -> Vec<CodePlace> {
        let Some((confidence, why)) = likeness(block, &self.target.name) else {
            return Vec::new();
        };
        let resolver = self.resolver(vec![ModuleFrame::top(module)]);
        let scope = ResolveScope::of(block, 1, None);
        let mut sites = block_sites(&resolver, block, scope);
        leave_ignored(&[block], &mut sites);
        self.told(sites, confidence, &format!("{} {why}", block.address()))
    }

    /// A module that is given the name as an argument: the function in it that has the argument as its name, else the
    /// call.
    fn of_call(&self, module: &'c TerraformModule, call: PlacedBlock<'c>) -> Vec<CodePlace> {
        let mut attributes = call.block.body.attributes();
        let is_name = |value: &Expression| value.as_str() == Some(self.target.name.as_str());
        let Some(argument) = attributes.find(|it| is_name(&it.value)) else {
            return Vec::new();
        };
        let why = format!("{} is given its name.", call.address());
        let label = call.block.labels.first().map_or("", |label| label.as_str());
        let key = child_key("", label);
        let source = call.text("source");
        let dir = self.config.call_dir(&module.dir, &key, source);
        let Some(inner) = dir.and_then(|dir| self.config.modules.get(&dir)) else {
            let resolver = self.resolver(vec![ModuleFrame::top(module)]);
            let sites = call_sites(&resolver, call, None);
            return self.told(sites, PlaceConfidence::Guess, &why);
        };
        let frame = ModuleFrame {
            module: inner,
            call: Some(call),
            key: None,
        };
        let frames = vec![ModuleFrame::top(module), frame];
        self.of_module(frames, inner, argument.key.as_str(), &why)
    }

    /// The functions of a module whose name is the variable that was given it.
    fn of_module(
        &self,
        frames: Vec<ModuleFrame<'c>>,
        inner: &'c TerraformModule,
        variable: &str,
        why: &str,
    ) -> Vec<CodePlace> {
        let resolver = self.resolver(frames);
        let named = format!("var.{variable}");
        let mut places = Vec::new();
        for block in inner.blocks(&["resource", FUNCTION]) {
            let Some(name) = block.attribute("function_name") else {
                continue;
            };
            let written = block.file.source.slice(&HclFile::at(&name.value)).trim();
            let confidence = if written == named {
                PlaceConfidence::Likely
            } else if written.contains(&named) {
                PlaceConfidence::Guess
            } else {
                continue;
            };
            let scope = ResolveScope::of(block, 2, None);
            let mut sites = block_sites(&resolver, block, scope);
            leave_ignored(&[block], &mut sites);
            places.extend(self.told(sites, confidence, why));
        }
        places
    }

    fn told(
        &self,
        mut sites: Vec<ValueSite<'c>>,
        confidence: PlaceConfidence,
        why: &str,
    ) -> Vec<CodePlace> {
        let least = match self.elsewhere {
            Some(_) => PlaceConfidence::Guess,
            None => confidence,
        };
        for site in &mut sites {
            site.finding.confidence = site.finding.confidence.max(least);
        }
        let elsewhere = self.elsewhere.as_deref().unwrap_or_default();
        let start = joined(&["No state here names the function.", why, elsewhere]);
        told(sites, &start, self.target)
    }
}

/// A warning when the provider works in another region than the function is in.
fn other_region(config: &TerraformConfig, target: &FunctionTarget) -> Option<String> {
    let root = config.modules.get(&config.root)?;
    let providers = root.blocks(&["provider", "aws"]);
    let mut plain = providers
        .into_iter()
        .filter(|provider| provider.attribute("alias").is_none());
    let home = StackHome {
        account: None,
        region: plain.find_map(|provider| provider.text("region").map(str::to_owned)),
    };
    other_home(&home, target)
}

/// How much a block looks like one function's.
fn likeness(block: PlacedBlock<'_>, name: &str) -> Option<(PlaceConfidence, &'static str)> {
    match &block.attribute("function_name")?.value {
        Expression::String(text) if text.value() == name => {
            Some((PlaceConfidence::Likely, "has its name."))
        }
        Expression::StringTemplate(_)
        | Expression::HeredocTemplate(_)
        | Expression::Traversal(_) => {
            let written = block
                .file
                .source
                .slice(&HclFile::at(&block.attribute("function_name")?.value));
            let fits = fits_template(written.trim_matches('"'), name);
            fits.then_some((PlaceConfidence::Guess, "has a name that fits."))
        }
        _ => None,
    }
}

/// Whether a name may come of a text with `${…}` in it; at least three characters must be the text's own.
pub(in crate::iac) fn fits_template(template: &str, name: &str) -> bool {
    let mut rest = name;
    let mut own = 0;
    let mut is_first = true;
    let mut parts = template.split("${").peekable();
    while let Some(part) = parts.next() {
        let literal = if is_first {
            part
        } else {
            part.split_once('}').map_or("", |(_, literal)| literal)
        };
        own += literal.len();
        let is_last = parts.peek().is_none();
        let at = match (is_first, is_last) {
            (true, _) => rest.starts_with(literal).then_some(0),
            (false, true) => rest.ends_with(literal).then(|| rest.len() - literal.len()),
            (false, false) => rest.find(literal),
        };
        let Some(at) = at else {
            return false;
        };
        rest = rest.get(at + literal.len()..).unwrap_or_default();
        is_first = false;
    }
    own >= 3 && template.contains("${")
}
