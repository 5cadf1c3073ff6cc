//! `tune` of several functions: side by side, each restored, one table.

use rustix::process::Signal;
use serde_json::{Value, json};

use super::{Desk, Done, Site, signal};
use crate::waiting::until;

#[test]
fn several_functions_are_tuned_and_stand_in_one_table() {
    let (desk, site) = (Desk::new(), Site::fast());
    let before = site.account.describe();
    let line = [
        "tune", "no-op", "busy", "--num", "5", "--powers", "128,256", "--yes",
    ];
    let done = site.run(&desk, &line);
    done.ends(0, "of 2 functions");
    done.ends(0, "busy: 256 MB: measured");
    assert_eq!(site.account.describe(), before);
    let rows: Vec<&str> = done.stdout.lines().collect();
    assert_eq!(rows.len(), 3, "{done:?}");
    assert!(
        rows[1].starts_with("no-op ") && rows[2].starts_with("busy "),
        "{done:?}"
    );
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert!(
        list.as_array()
            .unwrap()
            .iter()
            .all(|run| run["state"] == "finished")
    );
}

#[test]
fn a_function_that_cannot_be_tuned_does_not_keep_the_others_from_it() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "tune", "no-op", "nobody", "--num", "5", "--powers", "128,256", "--yes", "--json",
    ];
    let done = site.run(&desk, &line);
    done.ends(3, "nobody: ");
    let results = done.json();
    assert_eq!(results[0]["power"], json!(256));
    assert_eq!(results[1]["function"], "nobody");
    assert!(
        results[1]["error"].as_str().unwrap().contains("nobody"),
        "{results}"
    );
    let none = site.run(&desk, &["tune", "nobody", "noone", "--yes", "--json"]);
    none.ends(1, "noone: ");
    assert_eq!(none.json().as_array().unwrap().len(), 2);
}

#[test]
fn one_signal_ends_all_and_each_function_is_restored() {
    let (desk, site) = (Desk::new(), Site::fast());
    let before = site.account.describe();
    let line = [
        "tune", "no-op", "busy", "--num", "9000", "--powers", "128,256", "--yes", "--json",
    ];
    let child = site.command(&desk, &line).spawn().unwrap();
    until("both are invoked", || {
        site.account.invocations("no-op") > 10 && site.account.invocations("busy") > 10
    });
    signal(&child, Signal::INT);
    let done = Done::of(child.wait_with_output().unwrap());
    done.ends(130, "Stopping: each function is restored");
    assert_eq!(site.account.describe(), before);
    let list = desk.run(&["runs", "list", "--json"]).json();
    let states: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|run| &run["state"])
        .collect();
    assert_eq!(states, [&json!("cancelled"), &json!("cancelled")]);
}
