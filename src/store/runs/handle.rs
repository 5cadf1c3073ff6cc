//! What people name a run by: its id or its name, the newest one of a function, or how many back it was made.

use rusqlite::Transaction;

use super::super::error::{StoreError, TransactionError};
use super::rows::{NEWEST_FIRST, RunRecord, select};

/// The newest run of all.
const LATEST: &str = "latest";

/// The runs of the function of a name.
const OF_FUNCTION: &str = "WHERE ?1 <> '' AND instr(?1, ':') = 0 AND substr(
    CASE WHEN json_valid(origin) THEN json_extract(origin, '$.measured.function_arn') END,
    -length(?1) - 1
) = ':' || ?1";

/// The one run a text can mean: by id, by exact name, by the name of its function (the newest one), `latest` or `-2` (the
/// one before the latest), by the beginning of its id; the first that matches anything decides.
pub(super) fn meant(on: &Transaction<'_>, text: &str) -> Result<RunRecord, TransactionError> {
    let matching = |way: &str| select(on, &format!("{way} {NEWEST_FIRST}"), [text]);
    if let Some(only) = matching("WHERE id = ?1")?.pop() {
        return Ok(only);
    }
    let named = matching("WHERE name = ?1")?;
    let of_function = matching(OF_FUNCTION)?;
    // Runs have the name of their function until they are renamed: of those the newest is meant.
    let is_of_function = |run: &RunRecord| of_function.iter().any(|other| other.id == run.id);
    let is_clear = named.len() < 2 || !named.iter().all(is_of_function);
    if is_clear && let Some(only) = only(text, named)? {
        return Ok(only);
    }
    if let Some(newest) = of_function.into_iter().next() {
        return Ok(newest);
    }
    if let Some(back) = back(text) {
        let counted = select(on, &format!("{NEWEST_FIRST} LIMIT 1 OFFSET ?1"), [back])?;
        if let Some(run) = counted.into_iter().next() {
            return Ok(run);
        }
    }
    let begun = matching("WHERE ?1 <> '' AND substr(id, 1, length(?1)) = ?1")?;
    only(text, begun)?.ok_or_else(|| StoreError::NoSuchRun(text.to_owned()).into())
}

/// How many runs are newer than the one that is meant: none than `latest` and `-1`.
fn back(text: &str) -> Option<i64> {
    if text == LATEST {
        return Some(0);
    }
    let count: i64 = text.strip_prefix('-')?.parse().ok()?;
    count.checked_sub(1).filter(|back| *back >= 0)
}

/// The only one of these, if there is one.
fn only(text: &str, mut found: Vec<RunRecord>) -> Result<Option<RunRecord>, StoreError> {
    if found.len() > 1 {
        return Err(ambiguous(text, &found));
    }
    Ok(found.pop())
}

fn ambiguous(text: &str, found: &[RunRecord]) -> StoreError {
    const SHOWN: usize = 8;
    let mut candidates: Vec<String> = found
        .iter()
        .take(SHOWN)
        .map(|stored| format!("{} ({})", stored.id, stored.name))
        .collect();
    if found.len() > SHOWN {
        candidates.push(format!("and {} more", found.len() - SHOWN));
    }
    StoreError::AmbiguousRun {
        text: text.to_owned(),
        candidates,
    }
}

#[cfg(test)]
mod tests {
    use super::back;

    #[test]
    fn runs_are_counted_back_from_the_latest() {
        assert_eq!(
            [back("latest"), back("-1"), back("-2")],
            [Some(0), Some(0), Some(1)]
        );
        for text in ["-", "-0", "--1", "2", "-x", ""] {
            assert_eq!(back(text), None, "{text}");
        }
    }
}
