//! `--version`, and the commit that the build finds for it.

use std::path::Path;
use std::process::Command;

use super::Desk;

#[allow(dead_code, reason = "the build calls the rest of it")]
#[path = "../../../src/build.rs"]
mod build;

fn git(place: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.arg("-C")
        .arg(place)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com"]);
    assert!(git.args(arguments).output().unwrap().status.success());
}

#[test]
fn the_version_is_one_word_or_tells_what_is_inside() {
    let desk = Desk::new();
    let number = env!("CARGO_PKG_VERSION");
    assert_eq!(desk.run(&["-V"]).stdout, format!("iacstone {number}\n"));
    let long = desk.run(&["--version"]).stdout;
    let lines: Vec<&str> = long.lines().collect();
    assert_eq!(lines[0], format!("iacstone {number}"));
    assert!(lines[1].starts_with("commit "), "{long}");
    assert!(lines[2].starts_with("AWS SDK: lambda 1."), "{long}");
    assert!(lines[3].starts_with("SQLite 3."), "{long}");
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_package_has_the_commit_it_was_made_of() {
    let place = tempfile::tempdir().unwrap();
    let note =
        |text: &str| std::fs::write(place.path().join(".cargo_vcs_info.json"), text).unwrap();
    assert_eq!(build::of_package(place.path()), None);
    note("{\n  \"git\": {\n    \"sha1\": \"0123456789abcdef0123456789abcdef01234567\"\n  }\n}");
    let found = build::of_package(place.path());
    assert_eq!(found.as_deref(), Some("0123456789ab"));
    note("{\"git\": {\"sha1\": \"0123456789abcdef\", \"dirty\": true}}");
    let found = build::of_package(place.path());
    assert_eq!(found.as_deref(), Some("0123456789ab, with changes"));
}

#[test]
fn a_work_tree_has_its_commit_and_tells_of_changes_to_the_program() {
    let place = tempfile::tempdir().unwrap();
    let root = place.path();
    assert_eq!(build::of_work_tree(root), None);
    git(root, &["init", "--quiet"]);
    assert_eq!(build::of_work_tree(root), None);
    std::fs::create_dir(root.join("src")).unwrap();
    std::fs::write(root.join("src/main.rs"), "").unwrap();
    git(root, &["add", "."]);
    git(root, &["commit", "--quiet", "--message", "One"]);
    let commit = build::of_work_tree(root).unwrap();
    assert!(
        commit.len() == 12 && commit.bytes().all(|it| it.is_ascii_hexdigit()),
        "{commit}"
    );
    std::fs::write(root.join("notes.txt"), "no part of the program").unwrap();
    assert_eq!(build::of_work_tree(root).as_ref(), Some(&commit));
    std::fs::write(root.join("src/main.rs"), "fn main() {}").unwrap();
    let changed = build::of_work_tree(root);
    assert_eq!(changed, Some(format!("{commit}, with changes")));
    assert_eq!(build::of_work_tree(&root.join("src")), None);
}
