//! Functions in Terraform's files that look like the one meant, where no state tells: every block of every call of every
//! module is asked for its name.

use std::cell::Cell;

use hcl_edit::expr::{Expression, TraversalOperator};
use hcl_edit::{Decorated, Ident};

use super::config::{PlacedBlock, TerraformConfig, TerraformModule, child_key};
use super::memory::{FUNCTION, block_sites, call_sites, tell_others, told};
use super::resolve::{
    KnownSize, ModuleFrame, ResolveScope, ValueResolver, ValueShape, ValueSite, shape, text_of,
};
use crate::iac::matching::other_place;
use crate::iac::place::{CodePlace, FunctionTarget, PlaceConfidence};
use crate::lambda::MemoryMb;

/// How deep modules are nested.
const DEEPEST: usize = 12;
/// The most instances of blocks that are asked for their names.
const MOST_INSTANCES: usize = 2_000;

/// The places of functions that look like the one meant, where no state tells.
pub(in crate::iac) fn guessed_places(
    config: &TerraformConfig,
    workspace: &str,
    target: &FunctionTarget,
) -> Vec<CodePlace> {
    let Some(root) = config.modules.get(&config.root) else {
        return Vec::new();
    };
    let mut search = NameSearch {
        config,
        workspace,
        target,
        instances: 0,
        places: Vec::new(),
    };
    search.module(&[ModuleFrame::top(root)], "");
    search.places
}

/// Goes through the modules of a project.
struct NameSearch<'c> {
    config: &'c TerraformConfig,
    workspace: &'c str,
    target: &'c FunctionTarget,
    instances: usize,
    places: Vec<CodePlace>,
}

