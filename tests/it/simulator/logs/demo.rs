//! The demo's traffic: history before the start, always the same, and the measured percentiles.

use super::*;
use iacstone::lambda::report::{self, Report};

const DAY_MS: i64 = 24 * 3_600_000;

/// The value below which so many of a hundred sorted numbers lie.
fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted[percent * (sorted.len() - 1) / 100]
}

fn reports(account: &Account, function: &str) -> Vec<Report> {
    let now_ms = account.now_ms();
    let group = format!("/aws/lambda/{function}");
    let events = account.events_between(&group, now_ms - DAY_MS, now_ms);
    events
        .filter_map(|event| report::parse_line(&event.message))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_day_of_hashing_has_the_percentiles_of_the_articles() {
    let expected = [
        (
            "hash-bun",
            [2.610, 6.855, 15.190, 37.531, 68.230],
            [500.075, 512.706, 527.048, 546.935, 603.223],
        ),
        (
            "hash-deno",
            [2.167, 2.359, 6.692, 15.699, 19.836],
            [184.607, 191.996, 203.221, 218.661, 297.237],
        ),
        (
            "hash-node",
            [1.951, 2.156, 8.052, 20.831, 56.711],
            [145.555, 147.338, 151.067, 154.884, 159.869],
        ),
    ];
    for seed in [1, 7, 99] {
        let account = Account::new(AccountOptions { seed, ..options() });
        pass(7_654 * seed).await;
        for (function, duration, init) in expected {
            let reports = reports(&account, function);
            assert!(reports.len() > 3_000, "{function}: {}", reports.len());
            let mut durations: Vec<f64> = reports.iter().filter_map(|r| r.duration_ms).collect();
            let mut inits: Vec<f64> = reports.iter().filter_map(|r| r.init_ms).collect();
            let cold = inits.len() as f64 / reports.len() as f64;
            assert!((0.0513..0.0567).contains(&cold), "{function}: {cold}");
            for (found, given) in [(&mut durations, duration), (&mut inits, init)] {
                found.sort_by(f64::total_cmp);
                for (percent, given) in [10, 25, 50, 75, 90].into_iter().zip(given) {
                    let off = percentile(found, percent) / given - 1.0;
                    assert!(off.abs() < 0.05, "{function} p{percent}: {off}");
                }
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_other_functions_have_errors_timeouts_kills_and_restores() {
    let account = Account::new(options());
    let now_ms = account.now_ms();
    let count = |function: &str, part: &str| {
        let group = format!("/aws/lambda/{function}");
        let events = account.events_between(&group, now_ms - DAY_MS, now_ms);
        events.filter(|event| event.message.contains(part)).count()
    };
    let calls = count("flaky", "REPORT RequestId");
    assert!((2_800..2_900).contains(&calls), "{calls}");
    assert!((100..190).contains(&count("flaky", "Invoke Error")));
    assert!((15..50).contains(&count("flaky", "Task timed out after 3.00 seconds")));
    assert!(count("memory-hungry", "signal: killed") > 20);
    let cut_off = "INIT_REPORT Init Duration: 10000.00 ms\tPhase: init\tStatus: timeout";
    let cut_off = count("third-party-api", cut_off);
    assert!((2..20).contains(&cut_off), "{cut_off}");
    assert!(count("snapstart-api", "RESTORE_REPORT Restore Duration") > 50);
    assert!(count("json-logs", "\"type\":\"platform.report\"") > 1_000);
    assert_eq!(count("json-logs", "REPORT RequestId"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_event_is_the_same_on_every_page_and_in_every_answer() {
    let account = Account::new(options());
    let client = client(&account);
    for group in [
        "/demo/firehose",
        "/ecs/alpha/default",
        "/aws/lambda/hash-bun",
    ] {
        let length_ms = if group == "/demo/firehose" {
            3_000
        } else {
            600_000
        };
        let from = account.now_ms() - 3_600_000;
        let question = client
            .filter_log_events()
            .log_group_name(group)
            .start_time(from)
            .end_time(from + length_ms);
        let (large, _) = pages(question.clone(), 10).await;
        let (small, ended) = pages(question.clone().limit(97), 200).await;
        let (large, small) = (large.concat(), small.concat());
        assert!(ended && large == small, "{group}");
        assert!(
            large.len() > 20 && distinct_ids(&large) == large.len(),
            "{group}"
        );
        let (mut back, _) = pages(question.start_from_head(false).limit(500), 200).await;
        for page in &mut back {
            page.reverse();
        }
        back.reverse();
        assert_eq!(back.concat(), large, "{group}");
        let one = &large[large.len() / 2];
        let stream = client.get_log_events().log_group_name(group);
        let stream = stream.log_stream_name(one.log_stream_name().unwrap());
        let at = one.timestamp().unwrap();
        let read = stream.start_time(at).end_time(at + 1).send().await.unwrap();
        let same = |e: &aws_sdk_cloudwatchlogs::types::OutputLogEvent| {
            e.message() == one.message() && e.ingestion_time() == one.ingestion_time()
        };
        assert!(read.events().iter().any(same), "{group}");
        let direct = account.events_between(group, at, at + 1);
        assert!(
            direct
                .map(|e| e.id(group))
                .any(|id| Some(id.as_str()) == one.event_id())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_minute_of_the_firehose_comes_in_bounded_pages_without_a_gap() {
    let account = Account::new(options());
    let client = client(&account);
    let from = account.now_ms() - 3_600_000;
    let question = client.filter_log_events().log_group_name("/demo/firehose");
    let question = question.start_time(from).end_time(from + 60_000 - 1);
    let (pages, ended) = pages(question, 200).await;
    assert!(ended);
    let (mut last, mut count) = (None, 0);
    for page in &pages {
        let bytes: usize = page.iter().filter_map(|e| e.message()).map(str::len).sum();
        assert!(page.len() <= 10_000 && bytes <= 1_048_576, "{bytes}");
        for event in page {
            let text = event.message().unwrap().split(' ').next();
            let found = number(text);
            assert_eq!(found, last.map_or(found, |last: i64| last + 1));
            (last, count) = (Some(found), count + 1);
        }
    }
    assert_eq!(count, 60_000);
}

#[tokio::test(start_paused = true)]
async fn a_search_for_what_is_rare_has_empty_pages() {
    let account = Account::new(options());
    let client = client(&account);
    let question = client
        .filter_log_events()
        .log_group_name("/demo/firehose")
        .start_time(account.now_ms() - 300_000)
        .filter_pattern("\"never said\"");
    let (pages, ended) = pages(question, 50).await;
    assert!(ended && pages.len() > 5, "{}", pages.len());
    assert!(pages.iter().all(Vec::is_empty));
}

#[tokio::test(start_paused = true)]
async fn an_invocation_is_in_its_group_at_once() {
    let account = Account::new(options());
    let functions = super::super::client(&account);
    let request = functions
        .invoke()
        .function_name("arm-worker")
        .send()
        .await
        .unwrap();
    let id = aws_sdk_lambda::operation::RequestId::request_id(&request).unwrap();
    let client = client(&account);
    let read = client
        .filter_log_events()
        .log_group_name("/aws/lambda/arm-worker");
    let read = read.start_time(account.now_ms() - 60_000);
    let read = read
        .filter_pattern(format!("\"{id}\""))
        .send()
        .await
        .unwrap();
    let messages: Vec<_> = read.events().iter().filter_map(|e| e.message()).collect();
    assert!(
        messages.iter().any(|m| m.starts_with("REPORT")),
        "{messages:?}"
    );
}
