//! Folding: whose line is it, and what is known about each invocation.

use proptest::prelude::*;

use super::*;

/// A folder that was fed these lines of stream `s`, one each 10 ms, and the invocations they belong to.
fn fold(lines: &[&str]) -> (Folder, Vec<Option<u64>>) {
    let mut folder = Folder::new(100);
    let owners = (0_i64..).zip(lines).map(|(at, line)| {
        let taken = folder.take("s", line, at * 10);
        taken.invocation.map(|id| id.0)
    });
    let owners = owners.collect();
    (folder, owners)
}

fn rows(folder: &Folder) -> Vec<Invocation> {
    folder.invocations().map(|(_, row)| row.clone()).collect()
}

const START_A: &str = "START RequestId: a-1 Version: 7";
const END_A: &str = "END RequestId: a-1";
const REPORT_A: &str =
    "REPORT RequestId: a-1\tDuration: 30.00 ms\tBilled Duration: 31 ms\tMemory Size: 128 MB\t";

#[test]
fn a_cold_invocation_is_one_row_from_its_initialisation_on() {
    let report = format!("{REPORT_A}Init Duration: 100.00 ms\t");
    let (folder, owners) = fold(&[
        "INIT_START Runtime Version: x",
        "loading",
        START_A,
        "hello",
        END_A,
        &report,
        "after",
    ]);
    assert_eq!(
        owners,
        [Some(0), Some(0), Some(0), Some(0), Some(0), Some(0), None]
    );
    let rows = rows(&folder);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].request_id.as_deref(), Some("a-1"));
    assert_eq!(rows[0].version.as_deref(), Some("7"));
    assert_eq!((rows[0].started_ms, rows[0].ended_ms), (Some(20), Some(50)));
    assert_eq!(rows[0].start(), EnvironmentStart::Cold);
    assert_eq!(rows[0].outcome(), InvocationOutcome::Succeeded);
    assert_eq!(rows[0].init_ms(), Some(100.0));
    assert_eq!(rows[0].lines, 6);
}

#[test]
fn each_state_on_the_way_has_a_name() {
    let lines = ["INIT_START Runtime Version: x", START_A, END_A, REPORT_A];
    let states = (1..=lines.len()).map(|seen| rows(&fold(&lines[..seen]).0)[0].outcome());
    let states: Vec<InvocationOutcome> = states.collect();
    assert_eq!(
        states,
        [
            InvocationOutcome::Starting,
            InvocationOutcome::Running,
            InvocationOutcome::Succeeded,
            InvocationOutcome::Succeeded
        ]
    );
}

#[test]
fn invocations_that_interleave_in_one_stream_are_told_apart_by_their_ids() {
    let (folder, owners) = fold(&[
        START_A,
        "START RequestId: b-2 Version: 7",
        "2024\ta-1\tINFO\tx",
        r#"{"requestId":"b-2","message":"y"}"#,
        "nobody's",
        END_A,
        REPORT_A,
        "b's alone",
        "END RequestId: b-2",
        "REPORT RequestId: b-2\tDuration: 1.00 ms\t",
    ]);
    assert_eq!(
        owners,
        [
            Some(0),
            Some(1),
            Some(0),
            Some(1),
            None,
            Some(0),
            Some(0),
            Some(1),
            Some(1),
            Some(1)
        ]
    );
    assert!(rows(&folder).iter().all(|row| row.report.is_some()));
}

#[test]
fn streams_do_not_mix() {
    let mut folder = Folder::new(10);
    folder.take("one", START_A, 0);
    assert_eq!(folder.take("two", "hello", 1).invocation, None);
    assert_eq!(
        folder.take("one", "hello", 2).invocation,
        Some(InvocationId(0))
    );
}

