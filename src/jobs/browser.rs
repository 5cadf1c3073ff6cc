//! Starts a browser and waits for its end, so that it leaves no zombie process. No shell is involved.

use std::process::{Child, Stdio};
use std::time::Duration;

use tokio::time::timeout;

use super::child::{apart, end, ends};
use super::problem::failed;
use crate::effect::{JobReport, Problem, ReaderReport};
use crate::task::JobContext;

/// A browser that ends sooner than this, and badly, did not open anything.
const SETTLED: Duration = Duration::from_secs(2);

/// Starts the program with its arguments; its output goes nowhere and it does not read the terminal.
pub(super) async fn browse(command: &[String], context: &JobContext<JobReport>) -> JobReport {
    let Some((program, arguments)) = command.split_first() else {
        return failed(Problem::other(
            "there is no browser; set BROWSER to the program to use",
        ));
    };
    let refused = |why: &dyn std::fmt::Display| {
        failed(Problem::other(format!(
            "'{program}' did not open the link: {why}; set BROWSER to the program to use"
        )))
    };
    let mut ends = match ends() {
        Ok(ends) => ends,
        Err(error) => return refused(&error),
    };
    let mut child = match start(program, arguments) {
        Ok(child) => child,
        Err(error) => return refused(&error),
    };
    let ended = timeout(SETTLED, end(&mut child, &mut ends)).await;
    match ended {
        Ok(Err(error)) => return refused(&error),
        Ok(Ok(status)) if !status.success() => return refused(&status),
        Ok(Ok(_)) | Err(_) => {}
    }
    context
        .report(JobReport::Reader(ReaderReport::Browsing))
        .await;
    if ended.is_err()
        && let Err(error) = end(&mut child, &mut ends).await
    {
        tracing::warn!(%error, "the end of the browser was not seen");
    }
    JobReport::Done
}

fn start(program: &str, arguments: &[String]) -> std::io::Result<Child> {
    let mut command = apart(program, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()
}
