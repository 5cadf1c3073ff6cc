//! Which functions block a run, and which only call for a warning.

use super::*;
use crate::lambda::{Capacity, DurableExecutions, FunctionRef, MemoryMb, Tenancy};
use crate::power::{PlanDraft, SamplingDraft, fixture, fixture::function};

fn plan() -> Plan {
    fixture::draft().build().unwrap()
}

fn only(change: fn(&mut Function)) -> (AdviceWeight, String) {
    let mut function = function();
    change(&mut function);
    let mut advice = advice(&function, &plan());
    assert_eq!(advice.len(), 1, "{advice:?}");
    let advice = advice.remove(0);
    (advice.weight, advice.text)
}

#[test]
fn a_function_in_order_needs_no_advice() {
    assert_eq!(advice(&function(), &plan()), []);
}

#[test]
fn functions_that_cannot_be_invoked_block_the_run() {
    let (weight, text) = only(|function| {
        function.status.state = State::Failed;
        function.status.state_reason = Some("The KMS key is disabled.".to_owned());
    });
    assert_eq!(weight, AdviceWeight::Blocking);
    assert!(
        text.ends_with("AWS says: The KMS key is disabled."),
        "{text}"
    );
    let (weight, text) = only(|function| function.status.state = State::Pending);
    assert_eq!(weight, AdviceWeight::Blocking);
    assert!(text.contains("wait"), "{text}");
    let (weight, _) = only(|function| function.status.update = UpdateStatus::InProgress);
    assert_eq!(weight, AdviceWeight::Blocking);
}

#[test]
fn functions_that_work_anyhow_do_not_block() {
    let (weight, _) = only(|function| function.status.state = State::Inactive);
    assert_eq!(weight, AdviceWeight::Note);
    let (weight, _) = only(|function| function.status.update = UpdateStatus::Failed);
    assert_eq!(weight, AdviceWeight::Warning);
}

#[test]
fn injected_faults_are_told_from_other_wrappers() {
    let (weight, text) = only(|function| {
        function.environment.exec_wrapper = Some("/opt/aws-fis/bootstrap".to_owned());
    });
    assert_eq!(weight, AdviceWeight::Warning);
    assert!(text.contains("fault-injection"), "{text}");
    let (weight, _) =
        only(|function| function.environment.exec_wrapper = Some("/opt/otel".to_owned()));
    assert_eq!(weight, AdviceWeight::Note);
}

#[test]
fn snap_start_matters_for_latest_only() {
    let (weight, text) = only(|function| {
        function.hosting.snap_start = SnapStart::PublishedVersions;
        function.code.runtime = Some("java21".to_owned());
    });
    assert_eq!(weight, AdviceWeight::Warning);
    assert!(text.contains("SnapStart"), "{text}");
    let mut function = function();
    function.code.runtime = Some("java21".to_owned());
    function.hosting.snap_start = SnapStart::PublishedVersions;
    let plan = PlanDraft {
        function: FunctionRef::parse("busy:prod").ok(),
        ..PlanDraft::default()
    };
    assert_eq!(advice(&function, &plan.build().unwrap()), []);
}

#[test]
fn snapshots_that_are_charged_are_told_with_what_they_cost() {
    let mut function = function();
    function.hosting.snap_start = SnapStart::PublishedVersions;
    function.code.runtime = Some("python3.13".to_owned());
    let text = |function: &Function| {
        let all = advice(function, &plan());
        let found = all.into_iter().find(|it| it.text.contains("AWS bills"));
        found.unwrap().text
    };
    // 128, 256, 512, 1024, 1536 and 3008 MB for three hours each.
    let words = text(&function);
    assert!(words.contains("about 0.10 USD in all"), "{words}");
    function.arn = function.arn.replace("us-east-1", "eu-west-1");
    let words = text(&function);
    assert!(words.contains("no price of it is known"), "{words}");
}

