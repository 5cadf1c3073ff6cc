//! The memory size of a function in a Pulumi program and its configuration.

use std::path::Path;

use super::{config_files, read_file};
use crate::iac::code::{CodeCall, CodeFile, CodeValue, PropertyAnswer};
use crate::iac::data::{DataFile, DataNode};
use crate::iac::matching::other_place;
use crate::iac::memory::FoundFunction;
use crate::iac::place::{
    CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, PlaceFinding, no_size,
};
use crate::iac::sources::{NamedCall, named_calls, sources};
use crate::iac::stack::{ResourceKind, Stack, StackResource};
use crate::iac::survey::Project;
use crate::iac::terraform::fits_template;
use crate::iac::tool::Tool;

const SIZE: &str = "memorySize";

/// The places of a function that a checkpoint has.
pub(in crate::iac) fn places(of: &FoundFunction<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
    let (stack, name) = (&of.stack.name, &of.resource.address);
    let of = Deployed {
        of,
        start: format!("The checkpoint of stack '{stack}' has it as {name}."),
        surest: PlaceConfidence::Certain,
    };
    let project = of.of.project;
    match code.keep(read_file(&project.path.join(&project.file), of.of.root)) {
        Some(data) if runtime(&data) == Some("yaml") => of.in_yaml(&data, code),
        _ => of.in_program(code),
    }
}

pub(super) fn runtime(data: &DataFile) -> Option<&str> {
    let node = data.root.get("runtime")?;
    node.plain().or_else(|| node.get("name")?.plain())
}

/// A function of a stack, as a checkpoint has it or as it seems to be.
struct Deployed<'f> {
    of: &'f FoundFunction<'f>,
    /// How it is known, as a sentence.
    start: String,
    /// How sure its places can be.
    surest: PlaceConfidence,
}

