//! What one invocation writes to its log stream, and how the platform tells of its end.

mod json;
mod text;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::settings::FunctionSettings;
use super::version::VersionId;
use super::workload::{End, PlannedWork};
use crate::lambda::LogFormat;

/// The name of the error that the demo's failing functions raise.
const RAISED_TYPE: &str = "FlakyError";
/// Its message.
const RAISED_MESSAGE: &str = "The upstream service closed the connection";

/// One finished invocation, as its records tell it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Story<'a> {
    pub(super) request_id: &'a str,
    pub(super) function: &'a str,
    pub(super) version: VersionId,
    pub(super) region: &'a str,
    pub(super) settings: &'a FunctionSettings,
    pub(super) work: &'a PlannedWork,
    /// The number of lines the function logs itself.
    pub(super) lines: u32,
    /// When the environment began to get ready.
    pub(super) began: Timestamp,
    /// When the function's code began to run.
    pub(super) started: Timestamp,
    /// When it ended.
    pub(super) ended: Timestamp,
}

impl Story<'_> {
    /// The log lines with their times, in order, without line ends.
    pub(super) fn records(&self) -> Vec<(Timestamp, String)> {
        match self.settings.log_format {
            LogFormat::Text => text::records(self),
            LogFormat::Json => json::records(self),
        }
    }

    /// The payload of the answer when the invocation did not succeed.
    pub(super) fn error_payload(&self) -> Option<Value> {
        let id = self.request_id;
        Some(match self.work.end {
            End::Replied => return None,
            End::Raised => json!({
                "errorType": RAISED_TYPE,
                "errorMessage": RAISED_MESSAGE,
                "trace": [
                    format!("{RAISED_TYPE}: {RAISED_MESSAGE}"),
                    "    at Runtime.handler (file:///var/task/index.mjs:12:11)",
                ],
            }),
            End::Killed => json!({
                "errorType": "Runtime.ExitError",
                "errorMessage": format!("RequestId: {id} Error: Runtime exited with error: signal: killed"),
            }),
            End::TimedOut => json!({
                "errorType": "Sandbox.Timedout",
                "errorMessage": format!("RequestId: {id} Error: Task timed out after {:.2} seconds", self.timeout_s()),
            }),
        })
    }

    fn timeout_s(&self) -> f64 {
        self.settings.timeout.as_secs_f64()
    }

    /// The billed duration in whole milliseconds: initialisation is billed, restoration apart.
    fn billed_ms(&self) -> f64 {
        (self.work.duration_ms + self.work.init_ms.unwrap_or(0.0)).ceil()
    }

    /// The managed runtime's version and its ARN; containers have none.
    fn runtime_version(&self) -> Option<(String, String)> {
        let runtime = self.settings.code.runtime.as_deref()?;
        Some((version_label(runtime), runtime_arn(self.region, runtime)))
    }

    /// The text of the function's own line number `line`, counted from 1.
    fn user_text(&self, line: u32) -> String {
        match self.lines {
            1 => format!("{} done in {:.0} ms", self.function, self.work.duration_ms),
            lines => format!("{} step {line} of {lines}", self.function),
        }
    }
}

/// The ARN of a managed runtime's version.
pub(super) fn runtime_arn(region: &str, runtime: &str) -> String {
    let hash = super::chance::runtime_hash(runtime);
    format!("arn:aws:lambda:{region}::runtime:{hash}")
}

/// `nodejs22.x` becomes `nodejs:22.v40`, `java21` becomes `java:21.v40`.
fn version_label(runtime: &str) -> String {
    let runtime = runtime.trim_end_matches(".x");
    let split = runtime.find(|c: char| c.is_ascii_digit());
    let (family, release) = split
        .and_then(|at| runtime.split_at_checked(at))
        .unwrap_or((runtime, "1"));
    format!("{}:{release}.v40", family.trim_end_matches('.'))
}

/// RFC 3339 with milliseconds and `Z`.
fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulator::workload::Restore;
    use std::time::Duration;

    fn work(end: End) -> PlannedWork {
        PlannedWork {
            duration_ms: 469.4,
            init_ms: Some(100.99),
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
        story.records().into_iter().map(|(_, line)| line).collect()
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

    #[test]
    fn runtimes_have_a_version_label() {
        assert_eq!(version_label("python3.13"), "python:3.13.v40");
        assert_eq!(version_label("provided.al2023"), "provided.al:2023.v40");
        assert_eq!(version_label("java21"), "java:21.v40");
    }
}
