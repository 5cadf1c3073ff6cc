//! Drawing: a pane's state as a part of the frame. Views only read.

mod articles;
mod ascii;
pub mod chart;
mod logs;
mod paged_list;
mod painter;
mod problem;
mod stacks;
mod tuning;

use jiff::Timestamp;

pub(crate) use articles::draw as draw_articles;
pub(crate) use ascii::only as only_ascii;
pub(crate) use logs::draw as draw_logs;
pub(crate) use painter::{Painter, Piece, columns};
pub(crate) use stacks::draw as draw_stacks;
pub(crate) use tuning::draw as draw_tuning;

use crate::effect::AppContext;

/// A pane as it is drawn.
#[derive(Debug)]
pub(crate) struct PaneView<'a, P> {
    /// Its state.
    pub(crate) pane: &'a P,
    /// The facts of the session.
    pub(crate) context: &'a AppContext,
    /// The time of the last message.
    pub(crate) now: Timestamp,
}

impl<P> Clone for PaneView<'_, P> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<P> Copy for PaneView<'_, P> {}
