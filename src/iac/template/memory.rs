//! The memory size of a function in a template.

use super::TemplateText;
use super::samconfig::SamConfig;
use crate::iac::data::DataNode;
use crate::iac::edit::TextEdit;
use crate::iac::memory::FoundFunction;
use crate::iac::place::{
    CodePlace, DEFAULT_MEMORY, MemoryCode, ONLY_OWN, PlaceConfidence, PlaceFinding, joined, no_size,
};
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile};
use crate::iac::stack::ResourceKind;

const SIZE: &str = "MemorySize";
const GLOBAL: [&str; 3] = ["Globals", "Function", SIZE];

/// The memory size of a function in MB, where the template gives one as a number or by a parameter's default.
pub(super) fn size(template: &TemplateText, resource: &DataNode) -> Option<u32> {
    let own = resource.find(&["Properties", SIZE]);
    let node = own.or_else(|| global(template, resource));
    match node {
        None => Some(DEFAULT_MEMORY),
        Some(node) => match node.reference() {
            Some(name) => template.parameter(name)?.number(),
            None => node.number(),
        },
    }
}

/// The memory size that SAM gives all its functions.
fn global<'t>(template: &'t TemplateText, resource: &DataNode) -> Option<&'t DataNode> {
    let is_sam = resource.get("Type").and_then(DataNode::text) == Some("AWS::Serverless::Function");
    is_sam.then(|| template.data.root.find(&GLOBAL))?
}

/// The places of a function of a template.
pub(in crate::iac) fn places(of: &FoundFunction<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
    let path = of.project.path.join(&of.project.file);
    let read = SourceFile::read(&path, of.root, LARGEST_SOURCE).and_then(TemplateText::parse);
    let Some(template) = code.keep(read) else {
        return Vec::new();
    };
    let Some(node) = template
        .data
        .root
        .find(&["Resources", &of.resource.address])
    else {
        return Vec::new();
    };
    let search = TemplateSearch {
        template: &template,
        logical: &of.resource.address,
        to: of.target.to.megabytes(),
    };
    let size = node.find(&["Properties", SIZE]);
    let findings = match size {
        Some(size) => vec![search.given(size, Vec::new())],
        None => search.absent(node),
    };
    let told = findings.into_iter().map(|mut finding| {
        finding.begin(&format!("It is {} of this template.", of.resource.address));
        finding.place(of.project.tool, &template.data.file, of.target.to)
    });
    let mut places: Vec<CodePlace> = told.collect();
    let global = global(&template, node).filter(|_| size.is_none());
    if let Some(name) = size.or(global).and_then(DataNode::reference) {
        let config = SamConfig::read(&of.project.path, of.root, &mut code.problems);
        let overridden = overridden(&config, name, of);
        for place in places.iter_mut().filter(|_| overridden.is_some()) {
            place.confidence = PlaceConfidence::Guess;
            place.reason = joined(&[&place.reason, "samconfig.toml overrules it."]);
        }
        places.extend(overridden);
    }
    places
}

/// The value of a parameter that `sam deploy` is told by file.
fn overridden(config: &SamConfig, name: &str, of: &FoundFunction<'_>) -> Option<CodePlace> {
    let (file, at, number) = config.parameter(name, &of.stack.name)?;
    let to = of.target.to;
    let edit = TextEdit::replace(at.clone(), to.to_string());
    let mut finding = PlaceFinding::number(at, number, edit);
    finding.say(&format!(
        "'sam deploy' gives parameter '{name}' this value: it overrules the default."
    ));
    Some(finding.place(of.project.tool, file, to))
}

struct TemplateSearch<'t> {
    template: &'t TemplateText,
    logical: &'t str,
    to: u32,
}

impl TemplateSearch<'_> {
    /// A size that is given: a number, or a parameter with a default.
    fn given(&self, size: &DataNode, mut also: Vec<String>) -> PlaceFinding {
        if let Some(number) = size.number() {
            return self.number(size, number, also);
        }
        let by_hand = |why: String| PlaceFinding::by_hand(size.at.clone(), why);
        let Some(name) = size.reference() else {
            return by_hand("The value is computed by the template.".to_owned());
        };
        let default = self.template.parameter(name);
        let Some((node, number)) = default.and_then(|node| Some((node, node.number()?))) else {
            return by_hand(format!(
                "The value is parameter '{name}', which has no default."
            ));
        };
        also.extend(self.others(|other| {
            let own = other.find(&["Properties", SIZE]);
            own.and_then(DataNode::reference) == Some(name)
        }));
        let mut finding = self.number(node, number, also);
        finding.say(&format!(
            "The value is parameter '{name}'; this is its default."
        ));
        finding.doubt("A value given at deployment overrules it.");
        finding
    }

    fn number(&self, node: &DataNode, number: u32, also: Vec<String>) -> PlaceFinding {
        let mut finding = self.template.data.number_finding(node, number, self.to);
        finding.also.extend(also);
        finding
    }

    /// No size of its own: the one for all functions, and one of its own.
    fn absent(&self, resource: &DataNode) -> Vec<PlaceFinding> {
        let properties = resource.get("Properties");
        let edit = properties.and_then(|node| self.template.data.with_entry(node, SIZE, self.to));
        let mut own = PlaceFinding::absent(resource.at.clone(), edit);
        let Some(size) = global(self.template, resource) else {
            own.say(&no_size(SIZE));
            return vec![own];
        };
        let others = self.others(|other| other.find(&["Properties", SIZE]).is_none());
        let mut shared = self.given(size, others);
        shared.begin("It gives no size; this is the one of Globals.");
        own.from = size.number();
        own.doubt(ONLY_OWN);
        vec![shared, own]
    }

    /// Other functions that are like it in something.
    fn others(&self, is_alike: impl Fn(&DataNode) -> bool) -> Vec<String> {
        let functions = self.template.resources().filter(|(id, node)| {
            let kind = node.get("Type").and_then(DataNode::text);
            let is_function = kind.and_then(ResourceKind::of_type) == Some(ResourceKind::Function);
            *id != self.logical && is_function && is_alike(node)
        });
        functions.map(|(id, _)| id.to_owned()).collect()
    }
}
