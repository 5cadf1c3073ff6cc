//! The control-plane calls of a run: each counted, each intent journalled before the call, reads retried.
//!
//! Invariant: nothing in the account is changed before the store has confirmed the journal's line about it.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::time::Instant;

use super::error::Error;
use super::limits::TunerLimits;
use super::pace::UpdatePace;
use super::run_journal::RunJournal;
use super::sign::mark;
use crate::aws::{Alias, AwsError, LambdaClient};
use crate::lambda::{Function, FunctionRef, MemoryMb, State, UpdateStatus};
use crate::planted::{Planted, is_planted};
use crate::power::JournalEntry;
use crate::task::{Backoff, retry};

/// How reads are repeated.
const READS: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(5), 6);
/// How calls are repeated that AWS surely did not carry out.
pub(super) const THROTTLED: Backoff =
    Backoff::new(Duration::from_millis(200), Duration::from_secs(10), 8);

/// The control plane as one run sees it.
#[derive(Debug)]
pub(super) struct Control<'a> {
    lambda: &'a LambdaClient,
    journal: RunJournal<'a>,
    limits: TunerLimits,
    function: FunctionRef,
    calls: AtomicU32,
    /// Whether a change got no clear answer, so that it may come into force yet.
    is_in_the_air: AtomicBool,
}

impl<'a> Control<'a> {
    /// The control plane for `function`, unqualified.
    pub(super) fn new(
        lambda: &'a LambdaClient,
        journal: RunJournal<'a>,
        limits: TunerLimits,
        function: FunctionRef,
    ) -> Self {
        Self {
            lambda,
            journal,
            limits,
            function,
            calls: AtomicU32::new(0),
            is_in_the_air: AtomicBool::new(false),
        }
    }

    /// Control-plane calls made so far.
    pub(super) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Whether a change that was made here got no clear answer, and none with one came after it.
    pub(super) fn is_in_the_air(&self) -> bool {
        self.is_in_the_air.load(Ordering::Relaxed)
    }

