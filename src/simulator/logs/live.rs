//! Live sessions: an update each second until they end, one way or another.

mod message;
mod permit;
mod session;
mod update;

pub(super) use permit::SessionPermit;
pub(super) use session::{SessionRequest, stream};
