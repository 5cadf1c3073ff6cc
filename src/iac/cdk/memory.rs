//! The memory size of a function in the source of a CDK app.

use std::path::Path;

use super::assembly::Assembly;
use super::frames::{CallFrame, frames};
use crate::iac::code::{CodeCall, CodeFile, CodeValue, PropertyAnswer};
use crate::iac::memory::FoundFunction;
use crate::iac::place::{
    CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, PlaceFinding, joined,
};
use crate::iac::sources::{named_calls, sources};
use crate::iac::survey::Project;
use crate::iac::tool::Tool;

/// A function of a template and where it was made.
struct Synthesised<'f> {
    of: &'f FoundFunction<'f>,
    /// Where it stands in the template, as a sentence.
    start: String,
    /// The id of the construct in its scope.
    id: String,
}

/// The places of a function that a template has.
pub(in crate::iac) fn places(of: &FoundFunction<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
    let (stack, logical) = (&of.stack.name, &of.resource.address);
    let assembly = code.keep(Assembly::read(&of.project.path.join("cdk.out"), of.root));
    let stacks = assembly.flatten().map_or_else(Vec::new, |it| it.stacks);
    let of_stack = stacks.iter().find(|it| it.name == *stack);
    let Some((path, lines)) = of_stack.and_then(|it| it.creation(logical, of.root)) else {
        code.notes.push(format!(
            "cdk.out does not say where {logical} was made; 'cdk synth' of a newer CDK writes that."
        ));
        return guesses(of.project, of.root, of.target, code);
    };
    let shown = path.trim_start_matches('/');
    let made = Synthesised {
        of,
        start: format!("Stack '{stack}' has it as {logical} ({shown})."),
        id: construct_id(&path),
    };
    let frames = frames(&lines, &of.project.path);
    let traced = traced(&made, &frames, code);
    if traced.is_empty() {
        let is_compiled = frames.iter().any(|frame| is_compiled(&frame.path));
        let why = "The app is compiled: the source that it was made of was searched.";
        return by_id(&made, if is_compiled { why } else { "" }, code);
    }
    traced
}

/// The id of the construct of a resource: the part of its path before `Resource`.
fn construct_id(path: &str) -> String {
    let parts: Vec<&str> = path.split('/').collect();
    match parts.as_slice() {
        [.., id, "Resource"] | [.., id] => (*id).to_owned(),
        [] => String::new(),
    }
}

/// The place that the calls lead to, the innermost first: where the size is a property that a caller hands over, its
/// place is in the next call. None where a file is compiled: its source is to be searched.
fn traced(made: &Synthesised<'_>, frames: &[CallFrame], code: &mut MemoryCode) -> Vec<CodePlace> {
    let mut property: Option<String> = None;
    let mut fallback: Option<CodePlace> = None;
    for frame in frames {
        if is_compiled(&frame.path) {
            return Vec::new();
        }
        let Some(file) = code.keep(CodeFile::read(&frame.path, made.of.root)) else {
            return Vec::new();
        };
        let Some(call) = call_at(&file, frame) else {
            break;
        };
        let own = file.language.memory_property().to_owned();
        let name = property.unwrap_or(own);
        let answer = file.property(&call, &name, made.to());
        let has_fallback = fallback.as_ref().is_some_and(|place| place.diff.is_some());
        if has_fallback && matches!(answer, PropertyAnswer::Absent { .. }) {
            break;
        }
        property = match &answer {
            PropertyAnswer::Value(CodeValue::Property { name, .. }) => Some(name.clone()),
            _ => None,
        };
        let place = made.tell(&file, answer, PlaceConfidence::Certain, "");
        if property.is_none() {
            return vec![place];
        }
        fallback = Some(place);
    }
    fallback.into_iter().collect()
}

/// Whether a script was made of another file: it has a source map, or TypeScript beside it.
fn is_compiled(path: &Path) -> bool {
    let is_script = path
        .extension()
        .is_some_and(|end| end == "js" || end == "mjs");
    let mut map = path.as_os_str().to_owned();
    map.push(".map");
    is_script && (Path::new(&map).is_file() || path.with_extension("ts").is_file())
}

fn call_at(file: &CodeFile, frame: &CallFrame) -> Option<CodeCall> {
    let start = file.file.line_start(frame.line)?;
    let line = file.file.text.get(start..)?;
    let units = line.char_indices().scan(0, |units, (at, c)| {
        let before = *units;
        *units += c.len_utf16();
        Some((before, at))
    });
    let at = units
        .into_iter()
        .find(|(units, _)| units + 1 >= frame.column)
        .map_or(0, |(_, at)| at);
    file.call_from(start + at)
}

impl Synthesised<'_> {
    fn to(&self) -> u32 {
        self.of.target.to.megabytes()
    }

    fn tell(
        &self,
        file: &CodeFile,
        answer: PropertyAnswer,
        confidence: PlaceConfidence,
        why: &str,
    ) -> CodePlace {
        let mut finding = answer.finding(self.to());
        finding.confidence = finding.confidence.max(confidence);
        let memory = self.of.resource.memory;
        if finding.from.is_some() && memory.is_some() && finding.from != memory {
            finding.confidence = PlaceConfidence::Guess;
            finding.say("The template has another size: the app was changed since 'cdk synth', or the value is of another place.");
        }
        doubt_overridden(file, &mut finding);
        finding.begin(&joined(&[&self.start, why]));
        finding.place(Tool::Cdk, &file.file, self.of.target.to)
    }
}

/// A size that is overridden somewhere in a file is not surely that of the call.
pub(in crate::iac) fn doubt_overridden(file: &CodeFile, finding: &mut PlaceFinding) {
    if file.overrides_memory() {
        finding.confidence = PlaceConfidence::Guess;
        finding.say("The file sets a memory size once more, after a construct was made: that one may count.");
    }
}

/// The calls that give this id to a function.
fn by_id(made: &Synthesised<'_>, searched: &str, code: &mut MemoryCode) -> Vec<CodePlace> {
    let mut found = Vec::new();
    for path in sources(made.of.project, code) {
        let Some(file) = code.keep(CodeFile::read(&path, made.of.root)) else {
            continue;
        };
        for call in file.calls() {
            let id = call.arguments.get(1).and_then(|id| file.string(id));
            if id == Some(made.id.as_str()) && call.name.ends_with("Function") {
                let answer = file.property(&call, file.language.memory_property(), made.to());
                found.push((file.clone(), answer));
            }
        }
    }
    let (why, confidence) = match found.len() {
        1 => (
            "It is the only function of this id in the source.",
            PlaceConfidence::Likely,
        ),
        _ => (
            "Several functions in the source have this id.",
            PlaceConfidence::Guess,
        ),
    };
    let places = found.into_iter();
    places
        .map(|(file, answer)| made.tell(&file, answer, confidence, &joined(&[searched, why])))
        .collect()
}

/// Functions in the source that are given the name as a literal.
pub(in crate::iac) fn guesses(
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    named_calls(Tool::Cdk, project, root, target, code, |named, _| {
        vec![named.place(Tool::Cdk, target)]
    })
}
