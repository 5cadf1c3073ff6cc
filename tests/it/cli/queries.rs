//! `query`: rows as a table, as CSV and as JSON, what was read for them, what is refused, and how it is stopped.

use iacstone::simulator::AccountOptions;
use rustix::process::Signal;
use serde_json::Value;

use super::{Desk, Done, Site, signal};
use crate::waiting::until;

const GROUP: &str = "/case/web";

/// An account with a group of a few events of the last minutes.
fn site() -> Site {
    let site = Site::fast();
    let now = site.account.now_ms() / 1000 * 1000;
    let events = [
        (300, r#"{"level":"ERROR","ms":30}"#),
        (240, r#"{"level":"INFO","ms":4}"#),
        (180, r#"{"level":"INFO","ms":5}"#),
        (
            120,
            "plain \u{1b}[2J\u{202e}, with \"quotes\"\nand a second line",
        ),
    ];
    for (before, text) in events {
        let time = now - before * 1000;
        site.account.put_event(GROUP, "web/1", time, time, text);
    }
    site
}

fn query(site: &Site, desk: &Desk, words: &[&str]) -> Done {
    site.run(desk, &[&["query"], words].concat())
}

#[test]
fn counts_are_a_table_for_people_and_the_last_line_says_what_was_read() {
    let (desk, site) = (Desk::new(), site());
    let words = "filter ispresent(level) | stats count(*) as n by level | sort n desc";
    let done = query(&site, &desk, &[GROUP, words]);
    assert_eq!(done.code, Some(0), "{done:?}");
    let lines: Vec<Vec<&str>> = done
        .stdout
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let cells: std::collections::BTreeSet<&str> = lines[0].iter().copied().collect();
    assert_eq!(cells, ["level", "n"].into());
    assert!(
        lines[1].contains(&"INFO") && lines[1].contains(&"2"),
        "{done:?}"
    );
    assert!(
        lines[2].contains(&"ERROR") && lines[2].contains(&"1"),
        "{done:?}"
    );
    let last = done.stderr.lines().last().unwrap();
    assert!(last.starts_with("2 rows · 3 of 4 events matched"), "{last}");
    assert!(last.ends_with("at 0.005 USD a GB"), "{last}");
}

#[test]
fn json_and_csv_hold_the_values_as_they_came_and_a_table_obeys_none_of_them() {
    let (desk, site) = (Desk::new(), site());
    let words = "filter @message like /plain/ | fields @message, @logStream";
    let message = "plain \u{1b}[2J\u{202e}, with \"quotes\"\nand a second line";
    let json = query(&site, &desk, &[GROUP, words, "--json"]).json();
    assert_eq!(json["rows"][0]["@message"], message);
    assert_eq!(json["complete"], true);
    assert_eq!((&json["matched"], &json["scanned"]), (&1.into(), &4.into()));
    assert_eq!(json["groups"], serde_json::json!([GROUP]));
    let csv = query(&site, &desk, &[GROUP, words, "--format", "csv"]);
    let quoted = "\"plain \u{1b}[2J\u{202e}, with \"\"quotes\"\"\nand a second line\"";
    assert_eq!(csv.stdout, format!("@message,@logStream\n{quoted},web/1\n"));
    let table = query(&site, &desk, &[GROUP, words]);
    assert!(!table.stdout.contains(['\u{1b}', '\u{202e}']), "{table:?}");
    assert_eq!(table.stdout.lines().count(), 2, "{table:?}");
}

#[test]
fn a_mistake_in_the_query_is_placed_as_the_server_says() {
    let (desk, site) = (Desk::new(), site());
    let done = query(
        &site,
        &desk,
        &[GROUP, "fields @message\n| filtre level = 1"],
    );
    done.ends(1, "StartQuery of '/case/web' was refused");
    assert!(done.stderr.contains("line 2, column"), "{done:?}");
    assert!(done.stderr.contains("change the query"), "{done:?}");
    assert!(done.stdout.is_empty());
}

#[test]
fn a_query_comes_from_a_file_or_from_standard_input() {
    let (desk, site) = (Desk::new(), site());
    let words = "stats count(*) as n";
    let file = format!("@{}", desk.file("n.query", words));
    let done = query(&site, &desk, &[GROUP, &file, "--json"]);
    assert_eq!(done.json()["rows"][0]["n"], "4");
    let mut child = site
        .command(&desk, &["query", GROUP, "-", "--json"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, words.as_bytes()).unwrap();
    drop(stdin);
    let done = Done::of(child.wait_with_output().unwrap());
    assert_eq!(done.json()["rows"][0]["n"], "4");
    query(&site, &desk, &[GROUP, "@/nowhere"]).ends(2, "query file '/nowhere' cannot be read");
}

#[test]
fn limits_ranges_and_groups_are_heeded() {
    let (desk, site) = (Desk::new(), site());
    let rows = |words: &[&str]| {
        let done = query(&site, &desk, &[words, &["--json"]].concat());
        done.json()["rows"].as_array().map(Vec::len)
    };
    assert_eq!(rows(&[GROUP, "fields @message", "--limit", "2"]), Some(2));
    assert_eq!(rows(&["/case/*", "fields @message"]), Some(4));
    assert_eq!(rows(&[GROUP, "fields @message", "--since", "30s"]), Some(0));
    let backwards = ["--since", "1h", "--until", "2h"];
    query(
        &site,
        &desk,
        &[&[GROUP, "fields @message"], &backwards[..]].concat(),
    )
    .ends(2, "before it begins");
    query(&site, &desk, &["/nothing/*", "fields @message"]).ends(1, "No log group");
    query(&site, &desk, &["/case/missing", "fields @message"]).ends(1, "StartQuery");
    // The query comes last.
    query(&site, &desk, &["fields @message", GROUP]).ends(2, "the query comes last");
    query(&site, &desk, &[GROUP]).ends(2, "the query comes last");
    query(
        &site,
        &desk,
        &[GROUP, "fields @message", "--limit", "10001"],
    )
    .ends(2, "10001");
    // Without groups there is nothing the server could decide, unless the query names them.
    query(&site, &desk, &["fields @message"]).ends(1, "about no log group");
    query(
        &site,
        &desk,
        &["# all\nSOURCE logGroups() | fields @message"],
    )
    .ends(1, "StartQuery");
}

#[test]
fn no_row_is_no_failure() {
    let (desk, site) = (Desk::new(), site());
    let done = query(&site, &desk, &[GROUP, "filter level = \"FATAL\""]);
    done.ends(0, "0 rows · 0 of 4 events matched");
    assert!(done.stdout.is_empty(), "{done:?}");
}

/// A query over a group that is never read to its end.
const ENDLESS: [&str; 3] = ["query", "/demo/firehose", "stats count(*) as n"];

#[test]
fn a_query_that_reads_more_than_it_may_is_stopped_and_what_it_found_is_printed() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = [
        &ENDLESS[..],
        &["--since", "24h", "--max-scan", "1MB", "--json"],
    ]
    .concat();
    let done = site.run(&desk, &line);
    done.ends(3, "it had read more than 1.0 MB (--max-scan)");
    let json = done.json();
    assert_eq!(json["complete"], Value::Bool(false));
    assert!(json["scanned_bytes"].as_u64() > Some(1_000_000), "{json}");
}

#[test]
fn an_interrupted_query_is_stopped_in_the_account() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = [&ENDLESS[..], &["--since", "24h"]].concat();
    let child = site.command(&desk, &line).spawn().unwrap();
    until("the query is asked after", || {
        site.account.calls("GetQueryResults") > 0
    });
    signal(&child, Signal::INT);
    let done = Done::of(child.wait_with_output().unwrap());
    done.ends(130, "Stopped. The query had read");
    assert_eq!(site.account.calls("StopQuery"), 1);
}
