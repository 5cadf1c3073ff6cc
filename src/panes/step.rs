//! The way through a list whose row in front is known by what tells it from the others.

/// What is so many rows further down from here, or up when negative; it stops at the ends. Where `here` is not in the
/// list, the way begins at the first row.
pub(super) fn stepped<K: PartialEq>(
    keys: impl IntoIterator<Item = K>,
    here: Option<K>,
    rows: isize,
) -> Option<K> {
    let keys: Vec<K> = keys.into_iter().collect();
    let at = here.and_then(|here| keys.iter().position(|key| *key == here));
    let last = keys.len().saturating_sub(1);
    let there = at.unwrap_or_default().saturating_add_signed(rows).min(last);
    keys.into_iter().nth(there)
}

#[cfg(test)]
mod tests {
    use super::stepped;

    #[test]
    fn the_way_stops_at_the_ends_and_begins_at_the_first_row() {
        assert_eq!(stepped(["a", "b", "c"], Some("a"), 1), Some("b"));
        assert_eq!(stepped(["a", "b", "c"], Some("b"), 9), Some("c"));
        assert_eq!(stepped(["a", "b", "c"], Some("b"), -9), Some("a"));
        assert_eq!(stepped(["a", "b", "c"], Some("gone"), 1), Some("b"));
        assert_eq!(stepped(["a", "b", "c"], None, 0), Some("a"));
        assert_eq!(stepped([], Some("a"), 1), None);
    }
}
