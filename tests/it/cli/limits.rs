//! Limits on the durations, the check of a build, and what two runs are known to differ by.

use serde_json::{Value, json};

use super::{Desk, Done, Site};

fn tune(site: &Site, desk: &Desk, line: &[&str]) -> Done {
    site.run(desk, &[&["tune"], line, &["--yes"]].concat())
}

fn size(result: &Value, megabytes: u64) -> &Value {
    let sizes = result["sizes"].as_array().unwrap();
    sizes
        .iter()
        .find(|it| it["memory_mb"] == megabytes)
        .unwrap()
}

#[test]
fn a_limit_picks_the_cheapest_size_within_it_and_is_kept_with_the_run() {
    let (desk, site) = (Desk::new(), Site::fast());
    // 335 ms at 128 MB, 159 ms at 256 MB, 81 ms at 512 MB.
    let line = [
        "dynamodb-reads",
        "--num",
        "30",
        "--powers",
        "128,256,512,1024",
    ];
    let limited = [&line[..], &["--limit", "p90:120ms", "--json"]].concat();
    let done = tune(&site, &desk, &limited);
    done.ends(0, "");
    let result = done.json();
    assert_eq!(result["limits"], json!(["p90:120ms"]));
    assert_eq!(result["recommended"], 512);
    let sentence = result["sentence"].as_str().unwrap();
    assert!(
        sentence.starts_with("With p90 within 120 ms: 512 MB "),
        "{sentence}"
    );
    let standing = |megabytes| size(&result, megabytes)["limits"][0]["standing"].clone();
    assert_eq!(
        [128, 256, 512].map(standing),
        [json!("broken"), json!("broken"), json!("kept")]
    );
    let told = result["limit_sentences"].to_string();
    assert!(
        told.contains("512 MB: p90 within 120 ms (95 % sure)"),
        "{told}"
    );
    assert!(told.contains("Out by the limit: 128 MB (p90 "), "{told}");
    let run = result["run"].as_str().unwrap();
    let shown = desk.run(&["runs", "show", run]);
    shown.ends(0, "");
    for words in [
        "limit p90 120 ms",
        "cheapest with p90 within 120 ms: 512 MB",
        "Out by the limit",
    ] {
        assert!(shown.stdout.contains(words), "{words}: {}", shown.stdout);
    }
    let document = desk.run(&["runs", "show", run, "--json"]).json();
    assert_eq!(document["cheapest_within_limit"], 512);
    assert_eq!(
        document["within_limits"][0]["checks"][0]["standing"],
        "broken"
    );
    // Another limit may be looked at later.
    let other = ["runs", "show", run, "--limit", "max:1h", "--json"];
    desk.run(&other).ends(2, "with ms or s");
    let other = ["runs", "show", run, "--limit", "mean:1s", "--json"];
    assert_eq!(desk.run(&other).json()["limits"], json!(["mean:1000ms"]));
}

#[test]
fn when_no_size_qualifies_the_nearest_is_named() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "no-op",
        "--num",
        "5",
        "--powers",
        "128,512",
        "--limit",
        "max:0.01ms",
    ];
    let done = tune(&site, &desk, &line);
    done.ends(3, "");
    let words = "No size has max within 0.0100 ms; 512 MB came nearest: max ";
    assert!(done.stdout.contains("No size can be picked.\n"), "{done:?}");
    assert!(done.stdout.contains(words), "{done:?}");
}

#[test]
fn few_samples_have_no_p99_and_say_so() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "no-op", "--num", "5", "--powers", "128,512", "--limit", "p99:1s", "--limit", "mean:1s",
    ];
    let done = tune(&site, &desk, &line);
    done.ends(0, "");
    let words = "slowest of 5 samples";
    assert!(done.stdout.contains(words), "{done:?}");
    assert!(
        done.stdout.contains("(that takes 299 samples or more)"),
        "{done:?}"
    );
    assert!(
        done.stdout.contains("mean within 1.00 s (95 % sure)"),
        "{done:?}"
    );
}

#[test]
fn what_is_no_limit_ends_with_exit_code_2_and_an_example() {
    let desk = Desk::new();
    for (limit, words) in [
        ("200ms", "such as p90:200ms"),
        ("p80:200ms", "choose p50, p90, p95, p99, max or mean"),
        ("p90:soon", "is no duration"),
    ] {
        desk.run(&["--demo", "tune", "no-op", "--limit", limit])
            .ends(2, words);
    }
    let both = [
        "--demo",
        "tune",
        "no-op",
        "--within-percent",
        "5",
        "--tolerance",
        "5",
    ];
    desk.run(&both).ends(2, "cannot be used with");
    let config = desk.file("config.toml", "[tuning]\nlimits = [\"p80:1s\"]\n");
    desk.run(&["--config", &config, "config", "check"])
        .ends(2, "config.toml:2");
}

