//! A bounded walk over a directory: what projects are made of, and where the walk ended early.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::source_file::shown_path;

/// How much is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WalkLimits {
    /// The most entries of directories.
    pub entries: usize,
    /// How many directories deep.
    pub depth: usize,
}

impl Default for WalkLimits {
    fn default() -> Self {
        Self {
            entries: 100_000,
            depth: 12,
        }
    }
}

/// The names by which projects are found, for people.
pub const PROJECT_FILES: &str = "*.tf, cdk.json, Pulumi.yaml, serverless.yml, or template.yaml (also with cfn or sam in its name)";

/// Directories that hold what tools made or fetched, never a project's own files.
pub(super) const SKIPPED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".terraform",
    "terraform.tfstate.d",
    ".pulumi",
    ".aws-sam",
    ".serverless",
    ".venv",
    "venv",
    ".tox",
    "__pycache__",
    "node_modules",
    "cdk.out",
];

/// The names in a directory that may belong to a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WalkedDir {
    pub(super) path: PathBuf,
    /// In order.
    pub(super) files: Vec<String>,
    pub(super) has_cdk_out: bool,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The nearest first.
    pub(super) dirs: Vec<WalkedDir>,
    /// How many entries were looked at.
    pub(super) entries: usize,
    /// Sentences on what was left out.
    pub(super) stops: Vec<String>,
}

/// Walks from a directory downwards, the nearest first. Links to directories are not followed, so that none leads
/// around in a circle.
pub(super) fn walk(root: &Path, limits: WalkLimits) -> Walked {
    walk_until(root, limits, |_| false)
}

/// Whether a directory, or one below it, has files that are named as those of a project. Reads none of them, and ends
/// at the first.
pub(super) fn names_project(root: &Path, limits: WalkLimits) -> bool {
    walk_until(root, limits, Walked::ends_with_project).ends_with_project()
}

fn walk_until(root: &Path, limits: WalkLimits, is_enough: fn(&Walked) -> bool) -> Walked {
    let mut walked = Walked::default();
    let mut open = VecDeque::from([(root.to_owned(), 0)]);
    let mut too_deep = 0_usize;
    while let Some((dir, depth)) = open.pop_front() {
        let inner = walked.look_into(&dir, limits).unwrap_or_else(|error| {
            let shown = shown_path(&dir, root);
            let what = format!("{shown} could not be read: {error}.");
            walked.stops.push(what);
            Vec::new()
        });
        if is_enough(&walked) {
            break;
        }
        if depth >= limits.depth {
            too_deep += inner.len();
        } else {
            open.extend(inner.into_iter().map(|name| (dir.join(name), depth + 1)));
        }
        if walked.entries > limits.entries {
            let shown = shown_path(&dir, root);
            let (most, left) = (limits.entries, open.len());
            walked.stops.push(format!(
                "The search ended in {shown} after {most} entries; {left} directories were not looked into."
            ));
            break;
        }
    }
    if too_deep > 0 {
        let depth = limits.depth;
        let what = format!("{too_deep} directories more than {depth} deep were not looked into.");
        walked.stops.push(what);
    }
    walked
}

impl Walked {
    /// Whether the last directory has files of a project.
    fn ends_with_project(&self) -> bool {
        let has_files = |dir: &WalkedDir| {
            dir.has_cdk_out || dir.files.iter().any(|name| name != "samconfig.toml")
        };
        self.dirs.last().is_some_and(has_files)
    }

    /// Notes what a directory holds; returns the directories in it, in order.
    fn look_into(&mut self, dir: &Path, limits: WalkLimits) -> std::io::Result<Vec<OsString>> {
        let mut found = WalkedDir {
            path: dir.to_owned(),
            files: Vec::new(),
            has_cdk_out: false,
        };
        let mut inner = Vec::new();
        for entry in std::fs::read_dir(dir)?.flatten() {
            self.entries += 1;
            if self.entries > limits.entries {
                break;
            }
            note(&entry, &mut found, &mut inner);
        }
        inner.sort();
        if !found.files.is_empty() || found.has_cdk_out {
            found.files.sort();
            self.dirs.push(found);
        }
        Ok(inner)
    }
}

fn note(entry: &DirEntry, found: &mut WalkedDir, inner: &mut Vec<OsString>) {
    let Ok(kind) = entry.file_type() else {
        return;
    };
    let name = entry.file_name();
    if kind.is_dir() {
        found.has_cdk_out |= name == "cdk.out";
        if !SKIPPED.iter().any(|skipped| name == *skipped) {
            inner.push(name);
        }
    } else if let Some(name) = name.to_str()
        && is_of_project(name)
        && (kind.is_file() || entry.path().is_file())
    {
        found.files.push(name.to_owned());
    }
}

/// Whether a file of this name makes a directory a project.
fn is_of_project(name: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    ends(&[".tf", ".tf.json"])
        || matches!(
            name,
            "cdk.json" | "Pulumi.yaml" | "Pulumi.yml" | "samconfig.toml"
        )
        || name.starts_with("serverless.") && ends(&[".yml", ".yaml", ".ts", ".js", ".json"])
        || is_template(name)
}

/// Whether a file of this name may be a template of CloudFormation.
pub(super) fn is_template(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let Some((stem, end)) = lower.rsplit_once('.') else {
        return false;
    };
    let is_data = matches!(end, "yaml" | "yml" | "json");
    let says_so = ["template", "cloudformation", "cfn", "sam"];
    end == "template"
        || is_data
            && says_so
                .iter()
                .any(|word| stem.split(['.', '-', '_']).any(|part| part == *word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_is_bounded_and_follows_no_link_around() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path();
        for path in ["a/b/c", "node_modules/x", "cdk.out"] {
            std::fs::create_dir_all(root.join(path)).unwrap();
        }
        for path in [
            "a/main.tf",
            "a/b/c/cdk.json",
            "node_modules/x/cdk.json",
            "x.txt",
        ] {
            std::fs::write(root.join(path), "").unwrap();
        }
        std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
        let found = |limits| {
            let walked = walk(root, limits);
            let dirs: Vec<String> = walked
                .dirs
                .iter()
                .map(|dir| shown_path(&dir.path, root))
                .collect();
            (dirs, walked.stops)
        };
        let all = vec![".".to_owned(), "a".to_owned(), "a/b/c".to_owned()];
        assert_eq!(found(WalkLimits::default()), (all, Vec::new()));
        let (dirs, stops) = found(WalkLimits {
            depth: 1,
            entries: 99,
        });
        assert_eq!(dirs, [".", "a"]);
        assert_eq!(
            stops,
            ["1 directories more than 1 deep were not looked into."]
        );
        let (_, stops) = found(WalkLimits {
            depth: 9,
            entries: 5,
        });
        assert!(
            stops[0].starts_with("The search ended in a after 5 entries; "),
            "{stops:?}"
        );
        assert!(names_project(root, WalkLimits::default()));
        let flat = WalkLimits {
            depth: 9,
            entries: 0,
        };
        assert!(!names_project(root, flat));
        let gone = walk(&root.join("gone"), WalkLimits::default());
        assert!(gone.stops[0].contains("could not be read"));
    }

    #[test]
    fn templates_are_known_by_their_names() {
        for name in [
            "template.yaml",
            "app.template",
            "vpc-cfn.yml",
            "Stack.template.json",
        ] {
            assert!(is_template(name), "{name}");
        }
        for name in ["package.json", "sample.yaml", "template.txt", "template"] {
            assert!(!is_template(name), "{name}");
        }
    }
}
