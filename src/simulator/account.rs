//! The simulated account: its state behind one lock, and what tests and the command line ask of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rand::rngs::StdRng;
use tokio::sync::watch;
use tokio::time::Instant;

use super::arn::AccountRegion;
use super::blueprint::Blueprint;
use super::clock::AccountClock;
use super::errors::ApiError;
use super::faults::{FaultBoard, Faults};
use super::function::StoredFunction;
use super::insights::QueryRegistry;
use super::logs::{LogStore, add_traffic};
use super::operation::Operation;
use super::settings::FunctionSettings;
use super::snapshot::AccountSnapshot;
use super::{catalog, chance};
use crate::lambda::MemoryMb;

/// How an account is set up.
#[derive(Debug, Clone)]
pub struct AccountOptions {
    /// What every random draw is derived from.
    pub seed: u64,
    /// How many times faster than real time waits pass; what is not positive counts as 1.
    pub speed: f64,
    /// The account number.
    pub account_id: String,
    /// The code of the region that requests without a signature are taken to come to, and that the demo's logs name.
    pub region: String,
    /// Whether every request is answered as from that region, whichever one it is signed for.
    pub keeps_region: bool,
    /// What goes wrong.
    pub faults: Faults,
    /// The mutating call (counted from 1) that is applied but never answered.
    pub kill_after: Option<u32>,
    /// When the account begins by its own calendar, which then follows tokio's clock alone; `None` for now.
    pub epoch: Option<Timestamp>,
    /// How long a live session lasts, in account time.
    pub session_timeout: Duration,
    /// How long a configuration update takes, in account time.
    pub config_update: Duration,
    /// The largest memory size the account may use.
    pub memory_limit: MemoryMb,
    /// The most invocations at a time.
    pub concurrency_limit: u32,
}

impl Default for AccountOptions {
    fn default() -> Self {
        Self {
            seed: 1,
            speed: 1.0,
            account_id: "123456789012".to_owned(),
            region: "us-east-1".to_owned(),
            keeps_region: false,
            faults: Faults::default(),
            kill_after: None,
            epoch: None,
            session_timeout: Duration::from_hours(3),
            config_update: Duration::from_secs(1),
            memory_limit: MemoryMb::MAX,
            concurrency_limit: 1000,
        }
    }
}

/// A handle on a simulated account, as it is seen from a region; clones share the account.
#[derive(Debug, Clone)]
pub struct Account {
    inner: Arc<Inner>,
    place: Arc<AccountRegion>,
}

#[derive(Debug)]
struct Inner {
    options: AccountOptions,
    clock: AccountClock,
    state: Mutex<AccountState>,
    killed: watch::Sender<bool>,
    real_credential: watch::Sender<bool>,
}

/// Everything that changes.
#[derive(Debug)]
pub(super) struct AccountState {
    pub(super) functions: BTreeMap<String, StoredFunction>,
    pub(super) rng: StdRng,
    pub(super) faults: FaultBoard,
    pub(super) logs: LogStore,
    pub(super) queries: QueryRegistry,
    calls: HashMap<Operation, u32>,
    mutating_calls: u32,
    environments: u64,
    peak_load: u32,
}

impl Account {
    /// Makes an account with the demo functions.
    #[must_use]
    pub fn new(options: AccountOptions) -> Self {
        let account = Self::empty(options);
        for blueprint in catalog::blueprints() {
            account.add_function(blueprint);
        }
        let mut state = account.state();
        let (place, began) = (account.place(), account.clock().began());
        let blueprints = catalog::blueprints();
        add_traffic(&mut state.logs, blueprints, place, account.seed(), began);
        if let Some(busy) = state.functions.get_mut("busy") {
            catalog::give_history(busy);
        }
        drop(state);
        account
    }

