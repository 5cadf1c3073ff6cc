//! The real binary, headless: what it prints where, how it ends, what it leaves behind.

mod account;
mod addresses;
mod archive;
mod articles;
mod asking;
mod bad_input;
mod charts;
mod code;
mod doctor;
mod endings;
mod events;
mod exports;
mod help;
mod hidden;
mod kept_results;
mod kinds;
mod limits;
mod patterns;
mod queries;
mod reading;
mod resuming;
mod run_statistics;
mod saved;
mod several;
mod stats;
mod tail_forms;
mod tail_lines;
mod tails;
mod tunes;
mod versions;

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use iacstone::simulator::{Account, AccountOptions, bind, serve};
use serde_json::Value;
use tempfile::TempDir;

/// A user with a home of their own and nothing in the environment.
struct Desk {
    home: TempDir,
}

/// What a command did.
#[derive(Debug)]
struct Done {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Done {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one JSON document on standard output.
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Checks the exit code, and that standard error says these words.
    #[track_caller]
    fn ends(&self, code: i32, words: &str) {
        assert_eq!(self.code, Some(code), "{self:?}");
        assert!(self.stderr.contains(words), "'{words}' is not in {self:?}");
    }
}

impl Desk {
    fn new() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn home(&self) -> &Path {
        self.home.path()
    }

    /// The command, not started yet.
    fn command(&self, line: &[&str]) -> Command {
        self.command_of(env!("CARGO_BIN_EXE_iacstone"), line)
    }

    /// A command of another program, not started yet.
    fn command_of(&self, program: &str, line: &[&str]) -> Command {
        let mut command = Command::new(program);
        command
            .args(line)
            .env_clear()
            .env("HOME", self.home())
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm-256color")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .current_dir(self.home())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn run(&self, line: &[&str]) -> Done {
        Done::of(self.command(line).output().unwrap())
    }

    /// Runs a command that reads this text.
    fn feed(&self, line: &[&str], text: &str) -> Done {
        let mut child = self.command(line).stdin(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(text.as_bytes()).unwrap();
        drop(stdin);
        Done::of(child.wait_with_output().unwrap())
    }

    /// Writes a file at home; gives its path.
    fn file(&self, name: &str, content: &str) -> String {
        let path = self.home().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

/// A simulated account on a port, for as long as this is held.
struct Site {
    account: Account,
    url: String,
    _threads: tokio::runtime::Runtime,
}

impl Site {
    fn open(options: AccountOptions) -> Self {
        let threads = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let account = Account::new(options);
        let listener = threads.block_on(bind("127.0.0.1:0".parse().unwrap(), false));
        let listener = listener.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        threads.spawn(serve(listener, account.clone(), std::future::pending()));
        Self {
            account,
            url,
            _threads: threads,
        }
    }

    /// An account whose time passes fifty times faster.
    fn fast() -> Self {
        Self::open(AccountOptions {
            speed: 50.0,
            ..AccountOptions::default()
        })
    }

    /// A command on this account, not started yet.
    fn command(&self, desk: &Desk, line: &[&str]) -> Command {
        let mut command = desk.command(line);
        command
            .env("AWS_ENDPOINT_URL", &self.url)
            .env("AWS_REGION", "us-east-1")
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test");
        command
    }

    fn run(&self, desk: &Desk, line: &[&str]) -> Done {
        Done::of(self.command(desk, line).output().unwrap())
    }
}

/// Sends a signal to a child.
fn signal(child: &Child, signal: rustix::process::Signal) {
    let id = rustix::process::Pid::from_child(child);
    rustix::process::kill_process(id, signal).unwrap();
}
