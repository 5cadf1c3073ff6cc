//! The commands that README, CONTRIBUTING and the topics of the help name: all are known, and those of the README run.

use std::process::{Command, Output, Stdio};

use clap::Parser as _;
use iacstone::cli::args::Cli;

use super::{readme, root};
use crate::interface::PROGRAM;

/// The commands of the shell blocks of Markdown, without comments.
fn commands(text: &str) -> Vec<String> {
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .flat_map(|block| block.split("```").next().unwrap().lines())
        .map(|line| line.split(" #").next().unwrap().trim().to_owned())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// The words after the program's name; none when the command is another program's.
fn arguments(command: &str) -> Option<Vec<String>> {
    let forms = ["cargo run --locked -- ", "./iacstone ", "iacstone "];
    let line = forms.iter().find_map(|form| command.strip_prefix(form))?;
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            letter => words.last_mut().unwrap().push(letter),
        }
    }
    Some(words.into_iter().filter(|word| !word.is_empty()).collect())
}

fn run(arguments: &[String]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut command = Command::new(PROGRAM);
    command.args(arguments).env_clear().env("HOME", home.path());
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("LANG", "C.UTF-8").current_dir(home.path());
    command.stdin(Stdio::null()).output().unwrap()
}

fn topic(name: &str) -> String {
    let printed = run(&["help".to_owned(), name.to_owned()]);
    assert!(printed.status.success(), "{name}: {printed:?}");
    String::from_utf8(printed.stdout).unwrap()
}

/// Checks that the program knows the commands of a text; gives how many there are.
fn all_are_known(text: &str) -> usize {
    let commands = commands(text);
    let own: Vec<Vec<String>> = commands.iter().filter_map(|it| arguments(it)).collect();
    for arguments in &own {
        let words = std::iter::once("iacstone").chain(arguments.iter().map(String::as_str));
        let parsed = Cli::try_parse_from(words);
        assert!(parsed.is_ok(), "{arguments:?}: {parsed:?}");
    }
    own.len()
}

#[test]
fn the_commands_of_the_topics_are_known() {
    assert!(all_are_known(&topic("scripts")) >= 30);
    let contributing = std::fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    all_are_known(&contributing);
}

#[test]
fn the_topics_hold_the_policies_and_the_keys() {
    let rights = topic("rights");
    for words in [
        "## read",
        "## tune",
        "\"lambda:PublishVersion\"",
        "\"logs:StartLiveTail\"",
    ] {
        assert!(rights.contains(words), "{words} is not in {rights}");
    }
    let keys = topic("keys");
    assert!(keys.contains("| q ctrl-c | Quit | quit |"), "{keys}");
}

/// The two that need an account or a place of their own end as the help says; what does not end by itself is only known.
#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let text = readme();
    assert!(all_are_known(&text) >= 15);
    let mut ran = 0;
    for command in commands(&text) {
        let Some(mut arguments) = arguments(&command) else {
            continue;
        };
        if arguments == ["--demo"] {
            continue; // The interface: other tests open it.
        }
        if arguments.contains(&"tail".to_owned()) {
            arguments.push("--no-follow".to_owned());
        }
        let done = run(&arguments);
        let wanted = match arguments[0].as_str() {
            "doctor" => &[1][..],
            _ if arguments.contains(&"--check".to_owned()) => &[0, 4],
            _ => &[0],
        };
        let code = done.status.code().unwrap();
        assert!(wanted.contains(&code), "{command} gave {code}: {done:?}");
        assert!(
            !done.stdout.is_empty() || arguments[0] == "stacks",
            "{command}: {done:?}"
        );
        ran += 1;
    }
    assert!(ran >= 15, "{ran}");
}

#[test]
fn programs_that_the_readme_names_are_there() {
    let commands = commands(&readme());
    for wanted in ["cargo run --locked -- --demo", "tests/run"] {
        assert!(commands.contains(&wanted.to_owned()), "{commands:?}");
    }
    assert!(root().join("tests/run").exists());
}
