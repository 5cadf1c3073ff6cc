//! `groups` and `stats`: the figures of the demo's history, by both engines, and through faults.

use iacstone::simulator::{AccountOptions, Faults};
use rustix::process::Signal;
use serde_json::{Value, json};

use super::{Desk, Done, Site, signal};
use crate::waiting::until;

/// The percentiles 10, 25, 50, 75 and 90 that each function's history is made to have, in milliseconds.
const DURATIONS: [(&str, [f64; 5]); 3] = [
    ("hash-bun", [2.610, 6.855, 15.190, 37.531, 68.230]),
    ("hash-deno", [2.167, 2.359, 6.692, 15.699, 19.836]),
    ("hash-node", [1.951, 2.156, 8.052, 20.831, 56.711]),
];
const INITS: [(&str, [f64; 5]); 3] = [
    ("hash-bun", [500.075, 512.706, 527.048, 546.935, 603.223]),
    ("hash-deno", [184.607, 191.996, 203.221, 218.661, 297.237]),
    ("hash-node", [145.555, 147.338, 151.067, 154.884, 159.869]),
];

/// A day of whole seconds that has passed.
fn day() -> [String; 4] {
    let now = jiff::Timestamp::now().as_second();
    let time = |second: i64, millisecond: i64| {
        let time = jiff::Timestamp::from_millisecond(second * 1000 + millisecond);
        time.unwrap().to_string()
    };
    [
        "--since".into(),
        time(now - 86_000, 0),
        "--until".into(),
        time(now - 60, 999),
    ]
}

fn stats(site: &Site, desk: &Desk, words: &[&str], range: &[String]) -> Done {
    let mut line = vec!["stats", "--json"];
    line.extend(words);
    line.extend(range.iter().map(String::as_str));
    site.run(desk, &line)
}

#[track_caller]
fn close(figures: &Value, wanted: [f64; 5]) {
    for (name, wanted) in ["p10", "p25", "p50", "p75", "p90"].into_iter().zip(wanted) {
        let found = figures[name].as_f64().unwrap();
        let off = (found / wanted - 1.0).abs();
        assert!(off < 0.05, "{name}: {found} instead of {wanted}");
    }
}

#[test]
fn the_history_has_the_percentiles_it_is_made_to_have_and_both_engines_agree() {
    let (desk, site, range) = (Desk::new(), Site::fast(), day());
    let names: Vec<&str> = DURATIONS.iter().map(|(name, _)| *name).collect();
    let scan = stats(&site, &desk, &names, &range);
    assert_eq!(scan.code, Some(0), "{scan:?}");
    let by_scan = scan.json();
    for (at, ((name, durations), (_, inits))) in DURATIONS.into_iter().zip(INITS).enumerate() {
        let found = &by_scan[at];
        assert_eq!(found["group"], json!(format!("/aws/lambda/{name}")));
        close(&found["duration_ms"], durations);
        close(&found["init_ms"], inits);
        let cold = found["cold_starts"].as_f64().unwrap() / found["invocations"].as_f64().unwrap();
        assert!((cold - 0.054).abs() < 0.01, "{name}: {cold}");
        assert_eq!(found["restore_ms"], Value::Null);
    }
    let insights = stats(
        &site,
        &desk,
        &[&names[..], &["--engine", "insights"]].concat(),
        &range,
    );
    let by_query = insights.json();
    for at in 0..names.len() {
        agree(&by_scan[at], &by_query[at]);
    }
    assert!(
        by_query[0]["percentiles"]
            .as_str()
            .unwrap()
            .contains("Insights")
    );
    assert!(
        by_scan[0]["percentiles"]
            .as_str()
            .unwrap()
            .contains("type 7")
    );
}

#[test]
fn the_demo_s_last_day_has_the_percentiles_of_the_benchmark() {
    let desk = Desk::new();
    for engine in ["scan", "insights"] {
        let names = DURATIONS.map(|(name, _)| name);
        let command = [
            &["--demo", "stats"],
            &names[..],
            &["--since", "24h", "--json", "--engine", engine],
        ];
        let figures = desk.run(&command.concat()).json();
        for (at, ((_, durations), (_, inits))) in DURATIONS.into_iter().zip(INITS).enumerate() {
            close(&figures[at]["duration_ms"], durations);
            close(&figures[at]["init_ms"], inits);
        }
    }
}