impl Deployed<'_> {
    fn to(&self) -> u32 {
        self.of.target.to.megabytes()
    }

    /// Its name in the program.
    fn name(&self) -> &str {
        &self.of.resource.address
    }

    fn tell(&self, data: &DataFile, mut finding: PlaceFinding) -> CodePlace {
        finding.begin(&self.start);
        finding.confidence = finding.confidence.max(self.surest);
        finding.place(Tool::Pulumi, &data.file, self.of.target.to)
    }

    fn in_yaml(&self, data: &DataFile, code: &mut MemoryCode) -> Vec<CodePlace> {
        let resources = data.root.get("resources");
        let is_it = |(id, node): &&(DataNode, DataNode)| {
            let name = node.get("name").and_then(DataNode::plain);
            name.or_else(|| id.text()) == Some(self.name())
        };
        let mut entries = resources.map_or(&[][..], DataNode::entries).iter();
        let found = entries.find(is_it);
        let properties = found.and_then(|(_, node)| node.get("properties"));
        properties.map_or_else(Vec::new, |properties| {
            self.in_properties(data, properties, code)
        })
    }

    fn in_properties(
        &self,
        data: &DataFile,
        properties: &DataNode,
        code: &mut MemoryCode,
    ) -> Vec<CodePlace> {
        let Some(size) = properties.get(SIZE) else {
            let edit = data.with_entry(properties, SIZE, self.to());
            let mut finding = PlaceFinding::absent(properties.at.clone(), edit);
            finding.say(&no_size(SIZE));
            return vec![self.tell(data, finding)];
        };
        let finding = match (size.number(), size.plain().and_then(interpolated)) {
            (Some(number), _) => data.number_finding(size, number, self.to()),
            (None, Some(key)) => return self.configured(key, Some(data), code),
            (None, None) => PlaceFinding::by_hand(size.at.clone(), "The value is computed here."),
        };
        vec![self.tell(data, finding)]
    }

    /// A value of the configuration: of the stack, else the project's default.
    fn configured(
        &self,
        key: &str,
        program: Option<&DataFile>,
        code: &mut MemoryCode,
    ) -> Vec<CodePlace> {
        let mut places = Vec::new();
        for path in config_files(self.of.project, &self.of.stack.name) {
            if let Some(data) = code.keep(read_file(&path, self.of.root)) {
                places.extend(self.config_entry(&data, key, code));
            }
        }
        let default = program.and_then(|data| self.default(data, key, !places.is_empty()));
        places.extend(default);
        places
    }

    fn default(&self, data: &DataFile, key: &str, is_overruled: bool) -> Option<CodePlace> {
        let node = data.root.find(&["config", key])?;
        let given = node.get("default").or_else(|| node.get("value"));
        let node = given.unwrap_or(node);
        let mut finding = data.number_finding(node, node.number()?, self.to());
        finding.say(&format!(
            "The value is '{key}' of the configuration; this is the default of the project."
        ));
        if is_overruled {
            finding.disbelieve("The stack's own overrules it.");
        }
        Some(self.tell(data, finding))
    }

    fn config_entry(&self, data: &DataFile, key: &str, code: &mut MemoryCode) -> Option<CodePlace> {
        let of_project = format!("{}:{key}", self.of.project.name);
        let full = if key.contains(':') { key } else { &of_project };
        let node = data.root.find(&["config", full])?;
        let by_hand = |why: &str| PlaceFinding::by_hand(node.at.clone(), why);
        let mut finding = match node.number() {
            Some(number) => data.number_finding(node, number, self.to()),
            None if node.get("secure").is_some() => {
                by_hand("It is encrypted; 'pulumi config set' changes it.")
            }
            None => by_hand("The value here is no whole number."),
        };
        finding.begin(&format!(
            "The value is '{full}' of this stack's configuration."
        ));
        finding.also.extend(self.other_readers(key, code));
        Some(self.tell(data, finding))
    }

    /// Other functions whose size is the same value.
    fn other_readers(&self, key: &str, code: &mut MemoryCode) -> Vec<String> {
        let mut readers = Vec::new();
        for (file, call) in self.functions(code) {
            let answer = file.property(&call, file.language.memory_property(), self.to());
            let reads = matches!(answer, PropertyAnswer::Value(CodeValue::Config { key: read, .. }) if read == key);
            let name = call.arguments.first().and_then(|name| file.string(name));
            if let Some(name) = name.filter(|name| reads && *name != self.name()) {
                readers.push(name.to_owned());
            }
        }
        readers
    }

    /// The calls in the source that make functions.
    fn functions(&self, code: &mut MemoryCode) -> Vec<(CodeFile, CodeCall)> {
        let mut found = Vec::new();
        for path in sources(self.of.project, code) {
            let Some(file) = code.keep(CodeFile::read(&path, self.of.root)) else {
                continue;
            };
            let calls = file.calls().into_iter();
            let functions = calls.filter(|call| call.name.ends_with("Function"));
            found.extend(functions.map(|call| (file.clone(), call)));
        }
        found
    }

    fn in_program(&self, code: &mut MemoryCode) -> Vec<CodePlace> {
        let functions = self.functions(code);
        let of_name = |(file, call): &&(CodeFile, CodeCall)| {
            call.arguments.first().and_then(|it| file.string(it)) == Some(self.name())
        };
        let fits = |(file, call): &&(CodeFile, CodeCall)| {
            let first = call.arguments.first();
            first.is_some_and(|it| fits_template(&template_of(file.text(it.start)), self.name()))
        };
        let exact: Vec<_> = functions.iter().filter(of_name).collect();
        let (found, confidence) = match exact.len() {
            0 => (
                functions.iter().filter(fits).collect(),
                PlaceConfidence::Likely,
            ),
            1 => (exact, PlaceConfidence::Certain),
            _ => (exact, PlaceConfidence::Guess),
        };
        let mut places = Vec::new();
        for (file, call) in found {
            places.extend(self.of_call(file, call, confidence, code));
        }
        places
    }

    fn of_call(
        &self,
        file: &CodeFile,
        call: &CodeCall,
        confidence: PlaceConfidence,
        code: &mut MemoryCode,
    ) -> Vec<CodePlace> {
        let answer = file.property(call, file.language.memory_property(), self.to());
        let key = match &answer {
            PropertyAnswer::Value(CodeValue::Config { key, .. }) => Some(key),
            _ => None,
        };
        let mut places = key.map_or_else(Vec::new, |key| self.configured(key, None, code));
        let is_configured = !places.is_empty();
        let mut finding = answer.clone().finding(self.to());
        if is_configured && finding.from.is_none() {
            return places;
        }
        if is_configured {
            finding.disbelieve("This stack's configuration has one.");
        }
        if let Some(line) = file.override_line() {
            finding.doubt(&format!(
                "Line {line} of this file sets a memory size as well."
            ));
        }
        finding.confidence = finding.confidence.max(confidence).max(self.surest);
        finding.begin(&self.start);
        places.push(finding.place(Tool::Pulumi, &file.file, self.of.target.to));
        places
    }
}

