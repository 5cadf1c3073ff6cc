//! The projects under a directory, their stacks, and what files tell of them.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::Serialize;

use super::budget::{MOST_BYTES, keep_within};
use super::environment::IacEnvironment;
use super::place::CodePlace;
use super::source_file::shown_path;
use super::stack::{Stack, StackKey, UNNAMED};
use super::terraform::TerraformFiles;
use super::tool::Tool;
use super::walk::{WalkLimits, WalkedDir, names_project, walk};
use super::{cdk, pulumi, serverless, template, terraform};
use crate::text::{reveal, sentence};
use crate::toml_file::FileError;

/// What describes stacks: a directory, or a template in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Project {
    /// The tool that it is for.
    pub tool: Tool,
    /// Its name, as its own file has it; else that of its directory.
    pub name: String,
    /// Its directory, from the surveyed one on.
    pub dir: String,
    /// The file that makes it a project, in its directory.
    pub file: String,
    /// Its directory.
    #[serde(skip)]
    pub path: PathBuf,
    /// Its stacks in order of name; none are known where a tool keeps them elsewhere.
    pub stacks: Vec<Stack>,
    /// What is to be known of it, as sentences.
    pub notes: Vec<String>,
}

/// What is found under a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// The directory.
    pub root: PathBuf,
    /// The nearest first.
    pub projects: Vec<Project>,
    /// How many entries of directories were looked at.
    pub entries: usize,
    /// Sentences on what was not looked at.
    pub stops: Vec<String>,
    /// Files that could not be read, each with a line.
    pub problems: Vec<FileError>,
    /// What the process was started with.
    pub(super) environment: IacEnvironment,
    /// The files of Terraform, parsed once.
    pub(super) terraform: TerraformFiles,
}

