//! `runs resume`: a run that broke off is gone on with, by another process.

use iacstone::simulator::AccountOptions;
use serde_json::json;

use super::{Desk, Site};
use crate::waiting::until;

/// A run of `busy` that was killed with a part of its samples.
fn killed(desk: &Desk) -> Site {
    let site = Site::open(AccountOptions {
        speed: 10.0,
        ..AccountOptions::default()
    });
    let line = ["tune", "busy", "--num", "20", "--yes"];
    let mut child = site.command(desk, &line).spawn().unwrap();
    until("samples and a version", || {
        site.account.mutating_calls() >= 3 && site.account.invocations("busy") >= 12
    });
    child.kill().unwrap();
    child.wait().unwrap();
    site
}

#[test]
fn a_killed_run_is_undone_and_gone_on_with() {
    let desk = Desk::new();
    let before = Site::fast().account.describe();
    let site = killed(&desk);
    let list = desk.run(&["runs", "list", "--json"]).json();
    let (id, kept) = (list[0]["id"].as_str().unwrap(), &list[0]["invocations"]);
    assert_eq!(list[0]["state"], "cut-off");
    let kept = kept.as_u64().unwrap();
    assert!(kept > 5, "{list}");
    let done = site.run(&desk, &["runs", "resume", id, "--json"]);
    done.ends(0, &format!("has {kept} invocations already"));
    let result = done.json();
    assert_eq!(result["run"], *id);
    assert!(result["invocations"].as_u64().unwrap() >= 6 * 20);
    assert_eq!(
        result["cleanup"],
        json!({"restored": true, "versions_left": 0})
    );
    assert!(result["recommended"].is_number(), "{result}");
    assert_eq!(site.account.describe(), before);
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(
        (&list[0]["id"], &list[0]["state"]),
        (&json!(id), &json!("finished"))
    );
    assert_eq!(list.as_array().unwrap().len(), 1);
    site.run(&desk, &["runs", "recover"])
        .ends(0, "Nothing to recover");
    site.run(&desk, &["runs", "resume", id])
        .ends(1, "has all its samples");
}

#[test]
fn what_cannot_be_gone_on_with_is_told_and_left_alone() {
    let desk = Desk::new();
    let site = killed(&desk);
    let list = desk.run(&["runs", "list", "--json"]).json();
    let id = list[0]["id"].as_str().unwrap();
    let resume = |more: &[&str]| site.run(&desk, &[&["runs", "resume", id], more].concat());
    resume(&["--read-only"]).ends(2, "read-only");
    resume(&["--offline"]).ends(2, "offline");
    resume(&["--max-cost", "0.000000001"]).ends(2, "--max-cost");
    resume(&["--payload", "7"]).ends(2, "another payload");
    site.run(&desk, &["runs", "resume", "nothing"])
        .ends(1, "there is no run 'nothing'");
    site.account
        .deploy("busy", |settings| settings.code.replace("new"));
    resume(&[]).ends(1, "is not what run");
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list[0]["state"], "cut-off");
    let versions = site.account.describe().functions["busy"].versions.clone();
    assert_eq!(versions.keys().copied().collect::<Vec<u64>>(), [1, 2, 3]);
}

#[test]
fn a_run_that_broke_off_says_how_to_go_on_with_it() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = ["tune", "no-op", "--num", "5", "--max-cost", "0.000002"];
    let done = site.run(&desk, &line);
    done.ends(3, "`iacstone runs resume r2");
    let list = desk.run(&["runs", "list", "--json"]).json();
    let id = list[0]["id"].as_str().unwrap();
    let done = site.run(&desk, &["runs", "resume", id, "--max-cost", "1", "--json"]);
    done.ends(0, "");
    assert_eq!(done.json()["run"], *id);
}
