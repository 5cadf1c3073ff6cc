//! Log groups by their ARNs: those of this session's account and region, and no namesake of them.

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

#[test]
fn an_arn_of_another_account_or_region_is_refused_and_its_namesake_not_shown() {
    let (desk, site) = (Desk::new(), Site::fast());
    let elsewhere = OWN.replace("us-east-1", "eu-west-1");
    let of_others = OWN.replace("123456789012", "999999999999");
    let wild = of_others.replace("no-op", "hash-*");
    let none = OWN.replace("no-op", "none");
    for (arn, code, words) in [
        (&elsewhere, 2, "--region eu-west-1"),
        (&of_others, 2, "is of account 999999999999"),
        (&wild, 2, "is of account 999999999999"),
        (&none, 1, "no log group of this session's account"),
        (&"arn:aws:s3:::bucket".to_owned(), 2, "no log group"),
    ] {
        for line in [
            &["tail", arn, "--no-follow"][..],
            &["tail", "no-op", arn],
            &["stats", arn],
            &["groups", arn],
        ] {
            let done = site.run(&desk, line);
            done.ends(code, words);
            assert_eq!(done.stdout, "", "{line:?}");
        }
    }
}
