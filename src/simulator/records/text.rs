//! Log records as plain text: tab-separated fields, as `CloudWatch` Logs shows them.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::super::workload::End;
use super::story::{RAISED_MESSAGE, RAISED_TYPE, Story, stamp};

/// The lines of one invocation with their times.
pub(super) fn records(story: &Story<'_>) -> Vec<(Timestamp, String)> {
    let id = story.request_id;
    let mut lines = ready(story);
    let start = format!("START RequestId: {id} Version: {}", story.version);
    lines.push((story.started, start));
    lines.extend(own(story));
    lines.extend(failure(story));
    lines.push((story.ended, format!("END RequestId: {id}")));
    lines.push((story.ended, report(story)));
    lines
}

/// How the environment became ready.
fn ready(story: &Story<'_>) -> Vec<(Timestamp, String)> {
    let runtime = story
        .runtime_version()
        .map(|(version, arn)| format!("Runtime Version: {version}\tRuntime Version ARN: {arn}"));
    let work = story.work;
    if let Some(took) = work.timed_out_init_ms {
        let start = runtime.map(|runtime| (story.began, format!("INIT_START {runtime}")));
        let end =
            format!("INIT_REPORT Init Duration: {took:.2} ms\tPhase: init\tStatus: timeout\t");
        return start.into_iter().chain([(story.started, end)]).collect();
    }
    match (work.init_ms, work.restore, runtime) {
        (Some(_), _, Some(runtime)) => vec![(story.began, format!("INIT_START {runtime}"))],
        (_, Some(restore), Some(runtime)) => {
            let took = restore.duration_ms;
            vec![
                (story.began, format!("RESTORE_START {runtime}")),
                (
                    story.started,
                    format!("RESTORE_REPORT Restore Duration: {took:.2} ms"),
                ),
            ]
        }
        _ => Vec::new(),
    }
}

/// The function's own lines, in the form its runtime gives them.
fn own(story: &Story<'_>) -> impl Iterator<Item = (Timestamp, String)> {
    let (time, id) = (stamp(story.started), story.request_id);
    (1..=story.lines).map(move |line| {
        let words = story.user_text(line);
        let line = match story.settings.code.runtime.as_deref() {
            Some(runtime) if runtime.starts_with("nodejs") => {
                format!("{time}\t{id}\tINFO\t{words}")
            }
            Some(runtime) if runtime.starts_with("python") => {
                format!("[INFO]\t{time}\t{id}\t{words}")
            }
            _ => words,
        };
        (story.started, line)
    })
}

/// What the platform says about an invocation that failed.
fn failure(story: &Story<'_>) -> Option<(Timestamp, String)> {
    let (time, id) = (stamp(story.ended), story.request_id);
    let line = match story.work.end {
        End::Replied => return None,
        End::Raised => format!(
            "{time}\t{id}\tERROR\tInvoke Error \t{{\"errorType\":\"{RAISED_TYPE}\",\"errorMessage\":\"{RAISED_MESSAGE}\"}}"
        ),
        End::Killed => {
            format!("RequestId: {id} Error: Runtime exited with error: signal: killed")
        }
        End::TimedOut => {
            let limit = story.timeout_s();
            format!("{time} {id} Task timed out after {limit:.2} seconds")
        }
    };
    Some((story.ended, line))
}

/// The REPORT record.
fn report(story: &Story<'_>) -> String {
    let work = story.work;
    let mut line = format!(
        "REPORT RequestId: {}\tDuration: {:.2} ms\tBilled Duration: {:.0} ms\tMemory Size: {} MB\tMax Memory Used: {} MB\t",
        story.request_id,
        work.duration_ms,
        story.billed_ms(),
        story.settings.memory,
        work.used_mb,
    );
    // Writing to a string does not fail.
    if let Some(init) = work.init_ms {
        let _ = write!(line, "Init Duration: {init:.2} ms\t");
    }
    if let Some(restore) = work.restore {
        let (took, billed) = (restore.duration_ms, restore.billed_ms);
        let _ = write!(
            line,
            "Restore Duration: {took:.2} ms\tBilled Restore Duration: {billed:.0} ms\t"
        );
    }
    line.push_str(match work.end {
        End::Replied | End::Raised => "",
        End::Killed => "Status: error\tError Type: Runtime.OutOfMemory\t",
        End::TimedOut => "Status: timeout\t",
    });
    line
}
