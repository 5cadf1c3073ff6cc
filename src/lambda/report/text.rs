//! REPORT records in text: one line, fields separated by tabs.

use super::figures::{InvocationStatus, Report, figure};

/// Reads `REPORT RequestId: <id>\tDuration: <n> ms\t…`; unknown fields are passed over.
pub(super) fn parse(line: &str) -> Option<Report> {
    let mut fields = line.strip_prefix("REPORT RequestId: ")?.split('\t');
    let mut report = Report {
        request_id: fields.next()?.trim().to_owned(),
        ..Report::default()
    };
    for field in fields {
        if let Some((name, value)) = field.split_once(": ") {
            fill(&mut report, name.trim(), value.trim());
        }
    }
    report.duration_ms.is_some().then_some(report)
}

fn fill(report: &mut Report, name: &str, value: &str) {
    match name {
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

fn milliseconds(value: &str) -> Option<f64> {
    figure(value.strip_suffix("ms")?.trim_end().parse().ok()?)
}

fn megabytes(value: &str) -> Option<u32> {
    value.strip_suffix("MB")?.trim_end().parse().ok()
}
