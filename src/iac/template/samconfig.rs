//! `samconfig.toml`: the names of stacks, and values of parameters.

use std::ops::Range;
use std::path::Path;

use crate::iac::source_file::{LARGEST_SOURCE, SourceFile};
use crate::toml_file::{FileError, Section, TomlDocument};

/// What `sam deploy` is told by file.
#[derive(Debug, Default)]
pub(super) struct SamConfig {
    pub(super) file: Option<SourceFile>,
    stacks: Vec<SamStack>,
}

/// A stack, as one environment of the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SamStack {
    /// The environment; `default` counts where none is given.
    pub(super) environment: String,
    pub(super) name: String,
    pub(super) region: Option<String>,
}

impl SamConfig {
    pub(super) fn read(dir: &Path, root: &Path, problems: &mut Vec<FileError>) -> Self {
        let path = dir.join("samconfig.toml");
        if !path.is_file() {
            return Self::default();
        }
        let read = SourceFile::read(&path, root, LARGEST_SOURCE).and_then(|file| {
            let stacks = read_stacks(&file)?;
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
    pub(super) fn stacks(&self) -> &[SamStack] {
        &self.stacks
    }

    /// Where the file gives a parameter of a stack a whole number: the one place, or none.
    pub(super) fn parameter(
        &self,
        name: &str,
        stack: &str,
    ) -> Option<(&SourceFile, Range<usize>, u32)> {
        let own = self.stacks.iter().find(|it| it.name == stack)?;
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
            let is_own = environment_at(&file.text, at) == Some(&own.environment);
            (is_whole && is_own).then_some((start..start + length, number))
        });
        let (at, number) = found.next()?;
        found.next().is_none().then_some((file, at, number))
    }
}

/// The environment whose table an offset is in: the first word of the last heading above it.
fn environment_at(text: &str, at: usize) -> Option<&str> {
    let mut above = text.get(..at)?.lines().rev();
    let heading = above.find_map(|line| line.trim_start().strip_prefix('['))?;
    let first = heading.split(['.', ']']).next()?;
    Some(first.trim().trim_matches(['"', '\'']))
}

fn read_stacks(file: &SourceFile) -> Result<Vec<SamStack>, FileError> {
    let document = TomlDocument::parse(&file.shown, &file.text)?;
    let mut stacks: Vec<SamStack> = Vec::new();
    for environment in document.root().entries() {
        let Ok(section) = environment.section() else {
            continue;
        };
        let parameters: Vec<Section<'_>> = sections(&section).iter().flat_map(sections).collect();
        let first = |name: &str| {
            let entries = parameters.iter().flat_map(Section::entries);
            let mut found = entries.filter(|entry| entry.name() == name);
            found.find_map(|entry| entry.as_string().map(str::to_owned))
        };
        let Some(name) = first("stack_name") else {
            continue;
        };
        if stacks.iter().all(|known| known.name != name) {
            stacks.push(SamStack {
                environment: environment.name().to_owned(),
                name,
                region: first("region"),
            });
        }
    }
    Ok(stacks)
}

fn sections<'d>(of: &Section<'d>) -> Vec<Section<'d>> {
    let entries = of.entries();
    entries
        .iter()
        .filter_map(|entry| entry.section().ok())
        .collect()
}
