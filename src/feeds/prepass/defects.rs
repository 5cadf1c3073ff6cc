//! What was wrong with a document, and how the user is told of it.

use crate::feeds::limits::{MOST_BYTES_OF_ITEM, MOST_ITEMS};
use crate::text::counted;

/// What was mended, cut and left out so far.
#[derive(Debug, Default)]
pub(super) struct Defects {
    /// Whether the document ends in the middle.
    pub(super) cut: bool,
    /// Whether what is around the items was too large.
    pub(super) beyond: bool,
    /// Tags that were not closed or never opened.
    pub(super) mended: usize,
    /// Items that were too large.
    pub(super) too_large: usize,
    /// Items that came after as many as may be.
    pub(super) too_many: usize,
    /// Items without anything inside.
    pub(super) empty: usize,
}

impl Defects {
    /// A sentence for each kind.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.cut {
            let sentence =
                "the document ends in the middle; it was cut at its last complete article";
            warnings.push(sentence.to_owned());
        }
        let limit = MOST_BYTES_OF_ITEM >> 20;
        if self.beyond {
            let sentence = "beside its articles the document has more than";
            warnings.push(format!("{sentence} {limit} MiB; the rest was left out"));
        }
        let mended = counted(self.mended, "tag was mended", "tags were mended");
        warnings.extend(mended.map(|mended| format!("the document is not well formed; {mended}")));
        let left_out = |count, which: &str| {
            let one = format!("article {which} was left out");
            counted(count, &one, &format!("articles {which} were left out"))
        };
        warnings.extend(left_out(self.too_large, &format!("above {limit} MiB")));
        warnings.extend(left_out(
            self.too_many,
            &format!("after the first {MOST_ITEMS}"),
        ));
        warnings.extend(left_out(self.empty, "without anything inside"));
        warnings
    }
}
