//! `events`: sample events as data for other programs, and as payloads.

use std::collections::BTreeSet;
use std::path::Path;

use iacstone::simulator::{Blueprint, Workload};

use super::{Desk, Site};

#[test]
fn every_file_of_the_assets_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/events");
    let files = std::fs::read_dir(folder).unwrap();
    let files: BTreeSet<String> = files
        .map(|file| file.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let desk = Desk::new();
    let listed = desk.run(&["events", "list", "--json"]).json();
    let names = listed.as_array().unwrap().iter();
    let names: BTreeSet<String> = names
        .map(|event| event["name"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, files);
    let text = desk.run(&["events", "list"]).stdout;
    assert_eq!(text.lines().count(), files.len() + 1);
}

#[test]
fn a_sample_event_is_shown_as_it_is_sent() {
    let desk = Desk::new();
    let shown = desk.run(&["events", "show", "cloudwatch-logs"]);
    shown.ends(0, "CloudWatch Logs does not wait for the answer.");
    let sent = shown.json();
    let packed = sent["awslogs"]["data"].as_str().unwrap();
    assert!(packed.starts_with("H4sI"), "{packed}");
    let readable = desk.run(&["events", "show", "cloudwatch-logs", "--readable"]);
    assert_eq!(
        readable.json()["awslogs"]["data"]["messageType"],
        "DATA_MESSAGE"
    );
    let whole = desk.run(&["events", "show", "cloudwatch-logs", "--json"]);
    assert_eq!(whole.stderr, "");
    assert_eq!(whole.json()["event"], sent);
    assert_eq!(whole.json()["readable"], readable.json());
    let wrong = desk.run(&["events", "show", "cloudwatch-log"]);
    wrong.ends(2, "did you mean 'cloudwatch-logs'?");
}

#[test]
fn a_function_is_tuned_with_a_sample_event() {
    let site = Site::fast();
    site.account
        .add_function(Blueprint::new("kind", Workload::computing()));
    let desk = Desk::new();
    let tune = [
        "tune",
        "kind",
        "--num",
        "5",
        "--powers",
        "256,512",
        "--payload",
    ];
    let done = site.run(&desk, &[&tune[..], &["event:cognito-pre-sign-up"]].concat());
    done.ends(
        0,
        "Cognito waits 5 s for the answer. With --limit max:5000ms no slower",
    );
    let wrong = site.run(&desk, &[&tune[..], &["event:congito-pre-sign-up"]].concat());
    wrong.ends(2, "did you mean 'cognito-pre-sign-up'?");
}
