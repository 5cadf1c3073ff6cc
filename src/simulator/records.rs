//! What one invocation writes to its log stream, and how the platform tells of its end.

mod json;
mod story;
mod text;

use jiff::Timestamp;

pub(super) use story::{Story, runtime_arn};

use crate::lambda::LogFormat;

/// The log lines of an invocation with their times, in order, without line ends.
pub(super) fn records(story: &Story<'_>) -> Vec<(Timestamp, String)> {
    match story.settings.log_format {
        LogFormat::Text => text::records(story),
        LogFormat::Json => json::records(story),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::settings::FunctionSettings;
    use crate::simulator::version::VersionId;
    use crate::simulator::workload::Restore;
    use crate::simulator::workload::{End, PlannedWork};
    use serde_json::Value;
    use std::time::Duration;

    fn work(end: End) -> PlannedWork {
        PlannedWork {
            duration_ms: 469.4,
            init_ms: Some(100.99),
            timed_out_init_ms: None,
            restore: None,
            used_mb: 21,
            end,
        }
    }

    fn lines(settings: &FunctionSettings, work: &PlannedWork) -> Vec<String> {
        let story = Story {
            request_id: "8f507cfc-xmpl-4697-b07a-ac58fc914c95",
            function: "f",
            version: VersionId::Latest,
            region: "us-east-1",
            settings,
            work,
            lines: 1,
            began: Timestamp::UNIX_EPOCH,
            started: Timestamp::UNIX_EPOCH,
            ended: Timestamp::UNIX_EPOCH,
        };
        records(&story).into_iter().map(|(_, line)| line).collect()
    }

    #[test]
    fn a_cold_invocation_is_told_in_five_lines_with_tabs() {
        let lines = lines(&FunctionSettings::new("f"), &work(End::Replied));
        assert!(
            lines[0].starts_with(
                "INIT_START Runtime Version: nodejs:22.v40\tRuntime Version ARN: arn:"
            )
        );
        assert_eq!(
            lines[1],
            "START RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95 Version: $LATEST"
        );
        assert_eq!(
            lines[2],
            "1970-01-01T00:00:00.000Z\t8f507cfc-xmpl-4697-b07a-ac58fc914c95\tINFO\tf done in 469 ms"
        );
        assert_eq!(
            lines[3],
            "END RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95"
        );
        assert_eq!(
            lines[4],
            "REPORT RequestId: 8f507cfc-xmpl-4697-b07a-ac58fc914c95\tDuration: 469.40 ms\tBilled Duration: 571 ms\tMemory Size: 128 MB\tMax Memory Used: 21 MB\tInit Duration: 100.99 ms\t"
        );
    }

    #[test]
    fn a_restored_invocation_bills_its_restoration_apart() {
        let restored = PlannedWork {
            init_ms: None,
            restore: Some(Restore {
                duration_ms: 474.16,
                billed_ms: 75.0,
            }),
            ..work(End::Replied)
        };
        let lines = lines(&FunctionSettings::new("f"), &restored);
        assert!(lines[0].starts_with("RESTORE_START "), "{}", lines[0]);
        assert_eq!(lines[1], "RESTORE_REPORT Restore Duration: 474.16 ms");
        let report = lines.last().unwrap();
        assert!(report.contains("\tBilled Duration: 470 ms\t"), "{report}");
        assert!(
            report.ends_with("\tRestore Duration: 474.16 ms\tBilled Restore Duration: 75 ms\t"),
            "{report}"
        );
    }

    #[test]
    fn failures_say_so_in_the_report() {
        let mut settings = FunctionSettings::new("f");
        settings.timeout = Duration::from_secs(3);
        let killed = lines(&settings, &work(End::Killed));
        let report = killed.last().unwrap();
        assert!(report.ends_with("Status: error\tError Type: Runtime.OutOfMemory\t"));
        assert!(
            killed
                .iter()
                .any(|line| line.ends_with("Error: Runtime exited with error: signal: killed"))
        );
        let late = lines(&settings, &work(End::TimedOut));
        assert!(late.last().unwrap().ends_with("Status: timeout\t"));
        assert!(
            late.iter()
                .any(|line| line.ends_with("Task timed out after 3.00 seconds"))
        );
    }

    #[test]
    fn json_functions_write_platform_records() {
        let mut settings = FunctionSettings::new("f");
        settings.log_format = LogFormat::Json;
        let lines = lines(&settings, &work(End::Replied));
        let records: Vec<Value> = lines
            .iter()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let kinds: Vec<&str> = records.iter().filter_map(|r| r["type"].as_str()).collect();
        assert_eq!(
            kinds,
            ["platform.initStart", "platform.start", "platform.report"]
        );
        let metrics = &records.last().unwrap()["record"]["metrics"];
        assert_eq!(metrics["durationMs"], 469.4);
        assert_eq!(metrics["billedDurationMs"], 571);
        assert_eq!(metrics["initDurationMs"], 100.99);
        assert_eq!(records[2]["level"], "INFO");
    }
}
