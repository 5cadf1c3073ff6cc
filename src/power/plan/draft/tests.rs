//! How flags, file and defaults become one plan, and which plans are refused.

use serde_json::json;

use super::*;
use crate::power::WeightedPayload;

fn draft() -> PlanDraft {
    PlanDraft {
        function: FunctionRef::parse("busy").ok(),
        ..PlanDraft::default()
    }
}

fn sizes(list: &[u32]) -> Vec<MemoryMb> {
    list.iter()
        .map(|&size| MemoryMb::new(size).unwrap())
        .collect()
}

fn refusal(draft: PlanDraft) -> String {
    draft.build().unwrap_err().to_string()
}

#[test]
fn gaps_are_filled_with_the_defaults() {
    let plan = draft().build().unwrap();
    assert_eq!(plan.sizes, default_sizes());
    assert_eq!((plan.num, plan.environments), (20, 1));
    assert_eq!(plan.payload, Payload::None);
    assert_eq!(plan.strategy, Strategy::Cost);
    assert_eq!((plan.balanced_weight.of_cost(), plan.discard), (0.5, 0.2));
    assert_eq!(plan.apply, Apply::No);
    assert!(plan.log_payloads && !plan.dry_run && !plan.only_cold_starts);
}

#[test]
fn flags_win_over_the_file() {
    let flags = PlanDraft {
        num: Some(7),
        ..PlanDraft::default()
    };
    let file = PlanDraft {
        num: Some(50),
        strategy: Some(Strategy::Speed),
        ..draft()
    };
    let plan = flags.or(file).build().unwrap();
    assert_eq!((plan.num, plan.strategy), (7, Strategy::Speed));
}

#[test]
fn sizes_are_sorted_and_checked() {
    let plan = PlanDraft {
        sizes: Some(sizes(&[512, 128])),
        ..draft()
    };
    let plan = plan.build().unwrap();
    assert_eq!(plan.sizes, sizes(&[128, 512]));
    let twice = PlanDraft {
        sizes: Some(sizes(&[512, 128, 512])),
        ..draft()
    };
    assert_eq!(
        refusal(twice),
        "memory size 512 MB is listed twice; remove one of the two"
    );
    let none = PlanDraft {
        sizes: Some(sizes(&[])),
        ..draft()
    };
    assert!(refusal(none).contains("no memory size"));
}

#[test]
fn a_plan_needs_a_function() {
    assert!(refusal(PlanDraft::default()).contains("no function"));
}

#[test]
fn a_qualifier_joins_the_name_once() {
    let with = |function: &str, qualifier: &str| PlanDraft {
        function: FunctionRef::parse(function).ok(),
        qualifier: Some(qualifier.to_owned()),
        ..PlanDraft::default()
    };
    let plan = with("busy", "prod").build().unwrap();
    assert_eq!(plan.function.to_string(), "busy:prod");
    assert!(with("busy:prod", "prod").build().is_ok());
    assert!(refusal(with("busy:prod", "7")).contains("keep one"));
    assert!(refusal(with("busy", "a b")).contains("not a function"));
}

#[test]
fn numbers_out_of_range_are_refused() {
    for num in [0, 4, MAX_NUM + 1] {
        let plan = PlanDraft {
            num: Some(num),
            ..draft()
        };
        assert!(refusal(plan).contains(&num.to_string()));
    }
    for bad in [-0.1, 0.41, f64::NAN] {
        let discard = Some(bad);
        assert!(refusal(PlanDraft { discard, ..draft() }).contains("0 to 0.4"));
    }
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let value = Some(bad);
        assert!(
            refusal(PlanDraft {
                max_cost_usd: value,
                ..draft()
            })
            .contains("cap")
        );
        assert!(
            refusal(PlanDraft {
                max_duration_ms: value,
                ..draft()
            })
            .contains("limit")
        );
    }
    let within_percent = Some(-1.0);
    assert!(
        refusal(PlanDraft {
            within_percent,
            ..draft()
        })
        .contains("percentage")
    );
}

#[test]
fn a_pause_ends_before_environments_do() {
    let with = |seconds| PlanDraft {
        sleep_between: Some(Duration::from_secs(seconds)),
        ..draft()
    };
    assert!(with(900).build().is_ok());
    assert!(refusal(with(901)).contains("'901' is longer"));
}

#[test]
fn weights_are_clamped_but_must_be_numbers() {
    let with = |weight| PlanDraft {
        balanced_weight: Some(weight),
        ..draft()
    };
    assert_eq!(with(7.0).build().unwrap().balanced_weight.of_cost(), 1.0);
    assert_eq!(with(-7.0).build().unwrap().balanced_weight.of_cost(), 0.0);
    assert!(refusal(with(f64::NAN)).contains("not a number"));
}

#[test]
fn weighted_payloads_need_enough_invocations() {
    let item = |weight| WeightedPayload {
        weight,
        payload: json!(weight),
    };
    let with = |num, dry_run| PlanDraft {
        num: Some(num),
        dry_run: Some(dry_run),
        payload: Some(Payload::Weighted(vec![item(10.0), item(60.0), item(30.0)])),
        ..draft()
    };
    assert!(refusal(with(5, false)).contains("payload 1 would never be sent"));
    assert!(with(10, false).build().is_ok());
    let plan = with(5, true).build().unwrap();
    assert_eq!(plan.payload, Payload::Single(json!(10.0)));
}

#[test]
fn a_dry_run_invokes_once_and_applies_nothing() {
    let plan = PlanDraft {
        dry_run: Some(true),
        apply: Some(Apply::Latest),
        ..draft()
    };
    let plan = plan.build().unwrap();
    assert_eq!((plan.num, plan.apply), (1, Apply::No));
}

#[test]
fn cold_starts_are_not_trimmed() {
    let plan = PlanDraft {
        only_cold_starts: Some(true),
        ..draft()
    };
    assert_eq!(plan.build().unwrap().discard, 0.0);
}

#[test]
fn environments_stay_within_the_invocations() {
    let with = |environments| PlanDraft {
        environments: Some(environments),
        num: Some(5),
        ..draft()
    };
    assert_eq!(with(0).build().unwrap().environments, 1);
    assert_eq!(with(99).build().unwrap().environments, 5);
}

#[test]
fn aliases_and_exceptions_must_be_names() {
    for alias in ["", "7", "$LATEST", "a b"] {
        let apply = Some(Apply::Alias(alias.to_owned()));
        assert!(refusal(PlanDraft { apply, ..draft() }).contains("cannot be an alias"));
    }
    let allowed_exceptions = Some(vec![" ".to_owned()]);
    assert!(
        refusal(PlanDraft {
            allowed_exceptions,
            ..draft()
        })
        .contains("is empty")
    );
}

#[test]
fn a_record_keeps_no_payload_against_the_users_will() {
    let plan = |keep, payload| {
        let draft = PlanDraft {
            payload: Some(payload),
            log_payloads: Some(keep),
            ..draft()
        };
        draft.build().unwrap().for_record().payload
    };
    let secret = Payload::Single(json!("secret"));
    assert_eq!(plan(false, secret.clone()), Payload::Redacted);
    assert_eq!(plan(true, secret.clone()), secret);
    assert_eq!(plan(false, Payload::None), Payload::None);
}
