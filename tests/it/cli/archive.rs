//! `tail` of groups that only Logs Insights reads.

use std::io::Read as _;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use iacstone::simulator::AccountOptions;

use super::{Desk, Done, Site};
use crate::waiting::until;

const ARCHIVE: &str = "/demo/archive";

#[test]
fn a_group_of_the_infrequent_access_class_wants_a_limit_and_says_how_to_give_it() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = ["tail", ARCHIVE, "--since", "10m"];
    for more in [&["--no-follow"][..], &[], &["--poll"]] {
        let done = site.run(&desk, &[&line, more].concat());
        done.ends(1, "--max-scan 1GB");
        assert!(done.stderr.contains("only Logs Insights"), "{done:?}");
    }
    let stats = site.run(&desk, &["stats", ARCHIVE, "--since", "10m"]);
    stats.ends(1, "count with --engine insights");
    assert_eq!(site.account.calls("StartQuery"), 0);
}

#[test]
fn with_a_limit_its_events_are_printed_and_the_last_word_says_what_was_read() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = ["tail", ARCHIVE, "--max-scan", "1GB", "--json"];
    let done = site.run(
        &desk,
        &[&line[..], &["--since", "10m", "--no-follow"]].concat(),
    );
    done.ends(0, "Logs Insights has read");
    assert!(done.stderr.contains("0.005 USD a GB"), "{done:?}");
    let event: serde_json::Value =
        serde_json::from_str(done.stdout.lines().next().unwrap()).unwrap();
    assert_eq!(event["group"], ARCHIVE);
    assert!(event["stream"].is_string() && event["message"].is_string());
    let done = site.run(&desk, &[&line[..], &["--limit", "3"]].concat());
    done.ends(0, "Logs Insights has read");
    assert_eq!(done.stdout.lines().count(), 3);
}

#[test]
fn a_limit_that_is_used_up_ends_it_with_a_sentence() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = ["tail", ARCHIVE, "--max-scan", "2kB"];
    let done = site.run(
        &desk,
        &[&line[..], &["--since", "20h", "--no-follow"]].concat(),
    );
    done.ends(
        3,
        "is not read any further: the limit for queries is 2.0 kB",
    );
    let done = site.run(&desk, &[&line[..], &["--since", "20h"]].concat());
    done.ends(
        3,
        "is not read any further: the limit for queries is 2.0 kB",
    );
}

#[test]
fn what_was_read_is_told_also_when_nobody_reads_on() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = ["tail", ARCHIVE, "--max-scan", "1GB", "--since", "10m"];
    let mut child = site.command(&desk, &line).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 16]).unwrap();
    drop(stdout);
    Done::of(child.wait_with_output().unwrap()).ends(0, "Logs Insights has read");
}

#[test]
fn a_pattern_that_queries_cannot_apply_is_told() {
    let (desk, site) = (Desk::new(), Site::open(AccountOptions::default()));
    let line = ["tail", ARCHIVE, "--max-scan", "1GB", "--since", "10m"];
    let done = site.run(
        &desk,
        &[&line[..], &["--no-follow", "--filter", "{ no pattern"]].concat(),
    );
    done.ends(1, "Logs Insights knows no filter patterns");
    assert_eq!(site.account.calls("StartQuery"), 0);
}

/// A server that is no part of the repository; ends with this value.
struct StandIn(Child);

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the server with a group of this class; none, said on standard error, when it is not there.
fn stand_in() -> Option<(StandIn, String)> {
    let place =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/logs/infrequent_access.py");
    if !place.exists() {
        eprintln!("skipped: {} is not here", place.display());
        return None;
    }
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap();
    drop(free);
    let mut command = Command::new("python3");
    command.arg(place).arg(address.port().to_string());
    let process = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let Ok(process) = process else {
        eprintln!("skipped: there is no python3");
        return None;
    };
    let server = StandIn(process);
    until("the server listens", || {
        std::net::TcpStream::connect(address).is_ok()
    });
    Some((server, format!("http://{address}")))
}

#[test]
fn a_server_that_refuses_all_but_queries_is_read_by_queries() {
    let Some((_server, url)) = stand_in() else {
        return;
    };
    let desk = Desk::new();
    let tail = |more: &[&str]| {
        let mut command = desk.command(&[&["tail", "/case/ia"], more].concat());
        command
            .env("AWS_ENDPOINT_URL", &url)
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        Done::of(command.output().unwrap())
    };
    tail(&["--no-follow"]).ends(1, "--max-scan");
    let agreed = ["--max-scan", "1GB", "--since", "2026-11-28T00:00:00Z"];
    let done = tail(&[&agreed[..], &["--no-follow"]].concat());
    done.ends(0, "Logs Insights has read 0 B");
    assert_eq!(done.stdout.matches("from insights").count(), 1, "{done:?}");
    let done = tail(&[&agreed[..], &["--limit", "1"]].concat());
    done.ends(0, "Logs Insights has read 0 B");
    assert_eq!(done.stdout.matches("from insights").count(), 1, "{done:?}");
}
