//! `doctor`: what is missing, and how to mend it.

use iacstone::simulator::Faults;
use serde_json::Value;

use super::{Desk, Site};

fn check<'a>(findings: &'a Value, name: &str) -> &'a Value {
    let checks = findings["checks"].as_array().unwrap();
    let found = checks.iter().find(|check| check["name"] == name);
    found.unwrap_or_else(|| panic!("no '{name}' in {findings}"))
}

#[test]
fn a_working_account_is_found_usable() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(&desk, &["doctor", "--json"]);
    done.ends(0, "");
    let findings = done.json();
    assert_eq!(findings["usable"], true);
    for name in [
        "configuration",
        "data",
        "store",
        "journals",
        "region",
        "identity",
        "rights to read",
    ] {
        assert_eq!(check(&findings, name)["status"], "ok", "{name}");
    }
    assert_eq!(check(&findings, "terminal")["status"], "warn");
    assert_eq!(check(&findings, "rights to tune")["status"], "skip");
    assert_eq!(site.account.mutating_calls(), 0);
    assert_eq!(site.account.invocations("no-op"), 0);
}

#[test]
fn a_denied_right_comes_with_a_ready_policy() {
    let (desk, site) = (Desk::new(), Site::fast());
    site.account
        .set_faults(Faults::parse("ListVersionsByFunction=access-denied").unwrap());
    let done = site.run(&desk, &["doctor"]);
    done.ends(1, "The credentials lack rights");
    assert!(
        done.stdout
            .contains("denied: lambda:ListVersionsByFunction"),
        "{done:?}"
    );
    let policy = &done.stdout[done.stdout.find("\n{").unwrap()..];
    let policy: Value = serde_json::from_str(policy).unwrap();
    let resource = &policy["Statement"][1]["Resource"];
    assert_eq!(resource, "arn:aws:lambda:us-east-1:123456789012:function:*");
    let findings = site.run(&desk, &["doctor", "--json"]).json();
    assert_eq!(findings["missing"][0], "lambda:ListVersionsByFunction");
    assert!(findings["policies"]["tune"]["Statement"].is_array());
}

#[test]
fn expired_credentials_are_told_from_missing_ones() {
    let (desk, site) = (Desk::new(), Site::fast());
    site.account
        .set_faults(Faults::parse("*=expired-token").unwrap());
    let done = site.run(&desk, &["doctor"]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stdout.contains("expired"), "{done:?}");
    let done = desk.run(&["doctor", "--region", "eu-west-1"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("no AWS credentials"), "{done:?}");
    let done = desk.run(&["doctor"]);
    assert!(done.stdout.contains("no AWS region is set"), "{done:?}");
}

#[test]
fn offline_nothing_is_asked_and_nothing_is_wrong() {
    let desk = Desk::new();
    let findings = desk.run(&["doctor", "--offline", "--json"]);
    findings.ends(0, "");
    assert_eq!(check(&findings.json(), "account")["status"], "skip");
    desk.run(&["doctor", "--demo"]).ends(0, "");
}

#[test]
fn a_store_that_cannot_be_used_is_named() {
    let desk = Desk::new();
    let file = desk.file("data", "a file where a folder should be");
    let done = desk.run(&["doctor", "--offline", "--data-dir", &file]);
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stdout.contains("FAIL  data"), "{done:?}");
}