#[test]
fn failures_are_remembered_from_the_line_that_tells_them() {
    let (timed_out, _) = fold(&[
        START_A,
        END_A,
        REPORT_A,
        "2024-01-01T00:00:00Z a-1 Task timed out after 3.00 seconds",
    ]);
    assert_eq!(rows(&timed_out)[0].outcome(), InvocationOutcome::TimedOut);
    let (killed, owners) = fold(&[
        START_A,
        "RequestId: a-1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
        END_A,
        &format!("{REPORT_A}Status: error\tError Type: Runtime.OutOfMemory\t"),
    ]);
    assert_eq!(owners[1], Some(0));
    assert_eq!(
        rows(&killed)[0].trouble,
        Some(Trouble::Failed(Some("Runtime.ExitError".into())))
    );
    let (raised, _) = fold(&[START_A, "[ERROR] KeyError: 'x'", END_A, REPORT_A]);
    assert_eq!(rows(&raised)[0].outcome(), InvocationOutcome::Failed);
    let (json, _) = fold(&[
        r#"{"type":"platform.report","record":{"requestId":"q","status":"failure","errorType":"E"}}"#,
    ]);
    assert_eq!(rows(&json)[0].outcome(), InvocationOutcome::Failed);
}

#[test]
fn a_report_alone_is_an_invocation() {
    let (folder, owners) = fold(&[
        REPORT_A,
        "REPORT RequestId: b-2\tDuration: 1.00 ms\tRestore Duration: 9.00 ms\t",
    ]);
    assert_eq!(owners, [Some(0), Some(1)]);
    let starts: Vec<EnvironmentStart> = rows(&folder).iter().map(Invocation::start).collect();
    assert_eq!(starts, [EnvironmentStart::Warm, EnvironmentStart::Restored]);
}

#[test]
fn an_imitated_report_is_replaced_by_the_platforms() {
    let fake = "REPORT RequestId: a-1\tDuration: 1.00 ms\tInit Duration: 9000.00 ms\t";
    let (folder, owners) = fold(&[START_A, fake, "still a's", END_A, REPORT_A]);
    assert_eq!(owners, [Some(0); 5]);
    assert_eq!(
        rows(&folder)[0].report.as_ref().unwrap().duration_ms,
        Some(30.0)
    );
    assert_eq!(rows(&folder)[0].start(), EnvironmentStart::Warm);
    let (filtered, _) = fold(&[fake, REPORT_A]);
    assert_eq!(rows(&filtered).len(), 1);
}

#[test]
fn a_retry_with_the_same_id_is_another_invocation() {
    let (folder, _) = fold(&[START_A, END_A, REPORT_A, START_A, END_A, REPORT_A]);
    assert_eq!(rows(&folder).len(), 2);
    let mut filtered = Folder::new(10);
    filtered.take("s", REPORT_A, 0);
    filtered.take("s", REPORT_A, 60_000);
    assert_eq!(filtered.invocations().count(), 2);
}

#[test]
fn a_late_start_still_finds_its_invocation() {
    let (folder, owners) = fold(&[REPORT_A, START_A]);
    assert_eq!(owners, [Some(0), Some(0)]);
    assert_eq!(rows(&folder)[0].started_ms, Some(10));
    assert_eq!(rows(&folder)[0].outcome(), InvocationOutcome::Succeeded);
}

#[test]
fn provisioned_concurrency_is_no_cold_start() {
    let report = format!("{REPORT_A}Init Duration: 800.00 ms\t");
    let (text, _) = fold(&[
        "INIT_START Runtime Version: x",
        "INIT_REPORT Init Duration: 800.00 ms\tPhase: init",
        START_A,
        END_A,
        &report,
    ]);
    assert_eq!(rows(&text)[0].start(), EnvironmentStart::Ahead);
    assert_eq!(rows(&text)[0].init_ms(), Some(800.0));
    let (json, _) = fold(&[
        r#"{"type":"platform.initReport","record":{"initializationType":"provisioned-concurrency","metrics":{"durationMs":5}}}"#,
        r#"{"type":"platform.start","record":{"requestId":"q"}}"#,
    ]);
    assert_eq!(rows(&json)[0].start(), EnvironmentStart::Ahead);
}

