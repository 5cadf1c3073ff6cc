//! Whether a blank line stands between two blocks.

use crate::articles::body::{BlockContent, Container, ContainerKind};

/// The block above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Before {
    path: Vec<usize>,
    is_frame: bool,
}

impl Before {
    /// A block in these containers, outermost first.
    pub(super) fn new(path: Vec<usize>, content: &BlockContent) -> Self {
        let is_frame = is_frame(content);
        Self { path, is_frame }
    }

    /// The blank line between it and the next block, which is in the containers of `path`, if there is one: the
    /// containers that both are in, outermost first. Their bars go through it.
    pub(super) fn gap<'p>(
        &self,
        path: &'p [usize],
        content: &BlockContent,
        containers: &[Container],
    ) -> Option<&'p [usize]> {
        let pairs = self.path.iter().zip(path);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let (both, rest) = path.split_at_checked(shared).unwrap_or((path, &[]));
        let is_tight = is_tight(containers, both, self.path.len() == shared, rest);
        (!is_tight || self.is_frame || is_frame(content)).then_some(both)
    }
}

/// Code and tables always stand apart.
const fn is_frame(content: &BlockContent) -> bool {
    matches!(content, BlockContent::Code(_) | BlockContent::Table(_))
}

/// Whether blocks that share the containers `both` stand close together. `beside`: the one above is in no other ones;
/// `rest`: what else the one below is in.
fn is_tight(containers: &[Container], both: &[usize], beside: bool, rest: &[usize]) -> bool {
    let kind = |index: &usize| containers.get(*index).map(|it| it.kind);
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
