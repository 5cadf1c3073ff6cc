//! What README and help show is what the program does. `UPDATE_README=1` writes pictures and samples anew.

mod film;
mod moving;
mod picture;
mod promised;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iacstone::app::keymap;

use crate::pty::{Session, Setup};

/// A README is read to its end below so many words.
const MOST_WORDS: usize = 1500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// Compares a file with what it should hold, or writes it when that is asked for.
fn is_kept(path: &Path, wanted: &str) {
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, wanted).unwrap();
    }
    let held = fs::read_to_string(path).unwrap_or_default();
    assert!(
        held == wanted,
        "{} is out of date: run `UPDATE_README=1 cargo test --test it readme` and look at the difference",
        path.display()
    );
}

#[test]
fn the_sample_keymap_is_the_built_in_one() {
    is_kept(&root().join("assets/keymap.toml"), &keymap().sample());
}

#[test]
fn the_screenshot_is_a_frame_of_the_demo() {
    let mut session = Session::spawn(&Setup {
        command: vec![
            env!("CARGO_BIN_EXE_iacstone").to_owned(),
            "--demo".to_owned(),
        ],
        size: (120, 40),
        variables: Vec::new(),
    });
    session.wait_for("network ok");
    session.send("jj");
    session.wait_until("the chart of prime-numbers", |screen| {
        let shown = screen.contents();
        shown.contains("▸  prime-numbers  ") && shown.contains("1536 MB  cheapest")
    });
    // A frame may arrive in pieces; what stands still has arrived.
    while session.listen(Duration::from_millis(300)) > 0 {}
    let picture = picture::svg(session.emulator());
    is_kept(&root().join("assets/screenshot.svg"), &picture);
}

#[test]
fn the_readme_is_short() {
    let words = readme().split_whitespace().count();
    assert!(words <= MOST_WORDS, "{words} words");
}

#[test]
fn every_file_the_readme_names_is_there() {
    let contributing = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    let text = readme() + &contributing;
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let files: Vec<&str> = targets.filter(|target| !target.contains("://")).collect();
    assert!(files.contains(&"assets/tour.svg"), "{files:?}");
    for file in files {
        assert!(root().join(file).exists(), "{file}");
    }
}