#[test]
fn an_initialisation_that_failed_first_is_a_cold_start_without_a_duration() {
    let (folder, _) = fold(&[
        "INIT_START Runtime Version: x",
        "INIT_REPORT Init Duration: 9999.00 ms\tPhase: init\tStatus: timeout",
        START_A,
        END_A,
        REPORT_A,
    ]);
    let rows = rows(&folder);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1].start(), EnvironmentStart::Cold);
    assert_eq!(rows[1].init_ms(), None);
    assert_eq!(rows[1].outcome(), InvocationOutcome::Succeeded);
}

#[test]
fn an_initialisation_that_went_wrong_is_a_row_of_its_own() {
    let (folder, owners) = fold(&[
        "INIT_START Runtime Version: x",
        "loading",
        "INIT_REPORT Init Duration: 10007.33 ms  Phase: init  Status: timeout",
        START_A,
        END_A,
        REPORT_A,
        "START RequestId: b-2 Version: 7",
    ]);
    let expected = [0, 0, 0, 1, 1, 1, 2].map(Some);
    assert_eq!(owners, expected);
    let rows = rows(&folder);
    assert!(rows[0].is_broken_init() && !rows[1].is_broken_init());
    assert_eq!(rows[0].outcome(), InvocationOutcome::TimedOut);
    assert_eq!((&rows[0].request_id, rows[0].ended_ms), (&None, Some(20)));
    assert_eq!(rows[2].start(), EnvironmentStart::Warm);
    let json = r#"{"type":"platform.initReport","record":{"phase":"init","status":"error","metrics":{"durationMs":5}}}"#;
    let (folder, _) = fold(&[json]);
    let row = folder.invocations().next().unwrap().1;
    assert!(row.is_broken_init());
    assert_eq!(row.outcome(), InvocationOutcome::Failed);
}

#[test]
fn an_initialisation_that_fails_again_within_an_invocation_is_told_with_it() {
    let (folder, owners) = fold(&[
        "INIT_REPORT Init Duration: 9999.00 ms\tPhase: init\tStatus: timeout",
        "INIT_REPORT Init Duration: 3000.00 ms\tPhase: invoke\tStatus: timeout",
        START_A,
        "2024-01-01T00:00:00Z a-1 Task timed out after 3.00 seconds",
        END_A,
        REPORT_A,
    ]);
    assert_eq!(owners, [0, 1, 1, 1, 1, 1].map(Some));
    let rows = rows(&folder);
    assert_eq!(rows[1].request_id.as_deref(), Some("a-1"));
    assert!(rows[0].is_broken_init() && !rows[1].is_broken_init());
}

#[test]
fn an_invocation_tells_its_tenant() {
    let (text, _) = fold(&[
        "START RequestId: a-1 Version: 7 Tenant Id: green",
        "END RequestId: a-1 Tenant Id: green",
        "REPORT RequestId: a-1\tTenant Id: green\tDuration: 8.40 ms",
    ]);
    let rows_of_text = rows(&text);
    assert_eq!(rows_of_text.len(), 1);
    assert_eq!(rows_of_text[0].tenant_id.as_deref(), Some("green"));
    let (json, _) = fold(&[
        r#"{"type":"platform.report","record":{"requestId":"q","tenantId":"blue","status":"success"}}"#,
    ]);
    assert_eq!(rows(&json)[0].tenant_id.as_deref(), Some("blue"));
}

