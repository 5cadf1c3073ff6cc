//! Whatever is typed: no panic, and the meaning of phrases and globs.

use proptest::prelude::*;

use super::super::FilterPattern;
use crate::logs::Glob;

/// The slow and obvious meaning of a glob.
fn slowly(glob: &[char], text: &[char]) -> bool {
    match glob.split_first() {
        None => text.is_empty(),
        Some(('*', rest)) => (0..=text.len()).any(|start| slowly(rest, &text[start..])),
        Some((first, rest)) => text.first() == Some(first) && slowly(rest, &text[1..]),
    }
}

proptest! {
    #[test]
    fn no_pattern_and_no_message_makes_it_panic(pattern in "\\PC{0,60}", message in "\\PC{0,60}") {
        if let Ok(pattern) = FilterPattern::parse(&pattern) {
            let _ = pattern.matches(&message);
        }
    }

    #[test]
    fn no_pattern_of_its_own_characters_makes_it_panic(
        pattern in r#"[\[{]?[ $.a-c0-2=!<>&|()%"'*,\\\[\]{}?+ISNOTEXULFR^-]{0,40}[\]}]?"#,
        message in r#"[ \[\]{}a-c0-2":,]{0,40}"#,
    ) {
        match FilterPattern::parse(&pattern) {
            Ok(right) => { let _ = right.matches(&message); }
            Err(error) => prop_assert!(
                (1..=pattern.chars().count() + 1).contains(&error.column), "{}: {}", pattern, error
            ),
        }
    }

    #[test]
    fn a_quoted_phrase_finds_itself(before in "\\PC{0,20}", phrase in "\\PC{1,20}", after in "\\PC{0,20}") {
        let quoted = format!("\"{}\"", phrase.replace('\\', "\\\\").replace('"', "\\\""));
        let pattern = FilterPattern::parse(&quoted).unwrap();
        let message = format!("{before}{phrase}{after}");
        prop_assert!(pattern.matches(&message));
        prop_assert!(!pattern.matches(&message.replace(&phrase, "")) || message.replace(&phrase, "").contains(&phrase));
    }

    #[test]
    fn a_glob_means_what_the_slow_way_says(glob in "[ab*]{0,8}", text in "[ab]{0,12}") {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(Glob::parse(&glob).matches(&text), slowly(&letters(&glob), &letters(&text)));
    }

    #[test]
    fn numbers_compare_as_numbers(left in -1e6_f64..1e6, right in -1e6_f64..1e6) {
        let event = format!("{{\"a\":{left}}}");
        for (operator, wanted) in [("<", left < right), ("<=", left <= right), (">", left > right),
            (">=", left >= right), ("=", left == right), ("!=", left != right)] {
            let pattern = FilterPattern::parse(&format!("{{ $.a {operator} {right} }}")).unwrap();
            prop_assert_eq!(pattern.matches(&event), wanted, "{} {} {}", left, operator, right);
        }
    }
}
