//! The program is killed after each mutating call in turn; a new process finds everything as it was.

use std::path::Path;
use std::process::Stdio;

use iacstone::simulator::AccountOptions;

use super::interface::{Served, on_account};
use super::waiting::until_then;

/// A run that publishes three versions and deletes them again.
const TUNE: [&str; 7] = [
    "tune",
    "dynamodb-reads",
    "--num",
    "5",
    "--powers",
    "128,256,512",
    "--yes",
];

/// How the program that tunes ended.
#[derive(Debug, PartialEq)]
enum End {
    /// It was killed at the kill point.
    Killed,
    /// It came to its own end before.
    Finished,
}

/// An account that stops answering after this many changes.
fn account(kill_after: u32) -> Served {
    Served::new(AccountOptions {
        seed: 9,
        speed: 100.0,
        kill_after: Some(kill_after),
        ..AccountOptions::default()
    })
}

/// Tunes until the kill point is reached or the run is over.
fn tune_and_kill(served: &Served, data: &Path) -> End {
    let mut child = served
        .command(data, &TUNE)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let killed = served.wait(async {
        tokio::select! {
            () = served.account.kill_point() => true,
            () = until_then("the end of the run", || child.try_wait().unwrap().is_some()) => false,
        }
    });
    if killed {
        child.kill().unwrap();
    }
    let status = child.wait().unwrap();
    assert!(killed || status.success(), "{status}");
    if killed { End::Killed } else { End::Finished }
}

/// The samples of the only run, which are paid for: the run says so in its list and in its table.
fn samples_shown(served: &Served, data: &Path) -> u64 {
    let list = served.run(data, &["runs", "list", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    let run = &list[0];
    let invocations = run["invocations"].as_u64().unwrap();
    assert_eq!(
        run["spent_usd"].as_f64().unwrap() > 0.0,
        invocations > 0,
        "{run}"
    );
    let shown = served.run(
        data,
        &["runs", "show", run["id"].as_str().unwrap(), "--json"],
    );
    let shown: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(shown["invocations"], run["invocations"]);
    assert_eq!(shown["spent_usd"], run["spent_usd"]);
    invocations
}

#[test]
fn a_killed_run_is_undone_whenever_it_was_killed() {
    let (mut calls, mut kept) = (0, 0);
    loop {
        calls += 1;
        let served = account(calls);
        let before = served.account.describe();
        let data = tempfile::tempdir().unwrap();
        if tune_and_kill(&served, data.path()) == End::Finished {
            assert_eq!(served.account.describe(), before);
            break;
        }
        let output = served.run(data.path(), &["runs", "recover"]);
        kept += samples_shown(&served, data.path());
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "after {calls} calls: {words}");
        assert_eq!(served.account.describe(), before, "after {calls} calls");
        let output = served.run(data.path(), &["runs", "recover"]);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains("Nothing to recover"), "{words}");
    }
    assert!(kept > 0, "no kill came after a sample");
    assert!(
        calls > 8,
        "3 publishes, 2 updates, the restore, 3 deletes: {calls}"
    );
}

#[test]
fn the_interface_shows_a_killed_run_and_undoes_it_on_a_key() {
    let served = account(4);
    let before = served.account.describe();
    let data = tempfile::tempdir().unwrap();
    assert_eq!(tune_and_kill(&served, data.path()), End::Killed);
    assert_ne!(served.account.describe(), before);
    let mut session = on_account(&served, data.path(), &[]);
    session.wait_for("A run of dynamodb-reads was cut off; X restores its 256 MB.");
    session.send("X");
    session.wait_for("Restore dynamodb-reads now?");
    session.send("y");
    session.wait_for("is undone: what it changed is taken back");
    let screen = session.wait_until("no banner", |screen| {
        !screen.contents().contains("X restores its 256 MB")
    });
    assert_eq!(served.account.describe(), before, "{screen}");
    session.send("q");
    assert_eq!(session.wait_for_exit().0, 0);
}
