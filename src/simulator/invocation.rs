//! One invocation from admission to its records: concurrency, environment, work, release.

use axum::body::Bytes;
use axum::http::StatusCode;
use jiff::Timestamp;
use rand::RngExt as _;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

use super::account::{Account, AccountState};
use super::arn::NamedFunction;
use super::chance;
use super::environment::{IDLE_LIMIT, TakenEnvironment, stream_name};
use super::errors::ApiError;
use super::function::{StoredFunction, VersionId};
use super::logs::InputLogEvent;
use super::records::Story;
use super::settings::FunctionSettings;
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
    /// The number and the log stream of the environment, if a new one is needed.
    number: u64,
    stream: String,
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

impl Account {
    /// Finds the version, checks that it can run and that there is room, and takes an environment.
    pub(super) fn admit(
        &self,
        named: &NamedFunction,
        request_id: &str,
    ) -> Result<Admission, ApiError> {
        let arn = self.place().function(&named.name);
        let mut state = self.state();
        let draw = state.rng.random();
        let version = state
            .function(&named.name, &arn)?
            .choose(named, draw, &arn)?;
        state.check_concurrency(&named.name, self.concurrency_limit())?;
        let opening = InvocationOpening {
            version,
            request_id: request_id.to_owned(),
            seed: self.seed(),
            idle_limit: self.clock().compress(IDLE_LIMIT),
            number: state.next_environment(),
            stream: stream_name(self.clock().now(), version, &mut state.rng),
        };
        let admission = state.function(&named.name, &arn)?.begin(opening, &arn)?;
        state.note_load(admission.environment.in_flight);
        Ok(admission)
    }

    /// Runs an admitted invocation to its end, whether or not anybody waits for it.
    pub(super) async fn run(self, admission: Admission, payload: Bytes) -> InvocationResult {
        let began = self.clock().now();
        self.clock().pass(admission.work.ready_ms()).await;
        let started = self.clock().now();
        self.clock().pass(admission.work.duration_ms).await;
        let region = self.place().region.clone();
        let story = Story {
            request_id: &admission.request_id,
            function: &admission.function,
            version: admission.version,
            region: &region,
            settings: &admission.settings,
            work: &admission.work,
            lines: admission.lines,
            began,
            started,
            ended: self.clock().now(),
        };
        let records = story.records();
        let log = records
            .iter()
            .fold(String::new(), |log, (_, line)| log + line + "\n");
        let payload = answer(&story, admission.reply, payload);
        self.finish(&admission, records);
        InvocationResult {
            version: admission.version,
            payload,
            failed: admission.work.end != End::Replied,
            log,
        }
    }

    /// Gives the environment back and writes the log.
    fn finish(&self, admission: &Admission, records: Vec<(Timestamp, String)>) {
        let mut state = self.state();
        if let Some(function) = state.functions.get_mut(&admission.function) {
            function.in_flight = function.in_flight.saturating_sub(1);
            if let Some(pool) = function.pools.get_mut(&admission.version) {
                let wrecked = admission.work.wrecks_environment();
                pool.release(admission.environment.id, Instant::now(), wrecked);
            }
        }
        let stream: Arc<str> = admission.environment.stream.as_str().into();
        let ingested_ms = self.now_ms();
        let events = records.into_iter().map(|(time, message)| InputLogEvent {
            stream: Arc::clone(&stream),
            time_ms: time.as_millisecond(),
            ingested_ms,
            message: message.into(),
        });
        state.logs.append(&admission.settings.log_group, events);
    }
}

/// The payload of the answer.
fn answer(story: &Story<'_>, reply: Reply, payload: Bytes) -> Bytes {
    match (story.error_payload(), reply) {
        (Some(error), _) => error.to_string().into(),
        (None, Reply::Ok) => Bytes::from_static(b"{\"statusCode\":200}"),
        (None, Reply::Echo) if payload.is_empty() => Bytes::from_static(b"{}"),
        (None, Reply::Echo) => payload,
    }
}

/// Refuses a version whose snapshot is still being made.
fn ready(function: &StoredFunction, id: VersionId) -> Result<(), ApiError> {
    if function.version(id).is_some_and(|v| v.ready_at.is_some()) {
        return Err(ApiError::new(
            StatusCode::CONFLICT,
            "SnapStartNotReadyException",
            "Lambda is initializing your function. It will be ready to invoke once your function state becomes ACTIVE.",
        ));
    }
    Ok(())
}

impl AccountState {
    /// Refuses an invocation beyond the function's or the account's concurrency.
    fn check_concurrency(&self, name: &str, limit: u32) -> Result<(), ApiError> {
        let function = self.functions.get(name);
        if let Some((function, reserved)) = function.and_then(|f| Some((f, f.reserved?))) {
            return if function.in_flight < reserved {
                Ok(())
            } else {
                let reason = "ReservedFunctionConcurrentInvocationLimitExceeded";
                Err(ApiError::too_many_requests(reason))
            };
        }
        let unreserved = self.functions.values().filter(|f| f.reserved.is_none());
        let in_flight: u32 = unreserved.map(|f| f.in_flight).sum();
        if in_flight < limit.saturating_sub(self.reserved()) {
            Ok(())
        } else {
            let reason = "ConcurrentInvocationLimitExceeded";
            Err(ApiError::too_many_requests(reason))
        }
    }
}

impl StoredFunction {
    /// The version that one invocation goes to, if it can run.
    fn choose(&self, named: &NamedFunction, draw: f64, arn: &str) -> Result<VersionId, ApiError> {
        let qualifier = named.qualifier.as_deref();
        let found = self.find(qualifier, arn)?;
        let routed = qualifier.and_then(|qualifier| self.route(qualifier, draw));
        let version = routed.unwrap_or(found);
        ready(self, version)?;
        Ok(version)
    }

    /// Takes an environment of a version and draws what the invocation will do in it.
    fn begin(&mut self, opening: InvocationOpening, arn: &str) -> Result<Admission, ApiError> {
        let version = opening.version;
        let settings = self
            .in_force(version)
            .cloned()
            .ok_or_else(|| ApiError::function_not_found(arn))?;
        let now = Instant::now();
        let pool = self.pools.entry(version).or_default();
        let environment = pool
            .reuse(now, opening.idle_limit)
            .unwrap_or_else(|| pool.create(opening.number, now, opening.stream));
        let start = match (environment.fresh, settings.snap_start, version) {
            (false, _, _) => StartKind::Warm,
            (true, SnapStart::PublishedVersions, VersionId::Number(_)) => StartKind::Restore,
            (true, _, _) => StartKind::Cold,
        };
        let memory = settings.memory.megabytes();
        let generator = self
            .generators
            .entry(memory)
            .or_insert_with(|| chance::seeded(opening.seed, &[&self.name, &memory.to_string()]));
        let work = self.workload.draw(&settings, start, generator);
        self.in_flight += 1;
        self.invocations += 1;
        self.cold_starts += u32::from(environment.fresh);
        Ok(Admission {
            request_id: opening.request_id,
            function: self.name.clone(),
            version,
            settings,
            environment,
            work,
            reply: self.workload.reply,
            lines: self.workload.lines,
        })
    }
}
