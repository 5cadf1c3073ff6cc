//! Waiting for what a test needs: nothing sleeps and hopes, and nothing waits for ever.

use std::time::{Duration, Instant};

/// How long anything may take before a test fails; generous, because the machine may be busy.
pub(crate) const DEADLINE: Duration = Duration::from_mins(1);

/// How often is looked at what nobody tells of, such as the end of somebody else's process.
const LOOK: Duration = Duration::from_millis(5);

/// Waits until a condition holds.
#[track_caller]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !holds() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::sleep(LOOK);
    }
}

/// The same, for a test that must go on answering meanwhile; by the runtime's clock.
pub(crate) async fn until_then(what: &str, mut holds: impl FnMut() -> bool) {
    let looking = async {
        while !holds() {
            tokio::time::sleep(LOOK).await;
        }
    };
    let in_time = tokio::time::timeout(DEADLINE, looking).await;
    assert!(in_time.is_ok(), "never: {what}");
}
