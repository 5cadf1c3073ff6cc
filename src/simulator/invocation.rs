//! One invocation from admission to its records: concurrency, environment, work, release.

use axum::body::Bytes;
use jiff::Timestamp;
use rand::RngExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

use super::account::{Account, AccountState};
use super::arn::NamedFunction;
use super::environment::{EnvironmentName, IDLE_LIMIT, TakenEnvironment, stream_name};
use super::errors::ApiError;
use super::function::StoredFunction;
use super::logs::InputLogEvent;
use super::records::{Story, records};
use super::settings::FunctionSettings;
use super::version::VersionId;
use super::workload::{End, PlannedWork, Reply, StartKind};
use crate::lambda::SnapStart;

/// An invocation that holds an environment.
#[derive(Debug)]
pub(super) struct Admission {
    request_id: String,
    function: String,
    version: VersionId,
    settings: FunctionSettings,
    environment: TakenEnvironment,
    work: PlannedWork,
    reply: Reply,
    lines: u32,
}

/// What an invocation starts from.
#[derive(Debug)]
struct InvocationOpening {
    version: VersionId,
    request_id: String,
    seed: u64,
    idle_limit: Duration,
    /// What the environment is called, if a new one is needed.
    environment: EnvironmentName,
}

/// What came of an invocation.
#[derive(Debug)]
pub(super) struct InvocationResult {
    /// The version that ran.
    pub(super) version: VersionId,
    /// The function's answer, or the error's.
    pub(super) payload: Bytes,
    /// Whether it ended in a function error.
    pub(super) failed: bool,
    /// All its log lines, each with its line end.
    pub(super) log: String,
}

impl Admission {
    /// Finds the version, checks that it can run and that there is room, and takes an environment.
    pub(super) fn take(
        account: &Account,
        named: &NamedFunction,
        request_id: &str,
    ) -> Result<Self, ApiError> {
        let arn = account.place().function(&named.name);
        let mut state = account.state();
        let draw = state.rng.random();
        let version = state
            .function(&named.name, &arn)?
            .choose(named, draw, &arn)?;
        state.check_concurrency(&named.name, account.concurrency_limit())?;
        let opening = InvocationOpening {
            version,
            request_id: request_id.to_owned(),
            seed: account.seed(),
            idle_limit: account.clock().compress(IDLE_LIMIT),
            environment: EnvironmentName {
                id: state.next_environment(),
                stream: stream_name(account.clock().now(), version, &mut state.rng),
            },
        };
        let function = state.function(&named.name, &arn)?;
        let admission = Self::begin(function, opening, &arn)?;
        state.note_load(admission.environment.in_flight);
        Ok(admission)
    }

    /// Takes an environment of a version and draws what the invocation will do in it.
    fn begin(
        function: &mut StoredFunction,
        opening: InvocationOpening,
        arn: &str,
    ) -> Result<Self, ApiError> {
        let version = opening.version;
        let settings = function.versions.in_force(version).cloned();
        let settings = settings.ok_or_else(|| ApiError::function_not_found(arn))?;
        let environment = function.environments.take(
            version,
            Instant::now(),
            opening.idle_limit,
            opening.environment,
        );
        let start = match (environment.fresh, settings.hosting.snap_start, version) {
            (false, _, _) => StartKind::Warm,
            (true, SnapStart::PublishedVersions, VersionId::Number(_)) => StartKind::Restore,
            (true, _, _) => StartKind::Cold,
        };
        let (seed, behaviour) = (opening.seed, &mut function.behaviour);
        let work = behaviour.draw(seed, &function.name, &settings, start);
        let workload = behaviour.workload();
        Ok(Self {
            request_id: opening.request_id,
            function: function.name.clone(),
            version,
            settings,
            environment,
            work,
            reply: workload.reply,
            lines: workload.lines,
        })
    }

    /// Runs the invocation to its end, whether or not anybody waits for it.
    pub(super) async fn run(self, account: Account, payload: Bytes) -> InvocationResult {
        let clock = account.clock();
        let began = clock.now();
        clock.pass(self.work.ready_ms()).await;
        let started = clock.now();
        clock.pass(self.work.duration_ms).await;
        let story = Story {
            request_id: &self.request_id,
            function: &self.function,
            version: self.version,
            region: &account.place().region,
            settings: &self.settings,
            work: &self.work,
            lines: self.lines,
            began,
            started,
            ended: clock.now(),
        };
        let records = records(&story);
        let log = records
            .iter()
            .fold(String::new(), |log, (_, line)| log + line + "\n");
        let payload = answer(&story, self.reply, payload);
        self.finish(&account, records);
        InvocationResult {
            version: self.version,
            payload,
            failed: self.work.end != End::Replied,
            log,
        }
    }

    /// Gives the environment back and writes the log.
    fn finish(&self, account: &Account, records: Vec<(Timestamp, String)>) {
        let mut state = account.state();
        if let Some(function) = state.functions.get_mut(&self.function) {
            let wrecked = self.work.wrecks_environment();
            let id = self.environment.id;
            let environments = &mut function.environments;
            environments.give_back(self.version, id, Instant::now(), wrecked);
        }
        let stream: Arc<str> = self.environment.stream.as_str().into();
        let ingested_ms = account.now_ms();
        let events = records.into_iter().map(|(time, message)| InputLogEvent {
            stream: Arc::clone(&stream),
            time_ms: time.as_millisecond(),
            ingested_ms,
            message: message.into(),
        });
        state.logs.append(&self.settings.log_group, events);
    }
}

/// The payload of the answer.
fn answer(story: &Story<'_>, reply: Reply, payload: Bytes) -> Bytes {
    match (story.error_payload(), reply) {
        (Some(error), _) => error.to_string().into(),
        (None, Reply::Ok) => Bytes::from_static(b"{\"statusCode\":200}"),
        (None, Reply::Echo) if payload.is_empty() => Bytes::from_static(b"{}"),
        (None, Reply::Echo) => payload,
        (None, Reply::Json(text)) => Bytes::from_static(text.as_bytes()),
    }
}

impl AccountState {
    /// Refuses an invocation beyond the function's or the account's concurrency.
    fn check_concurrency(&self, name: &str, limit: u32) -> Result<(), ApiError> {
        let function = self.functions.get(name);
        if let Some((function, reserved)) = function.and_then(|f| Some((f, f.reserved?))) {
            return if function.environments.in_flight() < reserved {
                Ok(())
            } else {
                let reason = "ReservedFunctionConcurrentInvocationLimitExceeded";
                Err(ApiError::too_many_requests(reason))
            };
        }
        let unreserved = self.functions.values().filter(|f| f.reserved.is_none());
        let in_flight: u32 = unreserved.map(|f| f.environments.in_flight()).sum();
        if in_flight < limit.saturating_sub(self.reserved()) {
            Ok(())
        } else {
            let reason = "ConcurrentInvocationLimitExceeded";
            Err(ApiError::too_many_requests(reason))
        }
    }
}
