//! The reference's input: each field, and what is refused.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::lambda::{FunctionRef, MemoryMb};
use crate::power::{Apply, Payload, PlanDraft, Strategy as PickStrategy};

fn read(text: &str) -> ReferenceInput {
    ReferenceInput::parse(text).unwrap()
}

fn refusal(text: &str) -> String {
    ReferenceInput::parse(text).unwrap_err().to_string()
}

#[test]
fn every_field_of_the_reference_is_read() {
    let input = read(
        r#"{
            "lambdaARN": "arn:aws:lambda:eu-west-1:123456789012:function:busy:prod",
            "num": 50, "powerValues": [512, 128], "payload": {"a": 1},
            "parallelInvocation": true, "strategy": "balanced", "balancedWeight": 0.3,
            "autoOptimize": true, "autoOptimizeAlias": "live", "dryRun": false,
            "preProcessorARN": "pre", "postProcessorARN": "post:7",
            "discardTopBottom": 0.1, "sleepBetweenRunsMs": 250, "disablePayloadLogs": true,
            "includeOutputResults": true, "onlyColdStarts": false, "allowedExceptions": ["Boom"]
        }"#,
    );
    let plan = input.draft.build().unwrap();
    assert_eq!(plan.function.name(), "busy");
    assert_eq!(plan.function.qualifier(), Some("prod"));
    assert_eq!(plan.sizes.len(), 2);
    assert_eq!((plan.num, plan.sampling.environments), (50.into(), 4));
    assert_eq!(plan.payload, Payload::Single(json!({"a": 1})));
    assert_eq!(plan.goal.strategy, PickStrategy::Balanced);
    assert_eq!(
        (plan.goal.balanced_weight.of_cost(), plan.sampling.discard),
        (0.3, 0.1)
    );
    assert_eq!(plan.apply, Apply::Alias("live".to_owned()));
    assert_eq!(plan.sampling.pre_processor.unwrap().name(), "pre");
    assert_eq!(plan.sampling.post_processor.unwrap().qualifier(), Some("7"));
    assert_eq!(plan.sampling.sleep_between, Duration::from_millis(250));
    assert_eq!(plan.sampling.allowed_exceptions, ["Boom"]);
    assert!(!plan.log_payloads && input.include_stats);
    assert_eq!(input.notes.len(), 1);
}

