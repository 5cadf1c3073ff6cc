//! The `tune` document keeps to its contract.

use serde_json::{Value, json};

use super::*;
use crate::power::{BillingStep, PickLimits, RunState, Weight, examples, fixture};

/// A limit on a chart of which only means are known.
fn under(limit: &str) -> ChartLimits<'static> {
    ChartLimits {
        limits: PickLimits::default().with(limit.parse().unwrap()),
        report: None,
    }
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn summary() -> Value {
    serde_json::to_value(TuneSummary::of(&fixture::run()).unwrap()).unwrap()
}

#[test]
fn the_tune_document_has_the_fields_of_the_contract() {
    let summary = summary();
    assert_eq!(
        keys(&summary).join(" "),
        "run function architecture region strategy power recommended recommended_cost recommended_duration \
         indistinguishable contenders confidence stopped \
         sentence notes pattern cost duration sizes invocations errors errors_usd control_calls spent_usd prices wall_ms visualization cleanup warnings"
    );
    let size = &summary["sizes"][0];
    assert_eq!(
        keys(size).join(" "),
        "memory_mb state reason samples cold_starts duration_ms cost_usd interval_usd init_ms \
         max_memory_used_mb errors errors_usd trimmed_ms trimmed_usd unseen_share"
    );
    assert_eq!(
        keys(&size["duration_ms"]).join(" "),
        "mean p50 p90 p99 min max"
    );
    assert_eq!(
        summary["cleanup"],
        json!({"restored": true, "versions_left": 0})
    );
    assert_eq!(summary["strategy"], "cost");
    assert_eq!(summary["architecture"], "x86_64");
}

#[test]
fn the_pick_comes_with_its_cost_and_duration() {
    let summary = summary();
    assert_eq!(summary["power"], 256);
    assert_eq!(summary["duration"], 40.5);
    assert_eq!(summary["cost"], summary["sizes"][1]["cost_usd"]);
    assert_eq!(summary["invocations"], 19);
    assert_eq!(summary["warnings"], json!(["look out"]));
}

#[test]
fn what_was_found_stands_beside_the_pick() {
    let summary = summary();
    assert_eq!(summary["recommended"], 256);
    assert_eq!(summary["indistinguishable"], json!([256]));
    assert_eq!(summary["contenders"], json!([256]));
    assert_eq!(
        (&summary["confidence"], &summary["stopped"]),
        (&json!("95"), &json!("fixed"))
    );
    assert_eq!(
        summary["sentence"],
        "256 MB costs at most 2 % more than the cheapest size (95 % sure)"
    );
}

#[test]
fn sizes_tell_what_was_measured() {
    let summary = summary();
    let size = &summary["sizes"][2];
    assert_eq!(
        (&size["samples"], &size["cold_starts"]),
        (&json!(5), &json!(1))
    );
    assert_eq!(size["duration_ms"]["mean"], 30.5);
    assert_eq!(size["duration_ms"]["max"], 30.9);
    assert_eq!(
        (&size["trimmed_ms"], &size["unseen_share"]),
        (&json!(30.5), &json!(0.451))
    );
    assert_eq!(size["init_ms"], 100.0);
    assert_eq!(size["max_memory_used_mb"], 64);
    let interval = size["interval_usd"].as_array().unwrap();
    assert!(interval[0].as_f64() <= interval[1].as_f64());
}

#[test]
fn sizes_that_do_not_work_say_why() {
    let size = &summary()["sizes"][3];
    assert_eq!(size["state"], "infeasible");
    assert_eq!(size["reason"], "it timed out");
    assert_eq!(size["duration_ms"], Value::Null);
    assert_eq!(size["cost_usd"], Value::Null);
}

#[test]
fn where_nothing_failed_failures_cost_nothing() {
    let summary = TuneSummary::of(&fixture::run()).unwrap();
    let costs = summary.sizes.iter().map(|size| size.failed.errors_usd);
    for cost in costs.chain([summary.errors_usd]) {
        assert!(cost == 0.0 && cost.is_sign_positive(), "{cost:?}");
    }
}

#[test]
fn a_cancelled_run_has_no_pick_and_skipped_sizes() {
    let mut size = fixture::size(128, &[]);
    size.state = SizeState::Pending;
    size.samples[0].error = Some("Boom".to_owned());
    let mut measured = fixture::measured(vec![size]);
    measured.state = RunState::Cancelled;
    let summary = TuneSummary::of(&fixture::run_of(measured)).unwrap();
    assert_eq!((summary.power, summary.visualization), (None, None));
    assert_eq!(summary.sizes[0].state, SizeOutcome::Skipped);
    assert!(summary.sizes[0].reason.is_some());
    assert_eq!(summary.sizes[0].failed.errors, 1);
    assert!(summary.errors_usd > 0.0 && summary.errors_usd == summary.sizes[0].failed.errors_usd);
}

