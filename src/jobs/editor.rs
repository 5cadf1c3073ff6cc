//! Has an editor change a text, in the terminal that was lent to it. The text stands in a folder of its own, which only the
//! user may enter and which is gone afterwards, with whatever the editor leaves there.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use tokio::time::timeout;

use super::blocking::blocking;
use super::child::{self, end};
use super::files::{self, write_new};
use super::problem::failed;
use crate::effect::{Editor, JobReport, Problem};
use crate::task::JobContext;

/// No larger text is read back, in MiB: Lambda takes no such payload.
const LARGEST_MIB: u64 = 6;

/// How long an editor that is told to end may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// Starts the editor on a text, waits for its end, and reads what the text is then.
pub(super) async fn edit(
    editor: &Editor,
    text: String,
    context: &JobContext<JobReport>,
) -> JobReport {
    let prepared = match blocking(move || prepare(&text)).await {
        Ok(Ok(prepared)) => prepared,
        Ok(Err(why)) => return failed(Problem::other(why)),
        Err(broken) => return failed(broken),
    };
    match work(editor, &prepared.path, context).await {
        Ok(true) => {}
        Ok(false) => return JobReport::Cancelled,
        Err(why) => return failed(Problem::other(why)),
    }
    match blocking(move || read(&prepared)).await {
        Ok(Ok(text)) => JobReport::Edited(text),
        Ok(Err(why)) => failed(why),
        Err(broken) => failed(broken),
    }
}

/// A text to be edited, and the folder that is gone with this.
struct PreparedText {
    _folder: TempDir,
    path: PathBuf,
}

fn prepare(text: &str) -> Result<PreparedText, String> {
    let mut folder = tempfile::Builder::new();
    let folder = folder
        .prefix("iacstone-edit-")
        .permissions(Permissions::from_mode(0o700))
        .tempdir();
    let folder = folder.map_err(|error| {
        format!("there is no place for the text to edit: {error}; set TMPDIR to a folder that can be written to")
    })?;
    let path = folder.path().join("payload.json");
    write_new(text, &path).map_err(|error| error.to_string())?;
    Ok(PreparedText {
        _folder: folder,
        path,
    })
}

fn read(prepared: &PreparedText) -> Result<String, files::FileFailure> {
    let path = prepared.path.display().to_string();
    let instead = "the payload stays as it was";
    files::read(&path, LARGEST_MIB, instead, instead)
}

/// Runs the editor to its end; `false` when it was told to end before.
async fn work(
    editor: &Editor,
    path: &std::path::Path,
    context: &JobContext<JobReport>,
) -> Result<bool, String> {
    let name = editor.name();
    let refused = |why: &dyn std::fmt::Display| {
        format!(
            "the editor '{name}' did not work: {why}; the text stays as it was; set EDITOR to the program to use"
        )
    };
    let mut ends = child::ends().map_err(|error| refused(&error))?;
    let mut started = Command::new(name);
    let started = started.args(editor.arguments()).arg(path).spawn();
    let mut child = started.map_err(|error| refused(&error))?;
    let cancelled = context.cancellation();
    let ended = cancelled.run_until_cancelled(end(&mut child, &mut ends));
    let Some(ended) = ended.await else {
        terminate(&child);
        if timeout(PATIENCE, end(&mut child, &mut ends)).await.is_err() {
            child.kill().ok();
            end(&mut child, &mut ends).await.ok();
        }
        return Ok(false);
    };
    match ended {
        Ok(status) if status.success() => Ok(true),
        Ok(status) => Err(refused(&status)),
        Err(error) => Err(refused(&error)),
    }
}

/// Asks the editor to end; it gives the terminal its modes back then.
fn terminate(child: &Child) {
    if let Err(error) = kill_process(Pid::from_child(child), Signal::TERM) {
        tracing::warn!(%error, "the editor could not be told to end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_to_edit_is_the_users_alone_and_does_not_stay() {
        let prepared = prepare("{}").unwrap();
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        let folder = prepared.path.parent().unwrap().to_owned();
        assert_eq!((mode(&prepared.path), mode(&folder)), (0o600, 0o700));
        assert_eq!(read(&prepared).unwrap(), "{}");
        drop(prepared);
        assert!(!folder.exists());
    }
}
