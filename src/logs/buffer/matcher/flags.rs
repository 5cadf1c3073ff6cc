//! What can be told about a regular expression from how it is written.

/// Whether it names a capital letter itself: `Error` does, `\W` and `\S+` do not.
pub(super) fn names_capitals(pattern: &str) -> bool {
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            let class = characters.next();
            if matches!(class, Some('p' | 'P')) {
                // The name of a class: one letter, or several in braces.
                let rest = characters.as_str();
                let name = rest.strip_prefix('{').and_then(|rest| rest.split_once('}'));
                characters = name.map_or(rest, |(_, rest)| rest).chars();
                if name.is_none() {
                    characters.next();
                }
            }
        } else if character.is_uppercase() {
            return true;
        }
    }
    false
}

/// Whether it may look at the edges of the whole text (`\A`, `\z`) or change what `^` and `$` mean: then a block
/// cannot stand for its rows. Errs to the safe side.
pub(super) fn looks_at_edges(pattern: &str) -> bool {
    let edges = pattern.contains("\\A") || pattern.contains("\\z");
    edges || groups(pattern).any(|flags| flags.contains(['-', 'R']))
}

/// The flags of each group that has any, such as `i-m` of `(?i-m:`.
fn groups(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split("(?").skip(1).map(|rest| {
        let end = rest.find([')', ':', '<', '=']).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::{looks_at_edges, names_capitals};

    #[test]
    fn classes_are_no_capitals() {
        for (pattern, expected) in [
            ("timeout", false),
            ("Timeout", true),
            (r"\S+\W\D\B", false),
            (r"\p{Lu}x\PL", false),
            (r"\pLX", true),
            (r"\\A", true),
            ("é", false),
            ("É", true),
        ] {
            assert_eq!(names_capitals(pattern), expected, "{pattern}");
        }
    }

    #[test]
    fn edges_of_the_text_are_noticed() {
        for (pattern, expected) in [
            (r"\AERROR", true),
            (r"done\z", true),
            ("(?-m)^x$", true),
            ("(?R)^x$", true),
            ("(?i)^x$", false),
            ("(?P<Rest>x)", false),
            ("^x-y$", false),
        ] {
            assert_eq!(looks_at_edges(pattern), expected, "{pattern}");
        }
    }
}
