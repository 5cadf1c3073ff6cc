//! Log events and what is known about a tail: plain data and pure ideas, no I/O and no screen.

mod event;
mod group;
pub mod invocation;
pub mod pattern;
mod tailing;

pub use event::{Event, Origin};
pub use group::{Group, GroupSet, function_of, group_of};
pub use pattern::{FilterPattern, PatternError};
pub use tailing::{Mode, Ruler, Standing, Tailing, Wanted};
