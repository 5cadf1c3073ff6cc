//! Queries over a handful of events: each command, functions, discovered fields, and what is refused.

use proptest::prelude::*;

use super::cursor::Malformed;
use super::pipeline::Pipeline;
use super::query::Query;
use super::row::{ResultRow, SeenEvent};

/// When the queries are asked, in Unix seconds.
const NOW_S: i64 = 1_795_000_000;

const LAMBDA: [&str; 5] = [
    "START RequestId: a-1 Version: $LATEST",
    "2024-01-01T00:00:00.000Z\t8f507cfc-0000-4697-b07a-ac58fc914c95\tINFO\tuser=ann took 5 ms",
    "END RequestId: a-1",
    "REPORT RequestId: a-1\tDuration: 10.50 ms\tBilled Duration: 11 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 100.25 ms\t",
    "REPORT RequestId: b-2\tDuration: 20.50 ms\tBilled Duration: 21 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t",
];

fn run_on(lines: &[&str], query: &str) -> Vec<Vec<(String, String)>> {
    let query = Query::read(query, NOW_S).unwrap_or_else(|error| panic!("{query}: {error:?}"));
    let mut pipeline = Pipeline::new(&query, 10_000);
    for (at, message) in (0_i64..).zip(lines) {
        pipeline.take(ResultRow::of(&SeenEvent {
            log: "1:/aws/lambda/f",
            stream: "s",
            time_ms: at * 60_000,
            ingested_ms: at * 60_000 + 500,
            message,
            pointer: "p",
        }));
    }
    pipeline.results()
}

/// The rows as texts, columns joined by `|`, without pointers.
fn run(lines: &[&str], query: &str) -> Vec<String> {
    let rows = run_on(lines, query).into_iter().map(|row| {
        let shown = row.into_iter().filter(|(name, _)| name != "@ptr");
        shown.map(|(_, value)| value).collect::<Vec<_>>().join("|")
    });
    rows.collect()
}

fn refused(query: &str) -> Malformed {
    Query::read(query, NOW_S).unwrap_err()
}

#[test]
fn events_come_newest_first_with_time_and_message() {
    let rows = run_on(&["one", "two"], "filter @message like 'o'");
    assert_eq!(rows.len(), 2);
    let newest: Vec<&str> = rows[0].iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(newest, ["@timestamp", "@message", "@ptr"]);
    assert_eq!(rows[0][0].1, "1970-01-01 00:01:00.000");
    assert_eq!(rows[0][1].1, "two");
}

#[test]
fn the_fields_of_reports_are_discovered() {
    let query = "filter @type = \"REPORT\" | sort @duration | display @requestId, @duration, @billedDuration, @initDuration, @memorySize, @maxMemoryUsed";
    assert_eq!(
        run(&LAMBDA, query),
        [
            "a-1|10.5|11|100.25|128000000|64000000",
            "b-2|20.5|21|128000000|70000000"
        ]
    );
    let id = "filter @message like /user=/ | display @requestId";
    assert_eq!(run(&LAMBDA, id), ["8f507cfc-0000-4697-b07a-ac58fc914c95"]);
}

#[test]
fn json_fields_are_discovered_by_their_paths() {
    let lines = [
        r#"{"level":"ERROR","a":{"b":[5,{"c":"x"}]},"ok":true,"none":null}"#,
        "text",
        "{broken",
    ];
    assert_eq!(
        run(
            &lines,
            "filter level = 'ERROR' | fields a.b.0, a.b.1.c, ok, none"
        ),
        ["5|x|1"]
    );
    assert_eq!(
        run(&lines, "filter ispresent(level) | stats count(*)"),
        ["1"]
    );
}

#[test]
fn filters_compare_match_and_combine() {
    for (condition, rows) in [
        ("@duration > 15", 1),
        ("@duration >= 10.5 and @duration <= 20.5", 2),
        ("@duration < 15 or @type = 'END'", 2),
        ("@type in ['START', 'END']", 2),
        ("@type not in ['START', 'END'] and ispresent(@type)", 2),
        ("not (@type = 'END')", 4),
        ("@message like /^REPORT .*Init/", 1),
        ("@message not like \"REPORT\"", 3),
        ("@message =~ /(?i)report/", 2),
        ("@type != 'REPORT'", 3),
        ("@maxMemoryUsed / 1000 / 1000 = 64", 1),
        ("2 ^ 3 = 8 and 7 % 4 = 3 and -2 + 5 * 2 = 8", 5),
        (
            "strlen(@logStream) = 1 and toupper('a') = 'A' and strcontains(@log, 'lambda')",
            5,
        ),
    ] {
        assert_eq!(
            run(&LAMBDA, &format!("filter {condition}")).len(),
            rows,
            "{condition}"
        );
    }
}

