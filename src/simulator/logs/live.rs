//! Live sessions: an update each second until they end, one way or another.

mod message;
mod seat;
mod session;
mod update;

pub(super) use seat::SessionPermit;
pub(super) use session::{SessionRequest, stream};
