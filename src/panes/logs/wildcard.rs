//! Names with a star in place of any text, as in `/ecs/*/beat`.

/// Whether a text is a wildcard and no plain words.
pub(super) fn is_wildcard(text: &str) -> bool {
    text.contains('*')
}

/// Whether the whole name is what the wildcard says, whatever the case; a star stands for any text, also none.
/// Takes time in proportion to both lengths at worst.
pub(super) fn matches(wildcard: &str, name: &str) -> bool {
    let pattern: Vec<char> = wildcard.to_lowercase().chars().collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut here) = (0, 0);
    // Where the last star was, and how much of the name it has swallowed: the one place to come back to.
    let mut star: Option<(usize, usize)> = None;
    while here < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(character) if name.get(here) == Some(character) => {
                at += 1;
                here += 1;
            }
            _ => match &mut star {
                Some((place, swallowed)) => {
                    *swallowed += 1;
                    at = *place + 1;
                    here = *swallowed;
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(at).all(|&character| character == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        assert!(matches("/ecs/*/beat", "/ecs/alpha/beat"));
        assert!(matches("/AWS/lambda/hash-*", "/aws/lambda/hash-bun"));
        assert!(matches("*", ""));
        assert!(matches("a*b*c", "a-b-b-c"));
        assert!(!matches("/ecs/*/beat", "/ecs/alpha/beats"));
        assert!(!matches("beat", "/ecs/alpha/beat"));
    }

    proptest! {
        #[test]
        fn it_says_what_a_regular_expression_says(wildcard in "[ab*]{0,8}", name in "[ab]{0,12}") {
            let pattern = format!("^{}$", wildcard.replace('*', ".*"));
            let expected = regex::Regex::new(&pattern).unwrap().is_match(&name);
            prop_assert_eq!(matches(&wildcard, &name), expected);
        }
    }
}
