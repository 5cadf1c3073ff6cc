//! The `*.tf` files of a project: its modules with their blocks.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};
use serde::Deserialize;

use crate::iac::source_file::{LARGEST_SOURCE, SourceFile, files_ending, json};
use crate::toml_file::FileError;

/// The most modules that are read of a project.
const MOST_MODULES: usize = 200;

/// A file in Terraform's language.
#[derive(Debug)]
pub(super) struct HclFile {
    pub(super) source: SourceFile,
    pub(super) body: Body,
}

/// The files of one directory.
#[derive(Debug, Default)]
pub(super) struct TerraformModule {
    pub(super) dir: PathBuf,
    pub(super) files: Vec<HclFile>,
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
    pub(in crate::iac) problems: Vec<FileError>,
    /// What was not read, in a sentence.
    pub(in crate::iac) left_out: Option<String>,
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
        let source = SourceFile::read(path, shown_from, LARGEST_SOURCE)?;
        if let Some(at) = too_deep(&source.text) {
            return Err(source.error(at, "brackets are nested too deep here to be read"));
        }
        match hcl_edit::parser::parse_body(&source.text) {
            Ok(body) => Ok(Self { source, body }),
            Err(error) => {
                let what = format!("this is not Terraform's language: {}", error.message());
                Err(source.error_in_line(error.location().line().max(1), what))
            }
        }
    }

    /// Whether Terraform reads the file after all others, over what they give.
    fn is_override(&self) -> bool {
        let stem = self.source.path.file_stem().unwrap_or_default();
        let stem = stem.to_string_lossy();
        stem == "override" || stem.ends_with("_override")
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
            let placed = file.body.blocks().map(|block| PlacedBlock { file, block });
            found.extend(placed.filter(|placed| placed.begins(words)));
        }
        found
    }

    /// The block with these words that decides an attribute: the last one of the override files that gives it, else the
    /// first of the others.
    pub(super) fn deciding(&self, words: &[&str], attribute: &str) -> Option<PlacedBlock<'_>> {
        let (overrides, own): (Vec<_>, Vec<_>) = self
            .blocks(words)
            .into_iter()
            .partition(|placed| placed.file.is_override());
        let mut overrides = overrides.into_iter().rev();
        let overruling = overrides.find(|placed| placed.attribute(attribute).is_some());
        overruling.or_else(|| own.into_iter().next())
    }

    /// The value of a local.
    pub(super) fn local(&self, name: &str) -> Option<(&HclFile, &Expression)> {
        let mut blocks = self.blocks(&["locals"]);
        blocks.sort_by_key(|placed| !placed.file.is_override());
        blocks.into_iter().find_map(|placed| {
            let attribute = placed.block.body.get_attribute(name)?;
            Some((placed.file, &attribute.value))
        })
    }
}

impl<'c> PlacedBlock<'c> {
    fn begins(&self, words: &[&str]) -> bool {
        let labels = self
            .block
            .labels
            .iter()
            .map(hcl_edit::structure::BlockLabel::as_str);
        let own = std::iter::once(self.block.ident.as_str()).chain(labels);
        own.take(words.len()).eq(words.iter().copied())
    }

    /// Its address in its module: `aws_lambda_function.reads`, `module.app`, `variable.size`.
    pub(super) fn address(&self) -> String {
        let ident = self.block.ident.as_str();
        let labels = self
            .block
            .labels
            .iter()
            .map(hcl_edit::structure::BlockLabel::as_str);
        let labels: Vec<&str> = labels.collect();
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
    /// Reads the project's directory and the modules that its calls lead to.
    pub(in crate::iac) fn read(root: &Path, shown_from: &Path) -> Self {
        let mut config = Self {
            root: root.to_owned(),
            installed: installed(root, shown_from),
            ..Self::default()
        };
        let mut open = vec![(root.to_owned(), String::new())];
        while let Some((dir, key)) = open.pop() {
            if config.modules.contains_key(&dir) {
                continue;
            }
            if config.modules.len() >= MOST_MODULES {
                config.left_out = Some(format!(
                    "Of a project of Terraform no more than {MOST_MODULES} modules were read."
                ));
                break;
            }
            let module = config.read_module(&dir, shown_from);
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

    fn read_module(&mut self, dir: &Path, shown_from: &Path) -> TerraformModule {
        let mut module = TerraformModule {
            dir: dir.to_owned(),
            files: Vec::new(),
        };
        for path in files_ending(dir, ".tf") {
            match HclFile::read(&path, shown_from) {
                Ok(file) => module.files.push(file),
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

fn installed(root: &Path, shown_from: &Path) -> BTreeMap<String, PathBuf> {
    let path = root.join(".terraform/modules/modules.json");
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
