//! What was mended or left out of a feed, in sentences with a count.

/// A sentence about `count` things; none when there are none.
pub(super) fn counted(count: usize, one: &str, many: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn one_is_no_plural_and_none_is_no_sentence() {
        let told = |count| counted(count, "article was left out", "articles were left out");
        assert_eq!(told(0), None);
        assert_eq!(told(1).as_deref(), Some("1 article was left out"));
        assert_eq!(told(2).as_deref(), Some("2 articles were left out"));
    }
}