#[test]
fn parse_takes_fields_by_globs_and_by_expressions() {
    assert_eq!(
        run(
            &LAMBDA,
            "parse @message 'user=* took * ms' as user, took | filter took = 5 | display user, took"
        ),
        ["ann|5"]
    );
    assert_eq!(
        run(
            &LAMBDA,
            r"parse @message /user=(?<user>\w+) took (?<took>\d+)/ | filter ispresent(user) | display user, took * 2 as twice"
        ),
        ["ann|10"]
    );
    assert_eq!(
        run(&["a=1 b=2 3"], "parse 'a=* b=*' as a, b | display a, b"),
        ["1|2 3"]
    );
}

#[test]
fn stats_aggregate_all_rows_or_groups() {
    let all = "filter @type = 'REPORT' | stats count(*) as n, avg(@duration), min(@duration), max(@duration), sum(@billedDuration), count(@initDuration), count_distinct(@requestId), pct(@duration, 50), stddev(@duration), latest(@requestId), earliest(@requestId)";
    assert_eq!(
        run(&LAMBDA, all),
        ["2|15.5|10.5|20.5|32|1|2|15.5|5|b-2|a-1"]
    );
    assert_eq!(
        run(&LAMBDA, "stats count(*) as n by @type | sort n desc, @type"),
        ["REPORT|2", "END|1", "START|1", "1"]
    );
    assert_eq!(run(&[], "stats count(*), avg(x)"), ["0"]);
    assert_eq!(run(&[], "stats count(*) by x"), [""; 0]);
}

#[test]
fn stats_calculate_with_aggregates_and_with_names_given_before() {
    let query = "stats max(@memorySize / 1000 / 1000) as given, max(@maxMemoryUsed / 1000 / 1000) as used, given - used as spare, ceil(avg(@duration)) as round";
    assert_eq!(run(&LAMBDA, query), ["128|70|58|16"]);
}

#[test]
fn bins_are_columns_called_as_they_are_written() {
    let rows = run_on(
        &LAMBDA,
        "stats count(*) by bin(2m) | sort bin(2m) desc | limit 2",
    );
    assert_eq!(
        rows[0][0],
        ("bin(2m)".to_owned(), "1970-01-01 00:04:00.000".to_owned())
    );
    assert_eq!(
        rows[1],
        [
            ("bin(2m)".to_owned(), "1970-01-01 00:02:00.000".to_owned()),
            ("count(*)".to_owned(), "2".to_owned())
        ]
    );
}

#[test]
fn a_second_stats_sums_up_the_first() {
    assert_eq!(
        run(
            &LAMBDA,
            "stats count(*) as n by @type | stats max(n), count(*)"
        ),
        ["2|4"]
    );
}

#[test]
fn sort_limit_and_dedup_work_on_all_rows() {
    assert_eq!(
        run(
            &["3", "1", "2"],
            "parse '*' as n | sort n asc | limit 2 | display n"
        ),
        ["1", "2"]
    );
    assert_eq!(
        run(&["a", "b", "a"], "dedup @message | display @message"),
        ["a", "b"]
    );
    assert_eq!(
        run(&["1", "2", "3"], "limit 2 | display @message"),
        ["3", "2"]
    );
}

#[test]
fn dates_are_rounded_and_the_time_of_the_question_is_known() {
    let query = "filter @message = 'b' | display datefloor(@timestamp, 1h) as down, dateceil(@timestamp, 1h) as up, \
        dateceil(3600000, 1h) as same, datefloor(toMillis(@timestamp), 1y) as year, now() - 1 as before";
    assert_eq!(
        run(&["a", "b"], query),
        [
            "1970-01-01 00:00:00.000|1970-01-01 01:00:00.000|1970-01-01 01:00:00.000|1970-01-01 00:00:00.000|1794999999"
        ]
    );
}

#[test]
fn texts_are_trimmed_and_addresses_looked_into() {
    for (expression, value) in [
        ("trim('  a ')", "a"),
        ("ltrim('xxaxx', 'x')", "axx"),
        ("rtrim('xxaxx', 'x')", "xxa"),
        ("trim('xyaxy', 'xy')", "a"),
        ("unmask(@message)", "m"),
        ("isValidIp('::1')", "1"),
        ("isValidIpv4('::1')", "0"),
        ("isValidIpv6('10.0.0.1')", "0"),
        ("isIpInSubnet('10.1.2.3', '10.0.0.0/8')", "1"),
        ("isIpv4InSubnet('11.1.2.3', '10.0.0.0/8')", "0"),
        ("isIpv6InSubnet('fe80::1', 'fe80::/10')", "1"),
        ("isIpInSubnet('fe80::1', '0.0.0.0/0')", "0"),
        ("isIpInSubnet('10.1.2.3', '0.0.0.0/0')", "1"),
        ("isIpInSubnet('10.1.2.3', '10.0.0.0/33')", "0"),
    ] {
        assert_eq!(
            run(&["m"], &format!("display {expression}")),
            [value],
            "{expression}"
        );
    }
    assert_eq!(
        run(
            &["b", "a", "c"],
            "stats sortsFirst(@message), sortsLast(@message)"
        ),
        ["a|c"]
    );
}