/// Whether two summaries have the same figures, as far as both have them.
#[track_caller]
fn agree(scan: &Value, query: &Value) {
    for name in [
        "group",
        "invocations",
        "cold_starts",
        "restores",
        "errors",
        "timeouts",
        "billed_ms",
        "memory_mb",
        "max_memory_used_mb",
    ] {
        assert_eq!(scan[name], query[name], "{name} of {}", scan["group"]);
    }
    for series in ["duration_ms", "init_ms", "restore_ms"] {
        assert_eq!(scan[series].is_null(), query[series].is_null(), "{series}");
        for figure in ["count", "avg", "p10", "p25", "p50", "p75", "p90", "p99"] {
            let (left, right) = (
                scan[series][figure].as_f64(),
                query[series][figure].as_f64(),
            );
            let off = left.unwrap_or(0.0) - right.unwrap_or(0.0);
            assert!(
                off.abs() < 1e-3,
                "{series} {figure} of {}: {left:?} {right:?}",
                scan["group"]
            );
        }
    }
}

#[test]
fn failures_restores_and_json_records_are_counted_alike_by_both_engines() {
    let (desk, site, range) = (Desk::new(), Site::fast(), day());
    let names = ["flaky", "json-logs", "snapstart-api", "memory-hungry"];
    let by_scan = stats(&site, &desk, &names, &range).json();
    let by_query = stats(
        &site,
        &desk,
        &[&names[..], &["--engine", "insights"]].concat(),
        &range,
    )
    .json();
    for at in 0..names.len() {
        agree(&by_scan[at], &by_query[at]);
    }
    let [flaky, json, snapstart, hungry] = [0, 1, 2, 3].map(|at| &by_scan[at]);
    assert!(
        flaky["errors"].as_u64() > Some(50) && flaky["timeouts"].as_u64() > Some(5),
        "{flaky}"
    );
    assert!(json["cold_starts"].as_u64() > Some(20), "{json}");
    assert!(
        snapstart["restores"].as_u64() > Some(20) && snapstart["cold_starts"] == 0,
        "{snapstart}"
    );
    assert!(
        snapstart["restore_ms"]["p50"].as_f64() > Some(100.0),
        "{snapstart}"
    );
    assert!(hungry["errors"].as_u64() > Some(10), "{hungry}");
}

#[test]
fn groups_stand_side_by_side_for_people() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(&desk, &["stats", "hash-*", "--since", "1h"]);
    done.ends(0, "Hyndman-Fan type 7");
    let header = done.stdout.lines().next().unwrap();
    for name in ["hash-bun", "hash-deno", "hash-node"] {
        assert!(header.contains(&format!("/aws/lambda/{name}")), "{header}");
    }
    assert!(done.stdout.contains("duration p99"), "{done:?}");
    let last = done.stdout.lines().last().unwrap();
    let words: Vec<&str> = last.split(' ').collect();
    let ["from", from, "to", to, "(UTC)"] = words[..] else {
        panic!("{last}");
    };
    let time = |text: &str| text.parse::<jiff::Timestamp>().unwrap();
    let hour = time(to).as_millisecond() - time(from).as_millisecond();
    assert_eq!(hour, 3_600_000);
}

#[test]
fn figures_say_of_which_range_they_are() {
    let (desk, site, range) = (Desk::new(), Site::fast(), day());
    let figures = stats(&site, &desk, &["no-op"], &range).json();
    for (name, at) in [("from", &range[1]), ("to", &range[3])] {
        let told: jiff::Timestamp = figures[0][name].as_str().unwrap().parse().unwrap();
        assert_eq!(told, at.parse().unwrap(), "{name}");
    }
}

#[test]
fn the_figures_are_the_same_through_throttling_and_odd_pages() {
    let (desk, day) = (Desk::new(), day());
    let site = Site::fast();
    // A day of it needs two pages, an hour of another function one.
    let hour = [
        day[2].replace("--until", "--since"),
        hour_before(&day[3]),
        day[2].clone(),
        day[3].clone(),
    ];
    let clean_day = stats(&site, &desk, &["busy"], &day).json();
    let clean_hour = stats(&site, &desk, &["flaky"], &hour).json();
    for (fault, name, range, clean) in [
        ("page-expired:x2", "busy", &day, &clean_day),
        ("repeat-token:x3", "busy", &day, &clean_day),
        ("throttle:x3", "flaky", &hour, &clean_hour),
        ("server-error:x2", "flaky", &hour, &clean_hour),
        ("empty-page:x30", "flaky", &hour, &clean_hour),
    ] {
        let faults = Faults::parse(&format!("FilterLogEvents={fault}")).unwrap();
        site.account.set_faults(faults);
        let struck = stats(&site, &desk, &[name], range);
        assert_eq!(struck.code, Some(0), "{fault}: {struck:?}");
        assert_eq!(&struck.json(), clean, "{fault}");
    }
}

