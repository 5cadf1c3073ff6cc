//! `tail`: what it prints where, how it ends, and that no escape leaves raw.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use iacstone::simulator::Faults;
use rustix::process::Signal;
use serde_json::Value;

use super::{Desk, Site, signal};
use crate::waiting::until;

const GROUP: &str = "/test/texts";

/// An account with one group that holds these messages, a second apart, the last a second ago.
fn holding(messages: &[&str]) -> Site {
    let site = Site::fast();
    let now_ms = site.account.now_ms();
    let count = i64::try_from(messages.len()).unwrap();
    for (number, message) in (0..).zip(messages) {
        let time_ms = now_ms - (count - number) * 1_000;
        site.account
            .put_event(GROUP, "a", time_ms, time_ms + 50, message);
    }
    site
}

fn lines(stdout: &str) -> Vec<Value> {
    let lines = stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn what_there_is_is_printed_in_order_as_text_and_as_json() {
    let (desk, site) = (
        Desk::new(),
        holding(&["one", "two\n  lines", "{\"level\":\"warn\"}"]),
    );
    let done = site.run(&desk, &["tail", GROUP, "--no-follow"]);
    done.ends(0, "");
    let text: Vec<&str> = done.stdout.lines().collect();
    assert_eq!(text.len(), 4, "{done:?}");
    assert!(
        text[0].ends_with("Z a one") && text[2] == "      lines",
        "{done:?}"
    );
    let done = site.run(&desk, &["tail", GROUP, "--no-follow", "--json"]);
    let events = lines(&done.stdout);
    assert_eq!(events.len(), 3);
    assert_eq!(events[1]["message"], "two\n  lines");
    assert_eq!(
        (&events[2]["level"], &events[2]["group"]),
        (&"warn".into(), &GROUP.into())
    );
    assert!(events.iter().all(|event| event["event_id"].is_string()));
    // A name alone does not say of which account it is: the identity does.
    assert!(events.iter().all(|it| it["account"] == "123456789012"));
}

#[test]
fn flags_choose_among_the_events() {
    let desk = Desk::new();
    let site = holding(&["ERROR one", "INFO two", "ERROR three", "ERROR four"]);
    let messages = |flags: &[&str]| {
        let mut line = vec!["tail", GROUP, "--no-follow", "--json"];
        line.extend(flags);
        let done = site.run(&desk, &line);
        assert_eq!(done.code, Some(0), "{done:?}");
        let events = lines(&done.stdout).into_iter();
        let words = events.map(|event| event["message"].as_str().unwrap().to_owned());
        words.collect::<Vec<String>>()
    };
    assert_eq!(
        messages(&["--filter", "ERROR"]),
        ["ERROR one", "ERROR three", "ERROR four"]
    );
    assert_eq!(
        messages(&["--match", "t(wo|hree)$"]),
        ["INFO two", "ERROR three"]
    );
    assert_eq!(
        messages(&["--filter", "ERROR", "--limit", "2"]),
        ["ERROR one", "ERROR three"]
    );
    assert!(messages(&["--stream", "b*"]).is_empty());
    assert_eq!(messages(&["--stream", "a"]).len(), 4);
    assert!(messages(&["--since", "9h", "--until", "8h"]).is_empty());
}

#[test]
fn wishes_that_cannot_be_are_refused_before_anything_is_asked() {
    let (desk, site) = (Desk::new(), holding(&["one"]));
    for (flags, words) in [
        (&["--match", "("][..], "regex"),
        (&["--since", "1h", "--until", "2h"], "ends"),
        (&["--since", "2199-01-01T00:00:00Z"], "lies ahead"),
        (
            &["--until", "2h", "--since", "2199-01-01T00:00:00Z"],
            "lies ahead",
        ),
        (&["--since", "yesterday"], "10m"),
        (&["--poll", "--no-follow"], "cannot be used"),
        (&["--stream", "a", "/other/*", "no-op"], "name one"),
        (&["--stream", "a*", "--stream", "b"], "one of them"),
    ] {
        let mut line = vec!["tail", GROUP];
        line.extend(flags);
        site.run(&desk, &line).ends(2, words);
    }
    site.run(&desk, &["tail", "/none", "--no-follow"])
        .ends(1, "iacstone groups");
    site.run(&desk, &["tail", "nope", "--no-follow"]).ends(
        1,
        "No log group in us-east-1 is called 'nope' or '/aws/lambda/nope'",
    );
    site.run(&desk, &["tail", "fields @message", "no-op"])
        .ends(2, "'fields @message' is no log group: a name has no ' '");
    site.run(&desk, &["tail", "/none*"])
        .ends(1, "there is no log group to follow");
    site.run(&desk, &["tail", GROUP, "/none*", "--no-follow"])
        .ends(3, "No log group in us-east-1 is called like '/none*'");
    site.run(&desk, &["tail", "/none"])
        .ends(1, "iacstone groups");
    site.run(&desk, &["tail", GROUP, "--filter", "{ $.a = "])
        .ends(1, "FilterLogEvents");
    desk.run(&["tail", GROUP, "--offline"]).ends(2, "offline");
}

#[test]
fn no_escape_leaves_raw() {
    let hostile = [
        "\u{1b}]0;owned\u{7}title",
        "\u{1b}]52;c;aGk=\u{7}",
        "\u{1b}]8;;https://evil\u{1b}\\link",
        "\u{1b}[2J\u{9b}31m\u{90}dcs\u{9c}",
        "a\rb\u{8}c\0d\u{7f}",
        "\u{202e}gnp.exe\u{2066}\u{200b}\u{feff}",
        "half an escape \u{1b}[",
    ];
    let (desk, site) = (Desk::new(), holding(&hostile));
    for flags in [&["--json"][..], &[]] {
        let mut line = vec!["tail", GROUP, "--no-follow"];
        line.extend(flags);
        let done = site.run(&desk, &line);
        assert_eq!(done.code, Some(0), "{done:?}");
        let raw =
            |it: char| (it.is_control() && it != '\n') || matches!(it, '\u{202e}' | '\u{2066}');
        assert!(!done.stdout.contains(raw), "{done:?}");
        assert_eq!(done.stdout.lines().count(), hostile.len());
        if !flags.is_empty() {
            let events = lines(&done.stdout);
            let told: Vec<&str> = events
                .iter()
                .map(|it| it["message"].as_str().unwrap())
                .collect();
            assert_eq!(told, hostile);
        }
    }
}

#[test]
fn new_events_are_printed_as_they_arrive_until_it_is_interrupted() {
    let (desk, site) = (Desk::new(), holding(&["before"]));
    let mut child = site
        .command(&desk, &["tail", GROUP, "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains("before"), "{line}");
    until("a live session", || site.account.live_sessions() > 0);
    let now_ms = site.account.now_ms();
    site.account
        .put_event(GROUP, "a", now_ms, now_ms + 20, "after");
    line.clear();
    stdout.read_line(&mut line).unwrap();
    assert!(line.contains("after"), "{line}");
    signal(&child, Signal::INT);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(130), "{done:?}");
}

#[test]
fn an_event_that_is_late_says_so_before_its_message() {
    let (desk, site) = (Desk::new(), holding(&["before"]));
    let mut child = site
        .command(&desk, &["tail", GROUP, "--limit", "3"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("a live session", || site.account.live_sessions() > 0);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || lines.next().unwrap().unwrap();
    assert!(next().ends_with(" a before"));
    for (age_ms, words) in [(0, "Z a punctual"), (605_000, "Z a (late by ")] {
        let now_ms = site.account.now_ms();
        site.account
            .put_event(GROUP, "a", now_ms - age_ms, now_ms + 20, "punctual");
        let line = next();
        assert!(line.contains(words), "{line}");
    }
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_goes_away_ends_it_without_a_word() {
    let (desk, site) = (Desk::new(), Site::fast());
    let mut child = site
        .command(&desk, &["tail", "/demo/firehose"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let words = String::from_utf8(done.stderr).unwrap();
    assert!(!words.contains("iacstone:"), "{words}");
}

#[test]
fn a_reader_that_does_not_read_does_not_keep_it_from_ending() {
    let (desk, site) = (Desk::new(), Site::fast());
    let mut child = site
        .command(&desk, &["tail", "/demo/firehose", "--since", "2m"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    child
        .stdout
        .as_mut()
        .unwrap()
        .read_exact(&mut first)
        .unwrap();
    signal(&child, Signal::INT);
    until("its end", || child.try_wait().unwrap().is_some());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn without_the_right_to_live_sessions_it_polls_and_says_why() {
    let (desk, site) = (Desk::new(), holding(&["before"]));
    site.account
        .set_faults(Faults::parse("StartLiveTail=access-denied").unwrap());
    let done = site.run(&desk, &["tail", GROUP, "/demo/firehose", "--limit", "1500"]);
    done.ends(0, "logs:StartLiveTail");
    assert_eq!(done.stdout.lines().count(), 1_500);
    assert!(done.stdout.contains(" /demo/firehose "), "{done:?}");
}

#[test]
fn a_function_stands_for_its_group() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(
        &desk,
        &["tail", "hash-*", "--no-follow", "--json", "--limit", "50"],
    );
    done.ends(0, "");
    let events = lines(&done.stdout);
    assert_eq!(events.len(), 50);
    let group = |event: &Value| event["group"].as_str().unwrap().to_owned();
    assert!(
        events
            .iter()
            .all(|it| group(it).starts_with("/aws/lambda/hash-"))
    );
    assert!(
        events.iter().any(|it| it["request_id"].is_string()),
        "{events:?}"
    );
}
