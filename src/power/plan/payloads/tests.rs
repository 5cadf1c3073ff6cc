//! What is sent, in which order.

use proptest::prelude::*;
use serde_json::json;

use super::*;

fn sent(value: Value, num: u32) -> Vec<String> {
    let sequence = Payload::from_value(value)
        .unwrap()
        .sequence(num.into())
        .unwrap();
    (0..num as usize)
        .map(|at| sequence.body(at))
        .map(|body| String::from_utf8(body.to_vec()).unwrap())
        .collect()
}

#[test]
fn counts_follow_the_reference() {
    assert_eq!(payload_counts(&[1.0, 1.0], 100).unwrap(), [50, 50]);
    assert_eq!(payload_counts(&[1.0, 1.0, 1.0], 20).unwrap(), [6, 6, 8]);
    assert_eq!(payload_counts(&[10.0, 30.0, 60.0], 10).unwrap(), [1, 3, 6]);
    let error = payload_counts(&[10.0, 60.0, 30.0], 5).unwrap_err();
    assert!(error.to_string().contains("raise the number"), "{error}");
}

#[test]
fn impossible_weights_are_refused() {
    for weight in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(payload_counts(&[1.0, weight], 10).is_err());
    }
    let listed = json!([{"weight": "heavy", "payload": 1}]);
    let error = Payload::from_value(listed).unwrap_err().to_string();
    assert!(error.starts_with("payload 1 has the weight"), "{error}");
}

#[test]
fn payloads_are_sent_by_the_rules_of_the_reference() {
    assert_eq!(sent(json!(null), 1), ["null"]);
    assert_eq!(sent(json!({"a": 1}), 2), [r#"{"a":1}"#, r#"{"a":1}"#]);
    assert_eq!(sent(json!(r#"{"b": 2}"#), 1), [r#"{"b":2}"#]);
    assert_eq!(sent(json!("plain words"), 1), [r#""plain words""#]);
    assert_eq!(sent(json!("7"), 1), ["7"]);
    assert_eq!(sent(json!([1, "x"]), 1), [r#"[1,"x"]"#]);
    assert_eq!(sent(json!([]), 1), ["[]"]);
    assert_eq!(sent(json!([{"weight": 1}]), 1), [r#"[{"weight":1}]"#]);
}

#[test]
fn words_are_told_to_be_quoted() {
    let hint = |text: &str| Payload::quoting_hint(text);
    let told = |text: &str| Some(format!("a text is sent in double quotes: {text}"));
    assert_eq!(hint(" hello \"you\" "), told(r#""hello \"you\"""#));
    assert_eq!(hint("truely"), told("\"truely\""));
    assert_eq!(
        hint(&"long ".repeat(20)).unwrap(),
        "a text is sent in double quotes"
    );
    for text in ["", "true", "null", "{oops", "7 up", "\"open", "[1,"] {
        assert_eq!(hint(text), None, "{text}");
    }
}

#[test]
fn weighted_payloads_are_spread_over_the_series() {
    let listed = json!([
        {"weight": 1, "payload": "one"},
        {"weight": 3, "payload": {"n": 3}},
    ]);
    let sequence = Payload::from_value(listed.clone()).unwrap();
    let sequence = sequence.sequence(8.into()).unwrap();
    let numbers: Vec<_> = (0..9).map(|at| sequence.number(at).unwrap()).collect();
    assert_eq!(numbers, [2, 1, 2, 2, 2, 1, 2, 2, 2]);
    let bodies = sent(listed, 8);
    for half in bodies.chunks(4) {
        let ones = half.iter().filter(|body| *body == "\"one\"").count();
        assert_eq!(ones, 1, "{bodies:?}");
    }
}

#[test]
fn a_round_through_the_payloads_sends_each() {
    let cycle = |weights: &[f64]| counts_of(weights, SampleCount::Auto).unwrap();
    assert_eq!(cycle(&[2.0, 2.0, 2.0]), [1, 1, 1]);
    assert_eq!(cycle(&[10.0, 60.0, 30.0]), [2, 12, 6]);
    assert_eq!(cycle(&[1.0, 999.0]), [1, 20]);
}

#[test]
fn a_sequence_begins_again_after_its_end() {
    let sequence = Payload::Single(json!(1)).sequence(2.into()).unwrap();
    assert_eq!(sequence.body(5).as_ref(), b"1");
    assert_eq!(sequence.number(5), None);
    assert!(PayloadSequence::default().body(0).is_empty());
    assert_eq!(
        Payload::Redacted.sequence(5.into()),
        Err(PlanError::PayloadRedacted)
    );
}

proptest! {
    #[test]
    fn every_payload_is_sent_as_often_as_it_counts(
        weights in proptest::collection::vec(0.1_f64..100.0, 1..8), num in 1_u32..300,
    ) {
        if let Ok(counts) = payload_counts(&weights, num) {
            prop_assert_eq!(counts.iter().sum::<u32>(), num);
            let order = spread(&counts);
            for (at, &count) in counts.iter().enumerate() {
                prop_assert_eq!(order.iter().filter(|&&next| next == at).count(), count as usize);
            }
        }
    }
}
