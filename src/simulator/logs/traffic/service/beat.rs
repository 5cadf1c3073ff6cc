//! What the scheduler says: which task is due.

use super::moment::{Said, ServiceMoment, stamp};

/// Name and period of the scheduled tasks, in slots of five seconds.
const SCHEDULE: [(&str, i64); 4] = [
    ("sync-stock-every-5-seconds", 1),
    ("expire-baskets", 6),
    ("refresh-exchange-rates", 12),
    ("send-reminders", 60),
];

/// The lines of five seconds.
pub(super) fn lines(moment: ServiceMoment) -> Vec<Said> {
    let due = SCHEDULE
        .iter()
        .filter(|(_, period)| moment.slot.rem_euclid(*period) == 0);
    let lateness_ms = (moment.bits % 40).cast_signed();
    due.enumerate()
        .map(|(index, (name, _))| {
            let offset_ms = lateness_ms + i64::try_from(index).unwrap_or(0);
            let time = stamp(moment.time(offset_ms));
            (
                offset_ms,
                0,
                format!("[{time}: INFO/MainProcess] Scheduler: Sending due task {name}"),
            )
        })
        .collect()
}