#[test]
fn the_words_of_the_error_are_kept() {
    let error_of = |lines: &[&str]| rows(&fold(lines).0)[0].error.clone();
    let killed = error_of(&[
        START_A,
        "2024-01-01T00:00:00.000Z\ta-1\tERROR\tlogged before",
        "RequestId: a-1 Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
        "2024-01-01T00:00:00.000Z\ta-1\tERROR\tlogged after",
    ]);
    assert_eq!(
        killed.as_deref(),
        Some("Runtime exited with error: signal: killed")
    );
    let raised = error_of(&[START_A, "[ERROR] KeyError: 'x'\nTraceback"]);
    assert_eq!(raised.as_deref(), Some("KeyError: 'x'"));
    let logged = error_of(&[
        START_A,
        r#"{"level":"ERROR","message":"no queue"}"#,
        &format!("{REPORT_A}Status: error"),
    ]);
    assert_eq!(logged.as_deref(), Some("no queue"));
    let long = error_of(&[START_A, &format!("[ERROR] E: {}", "é".repeat(9_000))]);
    assert!(long.unwrap().len() <= 240);
}

#[test]
fn a_restored_environment_belongs_to_its_first_invocation() {
    let (folder, owners) = fold(&[
        "RESTORE_START Runtime Version: java:21",
        "RESTORE_REPORT Restore Duration: 474.16 ms",
        START_A,
    ]);
    assert_eq!(owners, [Some(0); 3]);
    assert_eq!(
        (rows(&folder)[0].start(), rows(&folder)[0].restore_ms()),
        (EnvironmentStart::Restored, Some(474.16))
    );
}

#[test]
fn dropped_records_are_counted() {
    let (folder, owners) = fold(&[
        START_A,
        r#"{"type":"platform.logsDropped","record":{"reason":"r","droppedRecords":12}}"#,
    ]);
    assert_eq!(folder.dropped_records(), 12);
    assert_eq!(owners[1], Some(0));
}

#[test]
fn the_oldest_invocations_are_handed_back() {
    let mut folder = Folder::new(2);
    let forgotten: Vec<_> = (0..5)
        .filter_map(|at| {
            folder
                .take(
                    "s",
                    &format!("REPORT RequestId: r-{at}\tDuration: 1.00 ms\t"),
                    at * 100,
                )
                .forgotten
        })
        .filter_map(|it| it.request_id)
        .collect();
    assert_eq!(forgotten, ["r-0", "r-1", "r-2"].map(Box::<str>::from));
    assert_eq!(folder.invocations().count(), 2);
    assert!(folder.invocation(InvocationId(0)).is_none());
    assert_eq!(folder.take("s", "a line with r-0", 600).invocation, None);
}

#[test]
fn ten_thousand_streams_stay_within_bounds() {
    let mut folder = Folder::new(50);
    for at in 0..10_000 {
        folder.take(&format!("stream-{at}"), START_A, at);
    }
    assert!(folder.invocations().count() <= 50);
    assert_eq!(
        folder.take("stream-9999", "hello", 1).invocation,
        Some(InvocationId(9999))
    );
}

proptest! {
    #[test]
    fn any_mixture_of_lines_is_folded_without_a_panic(picks in proptest::collection::vec((0_usize..9, 0_u8..3, 0_u8..3), 0..80)) {
        let mut folder = Folder::new(3);
        for (at, (line, id, stream)) in (0_i64..).zip(picks) {
            let line = match line {
                0 => "INIT_START x".to_owned(),
                1 => "RESTORE_START x".to_owned(),
                2 => "RESTORE_REPORT Restore Duration: 1 ms".to_owned(),
                3 => "INIT_REPORT Init Duration: 1 ms\tPhase: init".to_owned(),
                4 => format!("START RequestId: {id} Version: 1"),
                5 => format!("END RequestId: {id}"),
                6 => format!("REPORT RequestId: {id}\tDuration: 1 ms\t"),
                7 => format!("2024 {id} Task timed out after 1.00 seconds"),
                _ => format!("a line of {id}"),
            };
            let taken = folder.take(&stream.to_string(), &line, at);
            prop_assert!(folder.invocations().count() <= 3);
            if let Some(row) = taken.invocation.and_then(|owner| folder.invocation(owner)) {
                prop_assert_eq!(row.stream.to_string(), stream.to_string());
            }
        }
    }
}
