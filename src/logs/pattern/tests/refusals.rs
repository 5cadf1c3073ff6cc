//! Patterns that break the rules of the user guide: where and why.

use super::super::FilterPattern;

fn refused(pattern: &str) -> String {
    FilterPattern::parse(pattern).map_or_else(|error| error.to_string(), |_| String::new())
}

#[test]
fn each_refusal_names_the_column_and_what_to_do() {
    for (pattern, column, advice) in [
        ("foo-bar", 1, "put it in double quotes"),
        ("ok  a.b", 5, "'a.b'"),
        ("?", 2, "write one after"),
        ("x -", 4, "write one after"),
        ("\"open", 1, "add '\"'"),
        ("%open", 1, "add '%'"),
        ("%some!%", 6, "'!' is not supported"),
        ("%(a)%", 2, "parentheses are not supported"),
        ("%a\tb%", 3, "write \\s"),
        ("%é%", 2, "not supported"),
        ("%\\b%", 3, "'\\b' is not supported"),
        ("%%", 1, "empty"),
        ("%a{%", 1, "no regular expression"),
        ("%[z-a]%", 1, "no regular expression"),
        ("%a% %b% %c%", 9, "at most 2"),
        ("{}", 2, "such as $.level"),
        ("{ $ = 1 }", 3, "'$' alone"),
        ("{ $.a }", 7, "an operator is missing"),
        ("{ $.a = }", 9, "a value is missing"),
        ("{ $.a > x }", 9, "only a number"),
        ("{ $.a IS BLUE }", 10, "NULL, TRUE or FALSE"),
        ("{ $.a NOT TRUE }", 11, "NOT EXISTS"),
        ("{ $.a = 1 && }", 14, "such as $.level"),
        ("{ ($.a = 1 }", 12, "a ')' is missing"),
        ("{ $.a = 1", 10, "a '}' is missing"),
        ("{ $.a = 1 } x", 13, "nothing may follow"),
        ("{ $.a[x] = 1 }", 7, "a number from 0"),
        ("{ $.a[0 = 1 }", 9, "a ']' is missing"),
        ("{ $.a[*][*] = 1 }", 9, "one wildcard"),
        ("{ $.a[*].b.* = 1 }", 11, "one wildcard"),
        (
            "{ $.a[*] = 1 || $.b[*] = 1 || $.c.* = 1 || $.* = 1 }",
            45,
            "at most 3 wildcards",
        ),
        ("{ $.a[**] = 1 }", 8, "a ']' is missing"),
        ("[a, b", 6, "',' or ']'"),
        ("[a, , b]", 5, "name every field"),
        ("[..., a, ...]", 10, "only once"),
        ("[a=1 && b=2]", 9, "must be about 'a'"),
        ("[a] x", 5, "nothing may follow"),
        ("[]", 2, "name every field"),
    ] {
        let sentence = refused(pattern);
        let place = format!("the filter pattern is not understood at column {column}: ");
        assert!(sentence.starts_with(&place), "{pattern}: {sentence}");
        assert!(sentence.contains(advice), "{pattern}: {sentence}");
    }
}

#[test]
fn the_length_is_counted_in_characters() {
    assert_eq!(refused(&"é".repeat(1024)), "");
    let sentence = refused(&"a".repeat(1025));
    assert!(
        sentence.contains("1025 characters; shorten it to 1024"),
        "{sentence}"
    );
}

#[test]
fn parentheses_cannot_exhaust_the_stack() {
    let sentence = refused(&format!("{{{}", "(".repeat(1000)));
    assert!(sentence.contains("nested more than 50 deep"), "{sentence}");
}

#[test]
fn an_expression_that_grows_too_large_is_refused() {
    assert!(refused("%a{1000}{1000}{1000}%").contains("no regular expression"));
}
