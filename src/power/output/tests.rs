//! The reference's output: its shape, its prices, and reading it back.

use serde_json::json;

use super::*;
use crate::power::{RunState, fixture};

fn written(include_stats: bool) -> Value {
    let output = ReferenceOutput::of(&fixture::run(), include_stats).unwrap();
    serde_json::to_value(output).unwrap()
}

fn read(document: &Value) -> Vec<(u32, f64, f64)> {
    let curve = ReferenceOutput::read_curve(document).unwrap();
    let row = |p: &Point| (p.memory_mb.megabytes(), p.duration_ms, p.cost_usd);
    curve.points.iter().map(row).collect()
}

fn refusal(document: &Value) -> String {
    ReferenceOutput::read_curve(document)
        .unwrap_err()
        .to_string()
}

#[test]
fn the_output_has_the_shape_of_the_reference() {
    let output = written(true);
    let keys: Vec<&String> = output.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["power", "cost", "duration", "stateMachine", "stats"]);
    assert_eq!(output["power"], 256);
    assert_eq!(output["duration"], 40.5);
    // ceil(41) ms at 256 MB.
    assert!((output["cost"].as_f64().unwrap() - 41.0 * 2.1e-9 * 2.0).abs() < 1e-18);
    let stats = output["stats"].as_array().unwrap();
    assert_eq!(stats.len(), 3);
    assert_eq!(stats[0]["value"], 128);
    assert_eq!(stats[0]["averageDuration"], 100.5);
    assert!(written(false).get("stats").is_none());
}

#[test]
fn the_run_is_priced_by_the_formulas_of_the_reference() {
    let mut run = fixture::run();
    run.measured_mut().unwrap().sizes[2].samples[5].billed_ms = 900.0;
    let output = serde_json::to_value(ReferenceOutput::of(&run, false)).unwrap();
    let machine = &output["stateMachine"];
    // Six sizes are planned; every sample is paid for, cold ones and outliers too.
    assert_eq!(machine["executionCost"], 0.0006);
    let billed = (500.0 + 505.0) + 2.0 * (500.0 + 205.0) + 4.0 * (500.0 + 1024.0) + 8.0 * 500.0;
    let cost = machine["lambdaCost"].as_f64().unwrap();
    assert!((cost - billed * 2.1e-9).abs() < 1e-15, "{cost}");
    let link = machine["visualization"].as_str().unwrap();
    assert!(link.starts_with("https://lambda-power-tuning.show/#"));
}

#[test]
fn runs_without_a_pick_have_no_output() {
    let none = fixture::run_of(fixture::measured(vec![fixture::size(128, &[])]));
    assert_eq!(ReferenceOutput::of(&none, true), None);
    let mut dry = fixture::measured(vec![fixture::size(128, &[1.0; 5])]);
    dry.plan.dry_run = true;
    assert_eq!(ReferenceOutput::of(&fixture::run_of(dry), true), None);
}

#[test]
fn runs_that_were_cut_short_have_no_output() {
    for state in [RunState::Cancelled, RunState::Failed("no more".to_owned())] {
        let mut run = fixture::run();
        run.measured_mut().unwrap().state = state;
        assert_eq!(ReferenceOutput::of(&run, true), None);
    }
}

#[test]
fn what_is_written_is_read_back() {
    let output = written(true);
    let rows = read(&output);
    assert_eq!(rows.len(), 3);
    assert_eq!(read(&json!({"results": output})), rows);
    // Without stats the link tells all sizes, to 32 bits.
    let linked = read(&written(false));
    for ((memory, duration, cost), row) in linked.into_iter().zip(rows) {
        assert_eq!((memory, duration), (row.0, row.1));
        assert!((cost / row.2 - 1.0).abs() < 1e-6);
    }
}

#[test]
fn power_may_be_a_text_or_a_number() {
    for power in [json!("512"), json!(512), json!(512.0)] {
        let output = json!({"power": power, "cost": 7.56e-7, "duration": 88.5});
        assert_eq!(read(&output), [(512, 88.5, 7.56e-7)]);
    }
    let stats = json!({"stats": [{"value": "128", "averagePrice": "1e-7", "averageDuration": 2}]});
    assert_eq!(read(&stats), [(128, 2.0, 1e-7)]);
}

#[test]
fn what_is_no_output_is_refused_in_words() {
    for (document, part) in [
        (json!({}), "its run failed"),
        (json!({"results": {}}), "its run failed"),
        (json!([]), "no tuning result"),
        (json!({"power": 128}), "no tuning result"),
        (
            json!({"power": 64, "cost": 1, "duration": 1}),
            "field 'power' is '64'",
        ),
        (
            json!({"power": 512.5, "cost": 1, "duration": 1}),
            "field 'power' is '512.5'",
        ),
        (
            json!({"power": 128, "cost": "much", "duration": 1}),
            "field 'cost' is 'much'",
        ),
        (json!({"stats": {}}), "field 'stats' is an object"),
        (json!({"stats": []}), "not a single measured memory size"),
        (
            json!({"stats": [{"value": 128, "averagePrice": 1}]}),
            "'averageDuration' is missing",
        ),
        (
            json!({"stats": [{"value": 128, "averagePrice": -1, "averageDuration": 1}]}),
            "'-1'",
        ),
        (
            json!({"stateMachine": {"visualization": "https://x.test/"}}),
            "no '#'",
        ),
    ] {
        let error = refusal(&document);
        assert!(error.contains(part), "{document}: {error}");
    }
}
