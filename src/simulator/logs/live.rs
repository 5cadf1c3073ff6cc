//! Live sessions: an update each second until they end, one way or another.

mod end;
mod message;
mod permit;
mod session;
mod update;

pub use end::SessionEnd;
pub(super) use permit::SessionPermit;
pub(super) use session::{SessionRequest, stream};
