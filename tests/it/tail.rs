//! The tail over the simulated account, on a clock that is moved: hours pass in seconds, and every run is the same.
//!
//! What every test holds to: each event that was put is told exactly once, and whatever was doubtful meanwhile was
//! said within three seconds and taken back at the end.

mod archive;
mod credentials;
mod endings;
mod groups;
mod late;
mod losses;
mod places;
mod reading;
mod regions;
mod rig;
mod steady;
mod text;
mod whole;

use rig::{GROUP, Rig, faults, options, wanted};
