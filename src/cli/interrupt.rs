//! Ctrl-C and the other signals that end a process as a token: headless work ends cleanly instead of dying.

use tokio_util::sync::CancellationToken;

use super::CommandFailure;
use crate::runtime::EndSignals;

/// Runs `work` with a token that the first signal cancels; further signals change nothing, for the clean-up is under way.
///
/// # Errors
/// Those of `work`, or when the system gives no signals.
pub(super) async fn until_interrupted<T>(
    token: CancellationToken,
    work: impl Future<Output = Result<T, CommandFailure>>,
) -> Result<T, CommandFailure> {
    let mut signals = EndSignals::listen()
        .map_err(|error| CommandFailure::work(format!("signals cannot be waited for: {error}")))?;
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            result = &mut work => return result,
            _ = signals.next() => token.cancel(),
        }
    }
}
