//! Dates in the forms that feeds have them.

use super::published;

fn shown(written: &str) -> Option<String> {
    published(written).map(|at| at.to_string())
}

#[test]
fn a_date_is_read_in_every_form_that_feeds_have() {
    for (written, expected) in [
        ("Thu, 14 Nov 2024 09:59:15 +0000", "2024-11-14T09:59:15Z"),
        ("2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00Z"),
        ("2024-05-01T10:00:00.123456789-0130", "2024-05-01T11:30:00Z"),
        ("2024-05-01T10:00:00Z[UTC]", "2024-05-01T10:00:00Z"),
        ("2024-05-01T10:00", "2024-05-01T10:00:00Z"),
        ("2024-05-01 10:00:00", "2024-05-01T10:00:00Z"),
        ("2024-05-01", "2024-05-01T00:00:00Z"),
        ("2024-05", "2024-05-01T00:00:00Z"),
        ("2024", "2024-01-01T00:00:00Z"),
        ("20240501", "2024-05-01T00:00:00Z"),
        ("20240501T100000Z", "2024-05-01T10:00:00Z"),
        ("20240501100000", "2024-05-01T10:00:00Z"),
        ("1714557600", "2024-05-01T10:00:00Z"),
        ("1714557600000", "2024-05-01T10:00:00Z"),
        ("Wed, May 1 2024 10:00:00 PM", "2024-05-01T22:00:00Z"),
        ("May 1, 2024, 12:05 a.m.", "2024-05-01T00:05:00Z"),
        ("WED,1 MAY 2024 10:00:00", "2024-05-01T10:00:00Z"),
        ("Wed, 1 May 24 10:00 GMT", "2024-05-01T10:00:00Z"),
        ("Wednesday, 01-May-24 10:00:00 GMT", "2024-05-01T10:00:00Z"),
        ("Wednesday, 01-May-97 10:00:00 GMT", "1997-05-01T10:00:00Z"),
        ("Wed May  1 10:00:00 2024", "2024-05-01T10:00:00Z"),
        ("Wed May  1 10:00:00 CEST 2024", "2024-05-01T08:00:00Z"),
        (
            "Wed May 01 2024 10:00:00 GMT+0100 (CET)",
            "2024-05-01T09:00:00Z",
        ),
        ("Wed, 1 May 2024 10:00:00 GMT+7", "2024-05-01T03:00:00Z"),
        ("Wed, 1 May 2024 10:00:00 +02:00", "2024-05-01T08:00:00Z"),
        ("Wed, 1 May 2024 10:00:00 PST", "2024-05-01T18:00:00Z"),
        (
            "Wed, 1 May 2024 10:00:00 +0000 (UTC)",
            "2024-05-01T10:00:00Z",
        ),
        ("Wed, 1 May 2024 24:00:00 GMT", "2024-05-02T00:00:00Z"),
        ("Wed, 1 May 2024 23:59:60 GMT", "2024-05-02T00:00:00Z"),
        ("05/13/2024", "2024-05-13T00:00:00Z"),
        ("13/05/2024 10:00", "2024-05-13T10:00:00Z"),
        ("13.05.2024 10:00", "2024-05-13T10:00:00Z"),
        ("5.4.2024", "2024-04-05T00:00:00Z"),
        ("2024年5月1日 10:00", "2024-05-01T10:00:00Z"),
        ("mer., 1 mai 2024 10:00:00 +0200", "2024-05-01T08:00:00Z"),
        ("mar. 6 févr. 2024 10:00", "2024-02-06T10:00:00Z"),
        ("gio, 04 gen 2024 10:00:00 +0100", "2024-01-04T09:00:00Z"),
        ("Fr, 1. März 2024 10:00 MEZ", "2024-03-01T09:00:00Z"),
        ("1 de diciembre de 2024", "2024-12-01T00:00:00Z"),
        ("пт, 1 мар 2024 10:00:00 +0300", "2024-03-01T07:00:00Z"),
    ] {
        let found = shown(written).map(|at| at.replace(".123456789", ""));
        assert_eq!(found.as_deref(), Some(expected), "{written}");
    }
}

#[test]
fn a_zone_that_is_called_by_a_place_follows_its_summer_time() {
    // A machine without the list of places takes the clock for one of UTC.
    let found = shown("Mon, 1 Jul 2024 10:00:00 Europe/Rome");
    let known = jiff::tz::TimeZone::get("Europe/Rome").is_ok();
    let expected = if known {
        "2024-07-01T08:00:00Z"
    } else {
        "2024-07-01T10:00:00Z"
    };
    assert_eq!(found.as_deref(), Some(expected));
}

#[test]
fn what_cannot_be_is_no_date() {
    for written in [
        "",
        "yesterday",
        "3 days ago",
        "2024-02-30T10:00:00Z",
        "2024-13-01",
        "2024-05-01T25:00:00Z",
        "2024-05-01T24:00:01Z",
        "2024-05-01T10:60:00Z",
        "Wed, 1 May 2024 10:00:00 -2400",
        "99999999999999999999",
        "1:2",
        ":::",
    ] {
        assert_eq!(shown(written), None, "{written}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_is_too_strange_to_be_no_date(written in "[0-9:TZ年a-z +./()-]{0,40}") {
        let _ = published(&written);
    }
}
