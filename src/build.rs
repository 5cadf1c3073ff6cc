//! Tells the crate which commit it is built from, for `--version`: the one that the environment names in
//! `IACSTONE_COMMIT`, that of the package, or that of the work tree. Where none is known, none is told.

use std::path::Path;
use std::process::Command;

/// What the program is made of: a change in these is told.
const SOURCES: [&str; 4] = ["src", "assets", "Cargo.toml", "Cargo.lock"];

fn main() {
    println!("cargo::rerun-if-env-changed=IACSTONE_COMMIT");
    println!("cargo::rerun-if-changed=src/build.rs");
    let root = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_default();
    let named = std::env::var("IACSTONE_COMMIT").ok();
    // Tests are built without optimisation; a commit must not have all of them built anew.
    let is_for_tests = std::env::var("OPT_LEVEL").is_ok_and(|level| level == "0");
    let found = named.or_else(|| of_package(Path::new(&root)));
    let found = match found {
        None if !is_for_tests => of_work_tree(Path::new(&root)),
        found => found,
    };
    if let Some(commit) = found {
        println!("cargo::rustc-env=IACSTONE_COMMIT={commit}");
    }
}

/// The commit that `cargo package` noted.
pub(crate) fn of_package(root: &Path) -> Option<String> {
    let note = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let commit = note.split("\"sha1\":").nth(1)?.split('"').nth(1)?;
    let changes = if note.contains("\"dirty\": true") {
        CHANGED
    } else {
        ""
    };
    Some(format!("{}{changes}", commit.get(..12)?))
}

/// The commit of the work tree, and whether something was changed since. A tree that lies in another's has none.
pub(crate) fn of_work_tree(root: &Path) -> Option<String> {
    let is_root = git(root, &["rev-parse", "--show-prefix"])?.is_empty();
    let commit = git(root, &["rev-parse", "--short=12", "HEAD"]).filter(|_| is_root)?;
    let moves = git(root, &["rev-parse", "--git-path", "logs/HEAD"])?;
    for path in SOURCES.iter().copied().chain([moves.as_str()]) {
        if root.join(path).exists() {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let status = [&["status", "--porcelain", "--"][..], &SOURCES].concat();
    let changes = git(root, &status).is_none_or(|it| !it.is_empty());
    Some(format!("{commit}{}", if changes { CHANGED } else { "" }))
}

const CHANGED: &str = ", with changes";

/// What git answers; nothing where there is no git, or no work tree.
fn git(root: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    let answer = git.arg("--no-optional-locks").arg("-C").arg(root);
    let answer = answer.args(arguments).output().ok()?;
    let text = String::from_utf8(answer.stdout).ok()?;
    answer.status.success().then(|| text.trim().to_owned())
}
