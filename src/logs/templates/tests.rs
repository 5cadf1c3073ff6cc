//! What is folded together and what is not; what always holds.

use proptest::prelude::*;
use regex::Regex;

use super::*;
use crate::logs::Facts;

const SPAN: EventSpan = EventSpan {
    from_ms: 0,
    to_ms: 159,
    split_ms: Some(80),
};

fn mined(messages: &[&str], bound: usize) -> (Vec<Template>, OtherMessages) {
    let mut miner = TemplateMiner::new(SPAN, bound);
    for (at, message) in (0_i64..).zip(messages) {
        miner.take(message, Facts::of(message).level, at);
    }
    miner.templates()
}

fn counted(messages: &[&str]) -> Vec<(u64, String)> {
    let (templates, _) = mined(messages, MOST_TEMPLATES);
    let told = templates.into_iter().map(|it| (it.sights.count, it.words));
    told.collect()
}

fn is(told: &[(u64, String)], expected: &[(u64, &str)]) {
    let told: Vec<(u64, &str)> = told.iter().map(|(n, words)| (*n, words.as_str())).collect();
    assert_eq!(told, expected);
}

#[test]
fn alike_messages_are_one_template() {
    is(
        &counted(&[
            "2026-09-21T10:00:00Z INFO user alice logged in from 10.0.0.1",
            "2026-09-21T10:00:01Z INFO user bob logged in from 10.0.0.2",
            "2026-09-21T10:00:02Z ERROR payment 17 declined",
            "2026-09-21T10:00:03Z INFO user carol logged in from 10.0.0.3",
        ]),
        &[
            (3, "<time> INFO user <*> logged in from <ip>"),
            (1, "<time> ERROR payment <num> declined"),
        ],
    );
}

#[test]
fn what_only_shares_its_masks_is_not_alike() {
    is(
        &counted(&[
            "2026-09-21T10:00:00Z 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4f INFO Charged card",
            "2026-09-21T10:00:00Z 8f5b1c9e-0c1e-4b57-9d3a-0f6c1c2d3e4e INFO Sent receipt",
        ]),
        &[
            (1, "<time> <id> INFO Charged card"),
            (1, "<time> <id> INFO Sent receipt"),
        ],
    );
}

#[test]
fn json_is_folded_by_its_message_and_fields() {
    is(
        &counted(&[
            r#"{"level":"INFO","message":"Charged 5 EUR","order":"a"}"#,
            r#"{"level":"INFO","message":"Charged 7 EUR","order":"b"}"#,
            r#"{"level":"ERROR","message":"said \"no\"\nat x","order":"b"}"#,
            r#"{"sku":"a","n":1}"#,
            "Charged 5 EUR",
        ]),
        &[
            (2, "Charged <num> EUR {order}"),
            (1, "Charged <num> EUR"),
            (1, "said \"no\" {order}"),
            (1, "{sku,n}"),
        ],
    );
}

#[test]
fn a_template_tells_when_and_how_grave_its_messages_were() {
    let mut miner = TemplateMiner::new(SPAN, MOST_TEMPLATES);
    miner.take("late 1", Level::Info, 150);
    miner.take("late 2", Level::Error, 90);
    miner.take("early 1", Level::Info, 0);
    miner.take("early 1", Level::Info, 159);
    miner.take("outside", Level::Info, -500);
    let (templates, _) = miner.templates();
    let of = |words: &str| templates.iter().find(|it| it.words == words).unwrap();
    let late = &of("late <num>").sights;
    assert_eq!((late.first_ms, late.last_ms, late.count), (90, 150, 2));
    assert_eq!((late.level, late.is_new()), (Level::Error, true));
    assert_eq!((late.bars[9], late.bars[15]), (1, 1));
    let early = &of("early <num>").sights;
    assert_eq!((early.count_since, early.is_new()), (1, false));
    assert_eq!((early.bars[0], early.bars[15]), (1, 1));
    assert_eq!(of("outside").sights.bars[0], 1);
}

