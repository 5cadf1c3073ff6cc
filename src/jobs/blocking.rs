//! Work beside the event loop: files, and what computes for long.

use crate::task::{Blocking, BrokenWork};

/// Runs work that blocks on a thread of its own.
///
/// # Errors
/// When the work itself broke.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, BrokenWork> {
    Blocking::OnThreads.run(work).await
}
