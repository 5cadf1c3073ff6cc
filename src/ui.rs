//! Drawing: the state as a frame. Views only read.

pub mod chart;
pub mod theme;
