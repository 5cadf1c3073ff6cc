//! Terms, phrases and regular expressions anywhere in the message.

use super::{check, lets};
use crate::logs::pattern::FilterPattern;

#[test]
fn an_empty_pattern_matches_everything() {
    check("", &["", "anything"], &[]);
    check("  ", &["anything"], &[]);
    assert!(FilterPattern::parse(" ").unwrap().matches("anything"));
}

#[test]
fn terms_must_all_be_there_in_any_order_and_in_this_case() {
    check(
        "ERROR ARGUMENTS",
        &["[ERROR 400] ARGUMENTS", "ARGUMENTS: ERROR"],
        &["ERROR", "error arguments", ""],
    );
}

#[test]
fn one_optional_term_is_enough() {
    check(
        "?ERROR ?\"time out\"",
        &["ERROR", "a time out"],
        &["timeout", "WARN"],
    );
}

#[test]
fn optional_terms_beside_others_are_ignored() {
    check("?ERROR REQUEST", &["REQUEST"], &["ERROR"]);
    check("?ERROR -DEBUG", &["anything"], &["ERROR DEBUG"]);
    assert!(
        FilterPattern::parse("?ERROR REQUEST")
            .unwrap()
            .ignores_optional_terms()
    );
    assert!(
        !FilterPattern::parse("?ERROR ?WARN")
            .unwrap()
            .ignores_optional_terms()
    );
}

#[test]
fn excluded_terms_may_not_be_there() {
    check("ERROR -ARGUMENTS", &["ERROR 1"], &["ERROR ARGUMENTS", "x"]);
    check("-\"health check\"", &["GET /"], &["GET health check"]);
}

#[test]
fn phrases_hold_spaces_and_escaped_quotes() {
    check(
        "\"INTERNAL SERVER ERROR\"",
        &["x INTERNAL SERVER ERROR y"],
        &["INTERNAL  SERVER ERROR"],
    );
    check(
        r#""\"level\":\"ERROR\"""#,
        &[r#"{"level":"ERROR"}"#],
        &["level ERROR"],
    );
    check(r#""C:\\temp\new""#, &[r"C:\temp\new"], &[r"C:\\temp"]);
}

#[test]
fn expressions_search_the_message() {
    check("%AUTHORIZED%", &["UNAUTHORIZED REQUEST"], &["authorized"]);
    check(r"%10\.10\.0\.1%", &["from 10.10.0.1"], &["10x10x0x1"]);
    check("%colou?r%", &["color", "colour"], &["colr"]);
    check("%^[hc]at$%", &["hat", "cat"], &["a hat", "hats"]);
    check("%a{3,5}|gr[ea]y%", &["aaa", "grey"], &["aa", "groy"]);
    check(r"%\d{3}\s\w+\S\x41%", &["404 NOT_A"], &["４０４ NOT_A"]);
    check(
        "%^starting|^shutting down%",
        &["starting up", "shutting down now"],
        &["is starting", "shuttingdown"],
    );
    check("%a{2, 3}b%", &["aab"], &["ab"]);
    check("%^a{,2}b%", &["b", "aab"], &["aaab"]);
    check("%[{]x%", &["{x"], &["x"]);
    check(r"%100\%%", &["at 100%"], &["at 100"]);
    check("-%DEBUG|TRACE%", &["INFO"], &["a TRACE"]);
}

#[test]
fn class_operators_of_other_dialects_are_plain_characters() {
    check("%^[+--]+$%", &["+,-"], &["a"]);
    check("%^[[ab]+$%", &["[ab["], &["c"]);
}

#[test]
fn the_records_of_lambda_are_found_by_phrases() {
    let pattern = r#"?"REPORT RequestId" ?"platform.report""#;
    assert!(lets(pattern, "REPORT RequestId: 1\tDuration: 1 ms"));
    assert!(lets(pattern, r#"{"type":"platform.report"}"#));
    assert!(!lets(pattern, "END RequestId: 1"));
}