    /// Makes an account without functions.
    #[must_use]
    pub fn empty(options: AccountOptions) -> Self {
        let mut state = AccountState {
            functions: BTreeMap::new(),
            rng: chance::seeded(options.seed, &["account"]),
            faults: FaultBoard::new(options.seed, options.faults.clone()),
            logs: LogStore::default(),
            queries: QueryRegistry::default(),
            calls: HashMap::new(),
            mutating_calls: 0,
            environments: 0,
            peak_load: 0,
        };
        let clock = AccountClock::new(options.speed);
        let clock = options.epoch.map_or(clock, |epoch| clock.pinned(epoch));
        // The traffic of the time before the start is late too.
        state.set_lateness(i64::MIN);
        let place = AccountRegion {
            account: options.account_id.clone(),
            region: options.region.clone(),
        };
        Self {
            inner: Arc::new(Inner {
                clock,
                state: Mutex::new(state),
                killed: watch::Sender::new(false),
                real_credential: watch::Sender::new(false),
                options,
            }),
            place: Arc::new(place),
        }
    }

    /// Adds a function, or replaces the one of this name.
    pub fn add_function(&self, mut blueprint: Blueprint) {
        let AccountRegion { account, .. } = self.place();
        let partition = self.place().partition();
        if blueprint.settings.role.is_empty() {
            let name = &blueprint.name;
            blueprint.settings.role =
                format!("arn:{partition}:iam::{account}:role/service-role/{name}-role");
        }
        let mut state = self.state();
        let revision = chance::uuid(&mut state.rng);
        let function = StoredFunction::new(blueprint, revision, self.clock().now());
        state.functions.insert(function.name.clone(), function);
    }

    /// Simulates a user's deployment of `$LATEST`: new code, whatever `change` does, a new revision.
    ///
    /// Returns whether there is such a function.
    pub fn deploy(&self, name: &str, change: impl FnOnce(&mut FunctionSettings)) -> bool {
        let mut state = self.state();
        let AccountState { functions, rng, .. } = &mut *state;
        let Some(function) = functions.get_mut(name) else {
            return false;
        };
        function.deploy(chance::uuid(rng), self.clock().now(), change);
        true
    }

    /// Provides environments for a version or alias all the time, as far as the API shows it.
    ///
    /// Returns whether there is such a function.
    #[must_use]
    pub fn provision(&self, name: &str, qualifier: &str, environments: u32) -> bool {
        let mut state = self.state();
        let Some(function) = state.functions.get_mut(name) else {
            return false;
        };
        let provisioned = &mut function.provisioned;
        provisioned.insert(qualifier.to_owned(), environments);
        true
    }

    /// The functions, versions and aliases as they are, without revisions and times.
    #[must_use]
    pub fn describe(&self) -> AccountSnapshot {
        AccountSnapshot::of(&self.state().functions)
    }

    /// The calls of Lambda's control plane so far, refused ones included.
    #[must_use]
    pub fn control_calls(&self) -> u32 {
        let state = self.state();
        let control = state.calls.iter().filter(|(o, _)| o.controls());
        control.map(|(_, count)| count).sum()
    }

    /// The calls so far that were applied and can change a function, a version or an alias.
    #[must_use]
    pub fn mutating_calls(&self) -> u32 {
        self.state().mutating_calls
    }

    /// The invocations of a function so far; 0 when there is no such function.
    #[must_use]
    pub fn invocations(&self, name: &str) -> u32 {
        let state = self.state();
        state
            .functions
            .get(name)
            .map_or(0, |f| f.environments.invocations())
    }

    /// The invocations of a function so far that met a new environment.
    #[must_use]
    pub fn cold_starts(&self, name: &str) -> u32 {
        let state = self.state();
        state
            .functions
            .get(name)
            .map_or(0, |f| f.environments.cold_starts())
    }

    /// The most invocations one environment ever had at a time; never more than 1.
    #[must_use]
    pub fn peak_environment_load(&self) -> u32 {
        self.state().peak_load
    }

