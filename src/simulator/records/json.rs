//! Log records of functions with the JSON log format: `platform.*` records and structured user lines.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::super::workload::End;
use super::story::{RAISED_MESSAGE, RAISED_TYPE, Story, stamp};

/// The lines of one invocation with their times.
pub(super) fn records(story: &Story<'_>) -> Vec<(Timestamp, String)> {
    let mut lines = Vec::new();
    lines.extend(ready(story));
    lines.extend(cut_off(story));
    let start = json!({ "requestId": story.request_id, "version": story.version.to_string() });
    lines.push(platform(story.started, "platform.start", &start));
    lines.extend(
        (1..=story.lines)
            .map(|line| own(story, story.started, "INFO", &json!(story.user_text(line)))),
    );
    lines.extend(failure(story));
    lines.push(platform(story.ended, "platform.report", &report(story)));
    lines
}

fn platform(time: Timestamp, kind: &str, record: &Value) -> (Timestamp, String) {
    let line = json!({ "time": stamp(time), "type": kind, "record": record });
    (time, line.to_string())
}

fn own(story: &Story<'_>, time: Timestamp, level: &str, message: &Value) -> (Timestamp, String) {
    let line = json!({
        "timestamp": stamp(time),
        "level": level,
        "requestId": story.request_id,
        "message": message,
    });
    (time, line.to_string())
}

/// How the environment became ready.
fn ready(story: &Story<'_>) -> Option<(Timestamp, String)> {
    let init_ms = story.work.init_ms.or(story.work.timed_out_init_ms);
    let kind = match (init_ms, story.work.restore) {
        (Some(_), _) => "platform.initStart",
        (_, Some(_)) => "platform.restoreStart",
        (None, None) => return None,
    };
    let (version, arn) = story.runtime_version().unzip();
    let record = json!({
        "initializationType": if story.work.restore.is_some() { "snap-start" } else { "on-demand" },
        "phase": "init",
        "runtimeVersion": version,
        "runtimeVersionArn": arn,
        "functionName": story.function,
        "functionVersion": story.version.to_string(),
    });
    Some(platform(story.began, kind, &record))
}

/// An initialisation that took too long.
fn cut_off(story: &Story<'_>) -> Option<(Timestamp, String)> {
    let took = story.work.timed_out_init_ms?;
    let record = json!({
        "initializationType": "on-demand",
        "phase": "init",
        "status": "timeout",
        "metrics": { "durationMs": thousandths(took) },
    });
    Some(platform(story.started, "platform.initReport", &record))
}

/// What the log says about an invocation that failed.
fn failure(story: &Story<'_>) -> Option<(Timestamp, String)> {
    let message = match story.work.end {
        End::Replied => return None,
        End::Raised => json!({ "errorType": RAISED_TYPE, "errorMessage": RAISED_MESSAGE }),
        End::Killed => json!("Runtime exited with error: signal: killed"),
        End::TimedOut => json!(format!(
            "Task timed out after {:.2} seconds",
            story.timeout_s()
        )),
    };
    Some(own(story, story.ended, "ERROR", &message))
}

/// The body of `platform.report`.
fn report(story: &Story<'_>) -> Value {
    let work = story.work;
    let mut metrics = Map::new();
    metrics.insert("durationMs".into(), thousandths(work.duration_ms));
    metrics.insert("billedDurationMs".into(), whole(story.billed_ms()));
    metrics.insert(
        "memorySizeMB".into(),
        json!(story.settings.memory.megabytes()),
    );
    metrics.insert("maxMemoryUsedMB".into(), json!(work.used_mb));
    if let Some(init) = work.init_ms {
        metrics.insert("initDurationMs".into(), thousandths(init));
    }
    if let Some(restore) = work.restore {
        metrics.insert("restoreDurationMs".into(), thousandths(restore.duration_ms));
        metrics.insert("billedRestoreDurationMs".into(), whole(restore.billed_ms));
    }
    let (status, error) = match work.end {
        End::Replied => ("success", None),
        End::Raised => ("error", Some(RAISED_TYPE)),
        End::Killed => ("error", Some("Runtime.OutOfMemory")),
        End::TimedOut => ("timeout", None),
    };
    let mut record = json!({ "requestId": story.request_id, "metrics": metrics, "status": status });
    if let (Some(error), Some(record)) = (error, record.as_object_mut()) {
        record.insert("errorType".into(), json!(error));
    }
    record
}

/// Milliseconds with three decimals, as the platform rounds them.
fn thousandths(milliseconds: f64) -> Value {
    json!((milliseconds * 1000.0).round() / 1000.0)
}

/// Whole milliseconds as an integer.
fn whole(milliseconds: f64) -> Value {
    serde_json::from_str(&format!("{milliseconds:.0}")).unwrap_or(Value::Null)
}
