//! A text that was made of a file, so that the reader of another language can read it, and the way back to the file.

use std::ops::Range;

use super::source_file::SourceFile;

/// The file that a text was made of, and what of it each part of the text stands for.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct MadeOf {
    pub(super) file: SourceFile,
    /// Stretches of the text and of the file, in order; those of the same length have the same text.
    pub(super) parts: Vec<(Range<usize>, Range<usize>)>,
}

impl MadeOf {
    /// The last part that begins at an offset of the text or before it.
    fn part(&self, at: usize) -> Option<&(Range<usize>, Range<usize>)> {
        let behind = self.parts.partition_point(|(made, _)| made.start <= at);
        self.parts.get(behind.checked_sub(1)?)
    }

    /// The offset in the file that one of the text stands for.
    pub(super) fn offset(&self, at: usize) -> usize {
        match self.part(at) {
            Some((made, own)) if made.len() == own.len() && at <= made.end => {
                own.start + at - made.start
            }
            Some((_, own)) => own.start,
            None => 0,
        }
    }

    /// The stretch of the file that has the same text as one of this text, or, for an empty one, where the part that it
    /// begins begins; none where there is none.
    pub(super) fn stretch(&self, at: &Range<usize>) -> Option<Range<usize>> {
        let (made, own) = self.part(at.start)?;
        if at.is_empty() && at.start == made.start {
            return Some(own.start..own.start);
        }
        let is_same = made.len() == own.len() && at.end <= made.end;
        is_same.then(|| {
            let start = own.start + at.start - made.start;
            start..start + at.len()
        })
    }
}
