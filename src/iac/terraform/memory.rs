//! The memory size of a function in Terraform's files.

use std::borrow::Cow;

use hcl_edit::Span as _;

use super::address::ResourceAddress;
use super::config::{HclFile, PlacedBlock, TerraformConfig, child_key};
use super::resolve::{ModuleFrame, ResolveScope, ValueResolver, ValueSite};
use crate::iac::edit::TextEdit;
use crate::iac::memory::FoundFunction;
use crate::iac::place::{CodePlace, FunctionTarget, PlaceFinding, no_size};
use crate::iac::stack::{Stack, StackResource};
use crate::iac::tool::Tool;

pub(super) const FUNCTION: &str = "aws_lambda_function";
const SIZE: &str = "memory_size";
const IGNORED: &str = "Its lifecycle has ignore_changes for memory_size: Terraform never changes it, whatever stands here.";

/// The places of a function that a state names.
pub(in crate::iac) fn stated_places(
    config: &TerraformConfig,
    of: &FoundFunction<'_>,
) -> Vec<CodePlace> {
    let (stack, resource, target) = (of.stack, of.resource, of.target);
    let Some(address) = ResourceAddress::parse(&resource.address) else {
        return Vec::new();
    };
    let (workspace, named) = (&stack.name, &resource.address);
    let start = format!("The state of workspace '{workspace}' has it as {named}.");
    let mut resolver = resolver(config, of);
    if let Err(sites) = enter(&mut resolver, &address) {
        return told(sites, &start, target);
    }
    let words = [
        "resource",
        address.kind.as_str(),
        address.resource.name.as_str(),
    ];
    let module = resolver.frames.last().map(|frame| frame.module);
    let deciding = |attribute| module.and_then(|it| it.deciding(&words, attribute));
    // An override file may give the size alone; what the block is made for stands in the other one.
    let (Some(block), Some(main)) = (deciding(SIZE), deciding("function_name")) else {
        return Vec::new();
    };
    let scope = ResolveScope {
        file: &block.file.source,
        ..ResolveScope::of(main, resolver.frames.len(), address.resource.key.clone())
    };
    let mut sites = block_sites(&resolver, block, scope);
    let blocks = module.map_or_else(Vec::new, |it| it.blocks(&words));
    leave_ignored(&blocks, &mut sites);
    tell_others(&resolver, &siblings(stack, resource), &mut sites);
    told(sites, &start, target)
}

fn resolver<'c>(config: &'c TerraformConfig, of: &FoundFunction<'c>) -> ValueResolver<'c> {
    ValueResolver {
        config,
        workspace: &of.stack.name,
        frames: Vec::new(),
        shown_from: of.root,
        known: of.resource.memory,
        witness: "The state has",
        to: of.target.to.megabytes(),
    }
}

/// Where one of the blocks of a function has Terraform leave its size as it is, no change of a place has any effect.
pub(super) fn leave_ignored(blocks: &[PlacedBlock<'_>], sites: &mut [ValueSite<'_>]) {
    let is_ignored = blocks.iter().any(ignores_size);
    for site in sites.iter_mut().filter(|_| is_ignored) {
        site.finding.edit = None;
        site.finding.say(IGNORED);
    }
}

/// Whether a block has Terraform leave the size as it is.
fn ignores_size(placed: &PlacedBlock<'_>) -> bool {
    let mut lifecycles = placed.block.body.get_blocks("lifecycle");
    lifecycles.any(|lifecycle| {
        let ignored = lifecycle.body.get_attribute("ignore_changes");
        ignored.is_some_and(|ignored| {
            let written = placed.file.source.slice(&HclFile::at(&ignored.value));
            let mut words = written.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == SIZE || word == "all")
        })
    })
}

/// Tells each place that no key of the instance leads to what else has its value.
fn tell_others(resolver: &ValueResolver<'_>, siblings: &[String], sites: &mut [ValueSite<'_>]) {
    let dir = resolver
        .frames
        .last()
        .map(|frame| frame.module.dir.as_path());
    let others = other_calls(resolver.config, resolver);
    for site in sites.iter_mut().filter(|site| !site.is_keyed) {
        site.finding.also.extend(siblings.iter().cloned());
        if site.file.path.parent() == dir {
            site.finding.also.extend(others.iter().cloned());
        }
    }
}

