//! Platform records in text: told by their first word.

use serde_json::Value;

use super::super::report::{fields, figure, milliseconds};
use super::kinds::{InitEnd, InitKind, InitReport, PlatformRecord};

/// Reads a line that is no REPORT.
pub(super) fn parse(line: &str) -> Option<PlatformRecord> {
    match line.as_bytes().first()? {
        b'I' => init(line),
        b'R' => restore(line).or_else(|| broken(line)),
        b'S' => start(line),
        b'E' => end(line),
        b'[' => python_error(line),
        b'0'..=b'9' => dated(line),
        _ => None,
    }
}

fn init(line: &str) -> Option<PlatformRecord> {
    if line.starts_with("INIT_START ") {
        return Some(PlatformRecord::InitStart(InitKind::Unsaid));
    }
    let fields = line.strip_prefix("INIT_REPORT ")?;
    Some(PlatformRecord::InitReport(InitReport {
        duration_ms: field(fields, "Init Duration").and_then(milliseconds),
        kind: InitKind::Unsaid,
        end: InitEnd::of(field(fields, "Status")),
        repeated: field(fields, "Phase") == Some("invoke"),
    }))
}

fn restore(line: &str) -> Option<PlatformRecord> {
    if line.starts_with("RESTORE_START ") {
        return Some(PlatformRecord::RestoreStart);
    }
    let fields = line.strip_prefix("RESTORE_REPORT ")?;
    let took = field(fields, "Restore Duration").and_then(milliseconds);
    Some(PlatformRecord::RestoreReport(took))
}

/// `RequestId: <id> Error: Runtime exited with error: signal: killed`, then the error type on a line of its own.
fn broken(line: &str) -> Option<PlatformRecord> {
    let (id, error) = line.strip_prefix("RequestId: ")?.split_once(" Error: ")?;
    let second = error.lines().nth(1).map(str::trim);
    let known = second.filter(|kind| kind.contains('.') && !kind.contains(' '));
    let exited = error.starts_with("Runtime exited");
    let error_type = known.or(exited.then_some("Runtime.ExitError"));
    Some(PlatformRecord::Failed {
        request_id: Some(id.to_owned()),
        error_type: error_type.map(str::to_owned),
        message: error.lines().next().unwrap_or_default().to_owned(),
    })
}

fn start(line: &str) -> Option<PlatformRecord> {
    let (rest, tenant_id) = tenant(line.strip_prefix("START RequestId: ")?);
    let mut words = rest.split_whitespace();
    let request_id = words.next()?.to_owned();
    let labelled = words.next() == Some("Version:");
    let version = words.next().filter(|_| labelled).map(str::to_owned);
    Some(PlatformRecord::Start {
        request_id,
        version,
        tenant_id,
    })
}

/// What stands before the tenant at the end of a record, and the tenant; its id may hold blanks.
fn tenant(rest: &str) -> (&str, Option<String>) {
    match rest.split_once(" Tenant Id: ") {
        Some((before, tenant)) => (before, Some(tenant.trim().to_owned())),
        None => (rest, None),
    }
}

fn end(line: &str) -> Option<PlatformRecord> {
    if let Some(id) = line.strip_prefix("END RequestId: ") {
        let request_id = tenant(id).0.trim().to_owned();
        return Some(PlatformRecord::End { request_id });
    }
    let fields = line.strip_prefix("EXTENSION\t")?;
    let name = field(fields, "Name")?.to_owned();
    Some(PlatformRecord::Extension { name })
}

/// What the Python runtime writes about an exception nobody caught: `[ERROR] ValueError: …`. A logger's own lines
/// have a tab after the bracket.
fn python_error(line: &str) -> Option<PlatformRecord> {
    let error = line.strip_prefix("[ERROR] ")?.lines().next()?;
    let (kind, _) = error.split_once(':')?;
    (!kind.contains(char::is_whitespace)).then(|| PlatformRecord::Failed {
        request_id: None,
        error_type: Some(kind.to_owned()),
        message: error.to_owned(),
    })
}

/// Lines that begin with a time: time-outs, and what the Node.js runtime writes about an error nobody caught.
fn dated(line: &str) -> Option<PlatformRecord> {
    if let Some((before, after)) = line.split_once(" Task timed out after ") {
        let request_id = before.rsplit(' ').next().map(str::to_owned);
        let seconds = figure(after.split(' ').next()?.parse().ok()?)?;
        return Some(PlatformRecord::TimedOut {
            request_id,
            seconds,
        });
    }
    let mut fields = line.splitn(5, '\t');
    let id = fields.nth(1)?;
    if fields.next()? != "ERROR" {
        return None;
    }
    let title = fields.next()?.trim_end();
    if title != "Invoke Error" && title != "Uncaught Exception" {
        return None;
    }
    let detail: Option<Value> = fields
        .next()
        .and_then(|text| serde_json::from_str(text).ok());
    let told = |key: &str| detail.as_ref()?.get(key)?.as_str();
    let words = [told("errorType"), told("errorMessage")];
    let message: Vec<&str> = words.into_iter().flatten().collect();
    Some(PlatformRecord::Failed {
        request_id: Some(id.to_owned()),
        error_type: told("errorType").map(str::to_owned),
        message: message.join(": "),
    })
}

fn field<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = fields(record);
    fields.find(|(key, _)| *key == name).map(|(_, value)| value)
}
