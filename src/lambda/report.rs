//! REPORT records: what AWS Lambda writes about each invocation, in text and in JSON.
//!
//! A record is only believed when it is a line of its own, begins as the platform begins it and carries the request
//! id that was asked for. Functions can print such lines too; the platform writes its own after everything the
//! function wrote, so the last one is the real one.

mod figures;
mod json;
mod text;

pub(super) use figures::figure;
pub use figures::{InvocationStatus, Report};
pub(super) use text::{fields, milliseconds};

/// Reads one line of a log as a record, in either format; `None` when it is anything else.
#[must_use]
pub fn parse_line(line: &str) -> Option<Report> {
    let line = line.trim_end();
    if line.starts_with('{') {
        json::parse(line)
    } else {
        text::parse(line)
    }
}

/// Finds the record of an invocation in the end of a log (the decoded `LogResult` of an invocation).
///
/// The bytes may begin in the middle of a line or of a character and mix both formats. The last record with this
/// request id wins.
#[must_use]
pub fn find(log_tail: &[u8], request_id: &str) -> Option<Report> {
    log_tail
        .rsplit(|&byte| byte == b'\n')
        .filter(|line| matches!(line.first(), Some(b'R' | b'{')))
        .filter_map(|line| parse_line(&String::from_utf8_lossy(line)))
        .find(|report| report.request_id == request_id)
}

#[cfg(test)]
mod tests;
