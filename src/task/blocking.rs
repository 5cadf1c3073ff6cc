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

impl Blocking {
    /// Does the work.
    ///
    /// # Errors
    /// The runtime's words, when the work broke on its thread.
    pub async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, String> {
        match self {
            Self::OnThreads => {
                let joined = tokio::task::spawn_blocking(work).await;
                joined.map_err(|error| error.to_string())
            }
            Self::InPlace => Ok(work()),
        }
    }
}
