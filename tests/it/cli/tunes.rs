//! `tune`: from the function to the result.

use serde_json::{Value, json};

use super::{Desk, Site};

fn fields(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_region_without_a_known_price_is_not_tuned_before_the_user_says_whose_prices_count() {
    let desk = Desk::new();
    let tune = [
        "--demo",
        "--region",
        "mx-central-1",
        "tune",
        "no-op",
        "--num",
        "5",
        "--powers",
        "128,256",
    ];
    let refused = desk.run(&tune);
    refused.ends(1, "No price is known for x86_64 in mx-central-1");
    assert!(!refused.stderr.contains("started"), "{refused:?}");
    let done = desk.run(&[&tune[..], &["--prices-of", "eu-central-2", "--json"]].concat());
    done.ends(0, "all costs are an assumption");
    let result = done.json();
    let prices = &result["prices"];
    assert_eq!(
        (&prices["assumed"], &prices["region"]),
        (&json!(true), &json!("eu-central-2"))
    );
    assert_eq!(prices["per_gb_second"], json!(0.000_018_333_4));
    let warning = result["warnings"][0].as_str().unwrap();
    assert!(
        warning.contains("No price is known for x86_64 in mx-central-1"),
        "{warning}"
    );
}

#[test]
fn the_document_is_the_contract() {
    let desk = Desk::new();
    let done = desk.run(&[
        "--demo", "tune", "no-op", "--num", "5", "--powers", "128,256", "--json",
    ]);
    done.ends(0, "Estimate: 12 invocations");
    assert!(done.stderr.contains("256 MB: measured"), "{done:?}");
    let result = done.json();
    assert_eq!(
        fields(&result),
        [
            "run",
            "function",
            "architecture",
            "region",
            "strategy",
            "power",
            "recommended",
            "recommended_cost",
            "recommended_duration",
            "indistinguishable",
            "contenders",
            "confidence",
            "stopped",
            "sentence",
            "notes",
            "pattern",
            "cost",
            "duration",
            "sizes",
            "invocations",
            "errors",
            "errors_usd",
            "control_calls",
            "spent_usd",
            "prices",
            "wall_ms",
            "visualization",
            "cleanup",
            "warnings"
        ]
    );
    assert_eq!(
        result["cleanup"],
        json!({"restored": true, "versions_left": 0})
    );
    assert_eq!(
        (&result["power"], &result["strategy"]),
        (&json!(256), &json!("cost"))
    );
    let size = &result["sizes"][0];
    assert_eq!(
        fields(size),
        [
            "memory_mb",
            "state",
            "reason",
            "samples",
            "cold_starts",
            "duration_ms",
            "cost_usd",
            "interval_usd",
            "init_ms",
            "max_memory_used_mb",
            "errors",
            "errors_usd",
            "trimmed_ms",
            "trimmed_usd",
            "unseen_share"
        ]
    );
    assert_eq!(
        (&size["state"], &size["samples"]),
        (&json!("ok"), &json!(5))
    );
    assert_eq!(
        fields(&size["duration_ms"]),
        ["mean", "p50", "p90", "p99", "min", "max"]
    );
}

#[test]
fn a_run_leaves_the_account_as_it_was_and_is_saved() {
    let (desk, site) = (Desk::new(), Site::fast());
    let before = site.account.describe();
    let done = site.run(
        &desk,
        &["tune", "busy", "--num", "5", "--parallel", "--json"],
    );
    done.ends(0, "");
    assert_eq!(site.account.describe(), before);
    let id = done.json()["run"].clone();
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(
        (&list[0]["id"], &list[0]["state"]),
        (&id, &json!("finished"))
    );
    assert_eq!(list.as_array().unwrap().len(), 1);
    let again = site.run(&desk, &["tune", "busy", "--num", "5"]);
    again.ends(0, "by the last run");
}

#[test]
fn people_read_a_table_and_a_verdict() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(
        &desk,
        &[
            "tune",
            "dynamodb-reads",
            "--num",
            "5",
            "--strategy",
            "speed",
            "--yes",
        ],
    );
    done.ends(0, "");
    for words in [
        "against 256 MB",
        "the current size",
        "Recommended: 3008 MB",
        "Against the current 256 MB: ",
        "x faster",
        "The reference tool would say: power 3008",
        "The function is as it was; no version is left.",
        "https://lambda-power-tuning.show/#",
    ] {
        assert!(
            done.stdout.contains(words),
            "'{words}' is not in {}",
            done.stdout
        );
    }
    assert!(
        !done.stdout.contains('\u{1b}'),
        "no escape sequences in a pipe"
    );
}

