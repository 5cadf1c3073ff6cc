//! The `*.tf` files of a project: its modules with their blocks.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use serde::Deserialize;

use super::json::in_own_language;
use super::values::{ValueFile, value_files};
use crate::iac::environment::IacEnvironment;
use crate::iac::source_file::{LARGEST_SOURCE, SourceFile, files_ending, json, shown_path};
use crate::iac::survey::Project;
use crate::toml_file::FileError;

/// The most modules that are read of a project.
const MOST_MODULES: usize = 200;
/// The most bytes of a project's files that are read besides those of the survey.
const MOST_BYTES: usize = 64 << 20;
/// The most bytes of source whose parts a survey keeps.
const MOST_KEPT: usize = 32 << 20;

/// How a file of Terraform in JSON ends.
pub(super) const IN_JSON: &str = ".tf.json";

/// A file in Terraform's language, or in JSON put into it.
#[derive(Debug)]
pub(super) struct HclFile {
    pub(super) source: SourceFile,
    pub(super) body: Body,
}

/// Files by their paths that were parsed once, for all who ask. Two surveys of the same files do not differ in it.
#[derive(Clone, Default)]
pub(in crate::iac) struct TerraformFiles {
    parsed: BTreeMap<PathBuf, Result<Arc<HclFile>, FileError>>,
    bytes: usize,
}

impl TerraformFiles {
    /// Reads and parses a file, and keeps it.
    pub(super) fn add(&mut self, path: &Path, shown_from: &Path) -> Option<Arc<HclFile>> {
        let read = HclFile::read(path, shown_from).map(Arc::new);
        let file = read.as_ref().ok().cloned();
        self.bytes += file.as_ref().map_or(0, |file| file.source.text.len());
        if self.bytes <= MOST_KEPT {
            self.parsed.insert(path.to_owned(), read);
        }
        file
    }
}

impl fmt::Debug for TerraformFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TerraformFiles({})", self.parsed.len())
    }
}

impl PartialEq for TerraformFiles {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TerraformFiles {}

/// The files of one directory.
#[derive(Debug, Default)]
pub(super) struct TerraformModule {
    pub(super) dir: PathBuf,
    pub(super) files: Vec<Arc<HclFile>>,
    /// Those whose blocks are laid over the others, what wins last.
    overrides: Vec<Arc<HclFile>>,
}

/// A block and the file it stands in.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedBlock<'c> {
    pub(super) file: &'c HclFile,
    pub(super) block: &'c Block,
}

/// The modules of a project by their directories.
#[derive(Debug, Default)]
pub(in crate::iac) struct TerraformConfig {
    pub(super) root: PathBuf,
    pub(super) modules: BTreeMap<PathBuf, TerraformModule>,
    /// Where `terraform init` put modules, by their key: `app.fn`.
    installed: BTreeMap<String, PathBuf>,
    /// The files of values that Terraform reads by itself, or that are of a workspace by name.
    pub(super) values: BTreeMap<PathBuf, ValueFile>,
    /// How many bytes were read besides those that the survey keeps.
    bytes: usize,
    /// Sentences on what was not read.
    pub(in crate::iac) notes: Vec<String>,
    pub(in crate::iac) problems: Vec<FileError>,
}

#[derive(Deserialize)]
struct ModuleManifest {
    #[serde(rename = "Modules", default)]
    modules: Vec<InstalledModule>,
}

#[derive(Deserialize)]
struct InstalledModule {
    #[serde(rename = "Key", default)]
    key: String,
    #[serde(rename = "Dir", default)]
    dir: String,
}

impl HclFile {
    /// Reads and parses a file.
    ///
    /// # Errors
    /// With the line where it stops being HCL.
    pub(super) fn read(path: &Path, shown_from: &Path) -> Result<Self, FileError> {
        let mut source = SourceFile::read(path, shown_from, LARGEST_SOURCE)?;
        if source.shown.ends_with(IN_JSON) {
            source = in_own_language(source)?;
        }
        if let Some(at) = too_deep(&source.text) {
            return Err(source.error(at, "brackets are nested too deep here to be read"));
        }
        match hcl_edit::parser::parse_body(&source.text) {
            Ok(body) => Ok(Self { source, body }),
            Err(error) => {
                let (what, at) = (error.message(), error.location());
                let what = format!("this is not Terraform's language: {what}");
                Err(match source.made_of {
                    Some(_) => source.error(at.offset(), what),
                    None => source.error_in_line(at.line().max(1), what),
                })
            }
        }
    }

    pub(super) fn at(node: &impl hcl_edit::Span) -> Range<usize> {
        node.span().unwrap_or_default()
    }
}

impl TerraformModule {
    /// The blocks with these words before their brace.
    pub(super) fn blocks(&self, words: &[&str]) -> Vec<PlacedBlock<'_>> {
        let mut found = Vec::new();
        for file in &self.files {
            let blocks = file.body.blocks();
            let placed = blocks.map(|block| PlacedBlock { file, block });
            found.extend(placed.filter(|placed| placed.begins(words)));
        }
        found
    }

    /// The block that decides an attribute of a block: the last one of the overrides that has both, else itself.
    pub(super) fn deciding<'c>(&'c self, placed: PlacedBlock<'c>, name: &str) -> PlacedBlock<'c> {
        let words = |placed: PlacedBlock<'c>| (placed.block.ident.as_str(), placed.labels());
        let own = words(placed);
        let over = self.overrides.iter().rev();
        let mut over = over.flat_map(|file| {
            let blocks = file.body.blocks();
            blocks.map(move |block| PlacedBlock { file, block })
        });
        let found = over.find(|it| it.attribute(name).is_some() && words(*it) == own);
        found.unwrap_or(placed)
    }

    /// The value of a local.
    pub(super) fn local(&self, name: &str) -> Option<(&HclFile, &Expression)> {
        let files = self.overrides.iter().rev().chain(&self.files);
        files.into_iter().find_map(|file| {
            let mut blocks = file.body.get_blocks("locals");
            let attribute = blocks.find_map(|block| block.body.get_attribute(name))?;
            Some((file.as_ref(), &attribute.value))
        })
    }
}

