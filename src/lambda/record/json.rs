//! Platform records in JSON: objects with a `type` that begins with `platform.`.

use serde::Deserialize;

use super::super::report::{self, InvocationStatus, figure};
use super::kinds::{InitEnd, InitKind, InitReport, PlatformRecord};

#[derive(Deserialize)]
struct RecordJson {
    r#type: String,
    record: RecordBody,
}

/// The fields of all records; each has only some of them.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RecordBody {
    request_id: Option<String>,
    tenant_id: Option<String>,
    version: Option<String>,
    status: Option<String>,
    initialization_type: Option<String>,
    phase: Option<String>,
    metrics: RecordMetrics,
    name: Option<String>,
    reason: Option<String>,
    dropped_records: Option<u64>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct RecordMetrics {
    duration_ms: Option<f64>,
}

/// Reads `{"time":…,"type":"platform.…","record":{…}}`; unknown fields are passed over.
pub(super) fn parse(line: &str) -> Option<PlatformRecord> {
    // Most lines of a JSON log are the function's own: look for the word before building anything.
    if !line.contains("\"platform.") {
        return application_time_out(line);
    }
    if let Some(report) = report::parse_line(line) {
        return Some(PlatformRecord::Report(report));
    }
    let RecordJson { r#type, record } = serde_json::from_str(line).ok()?;
    record.read(r#type.strip_prefix("platform.")?)
}

impl RecordBody {
    fn read(self, kind: &str) -> Option<PlatformRecord> {
        Some(match kind {
            "initStart" => PlatformRecord::InitStart(self.init_kind()),
            "initReport" => PlatformRecord::InitReport(InitReport {
                duration_ms: self.metrics.duration_ms.and_then(figure),
                kind: self.init_kind(),
                end: InitEnd::of(self.status.as_deref()),
                repeated: self.phase.as_deref() == Some("invoke"),
            }),
            "restoreStart" => PlatformRecord::RestoreStart,
            "restoreReport" => {
                PlatformRecord::RestoreReport(self.metrics.duration_ms.and_then(figure))
            }
            "start" => PlatformRecord::Start {
                request_id: self.request_id?,
                version: self.version,
                tenant_id: self.tenant_id,
            },
            "runtimeDone" => PlatformRecord::RuntimeDone {
                request_id: self.request_id?,
                status: self.status.as_deref().map(InvocationStatus::parse),
            },
            "extension" => PlatformRecord::Extension { name: self.name? },
            "logsDropped" => PlatformRecord::LogsDropped {
                records: self.dropped_records.unwrap_or_default(),
                reason: self.reason.unwrap_or_default(),
            },
            _ => return None,
        })
    }

    fn init_kind(&self) -> InitKind {
        match self.initialization_type.as_deref() {
            Some("on-demand") => InitKind::OnDemand,
            Some("provisioned-concurrency") => InitKind::Provisioned,
            Some("snap-start") => InitKind::SnapStart,
            _ => InitKind::Unsaid,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Application {
    request_id: Option<String>,
    message: String,
}

/// A time-out is told in a line like the function's own.
fn application_time_out(line: &str) -> Option<PlatformRecord> {
    if !line.contains("Task timed out after ") {
        return None;
    }
    let line: Application = serde_json::from_str(line).ok()?;
    let (before, after) = line.message.split_once("Task timed out after ")?;
    // The platform's line may repeat time and id before it; a sentence of the function's is something else.
    if before.split_whitespace().count() > 2 {
        return None;
    }
    Some(PlatformRecord::TimedOut {
        request_id: line.request_id,
        seconds: figure(after.split(' ').next()?.parse().ok()?)?,
    })
}
