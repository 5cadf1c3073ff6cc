//! Where the user is, from files alone: the branch of git, and the environments that tools work on there.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::environment::IacEnvironment;
use super::source_file::{LARGEST_SOURCE, SourceFile, json};
use super::{pulumi, terraform};

/// The most directories upwards that are looked into.
const DIRS_ABOVE: usize = 32;
/// The most entries of a directory that are looked at.
const MOST_ENTRIES: usize = 2_000;
/// The most bytes of a file of git that are read.
const MOST_BYTES: u64 = 4 << 10;

/// The branch and the environments at a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whereabouts {
    /// The branch of git, or the beginning of the commit where there is none.
    pub branch: Option<WorkBranch>,
    /// What each tool works on there: a short name of the tool, and the name of the environment.
    pub environments: Vec<(&'static str, String)>,
}

/// Where the work is in git.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkBranch {
    /// A branch.
    Named(String),
    /// A commit without one, by its first digits.
    Detached(String),
}

/// What an environment is for, as far as its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Development,
    Staging,
    Production,
}

impl Whereabouts {
    /// Looks around from a directory upwards. Reads a few small files; what cannot be read is as if it were not there.
    #[must_use]
    pub fn of(dir: &Path, environment: &IacEnvironment) -> Self {
        let repository = above(dir).find(|path| path.join(".git").exists());
        let branch = repository.as_deref().and_then(branch);
        let top = repository.unwrap_or_else(|| dir.to_owned());
        let within = || above(dir).take_while(|path| path.starts_with(&top));
        let mut environments = Vec::new();
        let workspace = within().find(|path| has_terraform(path));
        environments.extend(
            workspace.map(|path| ("tf", terraform::selected_workspace(&path, environment))),
        );
        let stack = within().find_map(|path| pulumi::selected_stack(&path, environment));
        environments.extend(stack.map(|name| ("pulumi", name)));
        let amplify = within().find_map(|path| amplify_environment(&path));
        environments.extend(amplify.map(|name| ("amplify", name)));
        Self {
            branch,
            environments,
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.branch.is_none() && self.environments.is_empty()
    }

    /// It in a few words: `main · tf dev`; nothing where nothing is known.
    #[must_use]
    pub fn text(&self) -> String {
        let branch = self.branch.as_ref().map(|branch| match branch {
            WorkBranch::Named(name) => name.clone(),
            WorkBranch::Detached(commit) => format!("at {commit}"),
        });
        let environments = self.environments.iter();
        let environments = environments.map(|(tool, name)| format!("{tool} {name}"));
        let parts: Vec<String> = branch.into_iter().chain(environments).collect();
        parts.join(" · ")
    }

    /// Whether a branch and an environment do not go together: they are of different stages by their names, or a branch
    /// that is of none works on production.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        let Some(WorkBranch::Named(branch)) = &self.branch else {
            return false;
        };
        let own = branch_stage(branch);
        let stages = self.environments.iter();
        stages
            .filter_map(|(_, name)| environment_stage(name))
            .any(|stage| own.map_or(stage == Stage::Production, |own| own != stage))
    }
}

/// A directory and those above it.
fn above(dir: &Path) -> impl Iterator<Item = PathBuf> {
    dir.ancestors().take(DIRS_ABOVE).map(Path::to_owned)
}

/// The branch of a repository; in a worktree `.git` is a file that names the directory.
fn branch(repository: &Path) -> Option<WorkBranch> {
    let git = repository.join(".git");
    let dir = if git.is_dir() {
        git
    } else {
        let text = beginning(&git)?;
        repository.join(text.strip_prefix("gitdir:")?.trim())
    };
    let head = beginning(&dir.join("HEAD"))?;
    let head = head.trim();
    if let Some(name) = head.strip_prefix("ref:") {
        let name = name.trim();
        let name = name.strip_prefix("refs/heads/").unwrap_or(name);
        return Some(WorkBranch::Named(name.to_owned()));
    }
    let is_commit = head.len() >= 40 && head.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_commit.then(|| WorkBranch::Detached(head.chars().take(7).collect()))
}

fn beginning(path: &Path) -> Option<String> {
    // Asked before it is opened: a pipe would wait for a writer.
    let is_file = std::fs::metadata(path).ok()?.is_file();
    let file = is_file.then(|| std::fs::File::open(path).ok())??;
    let mut text = String::new();
    file.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    Some(text)
}

fn has_terraform(dir: &Path) -> bool {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .take(MOST_ENTRIES)
        .any(|entry| terraform::is_terraform(&entry.file_name().to_string_lossy()))
}

fn amplify_environment(dir: &Path) -> Option<String> {
    #[derive(Deserialize)]
    struct LocalEnvironment {
        #[serde(rename = "envName")]
        name: String,
    }
    let path = dir.join("amplify/.config/local-env-info.json");
    let file = path
        .is_file()
        .then(|| SourceFile::read(&path, dir, LARGEST_SOURCE).ok())??;
    let local: LocalEnvironment = json(&file).ok()?;
    Some(local.name)
}