impl<'c> PlacedBlock<'c> {
    fn begins(&self, words: &[&str]) -> bool {
        let own = std::iter::once(self.block.ident.as_str()).chain(self.labels());
        own.take(words.len()).eq(words.iter().copied())
    }

    pub(super) fn labels(&self) -> Vec<&'c str> {
        let labels = self.block.labels.iter();
        labels
            .map(hcl_edit::structure::BlockLabel::as_str)
            .collect()
    }

    /// Its address in its module: `aws_lambda_function.reads`, `module.app`, `variable.size`.
    pub(super) fn address(&self) -> String {
        let (ident, labels) = (self.block.ident.as_str(), self.labels());
        match ident {
            "resource" => labels.join("."),
            _ => std::iter::once(ident)
                .chain(labels)
                .collect::<Vec<_>>()
                .join("."),
        }
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'c Attribute> {
        self.block.body.get_attribute(name)
    }

    pub(super) fn text(&self, name: &str) -> Option<&'c str> {
        self.attribute(name)?.value.as_str()
    }
}

impl TerraformConfig {
    /// Reads the project's directory and the modules that its calls lead to; what the survey parsed is taken from there.
    pub(in crate::iac) fn read(
        project: &Project,
        shown_from: &Path,
        environment: &IacEnvironment,
        parsed: &TerraformFiles,
    ) -> Self {
        let root = project.path.as_path();
        let mut config = Self {
            root: root.to_owned(),
            installed: installed(root, shown_from, environment),
            ..Self::default()
        };
        config.values = value_files(project, shown_from, &mut config.problems);
        let mut open = vec![(root.to_owned(), String::new())];
        while let Some((dir, key)) = open.pop() {
            if config.modules.contains_key(&dir) {
                continue;
            }
            if config.modules.len() >= MOST_MODULES || config.bytes > MOST_BYTES {
                let shown = shown_path(&dir, shown_from);
                config.notes.push(format!(
                    "The module in {shown} was not read, nor any behind it: {MOST_MODULES} modules and {} MiB of them are read of a project at most.",
                    MOST_BYTES >> 20
                ));
                break;
            }
            let module = config.read_module(&dir, shown_from, parsed);
            for call in module.blocks(&["module"]) {
                let name = call.block.labels.first().map_or("", |label| label.as_str());
                let child = child_key(&key, name);
                if let Some(dir) = config.call_dir(&dir, &child, call.text("source")) {
                    open.push((dir, child));
                }
            }
            config.modules.insert(dir, module);
        }
        config
    }

    fn read_module(
        &mut self,
        dir: &Path,
        shown_from: &Path,
        parsed: &TerraformFiles,
    ) -> TerraformModule {
        let mut module = TerraformModule {
            dir: dir.to_owned(),
            ..TerraformModule::default()
        };
        let mut paths = files_ending(dir, ".tf");
        paths.extend(files_ending(dir, IN_JSON));
        paths.sort();
        for path in paths {
            let file = parsed.parsed.get(&path).cloned().unwrap_or_else(|| {
                let read = HclFile::read(&path, shown_from).map(Arc::new);
                self.bytes += read.as_ref().map_or(0, |file| file.source.text.len());
                read
            });
            let files = if is_override(&path) {
                &mut module.overrides
            } else {
                &mut module.files
            };
            match file {
                Ok(file) => files.push(file),
                Err(error) => self.problems.push(error),
            }
        }
        module
    }

    /// Where the module of a call stands: as `terraform init` noted it, or by its path.
    pub(super) fn call_dir(&self, from: &Path, key: &str, source: Option<&str>) -> Option<PathBuf> {
        let local = source.filter(|source| source.starts_with('.'));
        let dir = match local {
            Some(source) => normal(&from.join(source)),
            None => self.installed.get(key)?.clone(),
        };
        dir.is_dir().then_some(dir)
    }
}

/// Whether Terraform lays a file over the others of its directory.
fn is_override(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let stem = name.map(|name| name.trim_end_matches(".json").trim_end_matches(".tf"));
    stem.is_some_and(|stem| stem == "override" || stem.ends_with("_override"))
}

/// Where brackets are nested deeper than a parser that calls itself can take.
fn too_deep(text: &str) -> Option<usize> {
    const DEEPEST: usize = 100;
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// The key under which `terraform init` notes a module.
pub(super) fn child_key(parent: &str, name: &str) -> String {
    if parent.is_empty() {
        name.to_owned()
    } else {
        format!("{parent}.{name}")
    }
}

fn installed(
    root: &Path,
    shown_from: &Path,
    environment: &IacEnvironment,
) -> BTreeMap<String, PathBuf> {
    let path = environment.terraform_dir(root).join("modules/modules.json");
    let Ok(file) = SourceFile::read(&path, shown_from, LARGEST_SOURCE) else {
        return BTreeMap::new();
    };
    let manifest: Result<ModuleManifest, FileError> = json(&file);
    let modules = manifest.map_or_else(|_| Vec::new(), |manifest| manifest.modules);
    let placed = modules
        .into_iter()
        .map(|it| (it.key, normal(&root.join(it.dir))));
    placed.collect()
}

/// A path without `.` and `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}
