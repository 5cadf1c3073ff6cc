//! Directories of files for tests.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{CodePlace, FunctionTarget, IacEnvironment, MemoryCode, Survey, WalkLimits};
use crate::lambda::MemoryMb;

/// A directory that goes with the test.
pub(super) struct Tree {
    dir: tempfile::TempDir,
}

impl Tree {
    /// A directory with these files.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let tree = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            tree.write(path, text);
        }
        tree
    }

    pub(super) fn root(&self) -> PathBuf {
        self.dir.path().canonicalize().unwrap()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap()
    }

    pub(super) fn survey(&self) -> Survey {
        Survey::of(
            &self.root(),
            &IacEnvironment::default(),
            WalkLimits::default(),
        )
    }

    /// What is found of a function that no run has measured.
    pub(super) fn memory(&self, name: &str) -> MemoryCode {
        let target = FunctionTarget {
            live: None,
            ..target(name)
        };
        self.survey().memory_code(&target)
    }

    /// What is found of a function that had so many MB at the run, in an account and a region.
    pub(super) fn measured(&self, name: &str, live: u32) -> MemoryCode {
        let target = FunctionTarget {
            live: MemoryMb::new(live).ok(),
            account: Some("123456789012".to_owned()),
            region: Some("eu-west-1".to_owned()),
            ..target(name)
        };
        self.survey().memory_code(&target)
    }

    /// The places of a function that had so many MB at the run.
    pub(super) fn measured_places(&self, name: &str, live: u32) -> Vec<String> {
        let code = self.measured(name, live);
        assert_eq!(code.problems, []);
        code.places.iter().map(told).collect()
    }

    /// The places of a function: file and line, what stands there, how sure it is.
    pub(super) fn places(&self, name: &str) -> Vec<String> {
        let code = self.memory(name);
        assert_eq!(code.problems, []);
        code.places.iter().map(told).collect()
    }

    /// Applies the diff of a place with git; the file must then be as `expected`.
    pub(super) fn apply(&self, place: &CodePlace, expected: &str) {
        let diff = place
            .diff
            .as_ref()
            .unwrap_or_else(|| panic!("no diff: {place:?}"));
        self.git_apply(diff);
        assert_eq!(self.read(&place.file), expected, "{diff}");
    }

    pub(super) fn git_apply(&self, diff: &str) {
        use std::io::Write as _;
        let mut git = Command::new("git")
            .args(["apply", "--whitespace=nowarn", "-"])
            .current_dir(self.root())
            .env("GIT_CEILING_DIRECTORIES", self.root().parent().unwrap())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("git is there: it made this clone");
        git.stdin
            .take()
            .unwrap()
            .write_all(diff.as_bytes())
            .unwrap();
        let out = git.wait_with_output().unwrap();
        let error = String::from_utf8_lossy(&out.stderr);
        assert!(out.status.success(), "{error}\n{diff}");
    }
}

/// A function that has 1024 MB and is to have 512.
pub(super) fn target(name: &str) -> FunctionTarget {
    FunctionTarget {
        name: name.to_owned(),
        account: None,
        region: None,
        live: Some(MemoryMb::new(1024).unwrap()),
        to: MemoryMb::new(512).unwrap(),
    }
}

fn told(place: &CodePlace) -> String {
    let from = place
        .from
        .map_or("none".to_owned(), |from| from.to_string());
    let hand = if place.diff.is_some() { "" } else { " by hand" };
    let also = match place.also.join(", ") {
        none if none.is_empty() => String::new(),
        also => format!(" also {also}"),
    };
    let (file, line, sure) = (&place.file, place.line, place.confidence.name());
    format!("{file}:{line} {from} {sure}{hand}{also}")
}

/// Says why a test is left out.
#[expect(clippy::print_stderr, reason = "who runs the tests is to see it")]
pub(super) fn leave_out(why: &str) {
    eprintln!("left out: {why}");
}

/// Whether a program can be started; the reason why a test is left out is printed.
pub(super) fn has_program(name: &str, argument: &str) -> bool {
    let out = Command::new(name)
        .arg(argument)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let is_there = out.is_ok_and(|status| status.success());
    if !is_there {
        leave_out(&format!("there is no '{name}' on this machine"));
    }
    is_there
}

/// A state of Terraform with functions: address parts as JSON, name, memory size.
pub(super) fn terraform_state(resources: &str) -> String {
    format!(
        "{{\"version\": 4, \"terraform_version\": \"1.11.4\", \"serial\": 1, \"lineage\": \"x\", \"outputs\": {{}}, \"resources\": [{resources}]}}"
    )
}

/// A function in a state.
pub(super) fn state_function(
    module: &str,
    label: &str,
    key: &str,
    name: &str,
    memory: u32,
) -> String {
    let module = if module.is_empty() {
        String::new()
    } else {
        format!("\"module\": {},", serde_json::json!(module))
    };
    let key = if key.is_empty() {
        String::new()
    } else {
        format!("\"index_key\": {key},")
    };
    let arn = format!("arn:aws:lambda:eu-west-1:123456789012:function:{name}");
    format!(
        "{{{module} \"mode\": \"managed\", \"type\": \"aws_lambda_function\", \"name\": \"{label}\", \"provider\": \"p\", \"instances\": [{{{key} \"attributes\": {{\"function_name\": \"{name}\", \"arn\": \"{arn}\", \"memory_size\": {memory}}}}}]}}"
    )
}
