//! `stats --patterns`, figures of groups without invocations, and comparisons of times and versions.

use serde_json::Value;

use super::{Desk, Site};

fn count(told: &Value) -> u64 {
    told.as_u64().unwrap()
}

#[test]
fn patterns_fold_the_events_of_a_range_and_their_counts_sum_up() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "stats",
        "/ecs/alpha/gunicorn",
        "flaky",
        "--patterns",
        "--since",
        "3h",
        "--compare",
        "1h",
        "--json",
    ];
    let done = site.run(&desk, &line);
    assert_eq!(done.code, Some(0), "{done:?}");
    let groups = done.json();
    for group in groups.as_array().unwrap() {
        let patterns = group["patterns"].as_array().unwrap();
        let all = count(&group["events"]["events"]);
        let counted: u64 = patterns.iter().map(|it| count(&it["events"])).sum();
        assert!(all > 100, "{group}");
        assert_eq!(counted + count(&group["other_events"]), all, "{group}");
        assert!(patterns.len() < 60, "{group}");
        let levels = group["events"]["levels"].as_array().unwrap();
        let graded: u64 = levels.iter().map(|it| count(&it["events"])).sum();
        assert_eq!(graded, all);
        for pattern in patterns {
            let bars = pattern["counts"].as_array().unwrap().iter().map(count);
            assert_eq!(bars.sum::<u64>(), count(&pattern["events"]));
            let since = count(&pattern["since"]);
            assert_eq!(
                pattern["is_new"] == true,
                since == count(&pattern["events"])
            );
        }
    }
    let reports = groups[1]["patterns"].as_array().unwrap();
    let is_report = |it: &&Value| it["pattern"].as_str().unwrap().starts_with("REPORT ");
    assert!(reports.iter().any(|it| is_report(&it)), "{reports:?}");
}

#[test]
fn patterns_are_a_table_for_people() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "stats",
        "/ecs/alpha/gunicorn",
        "--patterns",
        "--since",
        "1h",
    ];
    let done = site.run(&desk, &line);
    assert_eq!(done.code, Some(0), "{done:?}");
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert!(lines[0].starts_with("/ecs/alpha/gunicorn: "), "{done:?}");
    assert!(lines[0].contains(" a minute, "), "{done:?}");
    assert!(lines[1].contains("share") && lines[1].ends_with("pattern"));
    assert!(lines.len() > 2, "{done:?}");
}

#[test]
fn a_group_without_invocations_has_figures_about_its_events() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = ["stats", "/ecs/alpha/gunicorn", "--since", "1h"];
    let done = site.run(&desk, &line);
    done.ends(0, "its figures are about its events");
    for name in ["events ", "a minute ", "patterns "] {
        let has = done.stdout.lines().any(|line| line.starts_with(name));
        assert!(has, "{name} {done:?}");
    }
    assert!(!done.stdout.contains("duration"), "{done:?}");
    let json = site.run(&desk, &[&line[..], &["--json"]].concat()).json();
    assert_eq!(count(&json[0]["invocations"]), 0);
    assert!(count(&json[0]["events"]["events"]) > 0, "{json}");
}

#[test]
fn so_many_events_are_read_up_to_a_time_that_is_told() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = ["stats", "/demo/firehose", "--since", "10m", "--json"];
    let done = site.run(&desk, &line);
    done.ends(0, "only those up to");
    let figures = done.json();
    let events = &figures[0]["events"];
    assert!(
        (20_000..31_000).contains(&count(&events["events"])),
        "{events}"
    );
    let time = |value: &Value| value.as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!(time(&events["read_to"]) < time(&figures[0]["to"]));
}

#[test]
fn what_is_before_and_what_is_since_a_time_make_the_whole() {
    let (desk, site) = (Desk::new(), Site::fast());
    let now = jiff::Timestamp::now().as_second();
    let time = |second: i64| jiff::Timestamp::from_second(second).unwrap().to_string();
    let [since, compare, until] = [now - 9_000, now - 4_000, now - 100].map(time);
    let range = [
        "stats",
        "hash-node",
        "--json",
        "--since",
        &since,
        "--until",
        &until,
    ];
    let whole = site.run(&desk, &range).json();
    let parts = site.run(&desk, &[&range[..], &["--compare", &compare]].concat());
    let parts = parts.json();
    assert_eq!(parts.as_array().unwrap().len(), 2);
    let sum = count(&parts[0]["invocations"]) + count(&parts[1]["invocations"]);
    assert_eq!(sum, count(&whole[0]["invocations"]));
    assert!(count(&parts[0]["invocations"]) > 0 && count(&parts[1]["invocations"]) > 0);
    let outside = [&range[..], &["--compare", "9d"]].concat();
    site.run(&desk, &outside).ends(2, "is not within the range");
}

#[test]
fn versions_are_told_side_by_side_and_both_engines_agree() {
    let (desk, site) = (Desk::new(), Site::fast());
    let day = ["--since", "24h", "--until", "2m", "--json"];
    let versions = ["stats", "no-op", "--versions", "$LATEST,999"];
    let all = site
        .run(&desk, &[&["stats", "no-op"], &day[..]].concat())
        .json();
    let scan = site.run(&desk, &[&versions[..], &day[..]].concat()).json();
    let engine = ["--engine", "insights"];
    let query = site.run(&desk, &[&versions[..], &day[..], &engine[..]].concat());
    let query = query.json();
    assert_eq!(scan[0]["version"], "$LATEST");
    let [latest, none] = [0, 1].map(|at| count(&scan[at]["invocations"]));
    assert!(latest > 0 && latest <= count(&all[0]["invocations"]));
    assert_eq!(none, 0);
    for at in [0, 1] {
        let queried = count(&query[at]["invocations"]);
        assert!(
            queried.abs_diff(count(&scan[at]["invocations"])) < 3,
            "{query}"
        );
    }
}

#[test]
fn invocations_have_a_cost_with_the_architecture_it_is_of() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = ["stats", "hash-node", "--since", "24h", "--json"];
    let scan = site.run(&desk, &line).json();
    let query = site.run(&desk, &[&line[..], &["--engine", "insights"]].concat());
    let query = query.json();
    for told in [&scan, &query] {
        let cost = &told[0]["cost"];
        assert_eq!(cost["architecture_is_assumed"], false, "{cost}");
        assert_eq!(cost["currency"], "USD");
        assert!(cost["per_million"].as_f64() > Some(0.2), "{cost}");
        assert!(cost["per_month"].as_f64() > Some(0.0), "{cost}");
    }
    let million = |told: &Value| told[0]["cost"]["per_million"].as_f64().unwrap();
    let off = million(&scan) / million(&query) - 1.0;
    assert!(off.abs() < 0.01, "{scan} {query}");
}