#[test]
fn nothing_in_a_message_passes_for_a_mask_or_reaches_the_terminal() {
    let told = counted(&["a\u{1b}[2J\u{5} b", r#"{"message":"x\u0005\u001b[2J y"}"#]);
    for (_, words) in &told {
        assert!(!words.chars().any(char::is_control), "{words:?}");
        assert!(!words.contains("<time>"), "{words:?}");
    }
}

#[test]
fn the_pattern_of_a_template_finds_its_messages_and_not_others() {
    let messages = [
        "2026-09-21 10:00:00,123 INFO  user alice\tlogged in",
        "2026-09-21 10:00:01,123 INFO  user bob\tlogged in",
        "user alice logged in",
        "took (5 ms) [a.b]? $x",
        "took (17 ms) [a.b]? $x",
        "Traceback (most recent call last):\n  File x",
        r#"{"message":"said \"no\" 5 times","n":1}"#,
        r#"{"message":"said \"no\" 5 times more","n":1}"#,
        r#"{"message":17,"n":1}"#,
        r#"{"sku":"a","n":1}"#,
    ];
    let (templates, _) = mined(&messages, MOST_TEMPLATES);
    for template in &templates {
        let pattern = format!("(?m){}", template.pattern.as_ref().unwrap());
        let pattern = Regex::new(&pattern).unwrap();
        let found = messages.iter().filter(|message| pattern.is_match(message));
        assert_eq!(found.count() as u64, template.sights.count, "{template:?}");
    }
}

#[test]
fn the_test_of_a_template_finds_its_messages_and_no_others() {
    let messages = [
        "Charged order O-001234 in 12.5 ms",
        "Charged order O-004321 in 7 ms",
        "CHARGED ORDER O-004321 IN 7 MS",
        "before\nCharged order O-004321 in 7 ms",
        r#"{"level":"INFO","message":"Charged order O-1","ms":5}"#,
        r#"{"level":"INFO","message":"Charged order O-1","sku":"x","note":"<num> a\\b"}"#,
        "",
    ];
    let (templates, _) = mined(&messages, MOST_TEMPLATES);
    for template in templates {
        let mut test = template.test.asked();
        let found = messages.iter().filter(|message| test(message)).count();
        assert_eq!(found as u64, template.sights.count, "{}", template.words);
        let written = template.test.to_string();
        assert_eq!(written.parse(), Ok(template.test.clone()), "{written}");
    }
    for broken in ["", "json(a", "text <what>", "text a\\"] {
        assert!(broken.parse::<TemplateTest>().is_err(), "{broken}");
    }
}

#[test]
fn a_dropped_template_that_returns_is_not_told_as_new() {
    let mut miner = TemplateMiner::new(SPAN, 4);
    let often = ["stock counted twice", "nothing else to do here", "a b"];
    for (message, time_ms) in often.into_iter().chain(often).zip(1..) {
        miner.take(message, Level::Info, time_ms);
    }
    miner.take("order shipped", Level::Info, 10);
    miner.take("the one too many of five", Level::Info, 11);
    miner.take("order shipped", Level::Info, 90);
    let (templates, others) = miner.templates();
    assert_eq!((others.templates, others.events), (2, 2));
    let returned = templates.iter().find(|it| it.words == "order shipped");
    assert!(!returned.unwrap().sights.is_new(), "{templates:?}");
}

#[test]
fn an_empty_message_has_a_template_and_no_pattern() {
    let (templates, _) = mined(&["", "\n"], MOST_TEMPLATES);
    assert_eq!(templates[0].words, "(no words)");
    assert_eq!(
        (templates[0].sights.count, &templates[0].pattern),
        (2, &None)
    );
}

proptest! {
    #[test]
    fn counts_sum_up_and_the_bound_holds(
        messages in proptest::collection::vec("([a-f]{1,3} ){0,3}[0-9a-z\"\\\\/{}=:\u{1}é]{0,8}", 0..60),
        bound in 2_usize..20,
    ) {
        let mut miner = TemplateMiner::new(SPAN, bound);
        for (at, message) in (0_i64..).zip(&messages) {
            miner.take(message, Level::Info, at * 3 - 100);
            prop_assert!(miner.templates.len() <= bound);
            prop_assert!(miner.remembered.len() <= REMEMBERED);
        }
        let (templates, others) = miner.templates();
        let counted: u64 = templates.iter().map(|it| it.sights.count).sum();
        prop_assert_eq!(counted + others.events, messages.len() as u64);
        for Template { sights, words, pattern, .. } in templates.iter().take(8) {
            let bars: u32 = sights.bars.iter().sum();
            prop_assert_eq!(u64::from(bars), sights.count);
            prop_assert!(sights.first_ms <= sights.last_ms && sights.count_since <= sights.count);
            prop_assert!(!words.chars().any(char::is_control));
            prop_assert!(pattern.as_ref().is_none_or(|it| Regex::new(it).is_ok()));
        }
    }

    #[test]
    fn the_parts_of_any_message_are_bounded(message in "\\PC{0,700}") {
        let (templates, _) = mined(&[&message], 2);
        prop_assert!(templates[0].words.len() < 8 << 10);
    }
}
