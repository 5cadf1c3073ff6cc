//! Runs written in other forms, and the names they go by.

use serde_json::json;

use super::{Desk, Site};

#[test]
fn a_run_is_written_as_points_as_samples_and_as_a_report() {
    let (desk, site) = (Desk::new(), Site::fast());
    let payloads = r#"[{"weight": 1, "payload": {"n": 1}}, {"weight": 4, "payload": {"n": 2}}]"#;
    let line = [
        "tune",
        "busy",
        "--num",
        "10",
        "--powers",
        "128,512",
        "--payload",
        payloads,
        "--yes",
        "--json",
    ];
    let done = site.run(&desk, &line);
    done.ends(0, "");
    let payloads = done.json()["sizes"][0]["payloads"].clone();
    assert_eq!(
        (&payloads[0]["samples"], &payloads[1]["samples"]),
        (&json!(2), &json!(8))
    );

    let csv = desk
        .run(&["runs", "export", "latest", "-", "--format", "csv"])
        .stdout;
    let heads: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    for head in [
        "memory_mb",
        "cost_low",
        "p50_ms",
        "p90_ms",
        "p99_ms",
        "errors",
    ] {
        assert!(heads.contains(&head), "{csv}");
    }
    assert_eq!(csv.lines().count(), 3);
    let samples = desk
        .run(&["runs", "export", "busy", "-", "--format", "samples-csv"])
        .stdout;
    let lines: Vec<Vec<&str>> = samples
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    let column = |name: &str| lines[0].iter().position(|head| *head == name).unwrap();
    assert!(lines.len() > 20, "{samples}");
    for line in &lines[1..] {
        assert_eq!(line[column("request_id")].len(), 36, "{line:?}");
        assert!(line[column("at")].ends_with('Z'), "{line:?}");
        assert!(["1", "2"].contains(&line[column("payload")]), "{line:?}");
    }
    let shown = desk.run(&["runs", "show", "latest"]).stdout;
    assert!(shown.contains("payload  weight"), "{shown}");
    let shown = desk.run(&["runs", "show", "-1", "--json"]).json();
    assert_eq!(shown["payloads"][1]["memory_mb"], 512);

    desk.run(&[
        "runs",
        "export",
        "latest",
        "report.md",
        "--format",
        "markdown",
    ])
    .ends(0, "was written to 'report.md'");
    let report = std::fs::read_to_string(desk.home().join("report.md")).unwrap();
    for part in [
        "# Power tuning of busy",
        "| 512 |",
        "```text",
        "[Visualization](https://",
    ] {
        assert!(report.contains(part), "'{part}' is not in {report}");
    }
}

#[test]
fn a_file_is_written_over_only_when_that_is_asked_for() {
    let desk = Desk::new();
    desk.run(&["runs", "import", "no-op"]).ends(0, "");
    let file = desk.file("there.json", "precious");
    let line = ["runs", "export", "latest", &file];
    desk.run(&line)
        .ends(1, "is there already; give another name, or add --force");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "precious");
    desk.run(&[&line[..], &["--force"]].concat())
        .ends(0, "was written");
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("iacstone_run")
    );
    desk.run(&["runs", "export", "latest", "--format", "samples-csv"])
        .ends(1, "has no samples");
}

#[test]
fn runs_are_listed_by_what_is_shown_of_them_and_in_an_order() {
    let desk = Desk::new();
    for (example, name) in [("no-op", "b"), ("prime-numbers", "a"), ("s3-download", "c")] {
        desk.run(&["runs", "import", example, "--name", name])
            .ends(0, "");
    }
    let names = |line: &[&str]| {
        let list = desk
            .run(&[&["runs", "list", "--json"], line].concat())
            .json();
        let runs = list.as_array().unwrap().clone();
        runs.iter()
            .map(|run| run["name"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&["--sort", "name"]), ["a", "b", "c"]);
    assert_eq!(names(&["today", "1536", "mb"]), ["a"]);
    assert_eq!(names(&["last", "year"]), Vec::<String>::new());
    desk.run(&["runs", "list", "last", "year"])
        .ends(0, "None of the 3 saved runs has 'last year'.");
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list[0]["run"], list[0]["id"]);
    assert_eq!(list[0]["name"], "c");
    // The one before the latest is the second that was imported.
    desk.run(&["runs", "rename", "-2", "second"])
        .ends(0, "not 'a'");
    desk.run(&["runs", "note", "b", "before the upgrade"])
        .ends(0, "has the note");
    assert_eq!(names(&["upgrade"]), ["b"]);
    let shown = desk.run(&["runs", "show", "b"]).stdout;
    assert!(shown.starts_with("before the upgrade\n"), "{shown}");
    let read = desk.run(&["runs", "note", "b"]);
    assert_eq!(read.stdout, "before the upgrade\n");
    desk.run(&["runs", "note", "b", "--clear"])
        .ends(0, "has no note now");
    assert_eq!(names(&["upgrade"]), Vec::<String>::new());
    desk.run(&["runs", "show", "-9"])
        .ends(1, "there is no run '-9'");
    desk.run(&["runs", "list", "--sort", "size"])
        .ends(2, "possible values");
}
