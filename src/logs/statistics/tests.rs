//! Figures about invocations: what is counted, what is skipped, how percentiles are computed.

use super::series::{MAX_KEPT, ValueSeries};
use super::*;

fn of(lines: &[String]) -> InvocationSummary {
    let mut statistics = Statistics::new();
    for (at, line) in (0_i64..).zip(lines) {
        statistics.take("s", line, at * 100_000);
    }
    statistics.summary()
}

fn report(id: u32, duration: f64, rest: &str) -> String {
    format!(
        "REPORT RequestId: r-{id}\tDuration: {duration:.2} ms\tBilled Duration: {:.0} ms\tMemory Size: 512 MB\tMax Memory Used: {} MB\t{rest}",
        duration.ceil(),
        60 + id
    )
}

#[test]
fn nothing_gives_nothing() {
    let summary = of(&[]);
    let nothing = InvocationSummary {
        of_runs: Some(0),
        ..InvocationSummary::default()
    };
    assert_eq!(summary, nothing);
    assert_eq!(summary.duration, None);
}

#[test]
fn initialisations_that_went_wrong_are_counted_beside_the_invocations() {
    let init = |end: &str| format!("INIT_REPORT Init Duration: 10007.33 ms\tPhase: {end}");
    let summary = of(&[
        init("init\tStatus: timeout"),
        init("init\tStatus: error"),
        init("init"),
        init("invoke\tStatus: timeout"),
        report(1, 10.0, ""),
    ]);
    assert_eq!((summary.init_failures, summary.invocations), (2, 1));
    assert_eq!((summary.errors, summary.timeouts), (0, 0));
}

#[test]
fn cold_and_warm_invocations_are_counted_and_not_mixed() {
    let summary = of(&[
        report(1, 10.0, ""),
        report(2, 20.0, "Init Duration: 150.00 ms\t"),
        report(
            3,
            30.0,
            "Restore Duration: 400.00 ms\tBilled Restore Duration: 75 ms\t",
        ),
    ]);
    assert_eq!(
        (summary.invocations, summary.cold_starts, summary.restores),
        (3, 1, 1)
    );
    assert_eq!(summary.duration.unwrap().avg, 20.0);
    assert_eq!(summary.init.unwrap().at(Percentile::P50), 150.0);
    assert_eq!(
        (summary.init.unwrap().count, summary.restore.unwrap().count),
        (1, 1)
    );
    assert_eq!(summary.billed_ms, Some(135.0));
    assert_eq!(summary.billed_cold_ms, Some(20.0));
    assert_eq!(
        (summary.memory_mb, summary.max_memory_used_mb),
        (Some(512), Some(63))
    );
}

#[test]
fn missing_figures_are_skipped_and_not_taken_as_zero() {
    let bare = |id: u32| {
        format!(
            r#"{{"type":"platform.report","record":{{"requestId":"j-{id}","status":"success"}}}}"#
        )
    };
    let summary = of(&[bare(1), report(1, 40.0, ""), bare(2)]);
    assert_eq!(summary.invocations, 3);
    let duration = summary.duration.unwrap();
    assert_eq!(
        (duration.count, duration.avg, duration.at(Percentile::P10)),
        (1, 40.0, 40.0)
    );
    assert_eq!(summary.init, None);
}

#[test]
fn errors_and_time_outs_are_counted_once_for_each_invocation() {
    let summary = of(&[
        "START RequestId: r-1 Version: 1".into(),
        "2024-01-01T00:00:00Z\tr-1\tERROR\tInvoke Error \t{\"errorType\":\"E\"}".into(),
        "2024-01-01T00:00:00Z\tr-1\tERROR\tInvoke Error \t{\"errorType\":\"E\"}".into(),
        "END RequestId: r-1".into(),
        report(1, 5.0, ""),
        report(2, 3000.0, "Status: timeout\t"),
        "2024-01-01T00:00:00Z r-2 Task timed out after 3.00 seconds".into(),
        report(3, 5.0, "Status: error\tError Type: Runtime.ExitError\t"),
        "START RequestId: r-4 Version: 1".into(),
    ]);
    assert_eq!((summary.errors, summary.timeouts), (2, 1));
    assert_eq!((summary.invocations, summary.unfinished), (3, 1));
}

#[test]
fn an_error_line_before_its_report_counts_when_only_these_were_fetched() {
    let summary = of(&[
        "2024-01-01T00:00:00Z\tr-1\tERROR\tInvoke Error \t{}".into(),
        report(1, 5.0, ""),
        "[ERROR] KeyError: 'x'".into(),
        report(2, 5.0, ""),
        report(3, 5.0, ""),
    ]);
    assert_eq!(
        (summary.invocations, summary.errors, summary.unfinished),
        (3, 2, 0)
    );
}

#[test]
fn provisioned_concurrency_is_a_series_of_its_own() {
    let summary = of(&[
        "INIT_START Runtime Version: x".into(),
        "INIT_REPORT Init Duration: 800.00 ms\tPhase: init".into(),
        report(1, 5.0, "Init Duration: 800.00 ms\t"),
        report(2, 5.0, "Init Duration: 100.00 ms\t"),
    ]);
    assert_eq!(summary.cold_starts, 1);
    assert_eq!(summary.init.unwrap().avg, 100.0);
    assert_eq!(summary.ahead_init.unwrap().avg, 800.0);
    assert_eq!(summary.ahead_init.unwrap().count, 1);
}