#[test]
fn a_list_in_which_a_weight_was_forgotten_is_told() {
    let told = |text: &str| {
        let payload = Payload::from_value(serde_json::from_str(text).unwrap()).unwrap();
        let plan = PlanDraft {
            function: FunctionRef::parse("busy").ok(),
            payload: Some(payload),
            ..PlanDraft::default()
        };
        let all = advice(&function(), &plan.build().unwrap());
        all.iter().any(|it| it.text.starts_with("1 of the 2 items"))
    };
    assert!(told(r#"[{"weight": 30, "payload": 1}, {"payload": 2}]"#));
    assert!(!told(
        r#"[{"weight": 30, "payload": 1}, {"weight": 70, "payload": 2}]"#
    ));
    assert!(!told("[1, 2]"));
}

#[test]
fn short_time_outs_and_unmeasured_sizes_are_told() {
    let (_, text) = only(|function| function.timeout = Duration::from_secs(3));
    assert!(text.contains("3 s"), "{text}");
    let (weight, text) = only(|function| function.memory = MemoryMb::MAX);
    assert_eq!(weight, AdviceWeight::Note);
    assert!(text.contains("10240 MB"), "{text}");
}

#[test]
fn the_weightiest_comes_first() {
    let mut function = function();
    function.status.state = State::Pending;
    function.memory = MemoryMb::MAX;
    let plan = PlanDraft {
        apply: Some(Apply::Alias("live".to_owned())),
        sampling: SamplingDraft {
            pre_processor: FunctionRef::parse("pre").ok(),
            ..SamplingDraft::default()
        },
        ..fixture::draft()
    };
    let advice = advice(&function, &plan.build().unwrap());
    let weights: Vec<AdviceWeight> = advice.iter().map(|advice| advice.weight).collect();
    let (note, warning) = (AdviceWeight::Note, AdviceWeight::Warning);
    assert_eq!(weights, [AdviceWeight::Blocking, warning, note, note]);
    assert!(advice[1].text.contains("'live'"));
}

#[test]
fn functions_of_a_kind_that_does_not_fit_the_plan_block_it() {
    let tenant = |id: Option<&str>| {
        let sampling = SamplingDraft {
            tenant_id: id.map(str::to_owned),
            ..SamplingDraft::default()
        };
        let draft = PlanDraft {
            sampling,
            ..fixture::draft()
        };
        draft.build().unwrap()
    };
    let mut apart = function();
    apart.hosting.tenancy = Tenancy::PerTenant;
    let words = misfit(&apart, &tenant(None)).unwrap();
    assert!(words.contains("--tenant-id"), "{words}");
    assert_eq!(
        advice(&apart, &tenant(None))[0].weight,
        AdviceWeight::Blocking
    );
    assert_eq!(misfit(&apart, &tenant(Some("blue"))), None);
    let words = misfit(&function(), &tenant(Some("blue"))).unwrap();
    assert!(words.contains("leave the tenant away"), "{words}");
    let mut managed = function();
    managed.hosting.capacity = Capacity::ManagedInstances;
    let words = misfit(&managed, &tenant(None)).unwrap();
    assert!(words.contains("billed by the instance"), "{words}");
}

#[test]
fn what_a_kind_of_function_costs_beside_is_told() {
    let (weight, text) = only(|function| {
        function.hosting.durable = Some(DurableExecutions {
            timeout: Some(Duration::from_hours(1)),
            kept_days: Some(14),
        });
    });
    assert_eq!(weight, AdviceWeight::Warning);
    assert!(text.contains("keeps for 14 days"), "{text}");
    assert!(text.contains("may take 60 min"), "{text}");
    let (weight, text) = only(|function| function.hosting.storage_mb = Some(10_240));
    assert_eq!(weight, AdviceWeight::Note);
    assert!(text.contains("10240 MB of /tmp"), "{text}");
    assert!(text.contains("part of the costs"), "{text}");
    let mut usual = function();
    usual.hosting.storage_mb = Some(512);
    assert_eq!(advice(&usual, &plan()), []);
}

#[test]
fn provisioned_concurrency_is_told_where_there_is_some() {
    assert_eq!(of_provisioned("prod", None, true), None);
    assert_eq!(of_provisioned("prod", Some(0), true), None);
    let text = of_provisioned("prod", Some(5), true).unwrap().text;
    assert!(text.contains("provisioned concurrency for 5"), "{text}");
    assert!(text.contains("start cold"), "{text}");
    let text = of_provisioned("7", Some(5), false).unwrap().text;
    assert!(!text.contains("start cold"), "{text}");
}