/// A string of the program as a template whose parts stand in `${…}`.
fn template_of(written: &str) -> String {
    let inner = written.trim_matches(['"', '\'', '`', 'f']);
    inner.replace("${", "{").replace('{', "${")
}

/// The name in `${name}`.
fn interpolated(text: &str) -> Option<&str> {
    let name = text.strip_prefix("${")?.strip_suffix('}')?;
    (!name.contains(['$', '{', '.', '['])).then_some(name)
}

/// Functions in the source that are given the name, with the configuration of each stack.
pub(in crate::iac) fn guesses(
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let calls = named_calls(Tool::Pulumi, project, root, target, code);
    let data = code.keep(read_file(&project.path.join(&project.file), root));
    let none = [Stack::named(String::new())];
    let stacks = if project.stacks.is_empty() {
        &none[..]
    } else {
        &project.stacks
    };
    let resource = StackResource {
        kind: ResourceKind::Function,
        name: Some(target.name.clone()),
        address: String::new(),
        arn: None,
        memory: None,
    };
    let mut places = Vec::new();
    for stack in stacks {
        let of = FoundFunction {
            project,
            root,
            stack,
            resource: &resource,
            target,
        };
        places.extend(of_stack(&of, &calls, data.as_ref(), code));
    }
    // Where the configuration of one stack has the value, the default is none for that one.
    let is_meant = |place: &CodePlace| place.confidence != PlaceConfidence::Guess;
    if places.iter().any(|it| is_meant(it) && is_config(it)) {
        let defaults = places.iter_mut().filter(|place| !is_config(place));
        defaults.for_each(|place| place.confidence = PlaceConfidence::Guess);
    }
    places
}

/// Whether a place is in the configuration of a stack.
fn is_config(place: &CodePlace) -> bool {
    let name = place.file.rsplit('/').next().unwrap_or_default();
    super::stack_of_config(name).is_some()
}

fn of_stack(
    of: &FoundFunction<'_>,
    calls: &[NamedCall],
    data: Option<&DataFile>,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let mut places = Vec::new();
    for it in calls {
        let first = it.call.arguments.first();
        let name = first.and_then(|first| it.file.string(first));
        let resource = StackResource {
            address: name.unwrap_or_default().to_owned(),
            ..of.resource.clone()
        };
        let deployed = Deployed {
            of: &FoundFunction {
                resource: &resource,
                ..*of
            },
            start: it.why.to_owned(),
            surest: it.confidence,
        };
        places.extend(deployed.of_call(&it.file, &it.call, it.confidence, code));
    }
    if let Some(data) = data {
        places.extend(named_resources(of, data, code));
    }
    if let Some(other) = other_place(None, of.stack.region.as_deref(), of.target) {
        let configured = places.iter_mut().filter(|place| is_config(place));
        configured.for_each(|place| place.lower(PlaceConfidence::Guess, &other));
    }
    places
}

/// The places of resources of a program in YAML that are given the name.
fn named_resources(
    of: &FoundFunction<'_>,
    data: &DataFile,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let mut places = Vec::new();
    let resources = data.root.get("resources");
    for (_, node) in resources.map_or(&[][..], DataNode::entries) {
        let names = ["name", "functionName"];
        let mut names = names
            .iter()
            .filter_map(|key| node.find(&["properties", key]));
        let is_it = names.any(|name| name.plain() == Some(&of.target.name));
        if let Some(properties) = node.get("properties").filter(|_| is_it) {
            let why = "No checkpoint here names the function; this resource gives it its name.";
            let deployed = Deployed {
                of,
                start: why.to_owned(),
                surest: PlaceConfidence::Likely,
            };
            places.extend(deployed.in_properties(data, properties, code));
        }
    }
    places
}
