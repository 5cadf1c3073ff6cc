//! Log groups by their ARNs: those of this session's account and of linked ones, and no namesake of them.

use serde_json::Value;

use super::{Desk, Site};

const OWN: &str = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/no-op";

/// What every command that takes a group prints of this one: names of groups, without the times.
fn groups_of(site: &Site, line: &[&str]) -> Vec<String> {
    let done = site.run(&Desk::new(), line);
    assert_eq!(done.code, Some(0), "{done:?}");
    let named = |entry: &Value| {
        let name = entry.get("group").or_else(|| entry.get("name"));
        name.unwrap().as_str().unwrap().to_owned()
    };
    let mut groups: Vec<String> = match line.first() {
        Some(&"tail") => {
            let lines = done.stdout.lines();
            lines
                .map(|line| named(&serde_json::from_str(line).unwrap()))
                .collect()
        }
        _ => done.json().as_array().unwrap().iter().map(named).collect(),
    };
    groups.dedup();
    groups
}

#[test]
fn an_arn_of_the_own_account_and_region_stands_for_its_group() {
    let site = Site::fast();
    let of_function = "arn:aws:lambda:us-east-1:123456789012:function:no-op:3";
    for arn in [OWN, &format!("{OWN}:*"), of_function] {
        for line in [
            &["tail", arn, "--json", "--limit", "5"][..],
            &["stats", arn, "--since", "10m", "--json"],
            &["groups", arn, "--json"],
        ] {
            assert_eq!(groups_of(&site, line), ["/aws/lambda/no-op"], "{line:?}");
        }
    }
    let wild = OWN.replace("no-op", "hash-*");
    assert_eq!(groups_of(&site, &["groups", &wild, "--json"]).len(), 3);
}

/// A site with a group of a linked account.
fn monitored() -> (Site, String) {
    let site = Site::fast();
    let arn = "arn:aws:logs:us-east-1:222222222222:log-group:/aws/lambda/no-op".to_owned();
    let now_ms = site.account.now_ms();
    for ago_ms in [3_000, 2_000, 1_000] {
        let time_ms = now_ms - ago_ms;
        site.account
            .put_event(&arn, "theirs", time_ms, time_ms, "from the other account");
    }
    (site, arn)
}

#[test]
fn an_arn_of_a_linked_account_stands_for_its_group_and_not_for_its_namesake() {
    let (desk, (site, arn)) = (Desk::new(), monitored());
    let tail = site.run(&desk, &["tail", &arn, "--no-follow"]);
    assert_eq!(tail.code, Some(0), "{tail:?}");
    assert_eq!(
        tail.stdout
            .matches(" theirs from the other account")
            .count(),
        3
    );
    assert_eq!(tail.stdout.lines().count(), 3);
    let both = site.run(&desk, &["tail", OWN, &arn, "--no-follow"]);
    assert_eq!(
        both.stdout
            .matches("Z 222222222222:/aws/lambda/no-op theirs")
            .count(),
        3
    );
    assert!(both.stdout.contains("Z /aws/lambda/no-op "), "{both:?}");
    site.run(&desk, &["stats", &arn]).ends(0, "No invocation");
    let groups = site.run(&desk, &["groups", &arn, "--json"]).json();
    assert_eq!(groups[0]["account"], "222222222222");
    assert_eq!(groups[0]["arn"], arn.as_str());
}

#[test]
fn linked_accounts_are_listed_when_they_are_asked_for() {
    let (desk, (site, _)) = (Desk::new(), monitored());
    let line = ["groups", "/aws/lambda/no-op", "--linked"];
    let linked = site.run(&desk, &line).stdout;
    assert!(
        linked.contains("222222222222") && linked.contains("region"),
        "{linked}"
    );
    let own = site.run(&desk, &line[..2]).stdout;
    assert!(
        !own.contains("222222222222") && !own.contains("region"),
        "{own}"
    );
    let wild = site
        .run(&desk, &["groups", "/aws/*/no-op", "--linked", "--json"])
        .json();
    let accounts: Vec<&str> = wild
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["account"].as_str().unwrap())
        .collect();
    assert_eq!(accounts, ["123456789012", "222222222222"]);
}

#[test]
fn an_arn_that_names_nothing_within_reach_shows_no_namesake() {
    let (desk, site) = (Desk::new(), Site::fast());
    let of_others = OWN.replace("123456789012", "999999999999");
    let wild = of_others.replace("no-op", "hash-*");
    let none = OWN.replace("no-op", "none");
    for (arn, code, words) in [
        (&of_others, 1, "no-op"),
        (&none, 1, "none"),
        (&"arn:aws:s3:::bucket".to_owned(), 2, "no log group"),
    ] {
        for line in [
            &["tail", arn, "--no-follow"][..],
            &["stats", arn],
            &["groups", arn],
        ] {
            let done = site.run(&desk, line);
            done.ends(code, words);
            assert_eq!(done.stdout, "", "{line:?}");
        }
    }
    let tail = site.run(&desk, &["tail", &wild, "--no-follow"]);
    tail.ends(1, "is called like");
    assert_eq!(tail.stdout, "");
}