#[test]
fn runs_from_elsewhere_have_no_summary() {
    assert_eq!(TuneSummary::of(&examples::all()[0].run), None);
}

#[test]
fn the_chart_document_has_the_fields_of_the_contract() {
    let example = examples::find("prime-numbers-all").unwrap();
    let document = |step| {
        let curve = example.run.curve(step);
        let chart = ChartDocument::of(&curve, step, Weight::default(), under("mean:2100"));
        serde_json::to_value(chart).unwrap()
    };
    let chart = document(BillingStep::AsMeasured);
    assert_eq!(chart["name"], "prime-numbers-all");
    assert_eq!(
        keys(&chart["points"][0]),
        ["memory_mb", "duration_ms", "cost_usd"]
    );
    assert_eq!(chart["cheapest"], 1472);
    assert_eq!(chart["fastest"], 2752);
    assert_eq!(chart["balanced"], 1600);
    assert_eq!(chart["cheapest_within_limit"], 1856);
    assert_eq!(chart["pattern"], "cheaper-and-faster");
    assert_eq!(chart["currency"], "USD");
    assert_eq!(chart["billing_step_ms"], "as-measured");
    assert!(chart["link"].as_str().unwrap().starts_with("https://"));
    assert_eq!(document(BillingStep::OneMs)["balanced"], 1856);
    assert_eq!(document(BillingStep::OneMs)["billing_step_ms"], "1");
}

#[test]
fn a_chart_without_a_limit_has_no_pick_within_it() {
    let curve = examples::all()[0].run.curve(BillingStep::AsMeasured);
    let none = ChartLimits::default();
    let chart = ChartDocument::of(&curve, BillingStep::AsMeasured, Weight::default(), none);
    let chart = serde_json::to_value(chart).unwrap();
    assert!(chart.get("cheapest_within_limit").is_none());
}

#[test]
fn limits_are_told_with_each_size_and_what_they_come_to() {
    let mut run = fixture::run();
    let plan = &mut run.measured_mut().unwrap().plan;
    plan.limits = plan.limits.with("p90:35ms".parse().unwrap());
    let summary = serde_json::to_value(TuneSummary::of(&run).unwrap()).unwrap();
    assert_eq!(summary["limits"], json!(["p90:35ms"]));
    assert_eq!(
        (&summary["power"], &summary["recommended"]),
        (&json!(512), &json!(512))
    );
    let sentence = summary["sentence"].as_str().unwrap();
    assert!(
        sentence.starts_with("With p90 within 35.0 ms: 512 MB is the only size"),
        "{sentence}"
    );
    let check = &summary["sizes"][0]["limits"][0];
    assert_eq!(
        (&check["limit"], &check["standing"], &check["over"]),
        (&json!("p90:35ms"), &json!("broken"), &json!(5))
    );
    assert_eq!(summary["sizes"][2]["limits"][0]["standing"], "open");
    let told = summary["limit_sentences"].as_array().unwrap();
    assert!(
        told[0]
            .as_str()
            .unwrap()
            .starts_with("512 MB: slowest of 5 samples 30.9 ms; 0 of 5")
    );
    assert_eq!(
        told[1],
        "Out by the limit: 128 MB (slowest of 5 samples 100 ms), 256 MB (slowest of 5 samples 40.5 ms)"
    );
}

#[test]
fn a_check_stands_at_the_top_of_the_document() {
    let run = fixture::run();
    let mut summary = TuneSummary::of(&run).unwrap();
    summary.check = Some(CostCheck::of(&run, 5.0).into());
    let summary = serde_json::to_value(summary).unwrap();
    assert_eq!(summary["verdict"], "dearer");
    assert_eq!(
        (
            &summary["check"]["current"],
            &summary["check"]["recommended"]
        ),
        (&json!(128), &json!(256))
    );
}

#[test]
fn means_alone_do_not_tell_a_percentile() {
    let curve = examples::all()[0].run.curve(BillingStep::AsMeasured);
    let chart = ChartDocument::of(
        &curve,
        BillingStep::AsMeasured,
        Weight::default(),
        under("p90:1s"),
    );
    assert_eq!(
        (
            chart.within.cheapest_within_limit,
            chart.within.limits.len()
        ),
        (None, 1)
    );
}
