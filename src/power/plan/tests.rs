//! How flags, file and defaults become one plan, and which plans are refused.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::power::{PickLimits, Strategy, WeightedPayload};

fn draft() -> PlanDraft {
    PlanDraft {
        function: FunctionRef::parse("busy").ok(),
        ..PlanDraft::default()
    }
}

fn sizes<T: FromIterator<MemoryMb>>(list: &[u32]) -> T {
    list.iter()
        .map(|&size| MemoryMb::new(size).unwrap())
        .collect()
}

fn sampling(sampling: SamplingDraft) -> PlanDraft {
    PlanDraft {
        sampling,
        ..draft()
    }
}

fn picking(pick: PickDraft) -> PlanDraft {
    PlanDraft { pick, ..draft() }
}

fn limited(limits: PickLimits) -> PlanDraft {
    picking(PickDraft {
        limits,
        ..PickDraft::default()
    })
}

fn refusal(draft: PlanDraft) -> String {
    draft.build().unwrap_err().to_string()
}

#[test]
fn gaps_are_filled_with_the_defaults() {
    let plan = draft().build().unwrap();
    assert_eq!(plan.sizes, SizeList::default().sizes());
    assert_eq!((plan.num, plan.sampling.environments), (20.into(), 1));
    assert_eq!(plan.payload, Payload::None);
    assert_eq!(plan.goal.strategy, Strategy::Cost);
    assert_eq!(
        (plan.goal.balanced_weight.of_cost(), plan.sampling.discard),
        (0.5, 0.2)
    );
    assert_eq!(plan.apply, Apply::No);
    assert!(plan.log_payloads && !plan.dry_run && !plan.sampling.only_cold_starts);
}

#[test]
fn flags_win_over_the_file() {
    let flags = PlanDraft {
        num: Some(7.into()),
        ..PlanDraft::default()
    };
    let file = PlanDraft {
        num: Some(50.into()),
        ..picking(PickDraft {
            strategy: Some(Strategy::Speed),
            ..PickDraft::default()
        })
    };
    let plan = flags.or(file).build().unwrap();
    assert_eq!((plan.num, plan.goal.strategy), (7.into(), Strategy::Speed));
}

#[test]
fn sizes_are_sorted_and_checked() {
    let plan = PlanDraft {
        sizes: Some(sizes(&[512, 128])),
        ..draft()
    };
    let plan = plan.build().unwrap();
    assert_eq!(plan.sizes, sizes::<Vec<_>>(&[128, 512]));
    let twice = PlanDraft {
        sizes: Some(sizes(&[512, 128, 512])),
        ..draft()
    };
    assert_eq!(
        refusal(twice),
        "memory size 512 MB is given twice; remove one of the two"
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
            num: Some(num.into()),
            ..draft()
        };
        assert!(refusal(plan).contains(&num.to_string()));
    }
    for bad in [-0.1, 0.41, f64::NAN] {
        let plan = sampling(SamplingDraft {
            discard: Some(bad),
            ..SamplingDraft::default()
        });
        assert!(refusal(plan).contains("0 to 0.4"));
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
            refusal(limited(PickLimits {
                max_duration_ms: value,
                within_percent: None,
                tolerance_percent: None,
                limits_ms: FigureLimits::default(),
            }))
            .contains("limit")
        );
    }
    let plan = limited(PickLimits {
        max_duration_ms: None,
        within_percent: Some(-1.0),
        tolerance_percent: None,
        limits_ms: FigureLimits::default(),
    });
    assert!(refusal(plan).contains("percentage"));
}

#[test]
fn a_pause_ends_before_environments_do() {
    let with = |seconds| {
        sampling(SamplingDraft {
            sleep_between: Some(Duration::from_secs(seconds)),
            ..SamplingDraft::default()
        })
    };
    assert!(with(900).build().is_ok());
    assert!(refusal(with(901)).contains("'901' is longer"));
}

#[test]
fn weights_are_clamped_but_must_be_numbers() {
    let with = |weight| {
        picking(PickDraft {
            balanced_weight: Some(weight),
            ..PickDraft::default()
        })
    };
    let taken = |weight| with(weight).build().unwrap().goal.balanced_weight.of_cost();
    assert_eq!(taken(7.0), 1.0);
    assert_eq!(taken(-7.0), 0.0);
    assert!(refusal(with(f64::NAN)).contains("not a number"));
}

#[test]
fn weighted_payloads_need_enough_invocations() {
    let item = |weight| WeightedPayload {
        weight,
        payload: json!(weight),
    };
    let with = |num: u32, dry_run| PlanDraft {
        num: Some(num.into()),
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
    assert_eq!((plan.num, plan.apply), (1.into(), Apply::No));
}

#[test]
fn cold_starts_are_not_trimmed() {
    let plan = sampling(SamplingDraft {
        only_cold_starts: Some(true),
        ..SamplingDraft::default()
    });
    assert_eq!(plan.build().unwrap().sampling.discard, 0.0);
}

#[test]
fn environments_stay_within_the_invocations() {
    let with = |environments| PlanDraft {
        num: Some(5.into()),
        ..sampling(SamplingDraft {
            environments: Some(environments),
            ..SamplingDraft::default()
        })
    };
    let kept = |environments| with(environments).build().unwrap().sampling.environments;
    assert_eq!(kept(0), 1);
    assert_eq!(kept(99), 5);
}

#[test]
fn aliases_and_exceptions_must_be_names() {
    for alias in ["", "7", "$LATEST", "a b"] {
        let apply = Some(Apply::Alias(alias.to_owned()));
        assert!(refusal(PlanDraft { apply, ..draft() }).contains("cannot be an alias"));
    }
    let plan = sampling(SamplingDraft {
        allowed_exceptions: Some(vec![" ".to_owned()]),
        ..SamplingDraft::default()
    });
    assert!(refusal(plan).contains("is empty"));
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

#[test]
fn a_plan_in_json_is_one_flat_object_whose_fields_keep_their_order() {
    let text = serde_json::to_string(&draft().build().unwrap()).unwrap();
    assert_eq!(
        text,
        r#"{"function":"busy","sizes":[128,256,512,1024,1536,3008],"num":20,"payload":"none","strategy":"cost","balanced_weight":0.5,"environments":1,"only_cold_starts":false,"discard":0.2,"sleep_between":{"secs":0,"nanos":0},"allowed_exceptions":[],"pre_processor":null,"post_processor":null,"log_payloads":true,"max_cost_usd":null,"max_duration_ms":null,"within_percent":null,"dry_run":false,"apply":"no"}"#
    );
    let read: Plan = serde_json::from_str(&text).unwrap();
    assert_eq!(read, draft().build().unwrap());
}
