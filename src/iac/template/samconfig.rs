//! `samconfig.toml`: the names of stacks, and values of parameters.

use std::ops::Range;
use std::path::Path;

use crate::iac::source_file::{LARGEST_SOURCE, SourceFile};
use crate::toml_file::{FileError, KeyValue, Section, TomlDocument};

/// What `sam deploy` is told by file.
#[derive(Debug, Default)]
pub(super) struct SamConfig {
    pub(super) file: Option<SourceFile>,
    stacks: Vec<String>,
}

impl SamConfig {
    pub(super) fn read(dir: &Path, root: &Path, problems: &mut Vec<FileError>) -> Self {
        let path = dir.join("samconfig.toml");
        if !path.is_file() {
            return Self::default();
        }
        let read = SourceFile::read(&path, root, LARGEST_SOURCE).and_then(|file| {
            let stacks = stack_names(&file)?;
            Ok(Self {
                file: Some(file),
                stacks,
            })
        });
        read.unwrap_or_else(|error| {
            problems.push(error);
            Self::default()
        })
    }

    /// The stacks that are deployed, in order of the file.
    pub(super) fn stacks(&self) -> &[String] {
        &self.stacks
    }

    /// Where the file gives a parameter a whole number: the one place, or none.
    pub(super) fn parameter(&self, name: &str) -> Option<(&SourceFile, Range<usize>, u32)> {
        let file = self.file.as_ref()?;
        let needle = format!("{name}=");
        let mut found = file.text.match_indices(&needle).filter_map(|(at, _)| {
            let is_whole = !file
                .text
                .get(..at)?
                .ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let after = file.text.get(at + needle.len()..)?;
            let value = after.trim_start_matches(['\\', '"', '\'']);
            let start = at + needle.len() + after.len() - value.len();
            let length = value
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(value.len());
            let number = value.get(..length)?.parse().ok()?;
            is_whole.then_some((start..start + length, number))
        });
        let (at, number) = found.next()?;
        found.next().is_none().then_some((file, at, number))
    }
}

fn stack_names(file: &SourceFile) -> Result<Vec<String>, FileError> {
    let document = TomlDocument::parse(&file.shown, &file.text)?;
    let mut names = Vec::new();
    for environment in sections(&document.root()) {
        for command in sections(&environment) {
            for parameters in sections(&command) {
                let entries = parameters.entries();
                let name = entries.iter().find(|entry| entry.name() == "stack_name");
                names.extend(name.and_then(KeyValue::as_string).map(str::to_owned));
            }
        }
    }
    names.dedup();
    Ok(names)
}

fn sections<'d>(of: &Section<'d>) -> Vec<Section<'d>> {
    let entries = of.entries();
    entries
        .iter()
        .filter_map(|entry| entry.section().ok())
        .collect()
}
