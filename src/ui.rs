//! Drawing: the state as a frame. Views only read.

pub mod theme;
