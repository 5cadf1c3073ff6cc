//! Run locks: which runs are alive in some process, so that no other process undoes them.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::error::StoreError;
use super::private;
use crate::power::RunId;

const LONGEST_ID: usize = 64;

/// Says that a run is alive; the system releases it when the process ends, however it ends.
#[derive(Debug)]
pub struct RunLock {
    path: PathBuf,
    file: File,
}

impl RunLock {
    /// Takes the lock of a run; `None` when another process (or another lock of this one) holds it.
    ///
    /// # Errors
    /// [`StoreError::BadRunId`] for an id that is no safe file name, [`StoreError::Unwritable`] when the file cannot
    /// be made.
    pub fn acquire(data_dir: &Path, run: &RunId) -> Result<Option<Self>, StoreError> {
        let name = file_name(run)?;
        let path = directory(data_dir)?.join(name);
        loop {
            let file = private::file(&path)?;
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) if is_at(&file, &path) => return Ok(Some(Self { path, file })),
                // The holder removed the file between our opening and locking it, or a signal came: once more.
                Ok(()) | Err(Errno::INTR) => {}
                Err(Errno::WOULDBLOCK) => return Ok(None),
                Err(error) => return Err(private::unwritable(&path, io::Error::from(error))),
            }
        }
    }
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // Removed while held, so that nobody else can hold a lock on a file that is about to vanish.
        if is_at(&self.file, &self.path)
            && let Err(error) = fs::remove_file(&self.path)
        {
            tracing::warn!(path = %self.path.display(), %error, "a lock file stays behind");
        }
    }
}

/// The directory of the lock files, created when absent.
fn directory(data_dir: &Path) -> Result<PathBuf, StoreError> {
    let locks = data_dir.join("locks");
    private::directory(&locks)?;
    Ok(locks)
}

fn file_name(run: &RunId) -> Result<String, StoreError> {
    let safe = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if run.0.is_empty() || run.0.len() > LONGEST_ID || !run.0.chars().all(safe) {
        return Err(StoreError::BadRunId(run.0.clone()));
    }
    Ok(format!("{}.lock", run.0))
}

fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(there)) => ours.dev() == there.dev() && ours.ino() == there.ino(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn id(text: &str) -> RunId {
        RunId(text.to_owned())
    }

    #[test]
    fn a_lock_is_held_once_and_leaves_no_file() {
        let dir = tempfile::tempdir().unwrap();
        let held = RunLock::acquire(dir.path(), &id("r1")).unwrap().unwrap();
        assert!(RunLock::acquire(dir.path(), &id("r1")).unwrap().is_none());
        assert!(RunLock::acquire(dir.path(), &id("r2")).unwrap().is_some());
        let mode = fs::metadata(&held.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        drop(held);
        assert_eq!(fs::read_dir(dir.path().join("locks")).unwrap().count(), 0);
        assert!(RunLock::acquire(dir.path(), &id("r1")).unwrap().is_some());
    }

    #[test]
    fn a_lock_file_left_by_a_killed_process_does_not_hold() {
        let dir = tempfile::tempdir().unwrap();
        drop(private::file(&directory(dir.path()).unwrap().join("r1.lock")).unwrap());
        assert!(RunLock::acquire(dir.path(), &id("r1")).unwrap().is_some());
    }

    #[test]
    fn an_id_that_is_no_file_name_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let long = "r".repeat(LONGEST_ID + 1);
        for text in ["", "..", "../evil", "a/b", "a b", "r\0", "é", &long] {
            let refused = RunLock::acquire(dir.path(), &id(text)).unwrap_err();
            assert!(matches!(refused, StoreError::BadRunId(_)), "{text}");
        }
        assert!(!dir.path().join("locks").exists());
    }

    #[test]
    fn racing_threads_never_hold_one_lock_together() {
        let dir = tempfile::tempdir().unwrap();
        let holders = std::sync::atomic::AtomicUsize::new(0);
        let taken = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..2_000 {
                        if let Some(lock) = RunLock::acquire(dir.path(), &id("r1")).unwrap() {
                            let order = std::sync::atomic::Ordering::SeqCst;
                            assert_eq!(holders.fetch_add(1, order), 0);
                            taken.fetch_add(1, order);
                            std::thread::yield_now();
                            holders.fetch_sub(1, order);
                            drop(lock);
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 0);
    }
}
