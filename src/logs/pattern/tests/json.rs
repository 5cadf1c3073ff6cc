//! JSON patterns.

use super::check;

const EVENT: &str = r#"{"level":"ERROR","ms":12.5,"ok":true,"bad":false,"nothing":null,"n":404,
    "user":{"id":1,"email":"John.Doe@example.com","a.b":"dot"},"list":["x",{"id":7}],
    "sourceIPAddress":"111.111.111.111","account":"123456789012"}"#;

#[test]
fn fields_compare_with_texts_and_numbers() {
    check(
        r#"{ $.level = "ERROR" && $.ms > 10 }"#,
        &[EVENT],
        &["{}", "ERROR", ""],
    );
    for pattern in [
        r#"{$.level="ERROR"}"#,
        "{ $.level = ERROR }",
        r#"{ $.level != "INFO" }"#,
        "{ $.ms >= 12.5 }",
        "{ $.ms <= 1.25e1 }",
        "{ $.ms < 13 }",
        "{ $.n = 404 }",
        "{ $.n != 500 }",
        "{ $.n = 4* }",
        "{ $.account = 123456789012 }",
        "{ $.sourceIPAddress != 123.123.* }",
        r#"{ $.user.email = "*.Doe@*" }"#,
        "{ $.ok = true }",
    ] {
        check(pattern, &[EVENT], &["{}"]);
    }
    for pattern in [
        "{ $.level = error }",
        "{ $.ms > 12.5 }",
        "{ $.level > 3 }",
        "{ $.n = 40 }",
        "{ $.user = x }",
    ] {
        check(pattern, &[], &[EVENT]);
    }
}

#[test]
fn states_are_told_apart() {
    for pattern in [
        "{ $.ok IS TRUE }",
        "{ $.bad IS FALSE }",
        "{ $.nothing IS NULL }",
        "{ $.missing NOT EXISTS }",
        "{ $.nothing = * }",
        "{ $.user = * }",
    ] {
        check(pattern, &[EVENT], &[]);
    }
    for pattern in [
        "{ $.ok IS FALSE }",
        "{ $.level IS TRUE }",
        "{ $.missing IS NULL }",
        "{ $.nothing NOT EXISTS }",
        "{ $.missing = * }",
        "{ $.missing != x }",
    ] {
        check(pattern, &[], &[EVENT]);
    }
}

#[test]
fn selectors_reach_into_objects_and_lists() {
    for pattern in [
        "{ ($.user.id = 1) && ($.list[0] = x) }",
        "{ $.list[1].id = 7 }",
        r#"{ $.user["a.b"] = dot }"#,
        "{ $.user.['a.b'] = dot }",
        r#"{ $["level"] = %^ERR% }"#,
    ] {
        check(pattern, &[EVENT], &[]);
    }
    for pattern in [
        "{ $.list[2] = * }",
        "{ $.list.id = 7 }",
        "{ $.user[0] = * }",
    ] {
        check(pattern, &[], &[EVENT]);
    }
    check("{ $[0].a = 1 }", &[r#"[{"a":1}]"#], &[r#"{"a":1}"#]);
}

#[test]
fn a_wildcard_stands_for_each_element_or_each_field() {
    let event = r#"{"a":["one","value"],"ip":"112","list":[{"id":1},{"id":2,"ok":true},{"x":null}],
        "grid":[[0,1],[4,5]],"o":{"p":3,"q":{"r":1}},"empty":[]}"#;
    for pattern in [
        "{ $.a[*] = %val.{2}% }",
        "{ $.* = %1[0-9]{1,2}% }",
        "{ $.list[*].id = 2 }",
        "{ $.list[ * ].id > 1 }",
        "{ $.list[*].x IS NULL }",
        "{ $.list[*].ok IS TRUE }",
        "{ $.list[*].y NOT EXISTS }",
        "{ $.empty[*] NOT EXISTS }",
        "{ $.grid[*][0] = 4 }",
        "{ $.grid[1][*] = 5 }",
        "{ $.o.* = 3 }",
        "{ $.o.*.r = 1 }",
        "{ $.['o'].* = 3 }",
        "{ $.a[*] != one }",
        "{ $.a[*] = one && $.list[*].id = 2 && $.o.* = 3 }",
    ] {
        check(
            pattern,
            &[event],
            &["{}"][usize::from(pattern.contains("NOT"))..],
        );
    }
    for pattern in [
        "{ $.a.* = one }",
        "{ $.o[*] = 3 }",
        "{ $.grid[*] = 4 }",
        "{ $.list[*].id = 3 }",
        "{ $.list[*].id NOT EXISTS }",
        "{ $.['*'] = 112 }",
    ] {
        check(pattern, &[], &[event]);
    }
    check("{ $[*].a = 1 }", &[r#"[{"b":1},{"a":1}]"#], &[r#"{"a":1}"#]);
}

#[test]
fn and_binds_tighter_than_or() {
    check(
        "{ $.a = 1 || $.b = 1 && $.c = 1 }",
        &[r#"{"a":1}"#, r#"{"b":1,"c":1}"#],
        &[r#"{"b":1}"#],
    );
    check(
        "{ ($.a = 1 || $.b = 1) && $.c = 1 }",
        &[r#"{"a":1,"c":1}"#],
        &[r#"{"a":1}"#],
    );
}

#[test]
fn wildcards_and_escapes_in_texts() {
    check(
        r#"{ $.a = "x*y*z" }"#,
        &[r#"{"a":"x12y34z"}"#, r#"{"a":"xyz"}"#],
        &[r#"{"a":"xy"}"#],
    );
    check(
        r#"{ $.a = "aba*aba" }"#,
        &[r#"{"a":"abaaba"}"#],
        &[r#"{"a":"aba"}"#, r#"{"a":"ababa"}"#],
    );
    check(
        r#"{ $.a = "2\*3" }"#,
        &[r#"{"a":"2*3"}"#],
        &[r#"{"a":"2x3"}"#],
    );
    check(r#"{ $.a = "say \"hi\"" }"#, &[r#"{"a":"say \"hi\""}"#], &[]);
}

#[test]
fn a_hostile_message_is_no_match_and_no_panic() {
    let deep = "[".repeat(100_000);
    let objects = r#"{"a":"#.repeat(50_000);
    check(
        "{ $.a = 1 }",
        &[],
        &[&deep, &objects, "{", "[1", "{\"a\":1} x"],
    );
}
