//! Text with `*` for any run of characters: in filter patterns, and in names of log groups.

/// A text that may hold wildcards, kept as the pieces between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glob {
    /// At least one piece; with one there is no wildcard.
    pieces: Vec<Box<str>>,
}

impl Glob {
    /// Reads every `*` as a wildcard, as in a name that holds no stars of its own.
    #[must_use]
    pub fn of_name(text: &str) -> Self {
        Self {
            pieces: text.split('*').map(Into::into).collect(),
        }
    }

    /// Whether a text is more than the name it spells.
    #[must_use]
    pub fn is_wild(text: &str) -> bool {
        text.contains('*')
    }

    /// What every name begins with that a text with wildcards means.
    #[must_use]
    pub fn prefix(text: &str) -> &str {
        text.split('*').next().unwrap_or_default()
    }

    /// Reads `*` as a wildcard, `\*` as a star and `\\` as a backslash.
    pub(super) fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut piece = String::new();
        let mut characters = text.chars().peekable();
        while let Some(next) = characters.next() {
            match next {
                '*' => pieces.push(std::mem::take(&mut piece).into_boxed_str()),
                '\\' => {
                    piece.push(
                        characters
                            .next_if(|c| matches!(c, '*' | '\\'))
                            .unwrap_or(next),
                    );
                }
                _ => piece.push(next),
            }
        }
        pieces.push(piece.into_boxed_str());
        Self { pieces }
    }

    /// Whether it is `*` alone: any value at all.
    pub(super) fn is_anything(&self) -> bool {
        self.pieces.len() > 1 && self.pieces.iter().all(|piece| piece.is_empty())
    }

    /// Whether the whole of `text` fits. Each piece is looked for once, from left to right.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let (Some((first, others)), Some(last)) = (self.pieces.split_first(), self.pieces.last())
        else {
            return false;
        };
        let Some((_, middle)) = others.split_last() else {
            return text == &**first;
        };
        let inner = text
            .strip_prefix(&**first)
            .and_then(|text| text.strip_suffix(&**last));
        let Some(mut inner) = inner else {
            return false;
        };
        for piece in middle {
            let Some((_, after)) = inner.split_once(&**piece) else {
                return false;
            };
            inner = after;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_wildcard_fits_whole_names() {
        for (wildcard, name, expected) in [
            ("/ecs/*", "/ecs/alpha/beat", true),
            ("*beat", "/ecs/alpha/beat", true),
            ("/ecs/*/be*t", "/ecs/alpha/beat", true),
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*a", "a", false),
            ("/ecs/*x", "/ecs/alpha/beat", false),
            ("/ecs", "/ecs/alpha", false),
            ("\\*", "\\x", true),
        ] {
            let fits = Glob::of_name(wildcard).matches(name);
            assert_eq!(fits, expected, "{wildcard} {name}");
        }
    }

    proptest! {
        #[test]
        fn it_says_what_a_regular_expression_says(wildcard in "[ab*]{0,8}", name in "[ab]{0,12}") {
            let pattern = format!("^{}$", wildcard.replace('*', ".*"));
            let expected = regex::Regex::new(&pattern).unwrap().is_match(&name);
            prop_assert_eq!(Glob::of_name(&wildcard).matches(&name), expected);
        }
    }
}
