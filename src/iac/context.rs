//! Where one is: the git branch and the environment that each tool works on, from files alone.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::source_file::{LARGEST_SOURCE, SourceFile};
use super::survey::Survey;
use super::terraform::json;
use super::tool::Tool;

/// The branch and the environments of a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CodeContext {
    /// The git branch; the first seven digits of the commit where none is checked out.
    pub branch: Option<String>,
    /// The environments that are chosen, of each project one at most.
    pub environments: Vec<ChosenEnvironment>,
}

/// What a tool works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChosenEnvironment {
    /// The tool's name for people.
    pub tool: &'static str,
    /// The workspace, stack or environment.
    pub name: String,
}

/// How near to the users an environment or a branch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EnvironmentStage {
    Development,
    Test,
    Staging,
    Production,
}

impl CodeContext {
    /// Reads the branch around a directory and what the projects in it work on.
    #[must_use]
    pub fn of(survey: &Survey) -> Self {
        let mut environments: Vec<ChosenEnvironment> = Vec::new();
        for (project, stack) in survey.stacks().filter(|(_, stack)| stack.is_selected) {
            let is_plain = project.tool == Tool::Terraform && stack.name == "default";
            let chosen = ChosenEnvironment {
                tool: project.tool.name(),
                name: stack.name.clone(),
            };
            if !is_plain && !environments.contains(&chosen) {
                environments.push(chosen);
            }
        }
        environments.extend(amplify(&survey.root).map(|name| ChosenEnvironment {
            tool: "Amplify",
            name,
        }));
        Self {
            branch: branch(&survey.root),
            environments,
        }
    }

    /// The environments that do not fit the branch: production work from a branch of another stage, or the reverse.
    #[must_use]
    pub fn disagreements(&self) -> Vec<&ChosenEnvironment> {
        let Some(branch) = &self.branch else {
            return Vec::new();
        };
        let of_branch = branch_stage(branch);
        let disagrees = |chosen: &&ChosenEnvironment| match (of_branch, stage(&chosen.name)) {
            (Some(branch), Some(environment)) => branch != environment,
            (None, Some(environment)) => environment == EnvironmentStage::Production,
            (_, None) => false,
        };
        self.environments.iter().filter(disagrees).collect()
    }
}

/// The stage that a name says, by its parts.
fn stage(name: &str) -> Option<EnvironmentStage> {
    let lower = name.to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphanumeric());
    parts.find_map(|part| match part {
        "prod" | "prd" | "production" | "live" => Some(EnvironmentStage::Production),
        "stage" | "stg" | "staging" | "preprod" | "uat" => Some(EnvironmentStage::Staging),
        "test" | "qa" | "int" | "integration" => Some(EnvironmentStage::Test),
        "dev" | "develop" | "development" | "sandbox" => Some(EnvironmentStage::Development),
        _ => None,
    })
}

fn branch_stage(branch: &str) -> Option<EnvironmentStage> {
    match branch {
        "main" | "master" | "trunk" => Some(EnvironmentStage::Production),
        branch if branch.starts_with("release/") || branch.starts_with("hotfix/") => {
            Some(EnvironmentStage::Production)
        }
        // The part behind a slash is a subject, such as in `feature/live-tail`.
        branch if branch.contains('/') => None,
        branch => stage(branch),
    }
}

/// The branch that is checked out around a directory, in worktrees too.
fn branch(dir: &Path) -> Option<String> {
    let git = dir
        .ancestors()
        .map(|dir| dir.join(".git"))
        .find(|path| path.exists())?;
    let folder = if git.is_dir() {
        git
    } else {
        let text = small(&git)?;
        let named = PathBuf::from(text.strip_prefix("gitdir:")?.trim());
        git.parent()?.join(named)
    };
    let head = small(&folder.join("HEAD"))?;
    let head = head.trim();
    match head.strip_prefix("ref:") {
        Some(name) => {
            let name = name.trim();
            Some(name.strip_prefix("refs/heads/").unwrap_or(name).to_owned())
        }
        None => head.get(..7).map(str::to_owned),
    }
}

fn amplify(dir: &Path) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct LocalEnvironment {
        #[serde(default)]
        env_name: String,
    }
    let path = dir.join("amplify/.config/local-env-info.json");
    let file = SourceFile::read(&path, dir, LARGEST_SOURCE).ok()?;
    let local: LocalEnvironment = json(&file).ok()?;
    Some(local.env_name).filter(|name| !name.is_empty())
}

fn small(path: &Path) -> Option<String> {
    let dir = path.parent()?;
    SourceFile::read(path, dir, LARGEST_SOURCE)
        .ok()
        .map(|file| file.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::iac::fixture::Tree;

    fn context(files: &[(&str, &str)]) -> CodeContext {
        let tree = Tree::of(files);
        CodeContext::of(&tree.survey())
    }

    #[test]
    fn branch_and_environments_are_read_from_files() {
        let found = context(&[
            (".git/HEAD", "ref: refs/heads/feature/x\n"),
            ("tf/main.tf", ""),
            ("tf/.terraform/environment", "prod"),
            ("plain/main.tf", ""),
            (
                "amplify/.config/local-env-info.json",
                "{\"envName\": \"dev\"}",
            ),
        ]);
        assert_eq!(found.branch.as_deref(), Some("feature/x"));
        let told: Vec<_> = found
            .environments
            .iter()
            .map(|it| (it.tool, it.name.as_str()))
            .collect();
        assert_eq!(told, [("Terraform", "prod"), ("Amplify", "dev")]);
        assert_eq!(found.disagreements(), [&found.environments[0]]);
    }

    #[test]
    fn a_worktree_and_a_detached_head_are_told() {
        let tree = Tree::of(&[
            ("real/.git/worktrees/w/HEAD", "ref: refs/heads/w\n"),
            ("w/.git", "gitdir: ../real/.git/worktrees/w\n"),
        ]);
        assert_eq!(branch(&tree.root().join("w")).as_deref(), Some("w"));
        tree.write("real/.git/worktrees/w/HEAD", "0123456789abcdef\n");
        assert_eq!(branch(&tree.root().join("w")).as_deref(), Some("0123456"));
    }

    #[test]
    fn only_what_is_known_disagrees() {
        let disagrees = |branch: &str, environment: &str| {
            let context = CodeContext {
                branch: Some(branch.to_owned()),
                environments: vec![ChosenEnvironment {
                    tool: "Terraform",
                    name: environment.to_owned(),
                }],
            };
            !context.disagreements().is_empty()
        };
        for (branch, environment, expected) in [
            ("main", "prod", false),
            ("main", "dev", true),
            ("develop", "app-prod", true),
            ("develop", "dev", false),
            ("feature/live-tail", "dev", false),
            ("feature/live-tail", "production", true),
            ("x", "blue", false),
        ] {
            assert_eq!(
                disagrees(branch, environment),
                expected,
                "{branch} {environment}"
            );
        }
    }
}
