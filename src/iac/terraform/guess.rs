//! Functions in Terraform's files that look like the one meant, where no state tells.

use std::path::Path;

use hcl_edit::expr::Expression;

use super::config::{HclFile, PlacedBlock, TerraformConfig};
use super::memory::{FUNCTION, block_sites, told};
use super::resolve::{ModuleFrame, ResolveScope, ValueResolver};
use crate::iac::place::{CodePlace, FunctionTarget, PlaceConfidence};
use crate::lambda::MemoryMb;

/// The places of functions that look like the one meant, where no state tells.
pub(in crate::iac) fn guessed_places(
    config: &TerraformConfig,
    shown_from: &Path,
    workspace: &str,
    target: &FunctionTarget,
) -> Vec<CodePlace> {
    let mut places = Vec::new();
    for module in config.modules.values() {
        for block in module.blocks(&["resource", FUNCTION]) {
            let Some((confidence, why)) = likeness(block, &target.name) else {
                continue;
            };
            let resolver = ValueResolver {
                config,
                workspace,
                frames: vec![ModuleFrame::top(module)],
                shown_from,
                known: target.live.map(MemoryMb::megabytes),
                to: target.to.megabytes(),
            };
            let scope = ResolveScope::of(block, 1, None);
            let mut sites = block_sites(&resolver, block, scope);
            for site in &mut sites {
                site.finding.confidence = site.finding.confidence.max(confidence);
            }
            let start = format!(
                "No state here names the function. {} {why}",
                block.address()
            );
            places.extend(told(sites, &start, target));
        }
    }
    places
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
