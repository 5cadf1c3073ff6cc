//! One finished invocation, as its records tell it.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::chance;
use super::super::settings::FunctionSettings;
use super::super::version::VersionId;
use super::super::workload::{End, PlannedWork};

/// The event of an invocation that is ended from outside.
const GIVEN: &str = r#"{"report":"monthly","rows":480000}"#;
/// The name of the error that the demo's failing functions raise.
pub(super) const RAISED_TYPE: &str = "FlakyError";
/// Its message.
pub(super) const RAISED_MESSAGE: &str = "The upstream service closed the connection";

/// One finished invocation, as its records tell it.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulator) struct Story<'a> {
    pub(in crate::simulator) request_id: &'a str,
    pub(in crate::simulator) function: &'a str,
    pub(in crate::simulator) version: VersionId,
    pub(in crate::simulator) region: &'a str,
    pub(in crate::simulator) settings: &'a FunctionSettings,
    pub(in crate::simulator) work: &'a PlannedWork,
    /// The number of lines the function logs itself.
    pub(in crate::simulator) lines: u32,
    /// When the environment began to get ready.
    pub(in crate::simulator) began: Timestamp,
    /// When the function's code began to run.
    pub(in crate::simulator) started: Timestamp,
    /// When it ended.
    pub(in crate::simulator) ended: Timestamp,
}

impl Story<'_> {
    /// The payload of the answer when the invocation did not succeed.
    pub(in crate::simulator) fn error_payload(&self) -> Option<Value> {
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

    pub(super) fn timeout_s(&self) -> f64 {
        self.settings.timeout.as_secs_f64()
    }

    /// The billed duration in whole milliseconds: initialisation is billed, restoration apart.
    pub(super) fn billed_ms(&self) -> f64 {
        (self.work.duration_ms + self.work.init_ms.unwrap_or(0.0)).ceil()
    }

    /// The managed runtime's version and its ARN; containers have none.
    pub(super) fn runtime_version(&self) -> Option<(String, String)> {
        let runtime = self.settings.code.runtime.as_deref()?;
        Some((version_label(runtime), runtime_arn(self.region, runtime)))
    }

    /// The text of the function's own line number `line`, counted from 1.
    pub(super) fn user_text(&self, line: u32) -> String {
        match self.lines {
            // What is ended from outside has printed what it was given, and comes to no end.
            1 if matches!(self.work.end, End::Killed | End::TimedOut) => {
                format!("{} was given {GIVEN}", self.function)
            }
            1 => format!("{} done in {:.0} ms", self.function, self.work.duration_ms),
            lines => format!("{} step {line} of {lines}", self.function),
        }
    }
}

/// The ARN of a managed runtime's version.
pub(in crate::simulator) fn runtime_arn(region: &str, runtime: &str) -> String {
    let hash = chance::runtime_hash(runtime);
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
pub(super) fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runtimes_have_a_version_label() {
        assert_eq!(version_label("python3.13"), "python:3.13.v40");
        assert_eq!(version_label("provided.al2023"), "provided.al:2023.v40");
        assert_eq!(version_label("java21"), "java:21.v40");
    }
}
