//! Platform records: what AWS Lambda itself writes to a log stream about environments and invocations.
//!
//! A record is told by how its line begins; functions can imitate one, so readers combine records with the request
//! ids they know. Sources: "Understanding the Lambda execution environment lifecycle" and "Lambda Telemetry API
//! `Event` schema reference" of the Lambda developer guide.

mod json;
mod kinds;
mod text;

pub use kinds::{InitEnd, InitKind, InitReport, PlatformRecord};

use super::report;

/// Reads a log event as a platform record; `None` when it is anything else.
#[must_use]
pub fn parse(message: &str) -> Option<PlatformRecord> {
    let line = message.trim_end();
    match line.as_bytes().first()? {
        b'{' => json::parse(line),
        b'R' => match report::parse_line(line) {
            Some(report) => Some(PlatformRecord::Report(report)),
            None => text::parse(line),
        },
        _ => text::parse(line),
    }
}

#[cfg(test)]
mod tests;
