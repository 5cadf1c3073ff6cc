//! The source files as the rules see them: a path, and the code that ships, without comments and tests.

use std::fs;
use std::path::Path;

/// One Rust file of the crate.
pub(super) struct Source {
    /// The path below the folder it was read from, such as `aws/lambda.rs`.
    pub(super) path: String,
    /// The whole text.
    pub(super) text: String,
    /// The text without comments and without inline tests; empty in files that exist for tests alone.
    pub(super) code: String,
}

impl Source {
    /// The room the file belongs to: `aws` for `aws.rs` and for all below `aws/`.
    pub(super) fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Whether the file is this file, or lies in this folder (`name/`).
    pub(super) fn is_in(&self, place: &str) -> bool {
        self.path == place || (place.ends_with('/') && self.path.starts_with(place))
    }

    /// Whether the code holds a word; one that is part of a longer name does not count.
    pub(super) fn uses(&self, word: &str) -> bool {
        let mut places = self.code.match_indices(word);
        places.any(|(at, _)| !self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    }

    /// The paths from the crate's root that the code names, such as `ui::theme::Theme`.
    pub(super) fn crate_paths(&self) -> Vec<String> {
        let to_root = "super::".repeat(self.path.split('/').count());
        ["crate::", &to_root]
            .iter()
            .flat_map(|root| self.code.match_indices(*root))
            .filter(|(at, _)| !self.code[..*at].ends_with(is_of_path))
            .map(|(at, root)| path_at(&self.code[at + root.len()..]))
            .collect()
    }
}

fn is_of_path(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == ':' || c == '$'
}

fn path_at(text: &str) -> String {
    let path = text.split(|c| !is_of_path(c)).next().unwrap();
    path.trim_end_matches(':').to_owned()
}

/// Every Rust file below a folder of the crate, in order of path.
pub(super) fn read(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files.sort();
    let tests = test_places(&files);
    let source = |(path, text): (String, String)| {
        let only_tests = tests.iter().any(|place| is_below(&path, place));
        let code = if only_tests {
            String::new()
        } else {
            shipped(&text)
        };
        Source { path, text, code }
    };
    files.into_iter().map(source).collect()
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The modules declared behind `#[cfg(test)]`, as paths without `.rs`.
fn test_places(files: &[(String, String)]) -> Vec<String> {
    let mut places = Vec::new();
    for (path, text) in files {
        for after in text.split("#[cfg(test)]\n").skip(1) {
            let line = after.lines().next().unwrap_or_default();
            let Some((_, name)) = line.trim_end_matches(';').split_once("mod ") else {
                continue;
            };
            if line.ends_with(';') {
                let folder = path.trim_end_matches(".rs");
                let root = folder == "lib";
                places.push(if root {
                    name.to_owned()
                } else {
                    format!("{folder}/{name}")
                });
            }
        }
    }
    places
}

fn is_below(path: &str, place: &str) -> bool {
    path.strip_prefix(place)
        .is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// The text up to its inline tests, without comments.
fn shipped(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code.lines().map(|line| {
        let whole = line.trim_start().starts_with("//");
        if whole {
            ""
        } else {
            line.split(" // ").next().unwrap()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn comments_and_inline_tests_are_not_code() {
    let text =
        "//! tokio\nuse a; // tokio\nlet u = \"http://x\";\n#[cfg(test)]\nmod tests {\n tokio }\n";
    assert_eq!(shipped(text), "\nuse a;\nlet u = \"http://x\";");
}

#[test]
fn paths_from_the_root_are_found_however_they_are_written() {
    let source = Source {
        path: "aws/lambda.rs".to_owned(),
        text: String::new(),
        code:
            "use crate::ui::theme::Theme;\nuse super::session;\nfn f() { super::super::app::x() }"
                .to_owned(),
    };
    assert_eq!(source.crate_paths(), ["ui::theme::Theme", "app::x"]);
}

#[test]
fn modules_behind_cfg_test_hold_no_code() {
    let files = [
        (
            "app.rs".to_owned(),
            "#[cfg(test)]\npub(crate) mod fixture;\nmod update;".to_owned(),
        ),
        ("app/fixture/deep.rs".to_owned(), String::new()),
    ];
    assert_eq!(test_places(&files), ["app/fixture"]);
    assert!(is_below("app/fixture/deep.rs", "app/fixture"));
    assert!(!is_below("app/fixtures.rs", "app/fixture"));
}
