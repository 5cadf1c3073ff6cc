//! A simulated account on a port of this process, for the real program.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use iacstone::simulator::{Account, AccountOptions, bind, serve};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

use super::PROGRAM;

/// The account and its address.
pub(crate) struct Served {
    pub(crate) account: Account,
    pub(crate) url: String,
    runtime: Runtime,
    stop: Option<oneshot::Sender<()>>,
}

impl Served {
    /// Serves an account until this is dropped.
    pub(crate) fn new(options: AccountOptions) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let account = Account::new(options);
        let listener = runtime
            .block_on(bind("127.0.0.1:0".parse().unwrap(), false))
            .unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        runtime.spawn(serve(listener, account.clone(), async {
            stopped.await.ok();
        }));
        Self {
            account,
            url,
            runtime,
            stop: Some(stop),
        }
    }

    /// An account whose time passes this many times faster.
    pub(crate) fn fast(speed: f64) -> Self {
        Self::new(AccountOptions {
            seed: 5,
            speed,
            ..AccountOptions::default()
        })
    }

    /// Waits for something of the account.
    pub(crate) fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }

    /// What makes the program use the account, with its data in `data`.
    pub(crate) fn arguments<'a>(&'a self, data: &'a Path) -> [&'a str; 4] {
        let data = data.to_str().unwrap();
        ["--endpoint-url", &self.url, "--data-dir", data]
    }

    /// Credentials that are none.
    pub(crate) fn variables() -> Vec<(&'static str, String)> {
        [
            ("AWS_ACCESS_KEY_ID", "SIMULATED"),
            ("AWS_SECRET_ACCESS_KEY", "simulated"),
            ("AWS_REGION", "us-east-1"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .to_vec()
    }

    /// A headless command on the account, without a terminal.
    pub(crate) fn command(&self, data: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(arguments)
            .args(self.arguments(data))
            .env_clear()
            .env("HOME", data)
            .envs(Self::variables())
            .stdin(Stdio::null());
        command
    }

    /// Runs a headless command to its end.
    pub(crate) fn run(&self, data: &Path, arguments: &[&str]) -> Output {
        self.command(data, arguments).output().unwrap()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Nobody may listen any more.
            stop.send(()).ok();
        }
    }
}