fn hour_before(time: &str) -> String {
    let time: jiff::Timestamp = time.parse().unwrap();
    (time - jiff::SignedDuration::from_hours(1)).to_string()
}

#[test]
fn a_group_that_cannot_be_read_makes_the_result_partial() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(&desk, &["stats", "no-op", "/no/such/group", "--json"]);
    done.ends(3, "The specified log group does not exist");
    assert_eq!(done.json().as_array().unwrap().len(), 1);
    let unmet = site.run(&desk, &["stats", "no-op", "nothing-*"]);
    unmet.ends(3, "No log group in us-east-1 is called like 'nothing-*'");
    let none = site.run(&desk, &["stats", "nosuch"]);
    none.ends(
        1,
        "No log group in us-east-1 is called 'nosuch' or '/aws/lambda/nosuch'; `iacstone groups` lists them",
    );
    assert_eq!(none.stdout, "");
}

#[test]
fn a_quiet_group_says_so() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(
        &desk,
        &["stats", "/ecs/alpha/beat", "--since", "10m", "--json"],
    );
    done.ends(0, "No invocation ended in '/ecs/alpha/beat'");
    let figures = done.json();
    assert_eq!(
        (&figures[0]["invocations"], &figures[0]["duration_ms"]),
        (&json!(0), &Value::Null)
    );
}

#[test]
fn a_range_that_is_none_is_refused() {
    let desk = Desk::new();
    let backwards = ["--demo", "stats", "no-op", "--since", "1h", "--until", "2h"];
    desk.run(&backwards).ends(2, "before it begins");
    desk.run(&["--demo", "stats", "no-op", "--since", "soon"])
        .ends(2, "give a stretch before now");
    desk.run(&["--offline", "stats", "no-op"])
        .ends(2, "offline");
}

#[test]
fn an_interrupted_query_is_stopped() {
    let desk = Desk::new();
    let site = Site::open(AccountOptions::default());
    let mut child = site
        .command(&desk, &["stats", "/demo/firehose", "--engine", "insights"])
        .spawn()
        .unwrap();
    until("the query is asked after", || {
        site.account.calls("GetQueryResults") > 0
    });
    signal(&child, Signal::INT);
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(site.account.calls("StopQuery"), 1);
}

#[test]
fn groups_are_listed_by_prefix() {
    let (desk, site) = (Desk::new(), Site::fast());
    let all = site.run(&desk, &["groups", "--json"]).json();
    assert!(all.as_array().unwrap().len() > 15, "{all}");
    let some = site.run(&desk, &["groups", "/ecs/", "--json"]).json();
    let names: Vec<&str> = some
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "/ecs/alpha/beat",
            "/ecs/alpha/default",
            "/ecs/alpha/gunicorn",
            "/ecs/alpha/migrate"
        ]
    );
    assert_eq!(some[0]["live_tail"], true);
    site.run(&desk, &["groups", "/nothing"])
        .ends(0, "that begin with '/nothing'");
    assert!(
        site.run(&desk, &["groups"])
            .stdout
            .contains("/demo/firehose")
    );
}

#[test]
fn groups_are_listed_by_wildcard_as_they_are_followed() {
    let (desk, site) = (Desk::new(), Site::fast());
    let names = |wildcard: &str| {
        let groups = site.run(&desk, &["groups", wildcard, "--json"]).json();
        let groups = groups.as_array().unwrap().clone();
        let name = |group: &Value| group["name"].as_str().unwrap().to_owned();
        groups.iter().map(name).collect::<Vec<String>>()
    };
    let hashes = ["bun", "deno", "node"].map(|it| format!("/aws/lambda/hash-{it}"));
    assert_eq!(names("/aws/lambda/hash-*"), hashes);
    assert_eq!(names("hash-*"), hashes);
    assert_eq!(names("/ecs/*/gunicorn"), ["/ecs/alpha/gunicorn"]);
    site.run(&desk, &["groups", "/nothing*"])
        .ends(0, "that are called like '/nothing*'");
}