    /// Replaces the faults from now on; live sessions that are open notice it at their next update.
    pub fn set_faults(&self, faults: Faults) {
        let now_ms = self.now_ms();
        let mut state = self.state();
        state.faults = FaultBoard::new(self.seed(), faults);
        state.set_lateness(now_ms);
    }

    /// Ends when the mutating call of [`AccountOptions::kill_after`] has been applied.
    pub fn kill_point(&self) -> impl Future<Output = ()> + Send + use<> {
        raised(self.inner.killed.subscribe())
    }

    /// Ends when a call has carried an access key that looks real: signatures are not checked here.
    pub fn real_credential(&self) -> impl Future<Output = ()> + Send + use<> {
        raised(self.inner.real_credential.subscribe())
    }

    pub(super) fn options(&self) -> &AccountOptions {
        &self.inner.options
    }

    /// The account as a request signed for this region sees it: its ARNs name the region.
    pub(super) fn seen_from(&self, region: &str) -> Self {
        if self.options().keeps_region || region == self.place.region {
            return self.clone();
        }
        let place = AccountRegion {
            account: self.place.account.clone(),
            region: region.to_owned(),
        };
        Self {
            inner: Arc::clone(&self.inner),
            place: Arc::new(place),
        }
    }

    pub(super) fn place(&self) -> &AccountRegion {
        &self.place
    }

    pub(super) fn clock(&self) -> AccountClock {
        self.inner.clock
    }

    pub(super) fn seed(&self) -> u64 {
        self.inner.options.seed
    }

    pub(super) fn concurrency_limit(&self) -> u32 {
        self.inner.options.concurrency_limit
    }

    pub(super) fn state(&self) -> MutexGuard<'_, AccountState> {
        self.inner
            .state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note_real_credential(&self) {
        self.inner.real_credential.send_replace(true);
    }

    /// Counts a call of an operation.
    pub(super) fn note_call(&self, operation: Operation) {
        *self.state().calls.entry(operation).or_default() += 1;
    }

    /// Counts a mutating call that was applied; `true` at the kill point.
    pub(super) fn note_mutation(&self) -> bool {
        let mut state = self.state();
        state.mutating_calls += 1;
        let reached = self.options().kill_after == Some(state.mutating_calls);
        if reached {
            self.inner.killed.send_replace(true);
        }
        reached
    }
}

impl AccountState {
    /// The function of this name, with what has finished by now in force.
    pub(super) fn function(
        &mut self,
        name: &str,
        arn: &str,
    ) -> Result<&mut StoredFunction, ApiError> {
        let Self { functions, rng, .. } = self;
        let function = functions
            .get_mut(name)
            .ok_or_else(|| ApiError::function_not_found(arn))?;
        function.settle(Instant::now(), rng);
        Ok(function)
    }

    /// From this time on, events are late as the faults say.
    fn set_lateness(&mut self, from_ms: i64) {
        let (seconds, share) = self.faults.lateness().unwrap_or_default();
        let delay_ms = i64::from(seconds) * 1000;
        self.logs.set_lateness(from_ms, delay_ms, share);
    }

    /// The calls of an operation so far.
    pub(super) fn calls(&self, operation: Operation) -> u32 {
        self.calls.get(&operation).copied().unwrap_or(0)
    }

    /// A number no environment had before.
    pub(super) fn next_environment(&mut self) -> u64 {
        self.environments += 1;
        self.environments
    }

    /// Notes how many invocations an environment has.
    pub(super) fn note_load(&mut self, in_flight: u32) {
        self.peak_load = self.peak_load.max(in_flight);
    }

    /// The sum of all reserved concurrency.
    pub(super) fn reserved(&self) -> u32 {
        self.functions.values().filter_map(|f| f.reserved).sum()
    }
}

/// Waits for a flag to rise; for ever when the account is gone before.
async fn raised(mut flag: watch::Receiver<bool>) {
    if flag.wait_for(|raised| *raised).await.is_err() {
        std::future::pending::<()>().await;
    }
}
