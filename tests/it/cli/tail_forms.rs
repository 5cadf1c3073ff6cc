//! `tail`: the form of its lines, what is around a match, secrets, and patterns the server decides about.

use super::{Desk, Done, Site};

const GROUP: &str = "/test/forms";

/// What `tail --no-follow` prints of a stream of these messages, a second apart.
fn tail(messages: &[&str], flags: &[&str]) -> Done {
    let site = Site::fast();
    let now_ms = site.account.now_ms();
    for (age, message) in (1..).zip(messages.iter().rev()) {
        let time_ms = now_ms - age * 1_000;
        site.account
            .put_event(GROUP, "a", time_ms, time_ms + 50, message);
    }
    let line = [&["tail", GROUP, "--no-follow"], flags].concat();
    site.run(&Desk::new(), &line)
}

#[test]
fn a_format_names_fields_and_what_stands_between_them() {
    let done = tail(
        &["[ERROR] one", "two\u{200b}\n lines"],
        &["--format", r"{level}\t{stream}: {message}"],
    );
    done.ends(0, "");
    assert_eq!(
        done.stdout,
        "error\ta: [ERROR] one\n\ta: two\\u{200b}\n     lines\n"
    );
    tail(&[], &["--format", "{when}"]).ends(2, "the fields are time,");
    tail(&[], &["--format", "{time}", "--json"]).ends(2, "cannot be used");
}

#[test]
fn a_match_is_printed_with_what_is_around_it() {
    let messages = ["1", "2", "hit 3", "4", "5", "6", "hit 7", "8", "9"];
    let around = ["--match", "hit", "--context", "1", "--format", "{message}"];
    let done = tail(&messages, &around);
    assert_eq!(done.stdout, "2\nhit 3\n4\n--\n6\nhit 7\n8\n");
    let done = tail(&messages, &["--match", "hit", "--context", "1", "--json"]);
    assert_eq!(done.stdout.lines().count(), 6, "no rule in JSON: {done:?}");
    tail(&messages, &["--context", "1"]).ends(2, "--match");
}

#[test]
fn secrets_are_told_once_or_taken_out() {
    let messages = ["dsn postgres://user:pw@db/x", "password=hunter2 again"];
    let done = tail(&messages, &[]);
    assert!(done.stdout.contains("user:pw@db") && done.stdout.contains("hunter2"));
    assert_eq!(done.stderr.matches("--redact").count(), 1, "{done:?}");
    for flags in [&["--redact"][..], &["--redact", "--json"]] {
        let done = tail(&messages, flags);
        assert_eq!(done.stdout.matches("[redacted]").count(), 2, "{done:?}");
        assert!(!done.stdout.contains("pw@") && !done.stdout.contains("hunter2"));
        assert!(!done.stderr.contains("secret"), "{done:?}");
    }
    assert!(
        !tail(&["password is required"], &[])
            .stderr
            .contains("--redact")
    );
}

#[test]
fn a_pipe_gets_no_colours() {
    let done = tail(&["one"], &["--highlight", "one"]);
    assert!(done.stdout.ends_with(" a one\n"), "{done:?}");
}

#[test]
fn times_without_a_zone_are_local() {
    let lines = |since: &str| tail(&["one"], &["--since", since]).stdout.lines().count();
    assert_eq!((lines("2020-01-31 08:00"), lines("2020-01-31")), (1, 1));
    tail(&["one"], &["--since", "2200-01-31 08:00"]).ends(2, "lies ahead");
}

#[test]
fn patterns_reach_the_server_whether_or_not_they_are_understood() {
    let messages = [
        r#"{"list":[{"id":1},{"id":2}]}"#,
        r#"{"list":[{"id":3}]}"#,
        "shutting down",
    ];
    for (pattern, line) in [
        ("{ $.list[*].id = 2 }", messages[0]),
        ("%^starting|^shutting down%", messages[2]),
    ] {
        let done = tail(&messages, &["--filter", pattern, "--format", "{message}"]);
        assert_eq!(done.stdout, format!("{line}\n"), "{done:?}");
        assert!(!done.stderr.contains("--filter"), "{done:?}");
    }
    let done = tail(&messages, &["--filter", "shutting-down"]);
    done.ends(1, "FilterLogEvents");
    done.ends(1, "not understood at column 1");
    done.ends(1, "CloudWatch Logs decides");
}
