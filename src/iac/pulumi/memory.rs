//! The memory size of a function in a Pulumi program and its configuration.

use std::path::Path;

use super::read_file;
use crate::iac::code::{CodeCall, CodeFile, CodeValue, PropertyAnswer};
use crate::iac::data::{DataFile, DataNode};
use crate::iac::memory::FoundFunction;
use crate::iac::place::{
    CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, PlaceFinding, no_size,
};
use crate::iac::sources::{named_calls, sources};
use crate::iac::stack::{ResourceKind, StackResource};
use crate::iac::survey::Project;
use crate::iac::terraform::fits_template;
use crate::iac::tool::Tool;
use crate::lambda::MemoryMb;

const SIZE: &str = "memorySize";

/// The places of a function that a checkpoint has.
pub(in crate::iac) fn places(of: &FoundFunction<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
    let of = PulumiSearch {
        of,
        is_deployed: true,
    };
    let project = of.of.project;
    match code.keep(read_file(&project.path.join(&project.file), of.of.root)) {
        Some(data) if runtime(&data) == Some("yaml") => of.in_yaml(&data, code),
        _ => of.in_program(code),
    }
}

/// What the program of a project runs on.
pub(super) fn runtime(data: &DataFile) -> Option<&str> {
    let node = data.root.get("runtime")?;
    node.plain().or_else(|| node.get("name")?.plain())
}

/// A search for the size of a function.
struct PulumiSearch<'f> {
    of: &'f FoundFunction<'f>,
    /// Whether a checkpoint has it.
    is_deployed: bool,
}

impl PulumiSearch<'_> {
    fn to(&self) -> u32 {
        self.of.target.to.megabytes()
    }

    /// Its name in the program.
    fn name(&self) -> &str {
        &self.of.resource.address
    }

    fn start(&self) -> String {
        if !self.is_deployed {
            return "No checkpoint here names the function; the program gives it its name."
                .to_owned();
        }
        let (stack, name) = (&self.of.stack.name, self.name());
        format!("The checkpoint of stack '{stack}' has it as {name}.")
    }

    fn tell(&self, data: &DataFile, mut finding: PlaceFinding) -> CodePlace {
        finding.begin(&self.start());
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
        let Some(properties) = found.and_then(|(_, node)| node.get("properties")) else {
            return Vec::new();
        };
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
        for end in ["yaml", "yml"] {
            let name = format!("Pulumi.{}.{end}", self.of.stack.name);
            let path = self.of.project.path.join(name);
            if path.is_file()
                && let Some(data) = code.keep(read_file(&path, self.of.root))
            {
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
            finding.confidence = PlaceConfidence::Guess;
            finding.say("The stack's own overrules it.");
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
        if let PropertyAnswer::Value(CodeValue::Config { key, .. }) = &answer {
            let configured = self.configured(key, None, code);
            if !configured.is_empty() {
                return configured;
            }
        }
        let mut finding = answer.finding(self.to());
        finding.confidence = finding.confidence.max(confidence);
        finding.begin(&self.start());
        vec![finding.place(Tool::Pulumi, &file.file, self.of.target.to)]
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

/// Functions in the program that are given the name as a literal.
pub(in crate::iac) fn guesses(
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let search = NamedSearch {
        project,
        root,
        target,
    };
    let mut places = named_calls(Tool::Pulumi, project, root, target, code, |named, code| {
        let mut place = named.place(Tool::Pulumi, target);
        let PropertyAnswer::Value(CodeValue::Config { key, .. }) = named.answer(target) else {
            return vec![place];
        };
        let name = named.call.arguments.first();
        let name = name.and_then(|name| named.file.string(name));
        let mut places = search.configured(&key, name.unwrap_or_default(), None, code);
        if !places.is_empty() && place.diff.is_some() {
            place.confidence = PlaceConfidence::Guess;
        }
        places.push(place);
        places
    });
    if let Some(data) = code.keep(read_file(&project.path.join(&project.file), root)) {
        places.extend(search.in_yaml(&data, code));
    }
    places
}

/// A search where no checkpoint is.
struct NamedSearch<'f> {
    project: &'f Project,
    root: &'f Path,
    target: &'f FunctionTarget,
}

impl NamedSearch<'_> {
    /// A value of the configuration, in each stack's own: what is known of the function tells which of them is its.
    fn configured(
        &self,
        key: &str,
        name: &str,
        program: Option<&DataFile>,
        code: &mut MemoryCode,
    ) -> Vec<CodePlace> {
        let resource = StackResource {
            kind: ResourceKind::Function,
            name: Some(self.target.name.clone()),
            address: name.to_owned(),
            arn: None,
            memory: None,
        };
        let mut places = Vec::new();
        for stack in &self.project.stacks {
            let of = FoundFunction {
                project: self.project,
                root: self.root,
                stack,
                resource: &resource,
                target: self.target,
            };
            let search = PulumiSearch {
                of: &of,
                is_deployed: false,
            };
            places.extend(search.configured(key, program, code));
        }
        for place in &mut places {
            place.confidence = place.confidence.max(self.surety(place.from));
        }
        places
    }

    /// How sure it may be that a stack with this size is the function's.
    fn surety(&self, size: Option<u32>) -> PlaceConfidence {
        let live = self.target.live.map(MemoryMb::megabytes);
        match size {
            Some(_) if size == live => PlaceConfidence::Likely,
            _ => PlaceConfidence::Guess,
        }
    }

    fn in_yaml(&self, data: &DataFile, code: &mut MemoryCode) -> Vec<CodePlace> {
        let resources = data.root.get("resources");
        let mut places = Vec::new();
        for (id, node) in resources.map_or(&[][..], DataNode::entries) {
            let keys = ["name", "functionName"];
            let mut names = keys
                .iter()
                .filter_map(|key| node.find(&["properties", key]));
            let is_it = names.any(|name| name.plain() == Some(&self.target.name));
            let size = node.find(&["properties", SIZE]).filter(|_| is_it);
            let Some(size) = size else {
                continue;
            };
            if let Some(number) = size.number() {
                let mut finding = data.number_finding(size, number, self.target.to.megabytes());
                finding.doubt(
                    "No checkpoint here names the function; this resource gives it its name.",
                );
                places.push(finding.place(Tool::Pulumi, &data.file, self.target.to));
            } else if let Some(key) = size.plain().and_then(interpolated) {
                let id = id.text().unwrap_or_default();
                places.extend(self.configured(key, id, Some(data), code));
            }
        }
        places
    }
}
