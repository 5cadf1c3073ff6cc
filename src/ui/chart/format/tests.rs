//! Tests of the wording of values.

use super::*;

#[test]
fn durations_carry_a_unit_and_three_digits() {
    let cases = [
        (4.455, "4.46 ms"),
        (0.85, "0.850 ms"),
        (88.5, "88.5 ms"),
        (999.4, "999 ms"),
        (999.6, "1.00 s"),
        (1175.665, "1.18 s"),
        (34359.832, "34.4 s"),
        (900_000.0, "900 s"),
        (0.0, "0 ms"),
        (-0.0, "0 ms"),
    ];
    for (ms, text) in cases {
        assert_eq!(duration_text(ms), text, "{ms}");
    }
    assert_eq!(duration_exact(1175.665), "1.176 s");
    assert_eq!(duration_exact(4.455), "4.455 ms");
    assert_eq!(duration_text(f64::NAN), "— ms");
}

#[test]
fn intervals_share_the_unit_and_the_decimals_of_the_mean() {
    let around = |mean: f64, half: f64| {
        Some(Interval {
            low: mean - half,
            high: mean + half,
        })
    };
    assert_eq!(
        duration_with_interval(34359.832, around(34359.832, 120.0)),
        "34.36 ± 0.12 s"
    );
    assert_eq!(
        duration_with_interval(88.5, around(88.5, 1.5)),
        "88.50 ± 1.50 ms"
    );
    assert_eq!(
        duration_with_interval(88.5, around(88.5, 0.001)),
        "88.50 ± <0.01 ms"
    );
    assert_eq!(duration_with_interval(88.5, None), "88.50 ms");
    let lopsided = Interval {
        low: 679.7,
        high: 783.0,
    };
    assert_eq!(
        duration_with_interval(712.2, Some(lopsided)),
        "712.2 -32.5/+70.8 ms"
    );
}

#[test]
fn money_is_short_per_million_and_exact_per_invocation() {
    let usd = Currency::Usd;
    assert_eq!(per_million_text(7.1552e-5, usd), "$71.55 /M");
    assert_eq!(per_million_text(2.08e-7, usd), "$0.208 /M");
    assert_eq!(per_million_text(0.15, usd), "$150,000 /M");
    assert_eq!(per_million_text(1e-6, usd), "$1.00 /M");
    assert_eq!(per_million_text(0.0, usd), "$0 /M");
    assert_eq!(usd_text(7.1552e-5, usd), "$0.00007155");
    assert_eq!(usd_text(2.08e-7, Currency::Cny), "¥0.000000208");
    assert_eq!(usd_text(150.0, usd), "$150");
    assert_eq!(usd_text(0.0, usd), "$0");
}

#[test]
fn the_currency_follows_the_region() {
    assert_eq!(Currency::of_region("cn-north-1"), Currency::Cny);
    assert_eq!(Currency::of_region("us-east-1"), Currency::Usd);
}

#[test]
fn no_number_is_too_odd_to_print() {
    for value in [
        f64::NAN,
        f64::INFINITY,
        f64::MAX,
        f64::MIN_POSITIVE,
        -1.0,
        -0.0,
        1e-30,
    ] {
        for text in [
            duration_text(value),
            per_million_text(value, Currency::Usd),
            usd_text(value, Currency::Usd),
        ] {
            assert!(text.chars().count() < 350, "{text}");
            assert!(!text.starts_with("-0 "), "{text}");
        }
    }
}
