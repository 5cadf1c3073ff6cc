//! What the container of the default queue says: coloured lines and JSON lines about tasks.

use serde_json::json;

use super::moment::{Said, ServiceMoment, pick, stamp};

const TASKS: [&str; 5] = [
    "orders.tasks.send_receipt",
    "orders.tasks.sync_stock",
    "search.tasks.index_product",
    "mail.tasks.deliver",
    "reports.tasks.nightly_total",
];

/// The lines of one second.
pub(super) fn lines(moment: ServiceMoment) -> Vec<Said> {
    let count = 1 + moment.bits % 3;
    (0..count).flat_map(|index| task(moment, index)).collect()
}

/// A task is received and, in the same second, ends one way or another.
fn task(moment: ServiceMoment, index: u64) -> Vec<Said> {
    let bits = moment.bits(index);
    let begin_ms = (bits >> 40).cast_signed() % 600;
    let took_ms = 5 + (bits >> 30).cast_signed() % 390;
    let (name, id, replica) = (pick(&TASKS, bits >> 6), bits >> 3, bits >> 2);
    let end_ms = begin_ms + took_ms;
    let first = coloured(
        moment,
        begin_ms,
        "36",
        "INFO",
        &format!("Task {name}[{id:016x}] received"),
    );
    let last = if bits.is_multiple_of(60) {
        failure(moment, end_ms, name, id)
    } else if bits.is_multiple_of(3) {
        record(moment, end_ms, name, id, took_ms)
    } else {
        let text = format!("Task {name}[{id:016x}] succeeded in {took_ms} ms ✅");
        coloured(moment, end_ms, "32", "INFO", &text)
    };
    vec![(begin_ms, replica, first), (end_ms, replica, last)]
}

/// A line with its level in colour.
fn coloured(
    moment: ServiceMoment,
    offset_ms: i64,
    colour: &str,
    level: &str,
    text: &str,
) -> String {
    let time = stamp(moment.time(offset_ms));
    format!("[{time}: \u{1b}[{colour}m{level}\u{1b}[0m/MainProcess] {text}")
}

fn record(moment: ServiceMoment, offset_ms: i64, name: &str, id: u64, took_ms: i64) -> String {
    json!({
        "time": stamp(moment.time(offset_ms)),
        "severity": if took_ms > 350 { "WARNING" } else { "INFO" },
        "task": name,
        "task_id": format!("{id:016x}"),
        "runtime_ms": took_ms,
        "retries": 0,
    })
    .to_string()
}

/// A task that failed, with its trace in the same event.
fn failure(moment: ServiceMoment, offset_ms: i64, name: &str, id: u64) -> String {
    let line = 10 + id % 200;
    let text = format!(
        "Task {name}[{id:016x}] raised unexpected: TimeoutError('no answer after 5 s')\nTraceback (most recent call last):\n  File \"/srv/alpha/worker/trace.py\", line {line}, in run\n    result = task(*args, **kwargs)\n  File \"/srv/alpha/worker/mail.py\", line 88, in deliver\n    connection.send(message)\nTimeoutError: no answer after 5 s"
    );
    coloured(moment, offset_ms, "31;1", "ERROR", &text)
}
