//! Drawing: the state as a frame. Views only read.

mod articles;
mod ascii;
pub mod chart;
mod confirm;
mod footer;
mod help;
mod logs;
mod notice;
mod painter;
mod palette;
mod program;
mod prompt;
mod status;
#[cfg(test)]
mod tests;
mod tuning;
mod view;

pub use view::{SMALLEST, view};
