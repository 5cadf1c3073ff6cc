//! REPORT records, text and JSON: figures read, and lines that are no record.

use proptest::prelude::*;

use super::*;

const ID: &str = "8f507cfc-example-4697-b07a-ac58fc914c95";

fn text_record(id: &str, duration: &str, rest: &str) -> String {
    format!(
        "REPORT RequestId: {id}\tDuration: {duration} ms\tBilled Duration: 500 ms\tMemory Size: 1024 MB\t\
         Max Memory Used: 21 MB\t{rest}"
    )
}

#[test]
fn a_cold_text_record_gives_its_figures() {
    let report = parse_line(&text_record(ID, "469.40", "Init Duration: 100.99 ms\t")).unwrap();
    assert_eq!(report.request_id, ID);
    assert_eq!(report.whole_duration_ms(), Some(570.39));
    assert_eq!(report.whole_billed_ms(), Some(500.0));
    assert_eq!(report.memory_mb, Some(1024));
    assert_eq!(report.max_memory_used_mb, Some(21));
    assert_eq!(report.status, None);
}

#[test]
fn fields_may_be_apart_by_blanks() {
    let tabs = text_record(ID, "469.40", "Init Duration: 100.99 ms\tStatus: timeout");
    for blanks in ["  ", "   ", " \t ", "\t\t"] {
        assert_eq!(
            parse_line(&tabs.replace('\t', blanks)),
            parse_line(&tabs),
            "{blanks:?}"
        );
    }
    assert_eq!(parse_line(&tabs.replace('\t', " ")), None);
}

#[test]
fn the_tenant_of_an_invocation_is_told_in_both_formats() {
    let text = format!("REPORT RequestId: {ID}\tTenant Id: green light\tDuration: 8.40 ms\t");
    let json = format!(
        r#"{{"type":"platform.report","record":{{"requestId":"{ID}","tenantId":"green light","metrics":{{"durationMs":8.4}}}}}}"#
    );
    for line in [text, json] {
        let report = parse_line(&line).unwrap();
        assert_eq!(report.tenant_id.as_deref(), Some("green light"), "{line}");
        assert_eq!((&*report.request_id, report.duration_ms), (ID, Some(8.4)));
    }
}

#[test]
fn a_restored_text_record_gives_its_figures() {
    let line = text_record(
        ID,
        "469.40",
        "Restore Duration: 474.16 ms\tBilled Restore Duration: 75 ms\t",
    );
    let report = parse_line(&line).unwrap();
    assert!((report.whole_duration_ms().unwrap() - 943.56).abs() < 1e-9);
    assert_eq!(report.whole_billed_ms(), Some(575.0));
}

#[test]
fn a_failed_text_record_gives_status_and_error_type() {
    let line = text_record(
        ID,
        "3000.00",
        "Status: error\tError Type: Runtime.ExitError\tXRAY TraceId: 1-2-3",
    );
    let report = parse_line(&line).unwrap();
    assert_eq!(report.status, Some(InvocationStatus::Error));
    assert_eq!(report.error_type.as_deref(), Some("Runtime.ExitError"));
    let timeout = parse_line(&text_record(ID, "3000.00", "Status: timeout")).unwrap();
    assert_eq!(timeout.status, Some(InvocationStatus::Timeout));
}

#[test]
fn a_json_record_gives_its_figures() {
    let line = format!(
        r#"{{"time":"2024-03-13T18:56:24.046Z","type":"platform.report","record":{{"requestId":"{ID}","status":"success",
        "metrics":{{"durationMs":1.317,"billedDurationMs":2,"memorySizeMB":1024,"maxMemoryUsedMB":68,
        "initDurationMs":10,"restoreDurationMs":4.5,"billedRestoreDurationMs":1}}}}}}"#
    );
    let report = parse_line(&line).unwrap();
    assert_eq!(report.duration_ms, Some(1.317));
    assert_eq!(report.billed_ms, Some(2.0));
    assert_eq!(report.memory_mb, Some(1024));
    assert_eq!(report.max_memory_used_mb, Some(68));
    assert_eq!(report.init_ms, Some(10.0));
    assert_eq!(report.restore_ms, Some(4.5));
    assert_eq!(report.whole_billed_ms(), Some(3.0));
    assert_eq!(report.status, Some(InvocationStatus::Success));
}

