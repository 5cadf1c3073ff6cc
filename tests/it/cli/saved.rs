//! `runs`: the saved runs.

use serde_json::json;

use super::Desk;

/// A desk with two saved runs; gives their ids.
fn desk() -> (Desk, String, String) {
    let desk = Desk::new();
    let import = |source: &str, name: &str| {
        let done = desk.run(&["runs", "import", source, "--name", name, "--json"]);
        done.ends(0, "Imported run");
        done.json()[0]["id"].as_str().unwrap().to_owned()
    };
    let link = desk.run(&["chart", "no-op", "--json"]).json()["link"].clone();
    let one = import(link.as_str().unwrap(), "before");
    let other = import("dynamodb-reads", "after");
    (desk, one, other)
}

#[test]
fn runs_are_found_by_id_by_its_beginning_and_by_name() {
    let (desk, id, _) = desk();
    for word in [id.as_str(), "before"] {
        assert_eq!(
            desk.run(&["runs", "show", word, "--json"]).json()["name"],
            "before"
        );
    }
    let list = desk.run(&["runs", "list", "--json"]).json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let text = desk.run(&["runs", "list"]).stdout;
    assert!(text.contains("before") && text.contains("after"), "{text}");
    desk.run(&["runs", "show", "r"])
        .ends(1, "give more of the id");
}

#[test]
fn renaming_and_deleting_say_what_they_did() {
    let (desk, id, _) = desk();
    desk.run(&["runs", "rename", &id, "x86"])
        .ends(0, "called 'x86' now");
    // A slip among several deletes none of them.
    desk.run(&["runs", "delete", "x86", "nobody"])
        .ends(1, "there is no run 'nobody'");
    assert_eq!(
        desk.run(&["runs", "list", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        2
    );
    let done = desk.run(&["runs", "delete", "x86", "after", "--json"]);
    done.ends(0, "Deleted run");
    assert_eq!(done.json()["deleted"][0], json!(id));
    desk.run(&["runs", "list"])
        .ends(0, "There are no saved runs");
}

#[test]
fn an_export_comes_back_as_the_same_run() {
    let (desk, id, _) = desk();
    let exported = desk.run(&["runs", "export", &id]).stdout;
    let file = desk.home().join("run.json").to_str().unwrap().to_owned();
    desk.run(&["runs", "export", &id, &file])
        .ends(0, "was written");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), exported);
    desk.run(&["runs", "export", &id, &file])
        .ends(1, "give another name");
    desk.run(&["runs", "delete", &id]).ends(0, "");
    desk.run(&["runs", "import", &file])
        .ends(0, &format!("Imported run {id} ('before')"));
    desk.run(&["runs", "import", &file]).ends(0, "Already here");
    assert_eq!(desk.run(&["runs", "export", &id]).stdout, exported);
}

#[test]
fn exports_have_other_formats() {
    let (desk, id, _) = desk();
    let link = desk
        .run(&["runs", "export", &id, "--format", "link"])
        .stdout;
    assert!(
        link.starts_with("https://lambda-power-tuning.show/#"),
        "{link}"
    );
    let csv = desk
        .run(&["runs", "export", &id, "-", "--format", "csv"])
        .stdout;
    assert_eq!(csv.lines().count(), 7);
    desk.run(&["runs", "export", &id, "--format", "reference"])
        .ends(1, "has no samples");
}

#[test]
fn two_runs_are_compared_size_by_size() {
    let (desk, one, other) = desk();
    let done = desk
        .run(&["runs", "compare", &one, &other, "--json"])
        .json();
    assert_eq!(
        (&done["first"]["name"], &done["second"]["name"]),
        (&json!("before"), &json!("after"))
    );
    assert_eq!(done["sizes"].as_array().unwrap().len(), 6);
    let speed = done["sizes"][0]["speed"].as_f64().unwrap();
    assert!((speed - 4.455_167 / 335.375).abs() < 1e-6, "{speed}");
    let text = desk.run(&["runs", "compare", "before", "after"]).stdout;
    assert!(text.contains("x slower"), "{text}");
}

#[test]
fn there_is_nothing_to_recover_on_a_clean_desk() {
    let desk = Desk::new();
    let done = desk.run(&["runs", "recover", "--json"]);
    done.ends(0, "Nothing to recover");
    assert_eq!(done.json(), json!([]));
    desk.run(&["runs", "recover", "r1"])
        .ends(1, "there is no run 'r1'");
}

#[test]
fn runs_in_two_currencies_are_compared_by_speed_only() {
    let desk = Desk::new();
    let document = desk.run(&["chart", "no-op", "--json"]).json();
    let link = document["link"].as_str().unwrap();
    let link = link.replace("show/#", "show/?currency=CNY#");
    let done = desk.run(&["runs", "compare", "no-op", &link, "--json"]);
    done.ends(0, "counts in USD, the other in CNY");
    let document = done.json();
    assert_eq!(document["link"], json!(null));
    assert_eq!(document["sizes"][0]["cost_percent"], json!(null));
    assert_eq!(document["sizes"][0]["speed"], json!(1.0));
    let text = desk.run(&["runs", "compare", "no-op", &link]);
    text.ends(0, "");
    for words in [
        "same speed, cost not comparable",
        "(its cost is in CNY: not drawn)",
        "No link compares the two",
    ] {
        assert!(text.stdout.contains(words), "'{words}' is not in {text:?}");
    }
    for words in ["same cost", "◇"] {
        assert!(!text.stdout.contains(words), "'{words}' is in {text:?}");
    }
}

#[test]
fn a_name_may_look_like_a_path_or_a_link() {
    let desk = Desk::new();
    std::fs::create_dir(desk.home().join("folder")).unwrap();
    for name in ["team/checkout", "before; after", "checkout #2", "folder"] {
        desk.run(&["runs", "import", "no-op", "--name", name])
            .ends(0, "Imported run");
        let document = desk.run(&["chart", name, "--json"]).json();
        assert_eq!(document["name"], *name);
    }
    // What is no name either is refused as before.
    desk.run(&["chart", "team/nobody"])
        .ends(1, "'team/nobody' cannot be read");
    let file = desk.file("broken.json", "{}");
    desk.run(&["chart", &file]).ends(1, "its run failed");
}
