//! The memory size of a function in Terraform's files.

use std::cell::Cell;

use hcl_edit::Span as _;
use hcl_edit::expr::Expression;

use super::address::ResourceAddress;
use super::config::{HclFile, PlacedBlock, TerraformConfig, child_key};
use super::resolve::{KnownSize, ModuleFrame, ResolveScope, ValueResolver, ValueSite};
use crate::iac::edit::TextEdit;
use crate::iac::memory::FoundFunction;
use crate::iac::place::{CodePlace, FunctionTarget, PlaceFinding, no_size};
use crate::iac::source_file::SourceFile;
use crate::iac::stack::{Stack, StackResource};
use crate::iac::tool::Tool;

pub(super) const FUNCTION: &str = "aws_lambda_function";
const SIZE: &str = "memory_size";

/// The places of a function that a state names.
pub(in crate::iac) fn stated_places(
    config: &TerraformConfig,
    of: &FoundFunction<'_>,
) -> Vec<CodePlace> {
    let (stack, resource, target) = (of.stack, of.resource, of.target);
    let Some(address) = ResourceAddress::parse(&resource.address) else {
        return Vec::new();
    };
    let start = format!(
        "The state of workspace '{}' has it as {}.",
        stack.name, resource.address
    );
    let mut resolver = ValueResolver {
        config,
        workspace: &stack.name,
        frames: Vec::new(),
        known: KnownSize {
            size: resource.memory,
            of: "The state",
        },
        to: target.to.megabytes(),
        work: Cell::new(0),
    };
    if let Err(sites) = enter(&mut resolver, &address) {
        return told(sites, &start, target);
    }
    let (kind, label) = (address.kind.as_str(), address.resource.name.as_str());
    let module = resolver.frames.last().map(|frame| frame.module);
    let blocks = module.map_or_else(Vec::new, |it| it.blocks(&["resource", kind, label]));
    let Some(block) = blocks.into_iter().next() else {
        return Vec::new();
    };
    let scope = ResolveScope::of(block, resolver.frames.len(), address.resource.key.clone());
    let mut sites = block_sites(&resolver, block, scope);
    tell_others(&resolver, &siblings(stack, resource), &mut sites);
    told(sites, &start, target)
}

/// Tells each place that no key of the instance leads to what else has its value.
pub(super) fn tell_others(
    resolver: &ValueResolver<'_>,
    siblings: &[String],
    sites: &mut [ValueSite<'_>],
) {
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
        let finding = PlaceFinding::by_hand(HclFile::at(call.block), why);
        return vec![ValueSite::at(&call.file.source, finding)];
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
    let module = resolver.frames.last().map(|frame| frame.module);
    let deciding = module.map_or(block, |module| module.deciding(block, SIZE));
    let mut sites = if let Some(attribute) = deciding.attribute(SIZE) {
        let file = &deciding.file.source;
        resolver.sites(&attribute.value, ResolveScope { file, ..scope })
    } else {
        let edit = inserted(block, SIZE, resolver.to);
        let mut finding = PlaceFinding::absent(HclFile::at(&block.block.ident), edit);
        finding.say(&no_size(SIZE));
        vec![ValueSite::at(&block.file.source, finding)]
    };
    let is_ignored = ignores_size(block) || ignores_size(deciding);
    for site in &mut sites {
        if is_generated(site.file) {
            site.finding.disbelieve("CDK for Terraform wrote this file and writes it anew: the size is to be changed in the program that it comes from.");
        }
        if is_ignored {
            site.finding.disbelieve("Terraform never applies it: 'ignore_changes' has memory_size, so the size is set by something else.");
        }
    }
    sites
}

/// Whether a file is what CDK for Terraform made of a program.
fn is_generated(file: &SourceFile) -> bool {
    let mut parts = file.path.components();
    parts.any(|part| part.as_os_str() == "cdktf.out")
}

/// Whether a block tells Terraform to leave its memory size alone.
fn ignores_size(block: PlacedBlock<'_>) -> bool {
    let lifecycles = block.block.body.get_blocks("lifecycle");
    let mut ignored = lifecycles.filter_map(|it| it.body.get_attribute("ignore_changes"));
    ignored.any(|attribute| match &attribute.value {
        Expression::Array(items) => items.iter().any(|item| {
            let name = item.as_variable().map(hcl_edit::Ident::as_str);
            name.or_else(|| item.as_str()) == Some(SIZE)
        }),
        other => {
            let name = other.as_variable().map(hcl_edit::Ident::as_str);
            name.or_else(|| other.as_str()) == Some("all")
        }
    })
}

/// A line for a number, in line with the attribute below it.
pub(super) fn inserted(block: PlacedBlock<'_>, name: &str, to: u32) -> Option<TextEdit> {
    let after_source = |key: &str| !matches!(key, "source" | "version");
    let mut attributes = block.block.body.attributes();
    let attribute = block
        .attribute("function_name")
        .or_else(|| attributes.find(|it| after_source(it.key.as_str())))
        .or_else(|| block.block.body.attributes().next())?;
    let key = attribute.key.span()?;
    if let Some(made) = &block.file.source.made_of {
        let (new, at) = (format!("\"{name}\": {to}"), made.offset(key.start));
        let edit = TextEdit::before(&made.file.text, at, &new, ",")?;
        return Some(TextEdit::replace(key.start..key.start, edit.with));
    }
    let text = &block.file.source.text;
    let equals = text.get(key.end..)?.find('=')?;
    let width = (key.end - key.start + equals).max(name.len() + 1);
    TextEdit::before(text, key.start, &format!("{name:width$}= {to}"), "")
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
        site.finding.place(Tool::Terraform, site.file, target.to)
    });
    told.collect()
}
