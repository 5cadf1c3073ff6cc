//! A bounded walk over a directory: what projects are made of, and where the walk ended early.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::fs::{DirEntry, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::source_file::{has_ending, shown_path};

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

/// What projects are found by, for people.
pub const PROJECT_FILES: &str =
    "cdk.json, *.tf, Pulumi.yaml, serverless.yml, or YAML or JSON that begins as a template does";

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

/// The most files of YAML and JSON whose beginning is read, to see whether they are templates by another name.
const MOST_LOOKS: usize = 12_000;
/// How many bytes that beginning has.
const LOOK: u64 = 2_048;
/// What a template has near its beginning.
const MARKS: &[&str] = &["AWSTemplateFormatVersion", "AWS::Serverless-"];
/// The most directories that could not be read which are told one by one.
const MOST_TOLD: usize = 5;
/// Directories of the running system, which hold no files of anybody.
const SYSTEM: &[&str] = &["/proc", "/sys", "/dev"];

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
    /// How many beginnings of files may still be read; none are for a quick look.
    looks: usize,
    /// How many files might be templates, and were not looked into any more.
    not_looked: usize,
}

/// Walks from a directory downwards, the nearest first. Links to directories are not followed, so that none leads
/// around in a circle.
pub(super) fn walk(root: &Path, limits: WalkLimits) -> Walked {
    let mut walked = Walked {
        looks: MOST_LOOKS,
        ..Walked::default()
    };
    walked.until(root, limits, |_| false);
    if walked.not_looked > 0 {
        walked.stops.push(format!(
            "{} files of YAML and JSON were not looked into: templates among them are known by names such as template.yaml only.",
            walked.not_looked
        ));
    }
    walked
}

/// Whether a directory, or one below it, has files that are named as those of a project. Reads none of them, and ends
/// at the first.
pub(super) fn names_project(root: &Path, limits: WalkLimits) -> bool {
    let mut walked = Walked::default();
    walked.until(root, limits, Walked::ends_with_project);
    walked.ends_with_project()
}

impl Walked {
    fn until(&mut self, root: &Path, limits: WalkLimits, is_enough: fn(&Self) -> bool) {
        let mut open = VecDeque::from([(root.to_owned(), 0)]);
        let (mut too_deep, mut unreadable) = (0_usize, Vec::new());
        while let Some((dir, depth)) = open.pop_front() {
            let inner = self.look_into(&dir, limits).unwrap_or_else(|error| {
                let shown = shown_path(&dir, root);
                unreadable.push(format!("{shown} could not be read: {error}."));
                Vec::new()
            });
            if is_enough(self) {
                break;
            }
            if depth >= limits.depth {
                too_deep += inner.len();
            } else {
                let inner = inner.into_iter().map(|name| dir.join(name));
                let inner = inner.filter(|path| !SYSTEM.iter().any(|it| path == Path::new(it)));
                open.extend(inner.map(|path| (path, depth + 1)));
            }
            if self.entries > limits.entries {
                let shown = shown_path(&dir, root);
                let (most, left) = (limits.entries, open.len());
                self.stops.push(format!(
                    "The search ended in {shown} after {most} entries; {left} directories were not looked into."
                ));
                break;
            }
        }
        self.tell_unreadable(unreadable);
        if too_deep > 0 {
            let depth = limits.depth;
            let what =
                format!("{too_deep} directories more than {depth} deep were not looked into.");
            self.stops.push(what);
        }
    }

    fn tell_unreadable(&mut self, mut unreadable: Vec<String>) {
        let more = unreadable.len().saturating_sub(MOST_TOLD);
        unreadable.truncate(MOST_TOLD);
        self.stops.append(&mut unreadable);
        if more > 0 {
            let what = format!("{more} more directories could not be read.");
            self.stops.push(what);
        }
    }

    /// Whether a file begins as a template of CloudFormation does, whatever its name.
    fn is_template_inside(&mut self, path: &Path, name: &str) -> bool {
        if !has_ending(name, &["yaml", "yml", "json"]) {
            return false;
        }
        if self.looks == 0 {
            self.not_looked += 1;
            return false;
        }
        self.looks -= 1;
        let mut begin = Vec::new();
        let read = File::open(path).and_then(|file| file.take(LOOK).read_to_end(&mut begin));
        let text = String::from_utf8_lossy(&begin);
        read.is_ok() && MARKS.iter().any(|mark| text.contains(mark))
    }

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
            self.note(&entry, &mut found, &mut inner);
        }
        inner.sort();
        if !found.files.is_empty() || found.has_cdk_out {
            found.files.sort();
            self.dirs.push(found);
        }
        Ok(inner)
    }

    fn note(&mut self, entry: &DirEntry, found: &mut WalkedDir, inner: &mut Vec<OsString>) {
        let Ok(kind) = entry.file_type() else {
            return;
        };
        let name = entry.file_name();
        if kind.is_dir() {
            found.has_cdk_out |= name == "cdk.out";
            if !SKIPPED.iter().any(|skipped| name == *skipped) {
                inner.push(name);
            }
        } else if let Some(name) = name.to_str() {
            let is_file = || kind.is_file() || entry.path().is_file();
            let is_named = is_of_project(name) && is_file();
            if is_named || kind.is_file() && self.is_template_inside(&entry.path(), name) {
                found.files.push(name.to_owned());
            }
        }
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

/// Whether a file that was found may be a template: by its name, or because none of the other tools has one of its name.
pub(super) fn may_be_template(name: &str) -> bool {
    let is_other = matches!(name, "cdk.json" | "Pulumi.yaml" | "Pulumi.yml")
        || name.starts_with("serverless.")
        || name.ends_with(".tf.json");
    is_template(name) || has_ending(name, &["yaml", "yml", "json"]) && !is_other
}

/// Whether a file of this name may be a template of CloudFormation.
fn is_template(name: &str) -> bool {
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