impl<'c> NameSearch<'c> {
    fn resolver(&self, frames: &[ModuleFrame<'c>]) -> ValueResolver<'c> {
        ValueResolver {
            config: self.config,
            workspace: self.workspace,
            frames: frames.to_vec(),
            known: KnownSize {
                size: self.target.live.map(MemoryMb::megabytes),
                of: "The run",
            },
            to: self.target.to.megabytes(),
            work: Cell::new(0),
        }
    }

    fn module(&mut self, frames: &[ModuleFrame<'c>], key: &str) {
        let Some(module) = frames.last().map(|frame| frame.module) else {
            return;
        };
        let resolver = self.resolver(frames);
        for block in module.blocks(&["resource", FUNCTION]) {
            self.block(&resolver, block);
        }
        for call in module.blocks(&["module"]) {
            self.call(&resolver, module, call, key);
        }
    }

    fn block(&mut self, resolver: &ValueResolver<'c>, block: PlacedBlock<'c>) {
        let keys = keys_of(resolver, block);
        for key in &keys {
            self.instances += 1;
            resolver.work.set(0);
            let scope = ResolveScope::of(block, resolver.frames.len(), key.clone());
            let name = block.attribute("function_name");
            let shape = name.map(|it| shape(resolver, &it.value, &scope));
            let likeness = shape.and_then(|shape| likeness(&shape, &self.target.name));
            let Some((confidence, why)) = likeness.filter(|_| self.instances < MOST_INSTANCES)
            else {
                continue;
            };
            let mut sites = block_sites(resolver, block, scope);
            let others = keys.iter().filter(|other| *other != key);
            let others = others.flatten().map(|other| instance(block, other));
            tell_others(resolver, &others.collect::<Vec<_>>(), &mut sites);
            if let Some(doubt) = provider_doubt(resolver, block, self.target) {
                for site in &mut sites {
                    site.finding.disbelieve(&doubt);
                }
            }
            let name = match key {
                Some(key) => instance(block, key),
                None => block.address(),
            };
            self.tell(resolver, sites, confidence, &format!("{name} {why}"));
        }
    }

    /// A call: its module where that is here, else what it is given.
    fn call(
        &mut self,
        resolver: &ValueResolver<'c>,
        module: &'c TerraformModule,
        call: PlacedBlock<'c>,
        key: &str,
    ) {
        let name = call.labels().first().copied().unwrap_or_default();
        let child = child_key(key, name);
        let dir = self
            .config
            .call_dir(&module.dir, &child, call.text("source"));
        let inner = dir.and_then(|dir| self.config.modules.get(&dir));
        for key in keys_of(resolver, call) {
            self.instances += 1;
            resolver.work.set(0);
            if self.instances > MOST_INSTANCES || resolver.frames.len() > DEEPEST {
                return;
            }
            let Some(inner) = inner else {
                let scope = ResolveScope::of(call, resolver.frames.len(), key.clone());
                let given = call.attribute("function_name");
                let shape = given.map(|it| shape(resolver, &it.value, &scope));
                let likeness = shape.and_then(|shape| likeness(&shape, &self.target.name));
                if let Some((confidence, why)) = likeness {
                    let sites = call_sites(resolver, call, key);
                    let what = format!("{} {why}", call.address());
                    self.tell(resolver, sites, confidence, &what);
                }
                continue;
            };
            let mut frames = resolver.frames.clone();
            frames.push(ModuleFrame {
                module: inner,
                call: Some(call),
                key,
            });
            self.module(&frames, &child);
        }
    }

    fn tell(
        &mut self,
        resolver: &ValueResolver<'c>,
        mut sites: Vec<ValueSite<'c>>,
        confidence: PlaceConfidence,
        what: &str,
    ) {
        for site in &mut sites {
            site.finding.confidence = site.finding.confidence.max(confidence);
        }
        let calls = resolver.frames.iter().filter_map(|frame| frame.call);
        let way: Vec<String> = calls.map(|call| format!("{}.", call.address())).collect();
        let start = format!("No state here names the function. {}{what}", way.concat());
        self.places.extend(told(sites, &start, self.target));
    }
}

/// The keys of the instances of a block; one without a key where there is one instance, or they are not known.
fn keys_of(resolver: &ValueResolver<'_>, block: PlacedBlock<'_>) -> Vec<Option<String>> {
    let keys = known_keys(resolver, block);
    match keys {
        Some(keys) => keys.into_iter().take(MOST_INSTANCES).map(Some).collect(),
        None => vec![None],
    }
}

fn known_keys<'c>(resolver: &ValueResolver<'c>, block: PlacedBlock<'c>) -> Option<Vec<String>> {
    resolver.work.set(0);
    let scope = ResolveScope::of(block, resolver.frames.len(), None);
    if let Some(each) = block.attribute("for_each") {
        return match shape(resolver, &each.value, &scope) {
            ValueShape::Map(keys) | ValueShape::List(keys) => Some(keys),
            _ => None,
        };
    }
    let count = &block.attribute("count")?.value;
    if count.is_conditional() {
        return Some(vec!["0".to_owned()]);
    }
    let count: usize = text_of(resolver, count, &scope)?.parse().ok()?;
    Some(
        (0..count.min(MOST_INSTANCES))
            .map(|at| at.to_string())
            .collect(),
    )
}

/// An instance as Terraform writes it.
fn instance(block: PlacedBlock<'_>, key: &str) -> String {
    let address = block.address();
    if block.attribute("count").is_some() {
        format!("{address}[{key}]")
    } else {
        format!("{address}[{key:?}]")
    }
}

/// How much what stands for a name looks like one function's.
fn likeness(shape: &ValueShape, name: &str) -> Option<(PlaceConfidence, &'static str)> {
    match shape {
        ValueShape::Text(text) => {
            (text == name).then_some((PlaceConfidence::Likely, "has its name."))
        }
        ValueShape::Partly(text) => {
            fits_template(text, name).then_some((PlaceConfidence::Guess, "has a name that fits."))
        }
        _ => None,
    }
}

/// Why a block of another provider's region is none of the function; none where the regions are the same or not known.
fn provider_doubt<'c>(
    resolver: &ValueResolver<'c>,
    block: PlacedBlock<'c>,
    target: &FunctionTarget,
) -> Option<String> {
    let root = resolver.frames.first()?.module;
    let hands_over = |frame: &ModuleFrame<'_>| {
        let call = frame.call;
        call.is_some_and(|call| call.attribute("providers").is_some())
    };
    let alias = match block.attribute("provider").map(|it| &it.value) {
        None | Some(Expression::Variable(_)) => None,
        Some(Expression::Traversal(it)) => match it.operators.first().map(Decorated::value) {
            Some(TraversalOperator::GetAttr(name)) => Some(Ident::as_str(name)),
            _ => return None,
        },
        Some(_) => return None,
    };
    if resolver.frames.iter().any(hands_over) || alias.is_some() && resolver.frames.len() > 1 {
        return None;
    }
    let providers = root.blocks(&["provider", "aws"]);
    let provider = providers.into_iter().find(|it| it.text("alias") == alias)?;
    let region = &provider.attribute("region")?.value;
    let region = text_of(resolver, region, &ResolveScope::of(provider, 1, None))?;
    other_place(None, Some(&region), target)
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
