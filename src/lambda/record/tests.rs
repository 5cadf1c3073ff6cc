//! Platform records, text and JSON.

use proptest::prelude::*;

use super::*;
use crate::lambda::report::InvocationStatus;

const ID: &str = "8f507cfc-example-4697-b07a-ac58fc914c95";

fn init_report(kind: InitKind, duration: f64) -> InitReport {
    InitReport {
        duration_ms: Some(duration),
        kind,
        end: InitEnd::Ready,
        repeated: false,
    }
}

#[test]
fn text_records_are_told_by_their_first_word() {
    let id = || ID.to_owned();
    let cases = [
        (
            "INIT_START Runtime Version: nodejs:22.v40\tRuntime Version ARN: arn:x\n".to_owned(),
            PlatformRecord::InitStart(InitKind::Unsaid),
        ),
        (
            "RESTORE_START Runtime Version: java:21.v1\n".to_owned(),
            PlatformRecord::RestoreStart,
        ),
        (
            "RESTORE_REPORT Restore Duration: 474.16 ms\n".to_owned(),
            PlatformRecord::RestoreReport(Some(474.16)),
        ),
        (
            format!("START RequestId: {ID} Version: $LATEST\n"),
            PlatformRecord::Start {
                request_id: id(),
                version: Some("$LATEST".into()),
                tenant_id: None,
            },
        ),
        (
            format!("END RequestId: {ID}\n"),
            PlatformRecord::End { request_id: id() },
        ),
        (
            "EXTENSION\tName: adot\tState: Ready\tEvents: [INVOKE,SHUTDOWN]".to_owned(),
            PlatformRecord::Extension {
                name: "adot".into(),
            },
        ),
        (
            format!("2024-01-01T00:00:00.000Z {ID} Task timed out after 3.05 seconds\n\n"),
            PlatformRecord::TimedOut {
                request_id: Some(id()),
                seconds: 3.05,
            },
        ),
        (
            format!(
                "RequestId: {ID} Error: Runtime exited with error: signal: killed\nRuntime.ExitError\n"
            ),
            PlatformRecord::Failed {
                request_id: Some(id()),
                error_type: Some("Runtime.ExitError".into()),
                message: "Runtime exited with error: signal: killed".into(),
            },
        ),
        (
            format!(
                "2024-01-01T00:00:00.000Z\t{ID}\tERROR\tInvoke Error \t{{\"errorType\":\"TypeError\",\"errorMessage\":\"x\"}}"
            ),
            PlatformRecord::Failed {
                request_id: Some(id()),
                error_type: Some("TypeError".into()),
                message: "TypeError: x".into(),
            },
        ),
        (
            "[ERROR] ValueError: no\nTraceback (most recent call last):".to_owned(),
            PlatformRecord::Failed {
                request_id: None,
                error_type: Some("ValueError".into()),
                message: "ValueError: no".into(),
            },
        ),
    ];
    for (line, record) in cases {
        assert_eq!(parse(&line), Some(record), "{line}");
    }
    assert!(matches!(
        parse(&format!("REPORT RequestId: {ID}\tDuration: 1.00 ms")),
        Some(PlatformRecord::Report(_))
    ));
}

#[test]
fn an_initialisation_ahead_of_time_is_told_from_one_that_failed() {
    let ahead = parse("INIT_REPORT Init Duration: 1234.56 ms\tPhase: init");
    assert_eq!(
        ahead,
        Some(PlatformRecord::InitReport(init_report(
            InitKind::Unsaid,
            1234.56
        )))
    );
    let Some(PlatformRecord::InitReport(failed)) =
        parse("INIT_REPORT Init Duration: 9999.9 ms\tPhase: init\tStatus: timeout")
    else {
        panic!("no record");
    };
    assert!(failed.broke() && !failed.is_ahead());
    assert_eq!(failed.end, InitEnd::TimedOut);
    let Some(PlatformRecord::InitReport(repeated)) =
        parse("INIT_REPORT Init Duration: 12.0 ms\tPhase: invoke")
    else {
        panic!("no record");
    };
    assert!(repeated.repeated && !repeated.is_ahead());
    let blanks = "INIT_REPORT Init Duration: 9999.9 ms  Phase: init  Status: timeout";
    assert_eq!(parse(blanks), Some(PlatformRecord::InitReport(failed)));
}

