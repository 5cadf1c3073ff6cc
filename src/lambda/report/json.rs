//! REPORT records in JSON: one object of type `platform.report` per line.

use serde::Deserialize;

use super::figures::{InvocationStatus, Report, figure};

#[derive(Deserialize)]
struct ReportJson {
    r#type: String,
    record: ReportRecord,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReportRecord {
    request_id: String,
    tenant_id: Option<String>,
    status: Option<String>,
    error_type: Option<String>,
    #[serde(default)]
    metrics: ReportMetrics,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct ReportMetrics {
    duration_ms: Option<f64>,
    billed_duration_ms: Option<f64>,
    #[serde(rename = "memorySizeMB")]
    memory_size_mb: Option<f64>,
    #[serde(rename = "maxMemoryUsedMB")]
    max_memory_used_mb: Option<f64>,
    init_duration_ms: Option<f64>,
    restore_duration_ms: Option<f64>,
    billed_restore_duration_ms: Option<f64>,
}

/// Reads `{"time":…,"type":"platform.report","record":{…}}`; unknown fields are passed over.
pub(super) fn parse(line: &str) -> Option<Report> {
    // Most lines of a JSON log are the function's own: look for the word before building anything.
    if !line.contains("platform.report") {
        return None;
    }
    let line: ReportJson = serde_json::from_str(line).ok()?;
    if line.r#type != "platform.report" {
        return None;
    }
    let ReportRecord {
        request_id,
        tenant_id,
        status,
        error_type,
        metrics,
    } = line.record;
    Some(Report {
        request_id,
        tenant_id,
        duration_ms: metrics.duration_ms.and_then(figure),
        billed_ms: metrics.billed_duration_ms.and_then(figure),
        memory_mb: metrics.memory_size_mb.and_then(megabytes),
        max_memory_used_mb: metrics.max_memory_used_mb.and_then(megabytes),
        init_ms: metrics.init_duration_ms.and_then(figure),
        restore_ms: metrics.restore_duration_ms.and_then(figure),
        billed_restore_ms: metrics.billed_restore_duration_ms.and_then(figure),
        status: status.as_deref().map(InvocationStatus::parse),
        error_type,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is at least 0, and `as` saturates at the top"
)]
fn megabytes(value: f64) -> Option<u32> {
    figure(value).map(|value| value.ceil() as u32)
}