const PRODUCTION: [&str; 4] = ["prod", "production", "prd", "live"];
const STAGING: [&str; 6] = ["staging", "stage", "stg", "uat", "preprod", "qa"];
const DEVELOPMENT: [&str; 4] = ["dev", "develop", "development", "sandbox"];

/// The stage that a branch is for; none for one of somebody's work.
fn branch_stage(name: &str) -> Option<Stage> {
    let name = name.to_ascii_lowercase();
    let first = name.split(['/', '-']).next().unwrap_or_default();
    if matches!(name.as_str(), "main" | "master" | "trunk") || matches!(first, "release" | "hotfix")
    {
        return Some(Stage::Production);
    }
    stage_of_word(&name)
}

/// The stage that an environment is for.
fn environment_stage(name: &str) -> Option<Stage> {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    if words
        .iter()
        .any(|word| matches!(*word, "non" | "nonprod" | "pre"))
    {
        return None;
    }
    words.into_iter().find_map(stage_of_word)
}

fn stage_of_word(word: &str) -> Option<Stage> {
    match word {
        word if PRODUCTION.contains(&word) => Some(Stage::Production),
        word if STAGING.contains(&word) => Some(Stage::Staging),
        word if DEVELOPMENT.contains(&word) => Some(Stage::Development),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::fixture::Tree;

    fn text(tree: &Tree, path: &str) -> String {
        let around = Whereabouts::of(&tree.root().join(path), &IacEnvironment::default());
        around.text()
    }

    #[test]
    fn branch_and_environments_are_told_from_files() {
        let tree = Tree::of(&[
            ("a/.git/HEAD", "ref: refs/heads/feature/x\n"),
            ("a/infra/main.tf", ""),
            ("a/infra/.terraform/environment", "prod"),
            ("a/infra/modules/x/readme", ""),
            (
                "a/amplify/.config/local-env-info.json",
                r#"{"envName": "dev"}"#,
            ),
            ("a/web/readme", ""),
            ("a/json/main.tf.json", "{}"),
            ("b/readme", ""),
        ]);
        assert_eq!(text(&tree, "a/infra"), "feature/x · tf prod · amplify dev");
        assert_eq!(
            text(&tree, "a/infra/modules/x"),
            "feature/x · tf prod · amplify dev"
        );
        assert_eq!(text(&tree, "a/web"), "feature/x · amplify dev");
        assert_eq!(
            text(&tree, "a/json"),
            "feature/x · tf default · amplify dev"
        );
        assert_eq!(text(&tree, "b"), "");
        let told = IacEnvironment {
            terraform_workspace: Some("dev".to_owned()),
            ..IacEnvironment::default()
        };
        let around = Whereabouts::of(&tree.root().join("a/infra"), &told);
        assert_eq!(around.environments[0], ("tf", "dev".to_owned()));
    }

    #[test]
    fn worktrees_and_commits_without_a_branch_are_known() {
        let tree = Tree::of(&[
            ("main/.git/worktrees/w/HEAD", "ref: refs/heads/w\n"),
            ("w/.git", "gitdir: ../main/.git/worktrees/w\n"),
            ("d/.git/HEAD", "0123456789abcdef0123456789abcdef01234567\n"),
            ("broken/.git", "nonsense"),
        ]);
        assert_eq!(text(&tree, "w"), "w");
        assert_eq!(text(&tree, "d"), "at 0123456");
        assert_eq!(text(&tree, "broken"), "");
    }

    #[test]
    fn the_selected_stack_of_pulumi_is_told() {
        let tree = Tree::of(&[("Pulumi.yaml", "name: a\nruntime: yaml\n")]);
        let told = IacEnvironment {
            pulumi_stack: Some("org/a/prod".to_owned()),
            ..IacEnvironment::default()
        };
        let around = Whereabouts::of(&tree.root(), &told);
        assert_eq!(around.text(), "pulumi prod");
        assert!(!around.is_conflict(), "there is no branch to go by");
    }

    #[test]
    fn a_branch_and_an_environment_of_other_stages_are_a_conflict() {
        let is_conflict = |branch: &str, environment: &str| {
            let around = Whereabouts {
                branch: Some(WorkBranch::Named(branch.to_owned())),
                environments: vec![("tf", environment.to_owned())],
            };
            around.is_conflict()
        };
        for (branch, environment) in [
            ("main", "dev"),
            ("develop", "prod"),
            ("feature/main-menu", "shop-production"),
            ("release/1.2", "staging"),
            ("staging", "dev-eu"),
        ] {
            assert!(is_conflict(branch, environment), "{branch} {environment}");
        }
        for (branch, environment) in [
            ("main", "prod"),
            ("main", "default"),
            ("feature/x", "dev"),
            ("feature/x", "alice"),
            ("develop", "dev-eu"),
            ("main", "non-prod"),
            ("hotfix/1", "live"),
        ] {
            assert!(!is_conflict(branch, environment), "{branch} {environment}");
        }
    }
}