#[test]
fn percentiles_interpolate_between_ranks() {
    let mut series = ValueSeries::default();
    for value in [4.0, 1.0, 3.0, 2.0] {
        series.add(Some(value));
    }
    let spread = series.spread().unwrap();
    let at = |percentile| spread.at(percentile);
    assert_eq!(
        (
            at(Percentile::P25),
            at(Percentile::P50),
            at(Percentile::P75)
        ),
        (1.75, 2.5, 3.25)
    );
    assert!((at(Percentile::P90) - 3.7).abs() < 1e-12);
    assert!((at(Percentile::P10) - 1.3).abs() < 1e-12);
    assert_eq!(spread.share, Share::All);
}

#[test]
fn a_series_stays_within_its_bound_and_says_so() {
    let mut series = ValueSeries::default();
    let count = u32::try_from(MAX_KEPT).unwrap() * 2 + 10;
    for value in 0..count {
        series.add(Some(f64::from(value)));
    }
    let spread = series.spread().unwrap();
    assert_eq!(spread.count, u64::from(count));
    assert_eq!(spread.avg, f64::from(count - 1) / 2.0);
    assert_eq!(spread.share, Share::OneOf(4));
    assert!(
        (spread.at(Percentile::P99) / f64::from(count) - 0.99).abs() < 1e-4,
        "{}",
        spread.at(Percentile::P99)
    );
}

#[test]
fn invocations_beyond_the_folders_memory_are_still_counted() {
    let lines: Vec<String> = (0..u32::try_from(UNSETTLED).unwrap() + 100)
        .map(|id| report(id, 1.0, ""))
        .collect();
    let summary = of(&lines);
    assert_eq!(summary.invocations, lines.len() as u64);
    assert_eq!(summary.duration.unwrap().count, lines.len() as u64);
}

#[test]
fn failed_initialisations_are_counted_beside_the_invocations() {
    let summary = of(&[
        "INIT_REPORT Init Duration: 9999.00 ms\tPhase: init\tStatus: timeout".into(),
        report(1, 5.0, ""),
        report(2, 5.0, ""),
    ]);
    assert_eq!((summary.init_failures, summary.invocations), (1, 2));
    let memory_time = summary.memory_time;
    assert_eq!(memory_time.megabyte_ms, 2.0 * 5.0 * 512.0);
    assert_eq!(memory_time.invocations, 2);
}

#[test]
fn a_percentile_needs_so_many_values_that_one_is_beyond_it() {
    let needs = Percentile::ALL.map(Percentile::needs);
    assert_eq!(needs, [10, 4, 2, 4, 10, 100]);
    let spread = |count: u32| {
        let mut series = ValueSeries::default();
        for value in 1..=count {
            series.add(Some(f64::from(value)));
        }
        series.spread().unwrap()
    };
    assert_eq!(spread(99).told(Percentile::P99), None);
    assert!(spread(100).told(Percentile::P99).is_some());
    assert_eq!(spread(9).told(Percentile::P90), None);
}

#[test]
fn the_shape_of_a_series_is_told_on_a_logarithmic_scale() {
    let mut series = ValueSeries::default();
    for value in [1.0, 10.0, 100.0, 1_000.0, 1_000_000_000_000.0] {
        series.add(Some(value));
    }
    let shape = series.spread().unwrap().shape.unwrap();
    assert_eq!((shape.least, shape.most), (1.0, 1e12));
    assert_eq!(shape.counts, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    let mut zeros = ValueSeries::default();
    zeros.add(Some(0.0));
    zeros.add(Some(0.0));
    assert_eq!(zeros.spread().unwrap().shape.unwrap().counts[0], 2);
}

#[test]
fn invocations_at_one_memory_size_count_alone() {
    let mut statistics = Statistics::new().at(MemoryMb::new(512).ok());
    let other = report(3, 900.0, "").replace("512 MB", "1024 MB");
    for (at, line) in (0_i64..).zip([report(1, 100.0, ""), other, report(2, 300.0, "")]) {
        statistics.take("s", &line, at * 100_000);
    }
    // One that has not ended has no size yet.
    statistics.take("s", "START RequestId: r-9 Version: 1", 900_000);
    let summary = statistics.summary();
    assert_eq!((summary.invocations, summary.unfinished), (2, 0));
    assert_eq!(summary.duration.map(|it| it.avg), Some(200.0));
}

proptest::proptest! {
    /// What a tuning run does leaves the figures of the function as they were.
    #[test]
    fn the_figures_are_the_same_before_and_after_a_run(
        durations in proptest::collection::vec((1.0_f64..5_000.0, proptest::bool::ANY), 1..60)
    ) {
        let run = RunVersion {
            run: crate::power::RunId("r1".to_owned()),
            name: None,
            function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:f".to_owned(),
            version: "7".to_owned(),
            from_ms: 0,
            to_ms: None,
        };
        let home = crate::logs::Home::of_arn(&run.function_arn).unwrap();
        let runs = || RunVersions::of_group("/aws/lambda/f", &home, vec![run.clone()]);
        let (mut before, mut after) = (Statistics::without(runs()), Statistics::without(runs()));
        let mut of_run = 0;
        for (number, (duration, is_of_run)) in (0..).zip(&durations) {
            let (line, time_ms) = (report(number, *duration, ""), i64::from(number) * 1_000);
            if *is_of_run {
                of_run += 1;
                after.take("2026/11/30/[7]ab", &line, time_ms);
            } else {
                before.take("2026/11/30/[$LATEST]cd", &line, time_ms);
                after.take("2026/11/30/[$LATEST]cd", &line, time_ms);
            }
        }
        let expected = InvocationSummary { of_runs: Some(of_run), ..before.summary() };
        proptest::prop_assert_eq!(after.summary(), expected);
    }
}
