//! Whether a blank line stands between two blocks.

use super::PageBuilder;
use crate::articles::body::{BlockContent, ContainerKind};

/// The block above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    path: Vec<usize>,
    is_frame: bool,
}

impl Before {
    pub(super) fn new(path: Vec<usize>, content: &BlockContent) -> Self {
        let is_frame = is_frame(content);
        Self { path, is_frame }
    }
}

/// Code and tables always stand apart.
const fn is_frame(content: &BlockContent) -> bool {
    matches!(content, BlockContent::Code(_) | BlockContent::Table(_))
}

impl PageBuilder<'_> {
    /// Draws the blank line between two blocks, if there is one; bars of what both are in go through it.
    pub(super) fn gap(&mut self, before: &Before, path: &[usize], content: &BlockContent) {
        let pairs = before.path.iter().zip(path);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let (both, rest) = path.split_at_checked(shared).unwrap_or((path, &[]));
        if self.is_tight(both, before.path.len() == shared, rest)
            && !before.is_frame
            && !is_frame(content)
        {
            return;
        }
        let mut bars = self.bars(both);
        self.line(&mut bars, Vec::new());
    }

    /// Whether blocks that share these containers stand close together. `beside`: the one above is in no other ones;
    /// `rest`: what else the one below is in.
    fn is_tight(&self, both: &[usize], beside: bool, rest: &[usize]) -> bool {
        let kind = |index: &usize| self.body.containers.get(*index).map(|it| it.kind);
        if beside && rest.first().and_then(kind) == Some(ContainerKind::Definition) {
            return true;
        }
        match both.last().and_then(kind) {
            Some(ContainerKind::List { loose, .. }) => !loose,
            Some(ContainerKind::Item(_)) => {
                let list = both.iter().rev().nth(1).and_then(kind);
                matches!(list, Some(ContainerKind::List { loose: false, .. }))
            }
            _ => false,
        }
    }
}
