//! With scripts in place of the tools.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::*;
use crate::iac::{IacEnvironment, StackIntent, Survey, WalkLimits};

const MINUTE: Duration = Duration::from_mins(1);

/// A project of Terraform, and a `terraform` that is a script.
struct Bench {
    dir: tempfile::TempDir,
}

impl Bench {
    fn new(script: &str) -> Self {
        let bench = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        let states = bench.path("infra/terraform.tfstate.d/dev");
        std::fs::create_dir_all(states).unwrap();
        std::fs::create_dir_all(bench.path("bin")).unwrap();
        std::fs::write(bench.path("infra/main.tf"), "").unwrap();
        let program = bench.path("bin/terraform");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(program, PermissionsExt::from_mode(0o700)).unwrap();
        bench
    }

    fn path(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().unwrap().join(path)
    }

    fn told(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    /// The read of the outputs of workspace 'dev'.
    fn read(&self) -> StackRead {
        let limits = WalkLimits::default();
        let survey = Survey::of(&self.path(""), &IacEnvironment::default(), limits);
        let mut stacks = survey.stacks();
        let (project, stack) = stacks.find(|(_, stack)| stack.name == "default").unwrap();
        let mut read = project
            .read(stack, StackIntent::Outputs, &survey.root)
            .unwrap();
        read.env.insert("TF_WORKSPACE", "dev".to_owned());
        let bin = self.path("bin").display().to_string();
        read.env.insert("PATH", format!("{bin}:/usr/bin:/bin"));
        read
    }

    async fn answer(&self, time: Duration, bytes: usize) -> Result<StackAnswer, String> {
        let limits = ReadLimits { time, bytes };
        let answer = answer_within(&self.read(), limits).await;
        answer.map_err(|failure| failure.to_string())
    }
}

/// Whether a process is there and has not ended.
fn lives(process: &str) -> bool {
    let stat = Path::new("/proc").join(process.trim()).join("stat");
    let stat = std::fs::read_to_string(stat).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}

async fn wait_until(is_so: impl Fn() -> bool) {
    for _ in 0..200 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it did not come about");
}

#[tokio::test]
async fn the_command_is_run_as_it_was_shown_where_it_was_said() {
    let script = r#"printf '%s\n' "$@" > argv; pwd > pwd; echo "$TF_WORKSPACE" > workspace
echo '{"url": {"value": "u", "sensitive": false}}'"#;
    let bench = Bench::new(script);
    let answer = bench.answer(MINUTE, 1_000).await.unwrap();
    assert_eq!(answer.outputs[0].name, "url");
    assert_eq!(bench.told("argv"), "-chdir=infra\noutput\n-json\n");
    assert_eq!(bench.told("workspace"), "dev\n");
    let root = bench.path("");
    assert_eq!(
        Path::new(bench.told("pwd").trim()),
        root.components().as_path()
    );
}

#[tokio::test]
async fn a_command_that_takes_too_long_is_ended_with_what_it_started() {
    let bench = Bench::new("sleep 300 & echo $! > inner; echo $$ > outer; wait");
    let said = bench
        .answer(Duration::from_millis(700), 1_000)
        .await
        .unwrap_err();
    assert!(
        said.contains("took longer than 700ms and was ended"),
        "{said}"
    );
    let (inner, outer) = (bench.told("inner"), bench.told("outer"));
    assert!(!inner.is_empty() && !outer.is_empty());
    wait_until(|| !lives(&inner) && !lives(&outer)).await;
}

#[tokio::test]
async fn a_command_that_nobody_waits_for_any_more_is_ended() {
    let bench = Bench::new("echo $$ > outer; exec sleep 300");
    let read = bench.read();
    let waited = timeout(Duration::from_millis(700), answer(&read, 1_000)).await;
    assert!(waited.is_err());
    let outer = bench.told("outer");
    wait_until(|| !lives(&outer)).await;
}

#[tokio::test]
async fn a_command_that_fails_is_told_in_its_own_harmless_words() {
    let script = r"printf '\342\225\267\n\342\224\202 \033[31mError: \033]0;x\007No state\n\342\225\265\n' >&2; exit 3";
    let said = Bench::new(script).answer(MINUTE, 1_000).await.unwrap_err();
    assert!(
        said.ends_with("failed (exit status: 3): Error: No state"),
        "{said}"
    );
    let silent = Bench::new("exit 1").answer(MINUTE, 1_000).await;
    assert!(silent.unwrap_err().ends_with("it said nothing"));
    let garbled = Bench::new("echo no").answer(MINUTE, 1_000).await;
    assert!(garbled.unwrap_err().contains("this is not JSON"));
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let said = Bench::new("exec yes")
        .answer(MINUTE, 3 << 20)
        .await
        .unwrap_err();
    assert!(said.contains("answered more than 3 MiB"), "{said}");
    let loud = "yes >&2 & sleep 0.3; kill $!; echo '{}'";
    assert!(Bench::new(loud).answer(MINUTE, 1_000).await.is_ok());
}

#[tokio::test]
async fn a_program_that_is_not_there_is_named() {
    let bench = Bench::new("");
    let mut read = bench.read();
    read.argv[0] = "terraform-that-is-not-here".to_owned();
    let failure = answer_within(&read, LIMITS).await.unwrap_err();
    let said = failure.to_string();
    assert!(
        said.starts_with("'terraform-that-is-not-here' was not started"),
        "{said}"
    );
}