impl Project {
    /// A project of which no more is known than where it is.
    pub(super) fn at(tool: Tool, dir: &WalkedDir, file: &str, root: &Path) -> Self {
        let name = dir.path.file_name().unwrap_or(dir.path.as_os_str());
        Self {
            tool,
            name: name.to_string_lossy().into_owned(),
            dir: shown_path(&dir.path, root),
            file: file.to_owned(),
            path: dir.path.clone(),
            stacks: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// One of its stacks as a list of several projects names it: with the directory, unless that is the surveyed one.
    #[must_use]
    pub fn placed_title(&self, stack: &Stack) -> String {
        match self.dir.as_str() {
            "." => self.title(stack),
            dir => format!("{} in {dir}", self.title(stack)),
        }
    }

    /// What tells one of its stacks, or itself where none is known, from all others.
    #[must_use]
    pub fn key(&self, stack: Option<&Stack>) -> StackKey {
        StackKey {
            project: (self.dir.clone(), self.file.clone()),
            tool: self.tool,
            stack: stack.map(|stack| stack.name.clone()),
        }
    }

    /// Its stack of this key, to be changed.
    pub fn stack_mut(&mut self, key: &StackKey) -> Option<&mut Stack> {
        let is_own = self.key(None).project == key.project && self.tool == key.tool;
        let mut stacks = self.stacks.iter_mut();
        stacks.find(|stack| is_own && Some(&stack.name) == key.stack.as_ref())
    }

    /// Whether a file, from the surveyed directory on, is the one that makes it a project, or of what the CDK made of it.
    fn has_file(&self, file: &Path) -> bool {
        let below = match self.dir.as_str() {
            "." => Some(file),
            dir => file.strip_prefix(dir).ok(),
        };
        let is_made = |file: &Path| self.tool == Tool::Cdk && file.starts_with("cdk.out");
        below.is_some_and(|file| file == Path::new(&self.file) || is_made(file))
    }

    /// A stack of it by tool and name; one that no file names goes by the file that describes it.
    pub(super) fn title(&self, stack: &Stack) -> String {
        let name = if stack.name == UNNAMED {
            &self.file
        } else {
            &stack.name
        };
        format!("{} {name}", self.tool.name())
    }
}

/// Titles as they are, and with the directory where two are the same.
pub(super) fn told_apart(titles: &[(String, String)]) -> Vec<String> {
    let is_double = |title: &str| titles.iter().filter(|(it, _)| it == title).count() > 1;
    let told = titles.iter().map(|(title, dir)| {
        if is_double(title) {
            format!("{title} in {dir}")
        } else {
            title.clone()
        }
    });
    told.collect()
}

impl Survey {
    /// Looks for projects in a directory and below. Reads files, runs and writes nothing.
    #[must_use]
    pub fn of(root: &Path, environment: &IacEnvironment, limits: WalkLimits) -> Self {
        let mut walked = walk(root, limits);
        walked
            .dirs
            .retain(|dir| !environment.is_terraform_data(&dir.path));
        keep_within(&mut walked, root, MOST_BYTES);
        let mut survey = Self {
            root: root.to_owned(),
            environment: environment.clone(),
            entries: walked.entries,
            stops: walked.stops,
            ..Self::default()
        };
        let called = terraform::called_dirs(&walked.dirs, root, environment, &mut survey.terraform);
        for dir in &walked.dirs {
            survey.add(dir, &called);
        }
        survey
    }

    /// Whether there seems to be a project in a directory or below: a quick look at the names of files.
    #[must_use]
    pub fn is_likely(root: &Path, limits: WalkLimits) -> bool {
        names_project(root, limits)
    }

    fn add(&mut self, dir: &WalkedDir, called: &[PathBuf]) {
        let (root, environment) = (self.root.clone(), &self.environment);
        let problems = &mut self.problems;
        let has = |names: &[&str]| dir.files.iter().find(|file| names.contains(&file.as_str()));
        let is_terraform = dir.files.iter().any(|file| terraform::is_terraform(file));
        if is_terraform && !called.contains(&dir.path) {
            self.projects
                .push(terraform::project(dir, &root, environment, problems));
        }
        if has(&["cdk.json"]).is_some() || dir.has_cdk_out {
            self.projects.extend(cdk::project(dir, &root, problems));
        }
        if let Some(file) = has(&["Pulumi.yaml", "Pulumi.yml"]) {
            self.projects
                .push(pulumi::project(dir, file, &root, environment, problems));
        }
        if let Some(file) = dir
            .files
            .iter()
            .find(|file| file.starts_with("serverless."))
        {
            self.projects
                .push(serverless::project(dir, file, &root, problems));
        }
        self.projects
            .extend(template::projects(dir, &root, problems));
    }

    /// The directory in which the change of a place is to be applied.
    #[must_use]
    pub fn dir_of(&self, place: &CodePlace) -> PathBuf {
        match place.dir.as_str() {
            "." => self.root.clone(),
            dir => self.root.join(dir),
        }
    }

    /// The name of a stack for people: `Terraform dev`, with its directory where another one is called the same.
    #[must_use]
    pub fn title(&self, project: &Project, stack: &Stack) -> String {
        let plain = project.title(stack);
        let same = self.stacks().filter(|(it, stack)| it.title(stack) == plain);
        if same.count() > 1 {
            format!("{plain} in {}", project.dir)
        } else {
            plain
        }
    }

    /// What keeps the file of a stack, or of a project without one, from being read, as a sentence.
    #[must_use]
    pub fn problem_of(&self, project: &Project, stack: Option<&Stack>) -> Option<String> {
        if stack.is_some_and(|stack| stack.is_known) {
            return None;
        }
        let source = stack.map(|stack| stack.source.as_deref().map(reveal));
        let is_own = |problem: &&FileError| match &source {
            Some(source) => source.as_deref() == Some(&problem.file),
            None => project.has_file(Path::new(&problem.file)),
        };
        let problem = self.problems.iter().find(is_own)?;
        Some(sentence(&problem.to_string()))
    }

    /// The stacks of all projects, each with its project.
    pub fn stacks(&self) -> impl Iterator<Item = (&Project, &Stack)> {
        self.projects
            .iter()
            .flat_map(|project| project.stacks.iter().map(move |stack| (project, stack)))
    }
}

/// When a file was written, in seconds since 1970.
pub(super) fn written(path: &Path) -> Option<u64> {
    let modified = std::fs::metadata(path).ok()?.modified().ok()?;
    Some(modified.duration_since(UNIX_EPOCH).ok()?.as_secs())
}
