//! A run as code and the stacks, in the demo: what the sheet writes is what git applies.

use std::path::Path;
use std::process::Command;

use super::line;
use crate::pty::{Session, Setup};

/// The demo at the size of a small terminal, with its samples in a directory.
fn small_demo(data: &Path) -> Session {
    let data = data.display().to_string();
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo", "--demo-speed", "1", "--data-dir", &data]),
        size: (80, 24),
        variables: Vec::new(),
    });
    session.wait_for("network ok");
    session
}

fn apply(patch: &Path, samples: &Path) {
    let out = Command::new("git")
        .arg("apply")
        .arg(patch)
        .current_dir(samples)
        .env("GIT_CEILING_DIRECTORIES", samples.parent().unwrap())
        .output()
        .unwrap();
    assert!(out.status.success(), "{out:?}");
}

#[test]
fn a_run_is_written_into_the_code_of_each_sample() {
    let data = tempfile::tempdir().unwrap();
    let samples = data.path().join("samples");
    let mut session = small_demo(data.path());
    session.send("/");
    session.wait_for("Filter");
    session.send("dynamodb-reads\r");
    session.wait_for("I as code");
    session.send("I");
    session.wait_for("cdk/lib/shop-stack.ts:16");
    session.send("f");
    session.wait_for("256 → 3008 MB  certain");
    let changed = [
        "cdk/lib/shop-stack.ts",
        "pulumi/index.ts",
        "terraform/envs/dev.tfvars",
    ];
    for (number, file) in changed.into_iter().enumerate() {
        session.wait_for(&format!("+++ b/{file}"));
        session.send("w");
        session.wait_for("Write the patch to");
        session.send(&format!("\x15{number}.patch\r"));
        session.wait_for(&format!("Wrote the change of {file}"));
        let before = std::fs::read_to_string(samples.join(file)).unwrap();
        apply(&session.home().join(format!("{number}.patch")), &samples);
        let after = std::fs::read_to_string(samples.join(file)).unwrap();
        assert_ne!(before, after);
        session.send("l");
    }
    session.send("q");
    session.wait_for_exit();
}

#[test]
fn the_stacks_of_the_demo_are_walked_through_on_a_small_terminal() {
    let data = tempfile::tempdir().unwrap();
    let mut session = small_demo(data.path());
    session.send("4");
    session.wait_for("shop-cdk-dev");
    session.send("o");
    session.wait_for("missing");
    session.send("\x1b");
    session.wait_for("enter resources");
    session.send("jj\r");
    session.wait_for("aws_lambda_function");
    session.send("c");
    session.wait_for("terraform -chdir=terraform init");
    session.send("q");
    session.wait_for_exit();
}
