//! How commands end when something comes between: a closed pipe, a signal, a kill.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Child;

use iacstone::simulator::AccountOptions;
use rustix::process::Signal;
use serde_json::json;

use super::{Desk, Done, Site, signal};
use crate::waiting::until;

/// Reads standard error up to a line with these words.
fn wait_for(child: &mut Child, words: &str) {
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut seen = String::new();
    while !seen.contains(words) {
        let read = lines.read_line(&mut seen).unwrap();
        assert!(read > 0, "it ended before '{words}': {seen}");
    }
    child.stderr = Some(lines.into_inner());
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let desk = Desk::new();
    for line in [
        &["chart", "prime-numbers-all", "--json"][..],
        &["completions", "bash"],
    ] {
        let mut child = desk.command(line).spawn().unwrap();
        drop(child.stdout.take());
        let mut notes = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut notes)
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
        assert_eq!(notes, "");
    }
}

#[test]
fn a_closed_pipe_does_not_hide_how_a_run_ended() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = ["tune", "no-op", "--num", "5", "--max-cost", "0.000000001"];
    let mut child = site.command(&desk, &line).spawn().unwrap();
    drop(child.stdout.take());
    Done::of(child.wait_with_output().unwrap()).ends(3, "cost cap");
}

#[test]
fn an_interrupted_run_cleans_up_and_prints_what_it_has() {
    for end in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let (desk, site) = (Desk::new(), Site::fast());
        let before = site.account.describe();
        let line = ["tune", "prime-numbers", "--num", "50", "--yes", "--json"];
        let mut child = site.command(&desk, &line).spawn().unwrap();
        wait_for(&mut child, "started");
        until("an invocation", || {
            site.account.invocations("prime-numbers") > 3
        });
        signal(&child, end);
        let done = Done::of(child.wait_with_output().unwrap());
        done.ends(130, "Stopping");
        assert_eq!(
            done.json()["cleanup"],
            json!({"restored": true, "versions_left": 0})
        );
        assert_eq!(site.account.describe(), before);
        let list = desk.run(&["runs", "list", "--json"]).json();
        assert_eq!(list[0]["state"], "cancelled");
    }
}

#[test]
fn the_reference_has_nothing_to_say_of_an_interrupted_run() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "tune",
        "prime-numbers",
        "--powers",
        "128,1024,3008",
        "--num",
        "20",
        "--yes",
        "--format",
        "reference",
    ];
    let mut child = site.command(&desk, &line).spawn().unwrap();
    wait_for(&mut child, "MB: measured");
    signal(&child, Signal::INT);
    let done = Done::of(child.wait_with_output().unwrap());
    done.ends(130, "Stopping");
    assert_eq!(done.stdout, "{}\n");
    let id = desk.run(&["runs", "list", "--json"]).json()[0]["id"].clone();
    let line = [
        "runs",
        "export",
        id.as_str().unwrap(),
        "--format",
        "reference",
    ];
    desk.run(&line).ends(1, "was cancelled");
}

#[test]
fn a_killed_run_is_reported_and_recovered() {
    // Slow enough that the kill always meets a published version.
    let (desk, site) = (
        Desk::new(),
        Site::open(AccountOptions {
            speed: 10.0,
            ..AccountOptions::default()
        }),
    );
    let before = site.account.describe();
    let line = ["tune", "busy", "--num", "50", "--yes"];
    let mut child = site.command(&desk, &line).spawn().unwrap();
    until("a published version", || site.account.mutating_calls() >= 3);
    child.kill().unwrap();
    child.wait().unwrap();
    assert_ne!(site.account.describe(), before);

    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list[0]["state"], "cut-off");
    let doctor = site.run(&desk, &["doctor"]);
    assert!(
        doctor.stdout.contains("iacstone runs recover"),
        "{doctor:?}"
    );
    let warned = site.run(&desk, &["tune", "busy", "--apply"]);
    warned.ends(2, "was cut off");

    let other = site.run(
        &desk,
        &["runs", "recover", "--region", "eu-west-1", "--json"],
    );
    other.ends(3, "recover it with --region us-east-1");
    assert_eq!(other.json()[0]["state"], "elsewhere");
    site.run(&desk, &["runs", "recover", "--read-only"])
        .ends(2, "read-only");

    let done = site.run(&desk, &["runs", "recover", "--json"]);
    done.ends(0, "is as it was");
    assert_eq!(
        (&done.json()[0]["state"], &done.json()[0]["restored"]),
        (&json!("recovered"), &json!(true))
    );
    assert_eq!(site.account.describe(), before);
    site.run(&desk, &["runs", "recover"])
        .ends(0, "Nothing to recover");
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list[0]["state"], "cut-off");
    let run = list[0]["id"].as_str().unwrap();
    let shown = site.run(&desk, &["runs", "show", run]).stdout;
    assert!(shown.contains("cut off, undone later"), "{shown}");
}

#[test]
fn a_run_that_is_alive_is_not_undone_by_another_process() {
    let (desk, site) = (
        Desk::new(),
        Site::open(AccountOptions {
            speed: 10.0,
            ..AccountOptions::default()
        }),
    );
    let line = ["tune", "prime-numbers", "--num", "50", "--yes"];
    let mut child = site.command(&desk, &line).spawn().unwrap();
    wait_for(&mut child, "started");
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list[0]["state"], "running");
    let done = site.run(&desk, &["runs", "recover", "--json"]);
    done.ends(3, "still");
    assert_eq!(done.json()[0]["state"], "running");
    signal(&child, Signal::INT);
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

/// The shell lets no file grow beyond what the start of a run needs, as a full disk would.
#[test]
fn a_run_that_finds_the_disk_full_at_its_end_is_a_failure() {
    let desk = Desk::new();
    let line = "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\"";
    let tune = desk.command(&[
        "--demo",
        "--data-dir",
        "data",
        "--demo-speed",
        "100",
        "tune",
        "flaky",
        "--num",
        "60",
        "--yes",
    ]);
    let mut shell = std::process::Command::new("sh");
    shell
        .arg("-c")
        .arg(line)
        .arg(tune.get_program())
        .args(tune.get_args());
    let variables = tune
        .get_envs()
        .filter_map(|(name, value)| Some((name, value?)));
    shell.env_clear().envs(variables).current_dir(desk.home());
    let done = Done::of(shell.output().unwrap());
    done.ends(1, "the run could not be saved");
    assert!(
        done.stderr
            .contains("is not whole, so keep what is printed here"),
        "{done:?}"
    );
    let list = desk
        .run(&["--data-dir", "data", "runs", "list", "--json"])
        .json();
    assert!(list[0]["invocations"].as_u64().unwrap() > 0, "{list}");
    assert!(done.stdout.starts_with("flaky, "), "{done:?}");
}
