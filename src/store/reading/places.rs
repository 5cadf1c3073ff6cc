//! Where articles were left.

use rusqlite::OptionalExtension;

use super::super::database::{Database, Durability};
use super::super::error::StoreError;
use crate::articles::{ArticleId, TextPosition};

/// Keeps where an article was left; one that was left at its top has no place. Of one that is forgotten nothing is kept.
pub(super) fn keep(
    database: &mut Database,
    id: &ArticleId,
    at: TextPosition,
) -> Result<(), StoreError> {
    database.write("keep the place in the article", Durability::Process, |on| {
        if at.stretch == 0 && at.characters == 0 {
            on.execute(
                "DELETE FROM places WHERE article = (SELECT number FROM articles WHERE id = ?1)",
                [&id.0],
            )?;
            return Ok(());
        }
        on.execute(
            "INSERT OR REPLACE INTO places (article, stretch, characters)
             SELECT number, ?2, ?3 FROM articles WHERE id = ?1",
            (&id.0, integer(at.stretch), integer(at.characters)),
        )?;
        Ok(())
    })
}

/// Where an article was left.
pub(super) fn find(
    database: &mut Database,
    id: &ArticleId,
) -> Result<Option<TextPosition>, StoreError> {
    database.read("find the place in the article", |on| {
        let mut query = on.prepare_cached(
            "SELECT p.stretch, p.characters FROM places p JOIN articles a ON a.number = p.article WHERE a.id = ?1",
        )?;
        let count = |number: i64| usize::try_from(number).unwrap_or_default();
        let place = query.query_row([&id.0], |row| {
            Ok(TextPosition {
                stretch: count(row.get(0)?),
                characters: count(row.get(1)?),
            })
        });
        Ok(place.optional()?)
    })
}

fn integer(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