#[test]
fn the_tenant_is_told_by_records_in_text() {
    let start = format!("START RequestId: {ID} Version: $LATEST Tenant Id: green light\n");
    let started = PlatformRecord::Start {
        request_id: ID.into(),
        version: Some("$LATEST".into()),
        tenant_id: Some("green light".into()),
    };
    assert_eq!(parse(&start), Some(started));
    let end = format!("END RequestId: {ID} Tenant Id: green light");
    let ended = PlatformRecord::End {
        request_id: ID.into(),
    };
    assert_eq!(parse(&end), Some(ended));
    let json =
        format!(r#"{{"type":"platform.start","record":{{"requestId":"{ID}","tenantId":"blue"}}}}"#);
    let Some(PlatformRecord::Start { tenant_id, .. }) = parse(&json) else {
        panic!("no start");
    };
    assert_eq!(tenant_id.as_deref(), Some("blue"));
}

#[test]
fn json_records_are_told_by_their_type() {
    let json = |kind: &str, record: &str| {
        parse(&format!(
            r#"{{"time":"2024-01-01T00:00:00.000Z","type":"platform.{kind}","record":{record}}}"#
        ))
    };
    let id = format!(r#"{{"requestId":"{ID}","version":"7","status":"timeout"}}"#);
    assert_eq!(
        json("start", &id),
        Some(PlatformRecord::Start {
            request_id: ID.into(),
            version: Some("7".into()),
            tenant_id: None,
        })
    );
    assert_eq!(
        json("runtimeDone", &id),
        Some(PlatformRecord::RuntimeDone {
            request_id: ID.into(),
            status: Some(InvocationStatus::Timeout)
        })
    );
    assert_eq!(
        json("initStart", r#"{"initializationType":"on-demand"}"#),
        Some(PlatformRecord::InitStart(InitKind::OnDemand))
    );
    let provisioned = r#"{"initializationType":"provisioned-concurrency","phase":"init","metrics":{"durationMs":125.3}}"#;
    assert_eq!(
        json("initReport", provisioned),
        Some(PlatformRecord::InitReport(init_report(
            InitKind::Provisioned,
            125.3
        )))
    );
    assert_eq!(
        json("restoreReport", r#"{"metrics":{"durationMs":9}}"#),
        Some(PlatformRecord::RestoreReport(Some(9.0)))
    );
    assert_eq!(
        json(
            "logsDropped",
            r#"{"reason":"too many","droppedRecords":12,"droppedBytes":9}"#
        ),
        Some(PlatformRecord::LogsDropped {
            records: 12,
            reason: "too many".into()
        })
    );
    assert_eq!(json("unheardOf", "{}"), None);
    assert!(matches!(
        json("report", &format!(r#"{{"requestId":"{ID}"}}"#)),
        Some(PlatformRecord::Report(_))
    ));
}

#[test]
fn a_json_time_out_is_told_from_a_sentence_about_one() {
    let line =
        |message: &str| format!(r#"{{"level":"ERROR","requestId":"{ID}","message":"{message}"}}"#);
    let found = parse(&line("Task timed out after 3.00 seconds"));
    assert_eq!(
        found,
        Some(PlatformRecord::TimedOut {
            request_id: Some(ID.into()),
            seconds: 3.0
        })
    );
    assert_eq!(
        parse(&line(
            "the other function's Task timed out after 3.00 seconds"
        )),
        None
    );
}

#[test]
fn lines_of_functions_are_no_records() {
    for line in [
        "",
        "START",
        "START RequestId: ",
        "a START RequestId: x",
        "REPORT",
        "[ERROR]\t2024\tid\tmessage",
        "[ERROR] two words: x",
        "2024-01-01 something",
        "{\"type\":\"platform.start\"}",
        "{\"platform.start\":1}",
        "INIT_STARTED",
    ] {
        assert_eq!(parse(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn no_line_makes_it_panic(first in "(INIT_REPORT |START RequestId: |RequestId: |\\[ERROR\\] |2|\\{\"type\":\"platform\\.|EXTENSION\t)?", rest in "\\PC{0,60}") {
        let _ = parse(&format!("{first}{rest}"));
    }
}
