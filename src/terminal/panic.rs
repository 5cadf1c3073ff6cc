//! The panic hook: restores the terminal before the panic is reported.

use std::panic::{PanicHookInfo, set_hook, take_hook};
use std::sync::{Arc, Weak};
use std::thread::{self, ThreadId};

use super::modes::Modes;

/// From now on a panic on this thread, the one that draws, gives the terminal back and is then reported as
/// before. A panic on another thread is a failed job, which the pool reports: it is only logged, because
/// anything written now would land in the middle of the screen.
pub(super) fn restore_before_reporting(modes: &Arc<Modes>) {
    let modes = Arc::downgrade(modes);
    let drawing = thread::current().id();
    let report = take_hook();
    set_hook(Box::new(move |info| {
        if may_report(&modes, drawing, info) {
            report(info);
        }
    }));
}

/// Restores the terminal when `drawing` panics; false when the report must not reach the screen.
fn may_report(modes: &Weak<Modes>, drawing: ThreadId, info: &PanicHookInfo<'_>) -> bool {
    let Some(modes) = modes.upgrade() else {
        return true;
    };
    if thread::current().id() == drawing {
        modes.leave();
    } else if modes.is_entered() {
        tracing::error!("a background thread panicked: {info}");
        return false;
    }
    true
}
