//! The log at one moment, for work in another thread: sealed blocks are shared, nothing is copied but their list.

use std::sync::Arc;

use super::blocks::Blocks;
use super::order::Order;
use super::reader::Reader;
use super::row::{Row, RowId};

/// The log at one moment. Two are equal only when they are the same one.
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<Moment>);

#[derive(Debug)]
struct Moment {
    blocks: Blocks,
    visible: Order,
    evicted: u64,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Snapshot {
    pub(super) fn new(blocks: Blocks, visible: Order, evicted: u64) -> Self {
        Self(Arc::new(Moment {
            blocks,
            visible,
            evicted,
        }))
    }

    pub(super) fn blocks(&self) -> &Blocks {
        &self.0.blocks
    }

    /// How many rows pass the filters.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.visible.len()
    }

    /// Whether no row passes the filters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Rows that had been dropped by then to keep the log within its bounds.
    #[must_use]
    pub fn evicted(&self) -> u64 {
        self.0.evicted
    }

    /// The rows that pass the filters, in order, each with its raw message.
    pub fn rows(&self) -> impl Iterator<Item = (Row, String)> + '_ {
        let mut reader = Reader::new(&self.0.blocks);
        let ids = self.0.visible.from(0);
        ids.filter_map(move |id| Some((reader.row(id)?, reader.raw(id)?)))
    }

    /// The names of the rows that pass the filters, in order.
    pub fn ids(&self) -> impl Iterator<Item = RowId> + '_ {
        self.0.visible.from(0)
    }
}
