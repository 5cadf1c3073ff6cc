//! Results and inputs as people keep them: quoted, between other words, in pages.

use serde_json::{Value, json};

use super::{Desk, Site};

/// What the reference tool prints for a small run.
fn output(desk: &Desk) -> Value {
    let link = desk.run(&["chart", "no-op", "--json"]).json()["link"].clone();
    json!({"power": "256", "cost": "1.9e-06", "duration": 450.0, "stateMachine": {"visualization": link}})
}

#[test]
fn results_are_read_from_whatever_they_stand_in() {
    let desk = Desk::new();
    let output = output(&desk).to_string();
    let execution = json!({
        "executionArn": "arn:aws:states:us-east-1:123456789012:execution:powerTuning:1",
        "status": "SUCCEEDED",
        "input": json!({"lambdaARN": "arn:aws:lambda:us-east-1:123456789012:function:checkout"}).to_string(),
        "output": output,
    });
    for (name, content) in [
        ("execution.json", execution.to_string()),
        ("query.json", json!(output).to_string()),
        (
            "script.txt",
            format!("Execution started...SUCCEEDED\nExecution output: \n{output}\n"),
        ),
    ] {
        let file = desk.file(name, &content);
        let document = desk.run(&["chart", &file, "--json"]).json();
        assert_eq!(document["points"].as_array().unwrap().len(), 6, "{name}");
    }
    let file = desk.file("execution.json", &execution.to_string());
    let imported = desk.run(&["runs", "import", &file, "--json"]).json();
    assert_eq!(imported[0]["name"], "checkout");
}

#[test]
fn of_several_links_in_a_page_one_is_named() {
    let desk = Desk::new();
    let link = |name: &str| {
        let document = desk.run(&["chart", name, "--json"]).json();
        document["link"].as_str().unwrap().to_owned()
    };
    let page = format!(
        "# Before and after\n\n[before]({}), then <a href=\"{}\">after</a>.\n",
        link("no-op"),
        link("s3-download")
    );
    let file = desk.file("page.md", &page);
    let asked = desk.run(&["chart", &file]);
    asked.ends(
        2,
        "'page.md' holds 2 visualization links: 1 'before' (128 to 3008 MB)",
    );
    asked.ends(2, "add '--link N' to say which");
    let second = desk.run(&["chart", &file, "--link", "2", "--json"]).json();
    assert_eq!(second["points"][0]["memory_mb"], 512);
    desk.run(&["chart", &file, "--link", "3"])
        .ends(1, "there is no visualization link 3; it holds 2");
    let imported = desk.run(&["runs", "import", &file, "--link", "1", "--json"]);
    assert_eq!(imported.json()[0]["name"], "before");
    desk.feed(&["chart", "-"], &page)
        .ends(2, "standard input holds 2 visualization links");
    desk.run(&["runs", "compare", "no-op", &file])
        .ends(2, "to `iacstone runs import`");
    let alone = desk.file("alone.md", &format!("Results: [ours]({})\n", link("no-op")));
    assert_eq!(
        desk.run(&["chart", &alone, "--json"]).json()["name"],
        "ours"
    );
}

#[test]
fn inputs_with_quoted_numbers_and_ranges_are_taken() {
    let (desk, site) = (Desk::new(), Site::fast());
    let input = desk.file(
        "input.json",
        r#"{"lambdaARN": "no-op", "num": "5", "powerValues": ["128", "256..512/256"], "strategy": "cost"}"#,
    );
    let done = site.run(&desk, &["tune", "--input", &input, "--yes", "--json"]);
    done.ends(0, "");
    let sizes = done.json()["sizes"].clone();
    let sizes: Vec<u64> = sizes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["memory_mb"].as_u64().unwrap())
        .collect();
    assert_eq!(sizes, [128, 256, 512]);
}

#[test]
fn the_size_a_function_has_can_be_asked_for() {
    let (desk, site) = (Desk::new(), Site::fast());
    // It has 256 MB.
    let line = [
        "tune",
        "dynamodb-reads",
        "--powers",
        "current,1769",
        "--dry-run",
        "--json",
    ];
    let done = site.run(&desk, &line);
    done.ends(0, "");
    let sizes = done.json()["sizes"].clone();
    assert_eq!(
        (&sizes[0]["memory_mb"], &sizes[1]["memory_mb"]),
        (&json!(256), &json!(1769))
    );
}
