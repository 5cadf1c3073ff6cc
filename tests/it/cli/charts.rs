//! `chart`: the articles' runs give the articles' answers, from wherever a run comes.

use serde_json::{Value, json};

use super::Desk;

fn picks(desk: &Desk, line: &[&str]) -> [Value; 3] {
    let done = desk.run(&[&["chart", "--json"], line].concat());
    done.ends(0, "");
    let document = done.json();
    ["cheapest", "fastest", "balanced"].map(|pick| document[pick].clone())
}

#[test]
fn the_articles_runs_give_the_articles_picks() {
    let desk = Desk::new();
    let reads = ["dynamodb-reads", "--billing-step-ms", "as-measured"];
    let [cheapest, fastest, _] = picks(&desk, &reads);
    assert_eq!((cheapest, fastest), (json!(512), json!(3008)));
    let all = "prime-numbers-all";
    assert_eq!(
        picks(&desk, &[all]),
        [json!(1472), json!(2752), json!(1600)]
    );
    let [_, _, balanced] = picks(&desk, &[all, "--billing-step-ms", "1"]);
    assert_eq!(balanced, json!(1856));
}

#[test]
fn a_chart_needs_no_home_and_writes_nothing() {
    let desk = Desk::new();
    desk.run(&["chart", "no-op", "--data-dir", "data"])
        .ends(0, "");
    assert!(!desk.home().join("data").exists());
}

#[test]
fn a_document_holds_what_scripts_count_on() {
    let document = Desk::new().run(&["chart", "no-op", "--json"]).json();
    for field in [
        "name", "points", "cheapest", "fastest", "balanced", "pattern", "link",
    ] {
        assert!(!document[field].is_null(), "{field}: {document}");
    }
    let point = &document["points"][0];
    assert_eq!(point["memory_mb"], 128);
    assert!(point["duration_ms"].is_f64() && point["cost_usd"].is_f64());
}

#[test]
fn a_link_draws_what_it_was_made_from() {
    let desk = Desk::new();
    let document = desk.run(&["chart", "no-op", "--json"]).json();
    let link = document["link"].as_str().unwrap();
    let again = desk.run(&["chart", link, "--json"]).json();
    assert_eq!(again["points"], document["points"]);
    let piped = desk.feed(&["chart", "-", "--json"], link).json();
    assert_eq!(piped["points"], document["points"]);
    let file = desk.file("link.txt", link);
    let filed = desk.run(&["chart", &file, "--json"]).json();
    assert_eq!(filed["cheapest"], document["cheapest"]);
}

#[test]
fn a_comparison_link_draws_two_curves() {
    let desk = Desk::new();
    let compared = desk.run(&[
        "runs",
        "compare",
        "s3-download",
        "s3-download-threads",
        "--json",
    ]);
    let link = compared.json()["link"].as_str().unwrap().to_owned();
    let document = desk.run(&["chart", &link, "--json"]).json();
    assert_eq!(document["name"], "s3-download");
    assert_eq!(document["compared_with"]["name"], "s3-download-threads");
    let text = desk.run(&["chart", &link]);
    text.ends(0, "");
    assert!(text.stdout.contains("s3-download-threads"), "{text:?}");
}

#[test]
fn changes_against_a_baseline_are_told_as_ratio_and_percent() {
    let desk = Desk::new();
    let line = ["chart", "prime-numbers", "--baseline", "128", "--json"];
    let changes = desk.run(&line).json()["baseline"]["changes"].clone();
    let at = |size: u64| {
        let all = changes.as_array().unwrap().iter();
        let found = all.into_iter().find(|change| change["memory_mb"] == size);
        found.unwrap().clone()
    };
    let change = at(1536);
    assert!((change["speed"].as_f64().unwrap() - 14.16).abs() < 0.01);
    assert!((change["cost_percent"].as_f64().unwrap() + 13.3).abs() < 0.05);
    let text = desk.run(&["chart", "prime-numbers", "--baseline", "128"]);
    assert!(text.stdout.contains("14.16x faster"), "{text:?}");
    desk.run(&["chart", "no-op", "--baseline", "777"])
        .ends(2, "was not measured");
}

#[test]
fn a_chart_keeps_to_its_width_and_to_ascii() {
    let desk = Desk::new();
    let done = desk.run(&[
        "chart", "no-op", "--width", "60", "--height", "16", "--ascii",
    ]);
    done.ends(0, "");
    let chart: Vec<&str> = done
        .stdout
        .lines()
        .take_while(|line| !line.is_empty())
        .collect();
    assert!(chart.len() > 8, "{done:?}");
    assert!(
        chart.iter().all(|line| line.is_ascii() && line.len() <= 60),
        "{done:?}"
    );
}

#[test]
fn a_time_limit_names_the_cheapest_size_under_it() {
    let desk = Desk::new();
    let line = [
        "chart",
        "prime-numbers",
        "--max-duration-ms",
        "3000",
        "--json",
    ];
    let document = desk.run(&line).json();
    assert_eq!(document["cheapest_within_limit"], 1536);
    let done = desk.run(&["chart", "prime-numbers", "--max-duration-ms", "1"]);
    assert!(
        done.stdout.contains("none of the measured sizes"),
        "{done:?}"
    );
}