    /// The journal of the run.
    pub(super) const fn journal(&self) -> RunJournal<'a> {
        self.journal
    }

    /// The unqualified function.
    pub(super) const fn function(&self) -> &FunctionRef {
        &self.function
    }

    /// The configuration of `$LATEST`.
    pub(super) async fn latest(&self) -> Result<Function, AwsError> {
        self.read(|| self.lambda.configuration(&self.function))
            .await
    }

    /// The configuration of a version or alias.
    pub(super) async fn qualified(&self, qualifier: &str) -> Result<Function, AwsError> {
        let function = self.function.qualified(qualifier);
        self.read(|| self.lambda.configuration(&function)).await
    }

    /// Every published version.
    pub(super) async fn versions(&self) -> Result<Vec<Function>, AwsError> {
        self.read(|| self.lambda.versions(&self.function)).await
    }

    /// Waits until no update of `$LATEST` is in progress, and the last one came into force.
    pub(super) async fn settled(&self, pace: &mut UpdatePace) -> Result<Function, Error> {
        let function = self.idle(pace).await?;
        match function.status.update {
            UpdateStatus::Failed => Err(Error::UpdateFailed(reason_of(&function))),
            UpdateStatus::Successful | UpdateStatus::InProgress => Ok(function),
        }
    }

    /// Waits until no update of `$LATEST` is in progress, however the last one ended: a failed one does not stand in
    /// the way of the next.
    pub(super) async fn idle(&self, pace: &mut UpdatePace) -> Result<Function, Error> {
        let begun = Instant::now();
        for wait in pace.waits() {
            tokio::time::sleep(wait).await;
            let function = self.latest().await?;
            if function.status.update != UpdateStatus::InProgress {
                pace.learn(begun.elapsed());
                return Ok(function);
            }
            if begun.elapsed() > self.limits.settle {
                break;
            }
        }
        Err(Error::NeverSettled {
            function: self.function.name().to_owned(),
            after: begun.elapsed(),
        })
    }

    /// Waits until a version can be invoked.
    pub(super) async fn active(&self, version: &str) -> Result<(), Error> {
        let begun = Instant::now();
        for wait in UpdatePace::default().waits() {
            tokio::time::sleep(wait).await;
            let function = self.qualified(version).await?;
            match function.status.state {
                State::Active | State::Inactive => return Ok(()),
                State::Failed => return Err(Error::VersionFailed(reason_of(&function))),
                State::Pending if begun.elapsed() > self.limits.snapshot => break,
                State::Pending => {}
            }
        }
        Err(Error::NeverSettled {
            function: format!("{}:{version}", self.function.name()),
            after: begun.elapsed(),
        })
    }

    /// Gives `$LATEST`, which has the configuration `now`, a size to test, and the sign of the run; waits until it is in
    /// force.
    pub(super) async fn set_memory(
        &self,
        now: &Function,
        memory: MemoryMb,
        sign: &str,
        pace: &mut UpdatePace,
    ) -> Result<Function, Error> {
        let wanted = Function {
            memory,
            description: sign.to_owned(),
            ..now.clone()
        };
        let step = JournalEntry::SettingMemory(memory);
        let change = self.change(now, &wanted, pace);
        let set = self.journal.announced(step, change).await?;
        if matches!(&set, Err(Error::Aws(error)) if !error.is_unclear()) && !self.is_in_the_air() {
            self.journal.note(JournalEntry::Refused(memory)).await?;
        }
        set
    }

    /// Gives `$LATEST`, which has the configuration `now`, the memory size and the description of `wanted`, and waits until
    /// they are in force. Even when it has them already it gets another revision, so that no earlier change comes after this.
    pub(super) async fn change(
        &self,
        now: &Function,
        wanted: &Function,
        pace: &mut UpdatePace,
    ) -> Result<Function, Error> {
        let mut revision = now.status.revision.clone();
        let mut trouble = None;
        for _ in 0..self.limits.conflicts {
            let changed = self.try_change(now, wanted, &revision).await;
            let is_answered = changed.is_ok();
            let after = match changed {
                Ok(function) if function.status.update == UpdateStatus::Successful => function,
                Ok(_) => self.settled(pace).await?,
                Err(error) if is_settled_by_looking(&error) => match self.idle(pace).await {
                    // Nobody could look: it is the change of which the caller has to know what came of it.
                    Err(Error::Aws(_)) => return Err(error.into()),
                    after => {
                        trouble = Some(error);
                        after?
                    }
                },
                Err(error) => return Err(error.into()),
            };
            let is_void = is_answered || after.status.revision != now.status.revision;
            if is_void && after.is_same_but_revision(wanted) {
                self.is_in_the_air.store(false, Ordering::Relaxed);
                return Ok(after);
            }
            if !after.is_same_but_revision(now) {
                return Err(self.deployed());
            }
            revision = after.status.revision;
        }
        Err(trouble.map_or_else(|| self.deployed(), Error::Aws))
    }

    /// Asks for a change. Until it is seen to be in force it is in the air, unless AWS surely refused it.
    async fn try_change(
        &self,
        now: &Function,
        wanted: &Function,
        revision: &str,
    ) -> Result<Function, AwsError> {
        let description = (wanted.description != now.description).then_some(&*wanted.description);
        let revision = if is_planted(Planted::NoRevision) {
            ""
        } else {
            revision
        };
        let (lambda, function) = (self.lambda, &self.function);
        let changed = self
            .write(|| lambda.set_memory(function, wanted.memory, description, revision))
            .await;
        if changed.is_ok() {
            self.is_in_the_air.store(true, Ordering::Relaxed);
        }
        changed
    }

    fn deployed(&self) -> Error {
        Error::Deployed(self.function.name().to_owned())
    }

    /// Publishes `$LATEST` as it is in `now`; gives the version.
    pub(super) async fn publish(&self, now: &Function) -> Result<Function, Error> {
        let mark = mark(self.journal.run());
        let publishing = self.publish_as(now, &mark);
        let step = JournalEntry::Publishing(now.memory);
        self.journal.announced(step, publishing).await?
    }

    /// Publishes `$LATEST` as it is in `now` with this description; gives the version.
    pub(super) async fn publish_as(
        &self,
        now: &Function,
        description: &str,
    ) -> Result<Function, Error> {
        let mut now = now.clone();
        let mut trouble = None;
        for _ in 0..self.limits.conflicts {
            let published = self
                .write(|| {
                    self.lambda.publish(
                        &self.function,
                        &now.code.sha256,
                        &now.status.revision,
                        description,
                    )
                })
                .await;
            match published {
                Ok(version) => return Ok(version),
                Err(error) if is_settled_by_looking(&error) || is_refused(&error) => {
                    let after = self.settled(&mut UpdatePace::default()).await?;
                    if !after.is_same_but_revision(&now) {
                        return Err(self.deployed());
                    }
                    if is_refused(&error) {
                        return Err(error.into());
                    }
                    trouble = Some(error);
                    now = after;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(trouble.map_or_else(|| self.deployed(), Error::Aws))
    }

    /// Deletes a version of this run; one that is gone already is fine.
    pub(super) async fn delete(&self, version: &str) -> Result<(), Error> {
        // Deleting twice does no harm, so it is tried again also when nobody can say what became of it.
        let delete = || self.lambda.delete_version(&self.function, version);
        match retry(THROTTLED, AwsError::is_transient, || self.counted(&delete)).await {
            Ok(()) | Err(AwsError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let version = version.to_owned();
        self.journal
            .note_done(JournalEntry::Deleted { version })
            .await;
        Ok(())
    }

    /// An alias of the function.
    pub(super) async fn alias(&self, alias: &str) -> Result<Option<Alias>, Error> {
        Ok(self
            .read(|| self.lambda.alias(&self.function, alias))
            .await?)
    }

    /// Creates the alias or points it, as it was seen, at a version.
    pub(super) async fn point_alias(
        &self,
        alias: &str,
        seen: Option<&Alias>,
        version: &str,
    ) -> Result<(), Error> {
        Ok(self
            .write(|| (self.lambda).point_alias(&self.function, alias, seen, version))
            .await?)
    }

    /// How many invocations the function may have at once, if that is limited for it; unknown without the right to ask.
    pub(super) async fn reserved_concurrency(&self) -> Option<u32> {
        let asked = self.read(|| self.lambda.reserved_concurrency(&self.function));
        asked.await.ok().flatten()
    }

    /// How many environments are provided all the time for a version or an alias; unknown without the right to ask.
    pub(super) async fn provisioned_concurrency(&self, qualifier: &str) -> Option<u32> {
        let function = self.function.qualified(qualifier);
        let asked = self.read(|| self.lambda.provisioned_concurrency(&function));
        asked.await.ok().flatten()
    }

    async fn read<T, F: Future<Output = Result<T, AwsError>>>(
        &self,
        call: impl Fn() -> F,
    ) -> Result<T, AwsError> {
        retry(READS, AwsError::is_transient, || self.counted(&call)).await
    }

    /// Repeats a mutating call only when AWS said that it was not carried out.
    async fn write<T, F: Future<Output = Result<T, AwsError>>>(
        &self,
        call: impl Fn() -> F,
    ) -> Result<T, AwsError> {
        let changed = retry(THROTTLED, AwsError::was_not_applied, || self.counted(&call)).await;
        if matches!(&changed, Err(error) if error.may_still_arrive()) {
            self.is_in_the_air.store(true, Ordering::Relaxed);
        }
        changed
    }

    async fn counted<T, F: Future<Output = Result<T, AwsError>>>(
        &self,
        call: impl Fn() -> F,
    ) -> Result<T, AwsError> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        call().await
    }
}

/// Whether a look at the function tells what became of the call: an update in the way, or a lost answer.
fn is_settled_by_looking(error: &AwsError) -> bool {
    matches!(error, AwsError::Conflict { .. } | AwsError::Changed { .. }) || error.is_transient()
}

/// A publish is refused when the code is not what it was, as well as for other reasons.
const fn is_refused(error: &AwsError) -> bool {
    matches!(error, AwsError::Refused { .. })
}

fn reason_of(function: &Function) -> String {
    let reason = function
        .status
        .update_reason
        .as_ref()
        .or(function.status.state_reason.as_ref());
    reason
        .cloned()
        .unwrap_or_else(|| "AWS gave no reason".to_owned())
}
