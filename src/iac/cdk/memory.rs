//! The memory size of a function in the source of a CDK app.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::path::Path;

use super::assembly::Assembly;
use super::frames::{CallFrame, frames};
use super::source_map::SourceMap;
use crate::iac::code::{CodeCall, CodeFile, CodeValue, PropertyAnswer};
use crate::iac::memory::FoundFunction;
use crate::iac::place::{CodePlace, FunctionTarget, MemoryCode, PlaceConfidence, joined};
use crate::iac::source_file::shown_path;
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
    let id = of.stack.selector.as_ref().unwrap_or(stack);
    let of_stack = stacks.iter().find(|it| it.name == *stack && it.id == *id);
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
    let traced = traced(&made, &frames(&lines, &of.project.path), code);
    if traced.is_empty() {
        return by_id(&made, code);
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
/// place is in the next call. None where a script was compiled and nothing leads to its source, which is to be searched.
fn traced(made: &Synthesised<'_>, frames: &[CallFrame], code: &mut MemoryCode) -> Vec<CodePlace> {
    let mut property: Option<String> = None;
    let mut fallback: Option<CodePlace> = None;
    for frame in frames {
        let (frame, why) = match written(frame, made.of) {
            Ok(written) => written,
            Err(note) => {
                code.notes
                    .extend((!code.notes.contains(&note)).then_some(note));
                return Vec::new();
            }
        };
        let Some(file) = code.keep(CodeFile::read(&frame.path, made.of.root)) else {
            return Vec::new();
        };
        let Some(call) = call_at(&file, &frame) else {
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
        let place = made.tell(&file, answer, PlaceConfidence::Certain, &why);
        if property.is_none() {
            return vec![place];
        }
        fallback = Some(place);
    }
    fallback.into_iter().collect()
}

/// Where a call was written: in a script that was compiled the source map leads there; and how it is known, as a sentence.
///
/// # Errors
/// Why nothing leads to the source of a script that was compiled, as a sentence.
fn written(
    frame: &CallFrame,
    of: &FoundFunction<'_>,
) -> Result<(CallFrame, Cow<'static, str>), String> {
    let own = || (frame.clone(), Cow::Borrowed(""));
    let is_script = |end: &OsStr| end == "js" || end == "mjs" || end == "cjs";
    if !frame.path.extension().is_some_and(is_script) {
        return Ok(own());
    }
    let script = shown_path(&frame.path, of.root);
    match SourceMap::of(&frame.path, of.root) {
        Some(Ok(map)) => {
            let source = map.source(frame, &of.project.path);
            let source = source.map_err(|why| format!("{script} is compiled: {why}"))?;
            let why = format!("The source map of {script} leads there.");
            Ok((source, Cow::Owned(why)))
        }
        Some(Err(error)) => Err(error.to_string()),
        None if frame.path.with_extension("ts").is_file() => Err(format!(
            "{script} is compiled and has no source map: the source was searched for the id of the construct. \"sourceMap\": true in tsconfig.json leads to the place."
        )),
        None => Ok(own()),
    }
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
            finding.doubt("The template has another size: the app was changed since 'cdk synth', or the value is of another place.");
            if let Some(line) = file.override_line() {
                finding.disbelieve(&overridden(line));
            }
        }
        finding.begin(&joined(&[&self.start, why]));
        finding.place(Tool::Cdk, &file.file, self.of.target.to)
    }
}

/// That a line may overrule what a call says, in a sentence.
fn overridden(line: usize) -> String {
    format!("Line {line} of this file sets a memory size afterwards, which may overrule it.")
}

/// The calls that give this id to a function.
fn by_id(made: &Synthesised<'_>, code: &mut MemoryCode) -> Vec<CodePlace> {
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
        .map(|(file, answer)| made.tell(&file, answer, confidence, why))
        .collect()
}

/// Functions in the source that are given the name as a literal.
pub(in crate::iac) fn guesses(
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
) -> Vec<CodePlace> {
    let found = named_calls(Tool::Cdk, project, root, target, code);
    let to = target.to.megabytes();
    let places = found.into_iter().map(|it| {
        let property = it.file.language.memory_property();
        let mut finding = it.file.property(&it.call, property, to).finding(to);
        finding.confidence = finding.confidence.max(it.confidence);
        finding.begin(it.why);
        if let Some(line) = it.file.override_line() {
            finding.disbelieve(&overridden(line));
        }
        finding.place(Tool::Cdk, &it.file.file, target.to)
    });
    places.collect()
}
