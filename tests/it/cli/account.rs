//! `functions`, `simulate`, `config`, `completions`.

use std::io::{BufRead as _, BufReader, Read as _};

use iacstone::simulator::{Blueprint, Workload};
use rustix::process::Signal;
use serde_json::json;

use super::{Desk, Site, signal};

#[test]
fn functions_are_listed_with_what_matters() {
    let desk = Desk::new();
    let functions = desk.run(&["--demo", "functions", "--json"]).json();
    let find = |name: &str| {
        let all = functions.as_array().unwrap().iter();
        all.into_iter()
            .find(|it| it["name"] == name)
            .unwrap()
            .clone()
    };
    let worker = find("arm-worker");
    assert_eq!(
        (&worker["architecture"], &worker["state"]),
        (&json!("arm64"), &json!("active"))
    );
    assert_eq!(worker["memory_mb"], 512);
    let image = find("image-worker");
    assert_eq!(
        (&image["runtime"], &image["package"]),
        (&json!(null), &json!("image"))
    );
    assert_eq!(find("snapstart-api")["snap_start"], true);
    let text = desk.run(&["--demo", "functions"]).stdout;
    assert!(
        text.lines().count() > 10 && text.contains("arm64"),
        "{text}"
    );
}

#[test]
fn every_page_of_functions_is_read() {
    let (desk, site) = (Desk::new(), Site::fast());
    for number in 0..120 {
        let name = format!("extra-{number:03}");
        site.account
            .add_function(Blueprint::new(&name, Workload::computing()));
    }
    let functions = site.run(&desk, &["functions", "--json"]).json();
    assert!(functions.as_array().unwrap().len() > 120);
}

#[test]
fn the_simulated_account_is_served_until_a_signal() {
    let desk = Desk::new();
    let line = ["simulate", "--speed", "50", "--kill-after", "1"];
    let mut child = desk.command(&line).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    let url = first
        .trim()
        .strip_prefix("listening on ")
        .unwrap()
        .to_owned();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    let functions = desk
        .command(&[
            "functions",
            "--json",
            "--endpoint-url",
            &url,
            "--region",
            "us-east-1",
        ])
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7REALKEY")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .output()
        .unwrap();
    assert!(functions.status.success());
    signal(&child, Signal::TERM);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut notes = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut notes)
        .unwrap();
    assert!(notes.contains("signatures are not checked"), "{notes}");
}

#[test]
fn the_simulated_account_refuses_what_it_must() {
    let desk = Desk::new();
    desk.run(&["simulate", "--listen", "0.0.0.0:0"])
        .ends(2, "--allow-remote");
    desk.run(&["simulate", "--fault", "Invoke=melt"])
        .ends(2, "stuck-update");
    desk.run(&["simulate", "--speed", "0"]).ends(2, "above 0");
}

#[test]
fn settings_are_shown_with_their_origin() {
    let desk = Desk::new();
    let file = desk.file("mine.toml", "offline = true\n[tuning]\nnum = 7\n");
    let settings = desk
        .run(&[
            "config",
            "show",
            "--json",
            "--config",
            &file,
            "--region",
            "eu-west-1",
        ])
        .json();
    let find = |key: &str| {
        let all = settings.as_array().unwrap().iter();
        let found = all.into_iter().find(|it| it["key"] == key).unwrap();
        (
            found["value"].clone(),
            found["origin"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(find("tuning.num"), (json!("7"), format!("{file}:3")));
    assert_eq!(
        find("aws.region"),
        (json!("eu-west-1"), "--region".to_owned())
    );
    assert_eq!(find("tuning.strategy").1, "default");
    desk.run(&["config", "check", "--config", &file])
        .ends(0, "");
    let paths = desk.run(&["config", "path", "--json"]).json();
    assert_eq!(
        (&paths[0]["what"], &paths[0]["exists"]),
        (&json!("config"), &json!(false))
    );
}

#[test]
fn completions_know_the_commands() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = desk.run(&["completions", shell]).stdout;
        assert!(
            script.contains("simulate") && script.contains("read-only"),
            "{shell}"
        );
    }
}
