//! `tune` on functions of every kind: how it ends, and what it says before money is spent.

use iacstone::simulator::{Blueprint, Reply, Workload};
use serde_json::{Value, json};

use super::{Desk, Site};

/// An account with a function made like this, called `kind`.
fn site(reply: Reply, make: impl FnOnce(Blueprint) -> Blueprint) -> Site {
    let site = Site::fast();
    let workload = Workload {
        reply,
        ..Workload::computing()
    };
    site.account
        .add_function(make(Blueprint::new("kind", workload)));
    site
}

const TUNE: [&str; 6] = ["tune", "kind", "--num", "5", "--powers", "256,512"];

#[test]
fn what_cannot_be_tuned_so_ends_with_exit_code_2_before_anything_is_done() {
    for (site, words) in [
        (site(Reply::Ok, Blueprint::per_tenant), "--tenant-id"),
        (
            site(Reply::Ok, Blueprint::managed_instances),
            "billed by the instance",
        ),
    ] {
        let desk = Desk::new();
        site.run(&desk, &TUNE).ends(2, words);
        let account = &site.account;
        assert_eq!(
            (account.invocations("kind"), account.mutating_calls()),
            (0, 0)
        );
        assert_eq!(desk.run(&["runs", "list", "--json"]).json(), json!([]));
    }
}

#[test]
fn a_tenant_that_is_named_is_invoked_for() {
    let (desk, site) = (Desk::new(), site(Reply::Ok, Blueprint::per_tenant));
    let done = site.run(&desk, &[&TUNE[..], &["--tenant-id", "blue"]].concat());
    done.ends(0, "256 MB: measured");
    let bad = site.run(&desk, &[&TUNE[..], &["--tenant-id", "a\tb"]].concat());
    bad.ends(2, "cannot be a tenant id");
    let functions = site.run(&desk, &["functions", "--json"]).json();
    let all = functions.as_array().unwrap();
    let kind = all.iter().find(|it| it["name"] == "kind").unwrap();
    assert_eq!(kind["tenant_isolation"], true);
}

#[test]
fn a_dry_run_prints_the_first_answer() {
    let gateway = Reply::Json("{\"statusCode\":502,\"body\":\"\\u001b[2J\u{202e}\"}");
    let (desk, site) = (Desk::new(), site(gateway, |kind| kind));
    let dry = [&TUNE[..], &["--dry-run"]].concat();
    let done = site.run(&desk, &dry);
    done.ends(0, "the function's first answer has statusCode 502");
    assert!(
        done.stdout.contains("First answer: {\"statusCode\":502,"),
        "{done:?}"
    );
    let shown = done.stdout + &done.stderr;
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    let result = site.run(&desk, &[&dry[..], &["--json"]].concat()).json();
    let answer = result["first_answer"].as_str().unwrap();
    assert!(answer.starts_with("{\"statusCode\":502,"), "{answer}");
    let warnings = result["warnings"].to_string();
    assert!(warnings.contains("statusCode 502"), "{warnings}");
    let usual = site.run(&desk, &["tune", "no-op", "--dry-run", "--json"]);
    assert_eq!(usual.json()["first_answer"], "{\"statusCode\":200}");
    assert!(!usual.stderr.contains("way of a failure"), "{usual:?}");
    let whole = site.run(&desk, &[&TUNE[..], &["--json"]].concat());
    whole.ends(0, "First answer: ");
    assert_eq!(whole.json()["first_answer"], Value::Null);
}

#[test]
fn an_arn_names_the_region_of_the_run() {
    let (desk, site) = (Desk::new(), Site::fast());
    let arn = "arn:aws:lambda:eu-west-1:123456789012:function:no-op";
    let line = ["tune", arn, "--num", "5", "--powers", "128,256", "--json"];
    let done = site.run(&desk, &line);
    done.ends(0, "");
    let result = done.json();
    assert_eq!(
        (&result["region"], &result["function"]),
        (&json!("eu-west-1"), &json!(arn))
    );
    let named = site.run(&desk, &[&line[..], &["--region", "us-east-1"]].concat());
    named.ends(0, "The ARN names region eu-west-1");
}
