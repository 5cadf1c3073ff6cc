//! Everything that can be wrong gets a sentence with what to do, and the right exit code.

use super::{Desk, Done, Site};

#[test]
fn without_a_terminal_there_is_no_interface() {
    Desk::new().run(&[]).ends(2, "not a terminal");
}

#[test]
fn configuration_is_missing_or_wrong() {
    let desk = Desk::new();
    let line = ["--config", "nowhere.toml", "runs", "list"];
    desk.run(&line)
        .ends(2, "no configuration file 'nowhere.toml'");
    let file = desk.file("wrong.toml", "[aws]\nregoin = \"eu-west-1\"\n");
    for command in [&["config", "check"][..], &["runs", "list"], &["--demo"]] {
        let line = [&["--config", &file], command].concat();
        desk.run(&line).ends(
            2,
            "wrong.toml:2: unknown key 'regoin' in [aws]; did you mean 'region'?",
        );
    }
    desk.run(&[
        "--config",
        &desk.file("keymap.toml", "x"),
        "config",
        "check",
    ])
    .ends(2, "keymap.toml:1");
}

#[test]
fn unknown_functions_come_with_the_nearest_names() {
    let desk = Desk::new();
    let done = desk.run(&["--demo", "tune", "dynamo-reads"]);
    done.ends(1, "did you mean 'dynamodb-reads'?");
    assert_eq!(done.stdout, "");
    desk.run(&["--demo", "tune", "no-op:nobody", "--num", "5"])
        .ends(1, "nobody");
}

#[test]
fn plans_that_cannot_be_end_before_the_account_is_asked() {
    let desk = Desk::new();
    let site = Site::fast();
    let misspelt = desk.file(
        "misspelt.json",
        "{\n \"lambdaARN\": \"no-op\",\n \"balanceWeight\": 0.3\n}",
    );
    let sizes = desk.file(
        "sizes.json",
        r#"{"lambdaARN": "no-op", "powerValues": [64]}"#,
    );
    let broken = desk.file("broken.json", r#"{"lambdaARN": "#);
    let s3 = desk.file(
        "s3.json",
        r#"{"lambdaARN": "no-op", "payloadS3": "s3://b/k"}"#,
    );
    for (line, words) in [
        (
            vec!["--input", &misspelt],
            "line 3: unknown field 'balanceWeight'; did you mean 'balancedWeight'?",
        ),
        (vec!["--input", &sizes], "'64' MB is outside 128 to 10240"),
        (vec!["--input", &broken], "not JSON"),
        (vec!["--input", &s3], "not supported"),
        (vec!["--input", "absent.json"], "cannot be read"),
        (
            vec!["no-op", "--powers", "128,99999"],
            "outside 128 to 10240",
        ),
        (vec!["no-op", "--powers", "128,128"], "given twice"),
        (vec!["no-op", "--num", "4"], "4 is not in"),
        (vec!["no-op", "--strategy", "fast"], "possible values"),
        (vec!["no-op", "--payload", "{"], "not JSON"),
        (vec!["no-op:prod", "--qualifier", "7"], "keep one"),
        (vec!["a b"], "is not a function"),
        (vec![], "FUNCTION"),
    ] {
        site.run(&desk, &[&["tune"], line.as_slice()].concat())
            .ends(2, words);
    }
    assert_eq!(site.account.control_calls(), 0);
    assert!(!desk.home().join(".local").exists(), "nothing was stored");
}

#[test]
fn links_and_files_from_elsewhere_are_refused_in_words() {
    let desk = Desk::new();
    let link = |fragment: &str| format!("https://lambda-power-tuning.show/#{fragment}");
    for (fragment, words) in [
        // One power and two durations; an infinite duration; cut in the middle.
        ("gAA=;AACAPwAAgD8=;AACAPw==", "link"),
        ("gAA=;AACAfw==;AACAPw==", "link"),
        ("gAA=;AACA", "2 parts"),
        ("", "link"),
        ("%%%;%%%;%%%", "link"),
    ] {
        desk.run(&["chart", &link(fragment)]).ends(1, words);
    }
    for (content, words) in [
        ("{}", "its run failed"),
        (r#"{"hello": 1}"#, "no tuning result"),
        (r#"{"power": 512"#, "not valid JSON"),
        ("", "nothing to import"),
        ("\u{1b}[2Jhello", "holds no usable run"),
    ] {
        let file = desk.file("elsewhere.json", content);
        let done = desk.run(&["chart", &file]);
        done.ends(1, words);
        assert!(!done.stderr.contains('\u{1b}'), "{done:?}");
    }
    desk.run(&["chart", "nothing-of-this-name"])
        .ends(1, "the examples are no-op");
    desk.run(&["chart", "dynamo-reads"])
        .ends(1, "did you mean the example 'dynamodb-reads'?");
    desk.run(&["runs", "show", "r1"])
        .ends(1, "there is no run 'r1'");
    desk.run(&["runs", "import", "absent.json"])
        .ends(1, "no file 'absent.json'");
}

#[test]
fn outputs_of_the_reference_tool_are_drawn() {
    let desk = Desk::new();
    let output = r#"{"results": {"power": "512", "cost": 7.56e-7, "duration": 88.5, "stats": [
        {"value": 128, "averagePrice": 9e-7, "averageDuration": 400.0},
        {"value": 512, "averagePrice": 7.56e-7, "averageDuration": 88.5}]}}"#;
    let document = desk.feed(&["chart", "-", "--json"], output).json();
    assert_eq!(document["cheapest"], 512);
    assert_eq!(document["points"].as_array().unwrap().len(), 2);
}