#[test]
fn limits_of_the_configuration_hold_unless_a_flag_says_otherwise() {
    let (desk, site) = (Desk::new(), Site::fast());
    let config = desk.file("config.toml", "[tuning]\nlimits = [\"mean:2ms\"]\n");
    let line = [
        "--config", &config, "tune", "no-op", "--num", "5", "--powers", "128,512", "--json",
    ];
    let of_file = site.run(&desk, &line);
    assert_eq!(of_file.json()["recommended"], 512, "{of_file:?}");
    let of_flag = site.run(&desk, &[&line[..], &["--limit", "mean:1s"]].concat());
    assert_eq!(of_flag.json()["recommended"], 128, "{of_flag:?}");
}

#[test]
fn the_fastest_of_those_that_cost_little_more_is_taken_whatever_the_strategy() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "dynamodb-reads",
        "--num",
        "10",
        "--within-percent",
        "20",
        "--strategy",
        "speed",
        "--json",
    ];
    let done = tune(&site, &desk, &line);
    done.ends(0, "");
    let sentence = done.json()["sentence"].as_str().unwrap().to_owned();
    assert!(
        sentence.contains("20 % more than the cheapest"),
        "{sentence}"
    );
    assert_eq!(done.json()["recommended"], 512, "{sentence}");
}

#[test]
fn a_check_ends_with_4_only_when_the_current_size_is_shown_to_cost_more() {
    let (desk, site) = (Desk::new(), Site::fast());
    // 128 MB, which it has, costs a quarter more than 256 MB.
    let line = ["no-op", "--num", "20", "--powers", "256,512", "--json"];
    let dearer = tune(&site, &desk, &[&line[..], &["--check", "5"]].concat());
    dearer.ends(4, "The current size of 128 MB is measured too");
    let result = dearer.json();
    assert_eq!(result["verdict"], "dearer");
    assert_eq!(
        (&result["check"]["current"], &result["check"]["recommended"]),
        (&json!(128), &json!(256))
    );
    let sentence = result["check"]["sentence"].as_str().unwrap();
    assert!(
        sentence.starts_with("Check failed: the current 128 MB costs over 5 % more"),
        "{sentence}"
    );
    let run = result["run"].as_str().unwrap();
    let again = desk.run(&["runs", "check", run, "--percent", "5"]);
    again.ends(4, "");
    assert_eq!(again.stdout.trim_end(), sentence);
    let passed = desk.run(&["runs", "check", run, "--percent", "60", "--json"]);
    passed.ends(0, "");
    assert_eq!(passed.json()["verdict"], "ok");
}

#[test]
fn what_a_check_cannot_tell_is_no_failure() {
    let (desk, site) = (Desk::new(), Site::fast());
    let line = [
        "hash-bun",
        "--num",
        "8",
        "--powers",
        "1024,1536,1769",
        "--check",
        "10",
        "--json",
    ];
    let done = tune(&site, &desk, &line);
    done.ends(0, "");
    assert_ne!(done.json()["verdict"], "dearer");
    // Means alone tell nothing.
    let means = desk.run(&["runs", "check", "no-op", "--percent", "5", "--json"]);
    means.ends(0, "");
    assert_eq!(means.json()["verdict"], "unknown");
    // What is applied or not measured cannot be checked.
    for more in [&["--apply"][..], &["--dry-run"]] {
        let line = [&["--demo", "tune", "no-op", "--check", "5"], more].concat();
        desk.run(&line).ends(2, "cannot be used with");
    }
}

#[test]
fn two_runs_are_compared_by_their_samples_size_by_size() {
    let (desk, site) = (Desk::new(), Site::fast());
    let run = |function: &str, num: &str| {
        let done = tune(
            &site,
            &desk,
            &[function, "--num", num, "--powers", "128,512", "--json"],
        );
        done.json()["run"].as_str().unwrap().to_owned()
    };
    let (slow, same, fast) = (
        run("dynamodb-reads", "10"),
        run("dynamodb-reads", "10"),
        run("no-op", "10"),
    );
    let document = desk
        .run(&["runs", "compare", &slow, &fast, "--json"])
        .json();
    let first = &document["sizes"][0];
    assert_eq!(
        (&first["memory_mb"], &first["samples"]),
        (&json!(128), &json!([10, 10]))
    );
    let [ratio, low, high] =
        ["ratio", "low", "high"].map(|field| first["duration_ratio"][field].as_f64().unwrap());
    assert!(low < ratio && ratio < high && high < 0.1, "{first}");
    assert!(first["cost_ratio"]["ratio"].is_f64(), "{first}");
    let text = desk.run(&["runs", "compare", &slow, &fast]).stdout;
    let told = text.lines().find(|line| line.starts_with("128 MB: "));
    assert!(
        told.is_some_and(|line| line.contains("x faster (") && line.contains("x to ")),
        "{text}"
    );
    let noise = desk
        .run(&["runs", "compare", &slow, &same, "--json"])
        .json();
    let sentence = noise["sizes"][1]["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("512 MB: "), "{sentence}");
    let means = desk
        .run(&["runs", "compare", &slow, "prime-numbers"])
        .stdout;
    assert!(
        means.contains("Only means are known of one of the runs"),
        "{means}"
    );
}