#[test]
fn a_record_has_every_field_and_times_in_milliseconds() {
    let record = ResultRow::of(&SeenEvent {
        log: "1:/aws/lambda/f",
        stream: "s",
        time_ms: 60_000,
        ingested_ms: 60_500,
        message: r#"{"a":{"b":[5]}}"#,
        pointer: "p",
    })
    .record();
    let record: Vec<(&str, &str)> = record
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    assert_eq!(
        record,
        [
            ("@timestamp", "60000"),
            ("@message", r#"{"a":{"b":[5]}}"#),
            ("@logStream", "s"),
            ("@log", "1:/aws/lambda/f"),
            ("@ingestionTime", "60500"),
            ("a.b.0", "5"),
        ]
    );
}

#[test]
fn comments_and_line_ends_are_passed_over() {
    assert_eq!(run(&["a"], "# all\nfields @message # it\n| limit 1"), ["a"]);
}

#[test]
fn the_newest_rows_are_kept_when_there_are_too_many() {
    let lines: Vec<String> = (0..25_000).map(|n| n.to_string()).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let rows = run(&lines, "display @message");
    assert_eq!(
        (rows.len(), rows[0].as_str(), rows[9_999].as_str()),
        (10_000, "24999", "15000")
    );
    let smallest = run(&lines, "parse '*' as n | sort n | limit 1 | display n");
    assert_eq!(smallest, ["0"]);
}

#[test]
fn what_is_no_query_is_refused_at_its_place() {
    for (query, position, words) in [
        ("", 0, "the end of the query"),
        (
            "fiels @message",
            0,
            "unexpected symbol found f at line 1 and position 0",
        ),
        ("fields @message |", 17, "the end of the query"),
        (
            "fields @message\n| pattern @message",
            18,
            "the simulated account does not run 'pattern', at line 2 and position 2",
        ),
        (
            "filter jsonParse(a) = 1",
            7,
            "there is no function 'jsonparse' here, at line 1 and position 7",
        ),
        ("filter", 6, "the end of the query"),
        ("filter a = ", 11, "the end of the query"),
        ("fields a\n| filter (b = 1", 24, "at line 2 and position 15"),
        ("filter a like b", 14, "unexpected symbol found b"),
        ("filter a like /[/", 14, "invalid regular expression"),
        ("filter a not 5", 13, "unexpected symbol found 5"),
        ("filter nosuch(a)", 7, "there is no function 'nosuch'"),
        ("filter strcontains(a)", 7, "at least 2"),
        ("stats a by b", 12, "at least one aggregate"),
        ("stats pct(a, 101)", 13, "from 0 to 100"),
        ("stats count(*) by bin(5z)", 22, "no period 'z'"),
        ("limit 0", 6, "from 1 to 10000"),
        ("limit 10001", 6, "from 1 to 10000"),
        ("parse '* *' as a", 6, "2 wildcards and 1 names"),
        ("parse /a/", 6, "names no field"),
        ("fields 'open", 7, "unexpected symbol found '"),
        ("fields a ! b", 9, "unexpected symbol found !"),
    ] {
        let malformed = refused(query);
        assert!(malformed.message.contains(words), "{query}: {malformed:?}");
        assert_eq!(malformed.start, position, "{query}: {malformed:?}");
    }
    assert!(
        refused(&format!("filter {}", "(".repeat(5000)))
            .message
            .contains("nested too deep")
    );
}

proptest! {
    #[test]
    fn no_query_makes_it_panic(query in "\\PC{0,80}") {
        let _ = Query::read(&query, NOW_S);
    }

    #[test]
    fn no_query_of_its_own_words_makes_it_panic(words in proptest::collection::vec(0_usize..40, 0..14)) {
        let all = ["fields", "filter", "parse", "stats", "sort", "limit", "display", "dedup", "|", ",", "(", ")", "[", "]",
            "a", "@timestamp", "@message", "count(*)", "pct(", "avg(", "bin(5m)", "by", "as", "and", "or", "not", "in", "like",
            "/a(?<b>.)/", "'*'", "\"x", "1", "9e99", "=", "!=", "<", "+", "-", "/", "^"];
        let query = words.iter().map(|&at| all[at]).collect::<Vec<_>>().join(" ");
        if Query::read(&query, NOW_S).is_ok() {
            run(&LAMBDA, &query);
        }
    }
}
