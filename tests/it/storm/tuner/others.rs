//! The others who work on the function, and what it must be in the end because of them.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::Request;
use iacstone::lambda::MemoryMb;
use iacstone::simulator::{Account, FunctionSnapshot};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::super::Steps;
use super::troubles::Change;
use super::{FUNCTION, memory};

/// How often somebody tries again whose change meets an update in progress.
const ATTEMPTS: u32 = 200;

/// The others, and what they want of the function.
#[derive(Debug, Clone)]
pub(crate) struct Others {
    account: Account,
    router: Router,
    steps: Steps,
    expected: Arc<Mutex<Expected>>,
}

/// What the function must be when every run is over.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    /// As it was before, with every change of the others.
    pub(crate) function: FunctionSnapshot,
    /// Every memory size it had before a run, by the others.
    pub(crate) sizes: BTreeSet<MemoryMb>,
}

impl Others {
    /// The others look at the function as it is.
    pub(crate) fn new(account: &Account, router: &Router, steps: &Steps) -> Self {
        let function = snapshot(account);
        Self {
            account: account.clone(),
            router: router.clone(),
            steps: steps.clone(),
            expected: Arc::new(Mutex::new(Expected {
                sizes: [function.latest.memory].into(),
                function,
            })),
        }
    }

    /// What the function must be by now.
    pub(crate) fn expected(&self) -> MutexGuard<'_, Expected> {
        self.expected.lock().unwrap()
    }

    /// Makes a change as soon as AWS takes it.
    pub(crate) async fn change(&self, change: Change) {
        let done = match change {
            Change::Code => self.deploy(),
            Change::Memory(megabytes) => {
                let done = self.update(json!({"MemorySize": megabytes})).await;
                if done {
                    let mut expected = self.expected();
                    expected.function.latest.memory = memory(megabytes);
                    expected.sizes.insert(memory(megabytes));
                }
                done
            }
            Change::Description => {
                let done = self.update(json!({"Description": "by others"})).await;
                if done {
                    let mut expected = self.expected();
                    "by others".clone_into(&mut expected.function.latest.description);
                }
                done
            }
            Change::Variable => {
                let variables = json!({"Environment": {"Variables": {"BY": "others"}}});
                let done = self.update(variables).await;
                if done {
                    let mut expected = self.expected();
                    expected.function.latest.variables =
                        [("BY".to_owned(), "others".to_owned())].into();
                }
                done
            }
            Change::Publish => self.publish().await.is_some(),
            Change::Release => match self.publish().await {
                Some(version) => self.point(version).await,
                None => false,
            },
        };
        let how = if done { "done" } else { "refused" };
        self.steps.note(format_args!("others: {change:?} {how}"));
    }

    fn deploy(&self) -> bool {
        let deployed = self.account.deploy(FUNCTION, |_| {});
        let code = snapshot(&self.account).latest.code.sha256;
        self.expected().function.latest.code.sha256 = code;
        deployed
    }

    async fn update(&self, changes: Value) -> bool {
        let path = format!("/2015-03-31/functions/{FUNCTION}/configuration");
        self.insist("PUT", &path, changes).await.is_some()
    }

    /// Publishes; what was not there before is theirs.
    async fn publish(&self) -> Option<u64> {
        let path = format!("/2015-03-31/functions/{FUNCTION}/versions");
        let before = self.account.describe();
        let body = json!({"Description": "release"});
        let answer = self.insist("POST", &path, body).await?;
        let version: u64 = answer["Version"].as_str()?.parse().ok()?;
        let settings = snapshot(&self.account).versions[&version].clone();
        let mut expected = self.expected();
        if settings.description == "release"
            && !before.functions[FUNCTION].versions.contains_key(&version)
        {
            expected.function.versions.insert(version, settings);
        }
        Some(version)
    }

    async fn point(&self, version: u64) -> bool {
        let aliases = format!("/2015-03-31/functions/{FUNCTION}/aliases");
        let body = json!({"Name": "prod", "FunctionVersion": version.to_string()});
        let alias = format!("{aliases}/prod");
        let pointed = match self.ask("PUT", &alias, body.clone()).await {
            Some(answer) => Some(answer),
            None => self.ask("POST", &aliases, body).await,
        };
        if pointed.is_none() {
            return false;
        }
        let alias = snapshot(&self.account).aliases["prod"].clone();
        self.expected()
            .function
            .aliases
            .insert("prod".to_owned(), alias);
        true
    }

    /// Asks until no update is in the way.
    async fn insist(&self, method: &str, path: &str, body: Value) -> Option<Value> {
        for _ in 0..ATTEMPTS {
            if let Some(answer) = self.ask(method, path, body.clone()).await {
                return Some(answer);
            }
            tokio::time::sleep(Duration::from_millis(230)).await;
        }
        None
    }

    async fn ask(&self, method: &str, path: &str, body: Value) -> Option<Value> {
        let request = Request::builder().method(method).uri(path);
        let request = request.body(Body::from(body.to_string())).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        if !response.status().is_success() {
            return None;
        }
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await;
        serde_json::from_slice(&body.unwrap()).ok()
    }
}

/// The function as it is.
pub(crate) fn snapshot(account: &Account) -> FunctionSnapshot {
    account.describe().functions[FUNCTION].clone()
}