#[test]
fn words_for_sizes_are_read() {
    let count = |text: &str| {
        let input = read(&format!(r#"{{"powerValues": {text}}}"#));
        input.draft.sizes.unwrap().sizes().len()
    };
    assert_eq!(count(r#""ALL""#), 46);
    assert_eq!(count(r#""FULL""#), 60);
    assert_eq!(count("[128]"), 1);
}

#[test]
fn whole_numbers_may_be_written_as_floats() {
    let input =
        read(r#"{"num": 5.0, "powerValues": [128.0, 256], "sleepBetweenRunsMs": 2.5e2}"#).draft;
    let sizes = input.sizes.unwrap().sizes();
    assert_eq!((input.num, sizes.len()), (Some(5.into()), 2));
    assert_eq!(
        input.sampling.sleep_between,
        Some(Duration::from_millis(250))
    );
}

#[test]
fn numbers_may_stand_in_quotes() {
    let input = read(
        r#"{"num": "10", "powerValues": ["128", "256", "512..1024/256"], "balancedWeight": "0.3",
            "sleepBetweenRunsMs": "250", "discardTopBottom": "0.1",
            "payload": [{"weight": "1", "payload": 1}, {"weight": 3, "payload": 2}]}"#,
    );
    let plan = PlanDraft {
        function: FunctionRef::parse("busy").ok(),
        ..input.draft
    };
    let plan = plan.build().unwrap();
    let sizes: Vec<u32> = plan.sizes.iter().map(|size| size.megabytes()).collect();
    assert_eq!(sizes, [128, 256, 512, 768, 1024]);
    assert_eq!((plan.num, plan.sampling.discard), (10.into(), 0.1));
    assert_eq!(plan.goal.balanced_weight.of_cost(), 0.3);
    assert_eq!(plan.sampling.sleep_between, Duration::from_millis(250));
    let Payload::Weighted(items) = plan.payload else {
        panic!("{:?}", plan.payload);
    };
    assert_eq!((items[0].weight, items[1].weight), (1.0, 3.0));
}

#[test]
fn null_counts_as_absent() {
    let input = read(r#"{"num": null, "payload": null, "strategy": null}"#);
    assert_eq!(input, ReferenceInput::default());
}

#[test]
fn a_misspelt_key_is_named_with_its_line() {
    assert_eq!(
        refusal("{\n  \"lambdaARN\": \"busy\",\n  \"balanceWeight\": 0.2\n}"),
        "line 3: unknown field 'balanceWeight'; did you mean 'balancedWeight'?"
    );
    assert!(refusal(r#"{"lambdaArn": "x"}"#).contains("did you mean 'lambdaARN'?"));
    assert!(refusal(r#"{"zzz": 1}"#).contains("the fields are lambdaARN, num"));
}

#[test]
fn impossible_values_are_named_with_their_line() {
    for (text, part) in [
        (
            "{\n\"num\": \"five\"}",
            "line 2: field 'num' is the text 'five'; it must be a whole number",
        ),
        (r#"{"num": 5.5}"#, "field 'num' is '5.5'"),
        (r#"{"num": -5}"#, "field 'num' is '-5'"),
        (r#"{"num": -5.0}"#, "field 'num' is '-5.0'"),
        (r#"{"num": 4294967296.0}"#, "field 'num' is '4294967296.0'"),
        (r#"{"powerValues": [128, 64]}"#, "'64' MB is outside"),
        (r#"{"num": "5.5"}"#, "the text '5.5'"),
        (r#"{"powerValues": ["128", "64"]}"#, "'64' MB is outside"),
        (r#"{"powerValues": ["128", "much"]}"#, "'much' is not"),
        (r#"{"powerValues": 128}"#, "a list of whole numbers"),
        (r#"{"powerValues": "SOME"}"#, "'SOME' is not a memory size"),
        (
            r#"{"strategy": "fast"}"#,
            "choose 'cost', 'speed' or 'balanced'",
        ),
        (r#"{"dryRun": "true"}"#, "without quotes"),
        (r#"{"lambdaARN": ""}"#, "the name is empty"),
        (r#"{"allowedExceptions": "Boom"}"#, "a list of texts"),
        (
            r#"{"payload": [{"weight": 0, "payload": 1}]}"#,
            "payload 1 has the weight '0'",
        ),
        (r#"{"payloadS3": "s3://bucket/key"}"#, "'--payload @FILE'"),
        (r#"{"num": 5, "num": 6}"#, "field 'num' is there twice"),
    ] {
        let error = refusal(text);
        assert!(error.contains(part), "{text}: {error}");
    }
}

#[test]
fn what_is_no_json_object_is_refused() {
    assert!(refusal("").contains("not JSON"));
    assert!(refusal("{\"num\": 5,}").contains("line 1 column"));
    assert!(refusal("[]").contains("one JSON object"));
}

#[test]
fn values_the_reference_clamps_are_clamped_with_a_note() {
    let input = read(r#"{"discardTopBottom": 0.6, "balancedWeight": -1}"#);
    assert_eq!(input.draft.sampling.discard, Some(0.4));
    assert_eq!(input.draft.pick.balanced_weight, Some(0.0));
    assert_eq!(
        input.notes[0],
        "'discardTopBottom' is 0.6, outside 0 to 0.4, and was taken as 0.4."
    );
    assert_eq!(input.notes.len(), 2);
}

#[test]
fn an_alias_alone_applies_nothing_and_says_so() {
    let input = read(r#"{"autoOptimizeAlias": "live"}"#);
    assert_eq!(input.draft.apply, Some(Apply::No));
    assert!(input.notes[0].contains("'live'"));
    assert_eq!(
        read(r#"{"autoOptimize": true}"#).draft.apply,
        Some(Apply::Latest)
    );
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let sizes = read("\u{feff}{\"powerValues\": [128]}").draft.sizes;
    assert_eq!(sizes, Some(vec![MemoryMb::MIN].into()));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,120}", value in "[-0-9a-z\\[\\]{}\":,. ]{0,40}") {
        let _ = ReferenceInput::parse(&text);
        for field in ["num", "powerValues", "payload", "discardTopBottom"] {
            let _ = ReferenceInput::parse(&format!("{{\"{field}\": {value}}}"));
        }
    }
}