#[test]
fn settings_that_forbid_it_are_named() {
    let desk = Desk::new();
    desk.run(&["tune", "f", "--read-only"])
        .ends(2, "read-only (--read-only)");
    desk.run(&["tune", "f", "--offline"])
        .ends(2, "offline (--offline)");
    desk.run(&["functions", "--offline"])
        .ends(2, "offline (--offline)");
    let file = desk.file("config.toml", "read-only = true\n");
    desk.run(&["--demo", "--config", &file, "tune", "no-op"])
        .ends(2, "config.toml:1");
}

#[test]
fn missing_regions_and_credentials_are_told_with_the_way_out() {
    let desk = Desk::new();
    desk.run(&["functions"])
        .ends(1, "no AWS region is set; give --region");
    desk.run(&["functions", "--region", "eu-west-1"])
        .ends(1, "no AWS credentials");
}

#[test]
fn a_profile_that_is_not_there_is_named_with_those_that_are() {
    let desk = Desk::new();
    std::fs::create_dir(desk.home().join(".aws")).unwrap();
    desk.file(".aws/config", "[profile work]\nregion = eu-west-1\n");
    for line in [
        &["functions", "--profile", "wokr"][..],
        &["functions", "--region", "eu-west-1", "--profile", "wokr"],
    ] {
        let done = desk.run(line);
        done.ends(1, "the AWS profile 'wokr' does not exist in");
        done.ends(1, ".aws/config' and");
        done.ends(1, "did you mean 'work'?");
    }
}

/// The shell takes the program's file away before it starts it: then the program cannot start itself anew.
#[cfg(target_os = "linux")]
#[test]
fn a_variable_set_to_nothing_that_cannot_be_dropped_ends_the_program() {
    let desk = Desk::new();
    let copy = desk.home().join("iacstone");
    std::fs::copy(env!("CARGO_BIN_EXE_iacstone"), &copy).unwrap();
    let mut command = desk.command_of(
        "/bin/sh",
        &[
            "-c",
            "exec 3<iacstone; rm iacstone; exec /proc/self/fd/3 functions",
        ],
    );
    command
        .env("PATH", "/usr/bin:/bin")
        .env("AWS_ENDPOINT_URL", "");
    let done = Done::of(command.output().unwrap());
    assert!(!copy.exists());
    assert_eq!(done.stdout, "");
    done.ends(2, "type 'unset AWS_ENDPOINT_URL' and start it again");
}

#[test]
fn a_variable_of_aws_that_is_set_to_nothing_counts_as_not_set() {
    let desk = Desk::new();
    std::fs::create_dir(desk.home().join(".aws")).unwrap();
    let run = |variable: &str| {
        let mut command = desk.command(&["functions"]);
        Done::of(command.env(variable, "").output().unwrap())
    };
    run("AWS_REGION").ends(1, "no AWS region is set");
    desk.file(".aws/config", "[default]\nregion = eu-west-1\n");
    for variable in [
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_PROFILE",
        "AWS_CONFIG_FILE",
        "AWS_SHARED_CREDENTIALS_FILE",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_LAMBDA",
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    ] {
        run(variable).ends(1, "no AWS credentials");
    }
    desk.file(".aws/config", "[default]\nregion =\n");
    run("AWS_REGION").ends(1, "no AWS region is set");
}

#[test]
fn headers_that_may_be_secret_are_kept_from_others_and_never_shown() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let text = "[reader.feeds.\"https://a.example/\"]\ninterval-minutes = 30\nheaders = [\"X-Api-Key: s3cret\"]\n";
    let file = desk.file("config.toml", text);
    let allow = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(desk.home().join("config.toml"), permissions).unwrap();
    };
    allow(0o644);
    desk.run(&["--config", &file, "config", "show"])
        .ends(2, "others can read it; keep them out with `chmod 600");
    allow(0o600);
    let shown = desk.run(&["--config", &file, "config", "show"]);
    assert!(
        shown
            .stdout
            .contains("https://a.example/ every 30 min, with x-api-key"),
        "{shown:?}"
    );
    assert!(!format!("{shown:?}").contains("s3cret"), "{shown:?}");
    for (value, words) in [
        ("\"X-Key s3cret\"", "a header is written as"),
        ("\"Host: s3cret\"", "is set by iacstone itself"),
    ] {
        desk.file("config.toml", &format!("[reader]\nheaders = [{value}]\n"));
        let refused = desk.run(&["--config", &file, "config", "check"]);
        assert!(!format!("{refused:?}").contains("s3cret"), "{refused:?}");
        refused.ends(2, words);
    }
}
