//! `samconfig.toml`: environments with the names of their stacks, their regions and the values of their parameters.

use std::ops::Range;
use std::path::Path;

use crate::iac::source_file::{LARGEST_SOURCE, SourceFile};
use crate::iac::stack::{Stack, UNNAMED};
use crate::toml_file::{FileError, KeyValue, Section, TomlDocument};

/// The environment that SAM takes where none is named.
const DEFAULT: &str = "default";

/// What `sam deploy` is told by file.
#[derive(Debug, Default)]
pub(super) struct SamConfig {
    pub(super) file: Option<SourceFile>,
    environments: Vec<SamEnvironment>,
}

/// What is told of one environment.
#[derive(Debug, Clone, Default)]
pub(super) struct SamEnvironment {
    pub(super) name: String,
    pub(super) stack: String,
    pub(super) region: Option<String>,
    parameters: Vec<SamParameter>,
}

/// A value that a parameter is given.
#[derive(Debug, Clone)]
pub(super) struct SamParameter {
    name: String,
    pub(super) value: String,
    /// Where it stands, without its quotes.
    pub(super) at: Option<Range<usize>>,
}

impl SamEnvironment {
    /// What is known where no file tells anything.
    pub(super) fn unnamed() -> Self {
        Self {
            stack: UNNAMED.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&SamParameter> {
        let mut all = self.parameters.iter().rev();
        all.find(|parameter| parameter.name == name)
    }

    /// What `--config-env` takes; none for the default environment.
    pub(super) fn selector(&self) -> Option<String> {
        let is_told = !self.name.is_empty() && self.name != DEFAULT;
        is_told.then(|| self.name.clone())
    }
}

impl SamConfig {
    pub(super) fn read(dir: &Path, root: &Path, problems: &mut Vec<FileError>) -> Self {
        let path = dir.join("samconfig.toml");
        if !path.is_file() {
            return Self::default();
        }
        let read = SourceFile::read(&path, root, LARGEST_SOURCE).and_then(|file| {
            let environments = environments(&file)?;
            Ok(Self {
                file: Some(file),
                environments,
            })
        });
        read.unwrap_or_else(|error| {
            problems.push(error);
            Self::default()
        })
    }

    /// The environments with a stack, in order of the file.
    pub(super) fn environments(&self) -> &[SamEnvironment] {
        &self.environments
    }

    /// The environment of a stack.
    pub(super) fn of_stack(&self, stack: &Stack) -> Option<&SamEnvironment> {
        let is_it =
            |it: &&SamEnvironment| it.stack == stack.name && it.selector() == stack.selector;
        self.environments.iter().find(is_it)
    }
}

fn environments(file: &SourceFile) -> Result<Vec<SamEnvironment>, FileError> {
    let document = TomlDocument::parse(&file.shown, &file.text)?;
    let mut found = Vec::new();
    for (name, section) in sections(&document.root()) {
        let mut environment = SamEnvironment {
            name: name.to_owned(),
            ..SamEnvironment::default()
        };
        let commands = sections(&section);
        // What holds for all commands comes before what holds for this one.
        for command in ["global", "deploy"] {
            let of_command = commands.iter().filter(|(name, _)| *name == command);
            for (_, section) in of_command {
                for (_, parameters) in sections(section) {
                    environment.take(file, &parameters)?;
                }
            }
        }
        if !environment.stack.is_empty() {
            found.push(environment);
        }
    }
    Ok(found)
}

impl SamEnvironment {
    fn take(&mut self, file: &SourceFile, parameters: &Section<'_>) -> Result<(), FileError> {
        for entry in parameters.entries() {
            match (entry.name(), entry.as_string()) {
                ("stack_name", Some(name)) => name.clone_into(&mut self.stack),
                ("region", Some(name)) => self.region = Some(name.to_owned()),
                ("parameter_overrides", Some(text)) => {
                    let words = words(text).into_iter();
                    let line = entry.line();
                    let given = words.filter_map(|word| SamParameter::of(file, line, &word));
                    self.parameters = given.collect();
                }
                ("parameter_overrides", None) => {
                    let items = entry.strings()?.into_iter();
                    let given = items.filter_map(|it| SamParameter::of(file, it.line, it.text));
                    self.parameters = given.collect();
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl SamParameter {
    /// `Name=value`, which stands in this line or in one of those behind it.
    fn of(file: &SourceFile, line: usize, word: &str) -> Option<Self> {
        let (name, value) = word.split_once('=')?;
        let value = value.trim_matches(['"', '\'']);
        Some(Self {
            name: name.to_owned(),
            value: value.to_owned(),
            at: place(file, line, name, value),
        })
    }
}

/// Where a parameter is given a value.
fn place(file: &SourceFile, line: usize, name: &str, value: &str) -> Option<Range<usize>> {
    let start = file.line_start(line)?;
    let text = file.text.get(start..)?;
    let needle = format!("{name}=");
    let is_whole = |at: &usize| {
        let before = text.get(..*at).unwrap_or_default();
        !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
    };
    let found = text.match_indices(&needle).map(|(at, _)| at);
    let at = found.into_iter().find(is_whole)? + needle.len();
    let written = text.get(at..)?;
    let inner = written.trim_start_matches(['\\', '"', '\'']);
    let from = start + at + written.len() - inner.len();
    inner.starts_with(value).then(|| from..from + value.len())
}

/// The words of a text, those in quotes whole.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    for c in text.chars() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('"' | '\'', None) => quote = Some(c),
            (c, None) if c.is_whitespace() => words.push(std::mem::take(&mut word)),
            (c, _) => word.push(c),
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words
}

fn sections<'d>(of: &Section<'d>) -> Vec<(&'d str, Section<'d>)> {
    let entries = of.entries();
    let named = |entry: &KeyValue<'d>| Some((entry.name(), entry.section().ok()?));
    entries.iter().filter_map(named).collect()
}
