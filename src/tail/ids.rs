//! What names the parts of a tail, so that one cannot be taken for another.

/// A session group, by its place among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SessionGroupId(pub(super) usize);

/// A poller, by its place among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PollerId(pub(super) usize);

/// A region of a tail's groups, by its place among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RegionId(pub(super) usize);

/// Who asked for a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageFor {
    /// A poller: the first picture, a history, a sweep.
    Sweep(PollerId),
    /// The search for late events of a poller's group.
    Late(PollerId),
}

/// A live session, open or asked for: numbered from 1, and no number comes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct SessionId(u32);

impl SessionId {
    /// The number of the session after this one.
    pub(super) const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
