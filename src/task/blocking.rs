//! Work that blocks or computes for long, beside the event loop.

/// Where such work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blocking {
    /// On threads of the runtime's own: the event loop goes on meanwhile.
    #[default]
    OnThreads,
    /// At once, where it is asked for. For simulations: when a thread is done is nobody's choice.
    InPlace,
}

/// The work broke on its thread: a fault of the program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("iacstone itself failed ({0}); please report it with the log of --log-file")]
pub struct BrokenWork(
    /// The runtime's words.
    pub String,
);

impl Blocking {
    /// Does the work.
    ///
    /// # Errors
    /// [`BrokenWork`].
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, BrokenWork> {
        match self {
            Self::OnThreads => {
                let joined = tokio::task::spawn_blocking(work).await;
                joined.map_err(|error| BrokenWork(error.to_string()))
            }
            Self::InPlace => Ok(work()),
        }
    }
}
