//! The execution environments of a function, version by version. Invariant: one invocation at a time in each.

use jiff::Timestamp;
use rand::rngs::StdRng;
use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use super::chance;
use super::version::VersionId;

/// How long an idle environment is kept, in account time.
pub(super) const IDLE_LIMIT: Duration = Duration::from_mins(10);

/// The environments of a function, and the invocations they have seen.
#[derive(Debug, Default)]
pub(super) struct FunctionEnvironments {
    pools: HashMap<VersionId, EnvironmentPool>,
    in_flight: u32,
    invocations: u32,
    cold_starts: u32,
}

/// What a new environment would be called.
#[derive(Debug)]
pub(super) struct EnvironmentName {
    /// Its number, unique in the account.
    pub(super) id: u64,
    /// Its log stream.
    pub(super) stream: String,
}

/// The environments of one version.
#[derive(Debug, Default)]
struct EnvironmentPool {
    environments: Vec<ExecutionEnvironment>,
}

#[derive(Debug)]
struct ExecutionEnvironment {
    id: u64,
    stream: String,
    in_flight: u32,
    last_used: Instant,
}

/// An environment taken for one invocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TakenEnvironment {
    /// The number of the environment, unique in the account.
    pub(super) id: u64,
    /// The log stream.
    pub(super) stream: String,
    /// Whether it was made for this invocation.
    pub(super) fresh: bool,
    /// The invocations now in it, this one included.
    pub(super) in_flight: u32,
}

impl FunctionEnvironments {
    /// Takes an environment of a version for one invocation: an idle one, else a new one of this name.
    pub(super) fn take(
        &mut self,
        version: VersionId,
        now: Instant,
        idle_limit: Duration,
        new: EnvironmentName,
    ) -> TakenEnvironment {
        let pool = self.pools.entry(version).or_default();
        let taken = pool
            .reuse(now, idle_limit)
            .unwrap_or_else(|| pool.create(new.id, now, new.stream));
        self.in_flight += 1;
        self.invocations += 1;
        self.cold_starts += u32::from(taken.fresh);
        taken
    }

    /// Gives an environment back; one that was wrecked, or whose version has changed, is gone.
    pub(super) fn give_back(&mut self, version: VersionId, id: u64, now: Instant, wrecked: bool) {
        self.in_flight = self.in_flight.saturating_sub(1);
        if let Some(pool) = self.pools.get_mut(&version) {
            pool.release(id, now, wrecked);
        }
    }

    /// Discards the environments of a version that has changed or is gone.
    pub(super) fn discard(&mut self, version: VersionId) {
        self.pools.remove(&version);
    }

    /// The invocations under way.
    pub(super) const fn in_flight(&self) -> u32 {
        self.in_flight
    }

    /// The invocations so far.
    pub(super) const fn invocations(&self) -> u32 {
        self.invocations
    }

    /// The invocations so far that met a new environment.
    pub(super) const fn cold_starts(&self) -> u32 {
        self.cold_starts
    }
}

impl EnvironmentPool {
    /// Takes the idle environment that was used last, if one is left.
    fn reuse(&mut self, now: Instant, idle_limit: Duration) -> Option<TakenEnvironment> {
        self.environments
            .retain(|e| e.in_flight > 0 || now.duration_since(e.last_used) <= idle_limit);
        let idle = self.environments.iter_mut().filter(|e| e.in_flight == 0);
        let environment = idle.max_by_key(|e| e.last_used)?;
        environment.in_flight += 1;
        Some(TakenEnvironment {
            id: environment.id,
            stream: environment.stream.clone(),
            fresh: false,
            in_flight: environment.in_flight,
        })
    }

    /// Makes an environment for one invocation.
    fn create(&mut self, id: u64, now: Instant, stream: String) -> TakenEnvironment {
        self.environments.push(ExecutionEnvironment {
            id,
            stream: stream.clone(),
            in_flight: 1,
            last_used: now,
        });
        TakenEnvironment {
            id,
            stream,
            fresh: true,
            in_flight: 1,
        }
    }

    /// Takes an environment back; one that was wrecked is gone.
    fn release(&mut self, id: u64, now: Instant, wrecked: bool) {
        if wrecked {
            self.environments.retain(|e| e.id != id);
        } else if let Some(environment) = self.environments.iter_mut().find(|e| e.id == id) {
            environment.in_flight = environment.in_flight.saturating_sub(1);
            environment.last_used = now;
        }
    }
}

/// The name of a new log stream: `2026/11/21/[$LATEST]0123…`.
pub(super) fn stream_name(now: Timestamp, version: VersionId, rng: &mut StdRng) -> String {
    let day = now.strftime("%Y/%m/%d");
    format!("{day}/[{version}]{}", chance::hex(rng))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_mins(1);

    #[test]
    fn an_environment_in_use_is_never_shared() {
        let (mut pool, now) = (EnvironmentPool::default(), Instant::now());
        let first = pool.create(1, now, "a".into());
        assert!(first.fresh);
        assert_eq!(pool.reuse(now, LIMIT), None);
        pool.release(first.id, now, false);
        let again = pool.reuse(now, LIMIT).unwrap();
        assert_eq!((again.id, again.fresh, again.in_flight), (1, false, 1));
    }

    #[test]
    fn idle_environments_expire() {
        let (mut pool, now) = (EnvironmentPool::default(), Instant::now());
        pool.create(1, now, "a".into());
        pool.release(1, now, false);
        assert!(pool.reuse(now + LIMIT * 2, LIMIT).is_none());
    }

    #[test]
    fn a_wrecked_environment_is_not_used_again() {
        let (mut pool, now) = (EnvironmentPool::default(), Instant::now());
        pool.create(1, now, "a".into());
        pool.release(1, now, true);
        assert!(pool.reuse(now, LIMIT).is_none());
    }

    #[test]
    fn stream_names_carry_the_day_and_the_version() {
        let name = stream_name(
            Timestamp::UNIX_EPOCH,
            VersionId::Number(7),
            &mut chance::seeded(1, &[]),
        );
        assert!(name.starts_with("1970/01/01/[7]"), "{name}");
    }
}
