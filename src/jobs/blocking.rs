//! Work beside the event loop: files, and what computes for long.

use crate::task::Blocking;

/// Runs work that blocks on a thread of its own.
///
/// # Errors
/// A sentence, when the work itself broke.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, String> {
    let done = Blocking::OnThreads.run(work).await;
    done.map_err(|error| {
        format!("iacstone itself failed ({error}); please report it with the log of --log-file")
    })
}
