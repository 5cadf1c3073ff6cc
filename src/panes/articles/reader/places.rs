//! The places where articles of this session were left, to go on reading there.

use crate::articles::ArticleId;
use crate::panes::articles::reading::ReadingPosition;

/// The most places kept; the one that was left longest ago goes first.
const KEPT: usize = 200;

/// One place an article, latest last.
#[derive(Debug, Default)]
pub(super) struct ReadingPositions(Vec<ReadingPosition>);

impl ReadingPositions {
    /// Keeps a place; the one before it in the same article goes.
    pub(super) fn keep(&mut self, place: ReadingPosition) {
        if !place.is_somewhere() {
            return;
        }
        self.0.retain(|kept| kept.article != place.article);
        if self.0.len() == KEPT {
            self.0.remove(0);
        }
        self.0.push(place);
    }

    /// The place to go on at in an article that is opened for these words.
    pub(super) fn find(&self, article: &ArticleId, words: &[String]) -> Option<&ReadingPosition> {
        let place = self.0.iter().find(|place| place.article == *article)?;
        place.serves(words).then_some(place)
    }
}
