//! REPORT records in text: one line, fields apart by a tab or, as stand-ins for AWS write them, by two blanks or more.

use super::figures::{InvocationStatus, Report, figure};

/// Reads `REPORT RequestId: <id>\tDuration: <n> ms\t…`; unknown fields are passed over.
pub(super) fn parse(line: &str) -> Option<Report> {
    let mut report = Report::default();
    for (name, value) in fields(line.strip_prefix("REPORT ")?) {
        fill(&mut report, name, value);
    }
    let is_whole = !report.request_id.is_empty() && report.duration_ms.is_some();
    is_whole.then_some(report)
}

/// The fields of a record in text, each a name and its value.
pub(in crate::lambda) fn fields(record: &str) -> impl Iterator<Item = (&str, &str)> {
    let pieces = record.split('\t').flat_map(|piece| piece.split("  "));
    let fields = pieces.filter_map(|piece| piece.split_once(": "));
    fields.map(|(name, value)| (name.trim(), value.trim()))
}

fn fill(report: &mut Report, name: &str, value: &str) {
    match name {
        "RequestId" => value.clone_into(&mut report.request_id),
        "Tenant Id" => report.tenant_id = Some(value.to_owned()),
        "Duration" => report.duration_ms = milliseconds(value),
        "Billed Duration" => report.billed_ms = milliseconds(value),
        "Memory Size" => report.memory_mb = megabytes(value),
        "Max Memory Used" => report.max_memory_used_mb = megabytes(value),
        "Init Duration" => report.init_ms = milliseconds(value),
        "Restore Duration" => report.restore_ms = milliseconds(value),
        "Billed Restore Duration" => report.billed_restore_ms = milliseconds(value),
        "Status" => report.status = Some(InvocationStatus::parse(value)),
        "Error Type" => report.error_type = Some(value.to_owned()),
        _ => {}
    }
}

/// Durations as records in text have them: `8.40 ms`.
pub(in crate::lambda) fn milliseconds(value: &str) -> Option<f64> {
    figure(value.strip_suffix("ms")?.trim_end().parse().ok()?)
}

fn megabytes(value: &str) -> Option<u32> {
    value.strip_suffix("MB")?.trim_end().parse().ok()
}
