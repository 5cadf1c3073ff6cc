//! The bundled sample events.

use std::collections::BTreeSet;

use super::*;
use crate::power::Payload;

#[test]
fn every_file_is_an_event() {
    assert_eq!(all().len(), SOURCES.len());
    let names: BTreeSet<&str> = all().iter().map(|event| event.name).collect();
    assert_eq!(names.len(), all().len());
    for kind in [
        "api-gateway-rest",
        "api-gateway-http",
        "function-url",
        "alb-request",
        "sqs",
        "sns",
        "sns-in-sqs",
        "s3-put",
        "dynamodb-stream",
        "kinesis",
        "eventbridge",
        "scheduler",
        "cloudwatch-logs",
        "cognito-pre-sign-up",
        "config-change",
        "firehose-transform",
        "cfn-macro",
        "codedeploy-hook",
        "codepipeline-job",
        "cloudfront-viewer-request",
        "appsync",
        "appsync-batch",
        "step-functions-task-token",
        "kafka-msk",
        "documentdb",
    ] {
        assert!(names.contains(kind), "{kind}");
    }
    let cognito = names.iter().filter(|name| name.starts_with("cognito-"));
    assert_eq!(cognito.count(), 10);
}

#[test]
fn samples_are_small_and_name_nobody() {
    for (name, text) in SOURCES {
        assert!(text.len() < 4096, "{name} has {} bytes", text.len());
        for digits in text.split(|c: char| !c.is_ascii_digit()) {
            let is_repeated = digits.chars().all(|c| digits.starts_with(c));
            let is_account = digits.len() == 12 && !is_repeated;
            assert!(!is_account || digits == "123456789012", "{name}: {digits}");
        }
        for word in text
            .split(['"', ' ', ','])
            .filter(|word| word.contains('@') && word.contains('.'))
        {
            assert!(word.ends_with("@example.com"), "{name}: {word}");
        }
        assert!(!text.contains("AKIA") && !text.contains("ASIA"), "{name}");
    }
}

#[test]
fn facts_are_sentences_and_limits_only_where_somebody_waits() {
    for event in all() {
        let name = event.name;
        assert!(
            !event.title.is_empty() && !event.answer.is_empty(),
            "{name}"
        );
        assert!(event.waiting().ends_with("the answer."), "{name}");
        for effect in &event.effects {
            assert!(effect.ends_with('.') && effect.starts_with(char::is_uppercase));
        }
        assert!(event.time_limit_ms.is_none() || event.call == EventCall::Sync);
        assert_eq!(event.is_encoded(), name == "cloudwatch-logs", "{name}");
    }
    let cognito = named("cognito-custom-message").unwrap();
    assert_eq!(cognito.waiting(), "Cognito waits 5 s for the answer.");
    assert_eq!(cognito.limit().unwrap().to_string(), "max:5000ms");
    assert_eq!(named("sqs").unwrap().limit(), None);
}

#[test]
fn strings_that_hold_json_hold_it() {
    let config = &named("config-change").unwrap().readable;
    let inside = |value: &Value| serde_json::from_str::<Value>(value.as_str().unwrap()).unwrap();
    let item = inside(&config["invokingEvent"]);
    let kind = &item["configurationItem"]["resourceType"];
    assert_eq!(kind, "AWS::EC2::Instance");
    let queued = &named("sns-in-sqs").unwrap().readable;
    assert_eq!(
        inside(&queued["Records"][0]["body"])["Type"],
        "Notification"
    );
}

#[test]
fn a_sample_is_sent_whole_as_one_payload() {
    for event in all() {
        let payload = Payload::from_value(event.readable.clone()).unwrap();
        assert_eq!(payload, Payload::Single(event.sent()), "{}", event.name);
    }
}

#[test]
fn a_wrong_name_is_told_with_the_one_meant() {
    assert_eq!(named("sqs").unwrap().name, "sqs");
    let told = |name| named(name).unwrap_err();
    let meant = told("congito-pre-token");
    assert!(
        meant.contains("did you mean 'cognito-pre-token'?"),
        "{meant}"
    );
    assert!(told("zzzzz").contains("`iacstone events list`"));
}
