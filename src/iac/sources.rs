//! The source files of a project in TypeScript or Python, and a search in them where nothing surer leads to a place.

use std::path::{Path, PathBuf};

use super::cdk;
use super::code::{CodeCall, CodeFile, Language, PropertyAnswer};
use super::place::{CodePlace, FunctionTarget, MemoryCode, PlaceConfidence};
use super::survey::Project;
use super::terraform::fits_template;
use super::tool::Tool;
use super::walk::SKIPPED;

/// The most files that are read of a project.
const MOST_FILES: usize = 2_000;
/// How many directories deep.
const DEEPEST: usize = 8;
/// The most bytes of them.
const MOST_BYTES: u64 = 64 << 20;
/// Directories that hold what was built, besides those of no project.
const BUILT: &[&str] = &["dist", "build", "target"];

/// The source files of a project, in order of path; those that were compiled of another one are left out. What is left
/// out because it is too much is told.
pub(super) fn sources(project: &Project, code: &mut MemoryCode) -> Vec<PathBuf> {
    let (mut found, mut bytes, mut is_whole) = (Vec::new(), 0, true);
    let mut open = vec![(project.path.clone(), 0)];
    while let Some((dir, depth)) = open.pop() {
        let entries = std::fs::read_dir(&dir).into_iter().flatten().flatten();
        for entry in entries {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if kind.is_dir() && is_looked_into(&name) {
                is_whole &= depth < DEEPEST;
                open.extend((depth < DEEPEST).then_some((path, depth + 1)));
            } else if kind.is_file() && is_source(&path, &name) {
                bytes += entry.metadata().map_or(0, |known| known.len());
                is_whole &= found.len() < MOST_FILES && bytes <= MOST_BYTES;
                if found.len() >= MOST_FILES || bytes > MOST_BYTES {
                    open.clear();
                    break;
                }
                found.push(path);
            }
        }
    }
    found.sort();
    code.note((!is_whole).then(|| {
        format!(
            "Not all source under {} was searched, but {MOST_FILES} files, {} MiB and {DEEPEST} directories deep at most.",
            project.dir,
            MOST_BYTES >> 20
        )
    }));
    found
}

fn is_looked_into(name: &str) -> bool {
    !name.starts_with('.') && !SKIPPED.contains(&name) && !BUILT.contains(&name)
}

fn is_source(path: &Path, name: &str) -> bool {
    let is_script = path
        .extension()
        .is_some_and(|end| end == "js" || end == "mjs" || end == "cjs");
    let is_compiled = is_script && path.with_extension("ts").is_file();
    Language::of(path).is_some() && !is_compiled && !name.ends_with(".d.ts")
}

/// A call of a function whose name is the one meant, or may come out as that.
pub(super) struct NamedCall<'f> {
    pub(super) file: &'f CodeFile,
    pub(super) call: &'f CodeCall,
    confidence: PlaceConfidence,
    why: &'static str,
}

/// The places that `tell` makes of the calls of functions whose name is the one meant, or may come out as that.
pub(super) fn named_calls(
    tool: Tool,
    project: &Project,
    root: &Path,
    target: &FunctionTarget,
    code: &mut MemoryCode,
    tell: impl Fn(&NamedCall<'_>, &mut MemoryCode) -> Vec<CodePlace>,
) -> Vec<CodePlace> {
    let mut places = Vec::new();
    for path in sources(project, code) {
        let Some(file) = code.keep(CodeFile::read(&path, root)) else {
            continue;
        };
        for call in file.calls() {
            if let Some(named) = NamedCall::of(tool, &file, &call, &target.name) {
                places.extend(tell(&named, code));
            }
        }
    }
    places
}

impl<'f> NamedCall<'f> {
    fn of(tool: Tool, file: &'f CodeFile, call: &'f CodeCall, name: &str) -> Option<Self> {
        let is_function = call.name.ends_with("Function");
        let open = file.named_bracket(call).filter(|_| is_function)?;
        let keys = match (tool, file.language) {
            (Tool::Pulumi, _) => ["name", "name"],
            (_, Language::Python) => ["function_name", "functionName"],
            (_, Language::TypeScript) => ["functionName", "function_name"],
        };
        let entries = file.entries(open);
        let entry = entries.iter().find(|entry| {
            entry
                .name
                .as_deref()
                .is_some_and(|name| keys.contains(&name))
        })?;
        let (confidence, why) = likeness(file, &entry.value, name)?;
        Some(Self {
            file,
            call,
            confidence,
            why,
        })
    }

    /// What the call says of its memory size.
    pub(super) fn answer(&self, target: &FunctionTarget) -> PropertyAnswer {
        let to = target.to.megabytes();
        self.file
            .property(self.call, self.file.language.memory_property(), to)
    }

    /// The place in the call.
    pub(super) fn place(&self, tool: Tool, target: &FunctionTarget) -> CodePlace {
        let mut finding = self.answer(target).finding(target.to.megabytes());
        finding.confidence = finding.confidence.max(self.confidence);
        finding.begin(self.why);
        if tool == Tool::Cdk {
            cdk::doubt_overridden(self.file, &mut finding);
        }
        finding.place(tool, &self.file.file, target.to)
    }
}

/// How much a value looks like a name.
fn likeness(
    file: &CodeFile,
    value: &std::ops::Range<usize>,
    name: &str,
) -> Option<(PlaceConfidence, &'static str)> {
    if file.string_of(value) == Some(name) {
        let why = "No state here names the function; this call gives it its name.";
        return Some((PlaceConfidence::Likely, why));
    }
    let written = file.text(value.start).trim_start_matches('f');
    let is_template = file.language == Language::Python || written.starts_with('`');
    let inner = written.trim_matches(['"', '\'', '`']);
    let template = match file.language {
        Language::Python => inner.replace('{', "${"),
        Language::TypeScript => inner.to_owned(),
    };
    let why = "No state here names the function; the name in this call fits.";
    (is_template && value.len() == 1 && fits_template(&template, name))
        .then_some((PlaceConfidence::Guess, why))
}
