//! What a folder remembers of one log stream.

use std::collections::VecDeque;
use std::sync::Arc;

use super::InvocationId;

/// Invocations that ended and may still get a line: late ones, and such as a time-out's.
const RECENT: usize = 4;
/// Invocations under way at once in one environment, at most; older ones count as ended without a record.
const MAX_OPEN: usize = 64;

/// The invocations of one stream that lines may still belong to.
#[derive(Debug)]
pub(super) struct StreamInvocations {
    pub(super) name: Arc<str>,
    /// An environment that gets ready, for the next invocation to begin.
    pub(super) waiting: Option<InvocationId>,
    /// Whether the environment could not be made ready, so that the next invocation begins with that.
    pub(super) init_broke: bool,
    /// Under way, oldest first.
    pub(super) open: Vec<InvocationId>,
    /// Ended, newest first.
    pub(super) recent: VecDeque<InvocationId>,
    /// The folder's clock when a line came last.
    pub(super) touched: u64,
}

impl StreamInvocations {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.into(),
            waiting: None,
            init_broke: false,
            open: Vec::new(),
            recent: VecDeque::new(),
            touched: 0,
        }
    }

    /// An invocation begins.
    pub(super) fn begin(&mut self, id: InvocationId) {
        self.open.push(id);
        if self.open.len() > MAX_OPEN {
            let oldest = self.open.remove(0);
            self.remember(oldest);
        }
    }

    /// An invocation is over.
    pub(super) fn close(&mut self, id: InvocationId) {
        self.open.retain(|&open| open != id);
        if !self.recent.contains(&id) {
            self.remember(id);
        }
    }

    fn remember(&mut self, id: InvocationId) {
        self.recent.push_front(id);
        self.recent.truncate(RECENT);
    }

    /// The invocations under way, then the ended ones, newest first.
    pub(super) fn known(&self) -> impl Iterator<Item = InvocationId> {
        self.open.iter().chain(&self.recent).copied()
    }
}
