//! Links of the visualisation, held to golden vectors, and broken ones.

use proptest::prelude::*;

use super::*;

const GOLDEN: &str = "AQACAAMA;AAAAQAAAAEAAAIA/;AABAQAAAAEAAAABA";

fn golden() -> LinkSeries {
    LinkSeries {
        powers: vec![1, 2, 3],
        times: vec![2.0, 2.0, 1.0],
        costs: vec![3.0, 2.0, 2.0],
    }
}

fn one(series: LinkSeries) -> LinkContent {
    LinkContent::One {
        series,
        currency: Currency::Usd,
    }
}

fn refusal(text: &str) -> String {
    decode(text).unwrap_err().to_string()
}

#[test]
fn the_golden_vector_is_written_and_read() {
    assert_eq!(encode_series(&golden()), GOLDEN);
    assert_eq!(decode(GOLDEN), Ok(one(golden())));
}

#[test]
fn every_way_a_link_gets_pasted_is_read() {
    let fragment_encoded = GOLDEN.replace('/', "%2F").replace(';', "%3B");
    for text in [
        format!("https://lambda-power-tuning.show/#{GOLDEN}"),
        format!("#{GOLDEN}"),
        format!("{GOLDEN};"),
        format!("  {}\n{} ", &GOLDEN[..20], &GOLDEN[20..]),
        GOLDEN.replace('/', "_"),
        GOLDEN.replace('/', "%2F"),
        fragment_encoded,
    ] {
        assert_eq!(decode(&text), Ok(one(golden())), "{text}");
    }
}

#[test]
fn missing_padding_is_forgiven() {
    let series = LinkSeries {
        powers: vec![128],
        times: vec![1.5],
        costs: vec![0.25],
    };
    let text = encode_series(&series);
    assert!(text.contains('='));
    assert_eq!(decode(&text.replace('=', "")), Ok(one(series)));
}

#[test]
fn a_link_in_yuan_says_so() {
    let link = LinkContent::One {
        series: golden(),
        currency: Currency::Cny,
    };
    let text = encode(&link);
    assert_eq!(
        text,
        format!("https://lambda-power-tuning.show/?currency=CNY#{GOLDEN}")
    );
    assert_eq!(decode(&text), Ok(link));
}

#[test]
fn comparisons_may_lack_names() {
    let named = |text: &str| match decode(text) {
        Ok(LinkContent::Two { names, .. }) => names,
        other => panic!("{other:?}"),
    };
    let both = format!("{GOLDEN};{GOLDEN}");
    assert_eq!(
        named(&format!("{both};a%3Bb;c%20d;")),
        ("a;b".into(), "c d".into())
    );
    assert_eq!(named(&both), ("first".into(), "second".into()));
    assert_eq!(named(&format!("{both};x")), ("x".into(), "second".into()));
}

#[test]
fn damage_is_named_with_its_place() {
    assert!(refusal("https://lambda-power-tuning.show/").contains("no '#'"));
    assert!(refusal("").contains("1 parts"));
    assert!(refusal("AQAC;AAAA").contains("2 parts"));
    assert!(refusal("AQA*;AAAAQA==;AABAQA==").contains("memory sizes of the link are not base64"));
    assert!(refusal("AQAC;AAAAQA==;AABAQA==").contains("memory sizes of the link are 3 bytes"));
    assert!(refusal("AQA=;AAAAQAA=;AABAQA==").contains("durations of the link are 5 bytes"));
    assert!(refusal("AQACAA==;AAAAQA==;AABAQA==").contains("2 memory sizes, 1 durations"));
    let with = |time: f32| {
        encode_series(&LinkSeries {
            times: vec![1.0, time, 1.0],
            ..golden()
        })
    };
    for bad in [f32::INFINITY, f32::NAN, -1.0] {
        assert!(
            refusal(&with(bad)).contains("figure 2 of the durations"),
            "{bad}"
        );
    }
}

fn series() -> impl Strategy<Value = LinkSeries> {
    let row = (any::<i16>(), 0.0_f32..=f32::MAX, 0.0_f32..=f32::MAX);
    proptest::collection::vec(row, 0..60).prop_map(|rows| LinkSeries {
        powers: rows.iter().map(|row| row.0).collect(),
        times: rows.iter().map(|row| row.1).collect(),
        costs: rows.iter().map(|row| row.2).collect(),
    })
}

proptest! {
    #[test]
    fn decoding_undoes_encoding(series in series()) {
        let link = one(series);
        prop_assert_eq!(decode(&encode(&link)), Ok(link));
    }

    #[test]
    fn decoding_undoes_encoding_of_comparisons(first in series(), second in series(), names in ("\\PC{1,20}", "\\PC{1,20}")) {
        let link = LinkContent::Two { first, second, names, currency: Currency::Cny };
        prop_assert_eq!(decode(&encode(&link)), Ok(link));
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", parts in "[A-Za-z0-9+/=_;%#-]{0,200}") {
        let _ = decode(&text);
        let _ = decode(&parts);
        let _ = super::super::curves(&parts);
    }
}
