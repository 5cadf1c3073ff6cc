//! What the README shows is what the program does. `UPDATE_README=1` writes the generated parts anew.

mod picture;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Parser as _;
use iacstone::app::keymap;
use iacstone::aws::policy::{AccessLevel, document};
use iacstone::cli::args::Cli;
use iacstone::keys::help;

use crate::pty::{Session, Setup};

/// The functions the policies of the README are for.
const FUNCTIONS: &str = "arn:aws:lambda:eu-west-1:123456789012:function:*";

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

/// The text with other content between `<!-- name -->` and `<!-- /name -->`.
fn with_part(text: &str, name: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = text.split_once(&open).expect(name);
    let (_, after) = rest.split_once(&close).expect(name);
    format!("{before}{open}{content}{close}{after}")
}

#[test]
fn keys_and_policies_are_those_of_the_program() {
    let mut text = with_part(
        &readme(),
        "keys",
        &format!("\n{}\n", help::markdown(&keymap())),
    );
    for level in AccessLevel::ALL {
        let policy = format!("```json\n{}\n```\n", document(level, FUNCTIONS));
        text = with_part(&text, &format!("policy {}", level.name()), &policy);
    }
    is_kept(&root().join("README.md"), &text);
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

/// The commands of the README's shell blocks, without the comments behind them.
fn commands() -> Vec<String> {
    let text = readme();
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .flat_map(|block| block.split("```").next().unwrap().lines())
        .map(|line| line.split(" #").next().unwrap().trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn every_command_of_the_readme_is_one_the_program_knows() {
    let commands = commands();
    let of_iacstone = commands.iter().filter_map(|line| {
        let cargo = line.strip_prefix("cargo run --locked -- ");
        cargo.or(line.strip_prefix("iacstone "))
    });
    let mut known = 0;
    for arguments in of_iacstone {
        let words = arguments
            .split_whitespace()
            .map(|word| word.trim_matches('\''));
        let parsed = Cli::try_parse_from(["iacstone"].into_iter().chain(words));
        assert!(parsed.is_ok(), "iacstone {arguments}: {parsed:?}");
        known += 1;
    }
    assert!(known >= 10, "{commands:?}");
}

#[test]
fn every_file_the_readme_names_is_there() {
    let text = readme();
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let files: Vec<&str> = targets.filter(|target| !target.contains("://")).collect();
    assert!(files.contains(&"assets/screenshot.svg"), "{files:?}");
    for file in files {
        assert!(root().join(file).exists(), "{file}");
    }
}
