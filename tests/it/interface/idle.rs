//! An idle iacstone costs nothing.

use std::time::Duration;

use super::{SIZE, demo};
use crate::pty::process;

#[test]
fn an_idle_interface_writes_nothing_uses_no_cpu_and_never_wakes_up() {
    let mut session = demo(SIZE, Vec::new());
    session.listen(Duration::from_millis(500));
    let wakes = process::wakes(session.process_id());
    let ticks = session.cpu_ticks();
    assert_eq!(session.listen(Duration::from_secs(3)), 0);
    assert_eq!(session.cpu_ticks() - ticks, 0);
    assert_eq!(process::wakes(session.process_id()) - wakes, 0);
}
