//! The places of an article that have names. Only those that one of its links leads to are kept.

use std::collections::HashSet;

use crate::articles::body::{LinkTarget, NamedPlace};

/// The longest name of a place, in bytes.
const LONGEST: usize = 200;

/// The places so far, in reading order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct OpenPlaces(Vec<NamedPlace>);

impl OpenPlaces {
    /// Adds a place before a byte of the block of this number.
    pub(super) fn add(&mut self, name: &str, block: usize, at: usize) {
        let name = name.trim();
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '%');
        if name.len() <= LONGEST && name.chars().all(is_plain) {
            self.0.push(NamedPlace {
                name: name.to_owned(),
                block,
                at,
            });
        }
    }

    /// Those that the links of the article at this address lead to, each name once.
    pub(super) fn finish(
        self,
        links: &[LinkTarget],
        address: Option<&str>,
        blocks: usize,
    ) -> Vec<NamedPlace> {
        let fragment = |link: &'_ LinkTarget| {
            let (page, name) = link.url.split_once('#')?;
            (page.is_empty() || Some(page) == address).then(|| name.to_owned())
        };
        let mut wanted: HashSet<String> = links.iter().filter_map(fragment).collect();
        let mut places = self.0;
        // A block that came to nothing has no place; what is named behind the end is at the end.
        places.retain_mut(|place| {
            place.block = place.block.min(blocks.saturating_sub(1));
            blocks > 0 && wanted.remove(&place.name)
        });
        places
    }
}
