//! Space-delimited patterns.

use super::check;

const LINE: &str =
    r#"127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#;

#[test]
fn columns_are_compared_by_position() {
    for pattern in [
        "[ip, user, username, timestamp, request, status_code, bytes]",
        "[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes]",
        "[ip, user, username, timestamp, request=\"GET *\", status_code = 404, bytes > 1000]",
        "[ip=%^127\\.0\\.0\\.[1-9]%, user, name, time=10/Oct*, request, status, bytes<=1534]",
    ] {
        check(pattern, &[LINE], &["", "127.0.0.1 Prod frank"]);
    }
    for pattern in [
        "[ip, user, username, timestamp, request =*.htm, status_code, bytes]",
        "[ip, user, username, timestamp, request, status_code = 5*, bytes]",
        "[ip, user, username, timestamp, request, status_code, bytes > 2000]",
        "[a, b, c, d, e, f, g, h]",
    ] {
        check(pattern, &[], &[LINE]);
    }
}

#[test]
fn dots_stand_for_any_number_of_fields() {
    check(
        "[..., status_code = 4*, bytes]",
        &[LINE, "404 1"],
        &["404", "500 1"],
    );
    check("[ip=127*, ...]", &[LINE, "127"], &["128 x", ""]);
    check("[ip, ..., bytes > 1000]", &[LINE, "a 1001"], &["1001"]);
    check(
        "[..., request =*.html*, status_code = 404 || status_code = 410, bytes]",
        &[LINE],
        &["x.html 500 1"],
    );
    check(
        "[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]",
        &["INFO 09/25/2014 12:00:00 GET /service/resource/67 1200"],
        &["INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310"],
    );
    check("[...]", &[LINE, ""], &[]);
}

#[test]
fn the_last_name_takes_the_rest_of_the_line() {
    check(
        "[w1=ERROR, w2]",
        &["ERROR CODE 400 BAD REQUEST", "ERROR x"],
        &["INFO x y", "ERROR"],
    );
    check(
        "[time, level=ERROR, message=\"*rotation failed*\"]",
        &["1 ERROR key rotation failed now"],
        &["1 ERROR key"],
    );
    check(
        "[w1!=ERROR&&w1!=WARN, w2]",
        &["INFO 401 UNAUTHORIZED"],
        &["WARN 1", "ERROR 1"],
    );
}

#[test]
fn conditions_on_one_column_are_joined() {
    check(
        "[w1=ERROR || w1=%^WARN%, w2]",
        &["ERROR x", "WARNING y"],
        &["INFO z"],
    );
    check("[(s=404 || s=410) && s!=410, ...]", &["404 a"], &["410 a"]);
}

#[test]
fn a_mark_without_its_partner_is_a_plain_character() {
    check("[a=\"[x\", b=*y]", &["[x \"y"], &["[x] \"y"]);
    check("[a, b, c]", &["[x \"y z"], &["[x \"y"]);
}

#[test]
fn a_long_line_of_open_brackets_is_read_once() {
    let line = "[a ".repeat(300_000);
    check("[..., z=1]", &[], &[&line]);
}