/// Walks down the modules of an address.
///
/// # Errors
/// Where the files of a module are not here: the place of its call.
fn enter<'c>(
    resolver: &mut ValueResolver<'c>,
    address: &ResourceAddress,
) -> Result<(), Vec<ValueSite<'c>>> {
    let Some(root) = resolver.config.modules.get(&resolver.config.root) else {
        return Err(Vec::new());
    };
    resolver.frames.push(ModuleFrame::top(root));
    let (mut module, mut key) = (root, String::new());
    for step in &address.modules {
        let words = ["module", step.name.as_str()];
        let Some(call) = module.blocks(&words).into_iter().next() else {
            return Err(Vec::new());
        };
        key = child_key(&key, &step.name);
        let dir = resolver
            .config
            .call_dir(&module.dir, &key, call.text("source"));
        let Some(inner) = dir.and_then(|dir| resolver.config.modules.get(&dir)) else {
            return Err(call_sites(resolver, call, step.key.clone()));
        };
        resolver.frames.push(ModuleFrame {
            module: inner,
            call: Some(call),
            key: step.key.clone(),
        });
        module = inner;
    }
    Ok(())
}

/// The memory size as the argument of a module whose files are not here.
pub(super) fn call_sites<'c>(
    resolver: &ValueResolver<'c>,
    call: PlacedBlock<'c>,
    key: Option<String>,
) -> Vec<ValueSite<'c>> {
    let source = call.text("source").unwrap_or_default();
    let scope = ResolveScope::of(call, resolver.frames.len(), key);
    let why = format!(
        "The files of {} ('{source}') are not here: 'terraform init' brings them.",
        call.address()
    );
    let Some(argument) = call.attribute(SIZE) else {
        let at = HclFile::at(call.block);
        return vec![ValueSite {
            file: Cow::Borrowed(&call.file.source),
            finding: PlaceFinding::by_hand(at, why),
            is_keyed: false,
        }];
    };
    let mut sites = resolver.sites(&argument.value, scope);
    for site in &mut sites {
        site.finding.doubt(&why);
    }
    sites
}

/// The places of a block's memory size, or where to put one.
pub(super) fn block_sites<'c>(
    resolver: &ValueResolver<'c>,
    block: PlacedBlock<'c>,
    scope: ResolveScope<'c>,
) -> Vec<ValueSite<'c>> {
    if let Some(attribute) = block.attribute(SIZE) {
        return resolver.sites(&attribute.value, scope);
    }
    let edit = inserted(block, resolver.to);
    let mut finding = PlaceFinding::absent(HclFile::at(&block.block.ident), edit);
    finding.say(&no_size(SIZE));
    vec![ValueSite {
        file: Cow::Borrowed(&block.file.source),
        finding,
        is_keyed: false,
    }]
}

/// A line for the memory size, in line with the attribute below it.
fn inserted(block: PlacedBlock<'_>, to: u32) -> Option<TextEdit> {
    let attribute = block
        .attribute("function_name")
        .or_else(|| block.block.body.attributes().next())?;
    let key = attribute.key.span()?;
    let text = &block.file.source.text;
    let equals = text.get(key.end..)?.find('=')?;
    let width = (key.end - key.start + equals).max(SIZE.len() + 1);
    TextEdit::before(text, key.start, &format!("{SIZE:width$}= {to}"), "")
}

/// The other instances of the resource.
fn siblings(stack: &Stack, resource: &StackResource) -> Vec<String> {
    let base = |address: &str| {
        address
            .rsplit_once('[')
            .filter(|_| address.ends_with(']'))
            .map(|it| it.0.to_owned())
    };
    let Some(own) = base(&resource.address) else {
        return Vec::new();
    };
    let others = stack
        .functions()
        .filter(|other| other.address != resource.address);
    let same = others.filter(|other| base(&other.address).as_ref() == Some(&own));
    same.map(|other| other.address.clone()).collect()
}

/// Other calls of the module that the resource stands in.
fn other_calls(config: &TerraformConfig, resolver: &ValueResolver<'_>) -> Vec<String> {
    let Some(ModuleFrame {
        module,
        call: Some(own),
        ..
    }) = resolver.frames.last()
    else {
        return Vec::new();
    };
    let mut others = Vec::new();
    for (dir, caller) in &config.modules {
        for call in caller.blocks(&["module"]) {
            let leads_here = config.call_dir(dir, "", call.text("source")).as_deref()
                == Some(module.dir.as_path());
            if leads_here && !std::ptr::eq(call.block, own.block) {
                others.push(format!("what {} makes", call.address()));
            }
        }
    }
    others
}

pub(super) fn told(
    sites: Vec<ValueSite<'_>>,
    start: &str,
    target: &FunctionTarget,
) -> Vec<CodePlace> {
    let told = sites.into_iter().map(|mut site| {
        site.finding.begin(start);
        site.finding.also.dedup();
        site.finding.place(Tool::Terraform, &site.file, target.to)
    });
    told.collect()
}
