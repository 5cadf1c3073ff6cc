//! The word that a job should hold: it finishes what it began, and begins nothing new until it may go on.

use tokio::sync::watch;

/// Switches the pause of one job.
#[derive(Debug)]
pub struct PauseSwitch(watch::Sender<bool>);

/// Whether a job should hold, as it hears of it.
#[derive(Debug, Clone)]
pub struct Pause(watch::Receiver<bool>);

impl PauseSwitch {
    /// A switch that is off, and what hears of it.
    #[must_use]
    pub fn new() -> (Self, Pause) {
        let (switch, heard) = watch::channel(false);
        (Self(switch), Pause(heard))
    }

    /// Switches it; twice the same changes nothing.
    pub fn set(&self, is_on: bool) {
        self.0.send_replace(is_on);
    }
}

impl Default for Pause {
    /// One that nobody switches: it never comes.
    fn default() -> Self {
        PauseSwitch::new().1
    }
}

impl Pause {
    /// Whether the job should hold now.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.has_changed().is_ok() && *self.0.borrow()
    }

    /// Waits until the job should hold; for ever where nobody can say so. Cancel-safe.
    pub async fn begun(&mut self) {
        let is_on = self.0.wait_for(|is_on| *is_on).await.is_ok();
        if !is_on || self.0.has_changed().is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Waits for something, but no longer than until the job should hold; `None` then. Cancel-safe where that is.
    pub async fn unless_begun<T>(&mut self, waiting: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            waited = waiting => Some(waited),
            () = self.begun() => None,
        }
    }

    /// Waits until the job may go on; at once where it may. Cancel-safe.
    pub async fn over(&mut self) {
        self.0.wait_for(|is_on| !*is_on).await.ok();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    #[test]
    fn a_pause_is_heard_of_until_it_is_over() {
        let (switch, mut pause) = PauseSwitch::new();
        assert!(!pause.is_on() && pause.begun().now_or_never().is_none());
        switch.set(true);
        assert!(pause.is_on() && pause.begun().now_or_never().is_some());
        assert!(pause.over().now_or_never().is_none());
        switch.set(false);
        assert!(!pause.is_on() && pause.over().now_or_never().is_some());
    }

    #[test]
    fn where_nobody_can_switch_it_there_is_no_pause() {
        let mut pause = Pause::default();
        assert!(!pause.is_on() && pause.begun().now_or_never().is_none());
        let (switch, mut pause) = PauseSwitch::new();
        switch.set(true);
        drop(switch);
        assert!(!pause.is_on() && pause.over().now_or_never().is_some());
    }
}
