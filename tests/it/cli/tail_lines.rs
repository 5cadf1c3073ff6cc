//! `tail`: in which order lines are printed, that none is left half, and that it ends with its reader.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Output, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{Desk, Site, signal};

const GROUP: &str = "/test/lines";
const MINUTE_MS: i64 = 60_000;

/// An account with one group that holds these messages, each so many milliseconds old.
fn holding(messages: &[(i64, &str)]) -> Site {
    let site = Site::fast();
    put(&site, GROUP, messages);
    site
}

fn put(site: &Site, group: &str, messages: &[(i64, &str)]) {
    let now_ms = site.account.now_ms();
    for (age_ms, message) in messages {
        let time_ms = now_ms - age_ms;
        site.account
            .put_event(group, "a", time_ms, time_ms + 50, message);
    }
}

/// The messages of JSON lines; each must be whole.
fn messages(stdout: &str) -> Vec<String> {
    assert!(stdout.is_empty() || stdout.ends_with('\n'), "half a line");
    let lines = stdout.lines();
    let message = |line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["message"].as_str().unwrap().to_owned()
    };
    lines.map(message).collect()
}

fn spawn(site: &Site, line: &[&str]) -> (Desk, Child) {
    let desk = Desk::new();
    let mut command = site.command(&desk, line);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let child = child.spawn().unwrap();
    (desk, child)
}

/// What a child that ends by itself ended with.
fn ended(child: Child) -> Output {
    let id = Pid::from_child(&child);
    let (sender, ended) = mpsc::channel();
    std::thread::spawn(move || sender.send(child.wait_with_output()));
    match ended.recv_timeout(Duration::from_mins(1)) {
        Ok(output) => output.unwrap(),
        Err(_elapsed) => {
            kill_process(id, Signal::KILL).unwrap();
            panic!("it does not end by itself");
        }
    }
}

#[test]
fn the_newest_events_are_printed_in_order_however_far_back_and_in_whichever_group_they_are() {
    let site = holding(&[
        (26 * 60 * MINUTE_MS, "a day and two hours"),
        (3 * 60 * MINUTE_MS, "three hours"),
        (17 * MINUTE_MS, "seventeen minutes"),
        (MINUTE_MS, "a minute"),
    ]);
    put(&site, "/test/other", &[(60 * MINUTE_MS, "an hour")]);
    let desk = Desk::new();
    for poll in [&[][..], &["--poll"]] {
        let mut line = vec!["tail", GROUP, "/test/other", "--json", "--limit", "5"];
        line.extend(poll);
        let done = site.run(&desk, &line);
        done.ends(0, "");
        let told = [
            "a day and two hours",
            "three hours",
            "an hour",
            "seventeen minutes",
            "a minute",
        ];
        assert_eq!(messages(&done.stdout), told);
    }
}

#[test]
fn nothing_older_than_the_first_line_is_printed_after_it() {
    let (site, desk) = (Site::fast(), Desk::new());
    let line = ["tail", "/demo/firehose", "--json", "--limit", "3000"];
    let done = site.run(&desk, &line);
    done.ends(0, "");
    let time = |line: &str| {
        let event: Value = serde_json::from_str(line).unwrap();
        event["time"].as_str().unwrap().to_owned()
    };
    let times: Vec<String> = done.stdout.lines().map(time).collect();
    assert_eq!((times.len(), times.iter().min()), (3_000, times.first()));
}

#[test]
fn an_interrupt_leaves_no_half_line_to_a_slow_reader() {
    let long = "long ".repeat(60_000);
    let all: Vec<(i64, &str)> = (1..30).rev().map(|age| (age * 100, &*long)).collect();
    let site = holding(&all);
    let (_desk, mut child) = spawn(&site, &["tail", GROUP, "--json"]);
    // It is in the middle of the first line, and the pipe is full.
    let mut first = [0; 64];
    let stdout = child.stdout.as_mut().unwrap();
    stdout.read_exact(&mut first).unwrap();
    signal(&child, Signal::INT);
    let done = ended(child);
    assert_eq!(done.status.code(), Some(130));
    let text = String::from_utf8([&first[..], &done.stdout].concat()).unwrap();
    let told = messages(&text);
    assert!(!told.is_empty() && told.iter().all(|message| *message == long));
}

#[test]
fn a_reader_that_goes_away_is_noticed_at_once_although_nothing_is_to_be_printed() {
    let site = holding(&[(1_000, "the only one")]);
    for flags in [&[][..], &["--poll"], &["--match", "only"]] {
        let mut line = vec!["tail", GROUP];
        line.extend(flags);
        let (_desk, mut child) = spawn(&site, &line);
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        assert!(first.contains("the only one"), "{first}");
        drop(stdout);
        let done = ended(child);
        assert_eq!(done.status.code(), Some(0), "{done:?}");
        let words = String::from_utf8(done.stderr).unwrap();
        assert!(!words.contains("iacstone:"), "{words}");
    }
}