#[test]
fn a_json_record_without_metrics_is_a_record() {
    let line = format!(
        r#"{{"type":"platform.report","record":{{"requestId":"{ID}","status":"timeout"}}}}"#
    );
    let report = parse_line(&line).unwrap();
    assert_eq!(report.duration_ms, None);
    assert_eq!(report.whole_duration_ms(), None);
    assert_eq!(report.status, Some(InvocationStatus::Timeout));
}

#[test]
fn other_lines_are_no_records() {
    let user = format!(" {}", text_record(ID, "1.00", ""));
    for line in [
        "",
        "REPORT",
        "REPORT RequestId: ",
        "REPORT RequestId: x\tDuration: NaN ms",
        "REPORT RequestId: x\tDuration: -1 ms",
        "END RequestId: x",
        r#"{"type":"platform.start","record":{"requestId":"x"}}"#,
        r#"{"message":"platform.report","requestId":"x"}"#,
        r#"{"type":"platform.report","record":null}"#,
        "{\"type\":\"platform.report\"",
        user.as_str(),
    ] {
        assert_eq!(parse_line(line), None, "{line}");
    }
}

#[test]
fn the_record_of_the_platform_comes_after_what_the_function_imitates() {
    let log = format!(
        "me{}\n{}\n{}\n2024 INFO {}\nEND RequestId: {ID}\n{}\n",
        text_record(ID, "7.00", ""),
        text_record(ID, "1.00", ""),
        text_record("another-id", "2.00", ""),
        text_record(ID, "3.00", ""),
        text_record(ID, "469.40", "Init Duration: 100.99 ms\t"),
    );
    assert_eq!(find(log.as_bytes(), ID).unwrap().duration_ms, Some(469.40));
    assert_eq!(
        find(log.as_bytes(), "another-id").unwrap().duration_ms,
        Some(2.0)
    );
    assert_eq!(find(log.as_bytes(), "missing"), None);
}

#[test]
fn formats_may_be_mixed_and_bytes_broken() {
    let mut log = vec![0xff, 0xfe, b'"', b'}', b'\n'];
    log.extend(text_record(ID, "1.00", "").bytes());
    log.extend(b"\r\n{\"level\":\"INFO\",\"message\":\"\xc3\x28\"}\n");
    log.extend(
        format!(
            r#"{{"time":"t","type":"platform.report","record":{{"requestId":"{ID}","metrics":{{"durationMs":9.5}}}}}}"#
        )
        .bytes(),
    );
    log.extend(b"\n\n");
    assert_eq!(find(&log, ID).unwrap().duration_ms, Some(9.5));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(log in proptest::collection::vec(any::<u8>(), 0..600), id in ".{0,8}") {
        let _ = find(&log, &id);
    }

    #[test]
    fn no_line_makes_it_panic(rest in "\\PC{0,80}", field in "[A-Za-z: \t]{0,20}") {
        let _ = parse_line(&format!("REPORT RequestId: {field}{rest}"));
        let _ = parse_line(&format!("{{\"type\":\"platform.report\",\"record\":{rest}"));
    }

    #[test]
    fn a_record_is_found_wherever_the_tail_begins(
        noise in "[ -~\n]{0,300}", skip in 0_usize..300, duration in 0.0_f64..900_000.0,
    ) {
        let record = text_record(ID, &format!("{duration:.2}"), "");
        let log = format!("{noise}\nEND RequestId: {ID}\n{record}\n");
        let tail = &log.as_bytes()[skip.min(noise.len())..];
        let found = find(tail, ID).unwrap().duration_ms.unwrap();
        prop_assert!((found - duration).abs() < 0.006);
    }
}
