//! A run as code and the stacks, in the demo: what the sheet writes is what git applies.

use std::os::unix::fs::PermissionsExt as _;
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
fn a_change_of_a_file_that_was_changed_meanwhile_is_looked_for_anew() {
    let data = tempfile::tempdir().unwrap();
    let mut session = small_demo(data.path());
    session.send("/");
    session.wait_for("Filter");
    session.send("dynamodb-reads\r");
    session.wait_for("I as code");
    session.send("I");
    session.wait_for("cdk/lib/shop-stack.ts:16");
    session.send("f");
    session.wait_for("256 → 3008 MB  certain");
    let file = data.path().join("samples/cdk/lib/shop-stack.ts");
    let before = std::fs::read_to_string(&file).unwrap();
    // What was synthesised of it leads to the lines as they were.
    std::fs::write(&file, format!("{before}// One more line.\n")).unwrap();
    session.send("w");
    session.wait_for("Write the patch to");
    session.send("\x15a.patch\r");
    session.wait_for("was changed after it was read: no patch was written.");
    assert!(!session.home().join("a.patch").exists());
    session.send("\x1b");
    session.wait_for("256 → 3008 MB  certain");
    session.send("w");
    session.wait_for("Write the patch to");
    session.send("\x15a.patch\r");
    session.wait_for("Wrote the change of cdk/lib/shop-stack.ts");
    apply(
        &session.home().join("a.patch"),
        &data.path().join("samples"),
    );
    session.send("q");
    session.wait_for_exit();
}

#[test]
fn a_patch_that_a_terminal_shows_does_not_speak_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let main = "# \x1b]0;taken\x07\nresource \"aws_lambda_function\" \"f\" {\n  function_name = \"dynamodb-reads\"\n  memory_size   = 256\n}\n";
    std::fs::write(dir.path().join("main.tf"), main).unwrap();
    let place = dir.path().display().to_string();
    let code = [
        "--demo",
        "runs",
        "code",
        "dynamodb-reads",
        "--pick",
        "fastest",
    ];
    let patch = ["--dir", &place, "--patch", "-"];
    let mut session = Session::spawn(&Setup {
        command: line(&[&code[..], &patch[..]].concat()),
        size: (80, 24),
        variables: Vec::new(),
    });
    session.wait_for("+  memory_size   = 3008");
    session.wait_for_exit();
    let written = String::from_utf8_lossy(session.written()).into_owned();
    assert!(!written.contains("\x1b]0;"), "{written:?}");
    assert!(written.contains("]0;taken"), "{written:?}");
}

#[test]
fn the_folder_of_the_demo_is_its_owners_alone_and_goes_with_it() {
    let place = tempfile::tempdir().unwrap();
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo", "--demo-speed", "1"]),
        size: (80, 24),
        variables: vec![("TMPDIR", place.path().display().to_string())],
    });
    session.wait_for("network ok");
    let folders = || {
        let entries = std::fs::read_dir(place.path()).unwrap();
        entries.map(Result::unwrap).collect::<Vec<_>>()
    };
    let made = folders();
    assert_eq!(made.len(), 1, "{made:?}");
    let permissions = made[0].metadata().unwrap().permissions();
    assert_eq!(permissions.mode() & 0o777, 0o700);
    session.send("q");
    session.wait_for_exit();
    assert_eq!(folders().len(), 0);
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