#[test]
fn the_reference_tools_input_and_output_are_spoken() {
    let (desk, site) = (Desk::new(), Site::fast());
    let input = desk.file(
        "input.json",
        r#"{"lambdaARN": "no-op", "num": 5, "powerValues": [128, 512], "includeOutputResults": true, "strategy": "speed"}"#,
    );
    let done = site.run(
        &desk,
        &["tune", "--input", &input, "--format", "reference", "--yes"],
    );
    done.ends(0, "");
    let output = done.json();
    assert_eq!(output["power"], 512);
    assert_eq!(output["stats"].as_array().unwrap().len(), 2);
    assert!(output["stateMachine"]["visualization"].is_string());
    // A flag beats the file.
    let done = site.run(
        &desk,
        &[
            "tune",
            "--input",
            &input,
            "--strategy",
            "cost",
            "--format",
            "reference",
            "--yes",
        ],
    );
    assert_eq!(done.json()["power"], 128);
}

#[test]
fn dear_runs_and_live_changes_are_not_started_unasked() {
    let (desk, site) = (Desk::new(), Site::fast());
    let config = desk.file("config.toml", "[tuning]\nask-above-usd = 0.0001\n");
    site.run(&desk, &["--config", &config, "tune", "no-op"])
        .ends(2, "add --yes");
    site.run(&desk, &["tune", "json-logs", "--apply", "--num", "5"])
        .ends(2, "changes the live function");
    assert_eq!(
        (
            site.account.invocations("no-op"),
            site.account.mutating_calls()
        ),
        (0, 0)
    );
    assert_eq!(desk.run(&["runs", "list", "--json"]).json(), json!([]));
}

#[test]
fn applying_changes_the_function_and_nothing_else() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "tune", "no-op", "--num", "5", "--powers", "256,512", "--apply", "--yes", "--json",
    ];
    let done = site.run(&desk, &line);
    done.ends(0, "");
    let functions = site.run(&desk, &["functions", "--json"]).json();
    let no_op = functions
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "no-op");
    assert_eq!(no_op.unwrap()["memory_mb"], done.json()["power"]);
}

#[test]
fn sizes_that_do_not_work_are_a_result_and_unmeasured_ones_are_not() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(
        &desk,
        &["tune", "memory-hungry", "--num", "5", "--yes", "--json"],
    );
    done.ends(0, "128 MB: infeasible");
    let states = done.json()["sizes"].clone();
    assert_eq!(
        (&states[0]["state"], &states[2]["state"]),
        (&json!("infeasible"), &json!("ok"))
    );
    let done = site.run(
        &desk,
        &[
            "tune",
            "no-op",
            "--num",
            "5",
            "--max-cost",
            "0.000000001",
            "--json",
        ],
    );
    done.ends(3, "cost cap");
    assert_eq!(done.json()["power"], Value::Null);
}

#[test]
fn a_dry_run_picks_nothing() {
    let (desk, site) = (Desk::new(), Site::fast());
    let done = site.run(&desk, &["tune", "no-op", "--dry-run", "--json"]);
    done.ends(0, "");
    assert_eq!(
        (&done.json()["power"], &done.json()["invocations"]),
        (&Value::Null, &json!(6))
    );
}
