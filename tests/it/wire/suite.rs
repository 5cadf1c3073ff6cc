//! What every account must answer: AWS, the simulator, moto. Each check is a function over a [`Target`].

use std::time::{Duration, Instant};

use iacstone::aws::{AwsError, LambdaClient, Session};
use iacstone::jobs::Listing;
use iacstone::lambda::{Function, FunctionRef, MemoryMb, State, UpdateStatus};

/// An account, one plain function in it that the suite may change, and what the account can do.
pub(crate) struct Target {
    pub(crate) session: Session,
    /// A zip function without versions, aliases or reserved concurrency.
    pub(crate) function: FunctionRef,
    /// Whether functions have revisions, and stale ones and wrong code hashes are refused.
    pub(crate) conditions: bool,
    /// Whether a version behind an alias cannot be deleted.
    pub(crate) guards_aliased_versions: bool,
    /// Whether invocations run, with a log and the version that ran.
    pub(crate) logs_invocations: bool,
}

/// Runs every check, in an order that needs no clean-up between them.
pub(crate) async fn run(target: &Target) {
    identity_is_an_account_and_an_arn(target).await;
    pages_hold_every_function_once(target).await;
    a_configuration_is_the_same_by_name_arn_and_latest(target).await;
    a_missing_function_is_not_found_with_a_remedy(target).await;
    no_reserved_concurrency_is_none(target).await;
    memory_changes_and_goes_back(target).await;
    let [first, second] = publishing_freezes_the_memory_size(target).await;
    publishing_nothing_new_gives_the_same_version(target, &second).await;
    stale_conditions_are_refused_and_change_nothing(target).await;
    an_alias_is_made_moved_and_read(target, &first, &second).await;
    an_invocation_runs_the_version_it_names(target, &first).await;
    only_versions_are_ever_deleted(target, &first, &second).await;
}

async fn identity_is_an_account_and_an_arn(target: &Target) {
    let identity = target.session.identity().await.unwrap();
    assert_eq!(identity.account.len(), 12, "{identity:?}");
    assert!(identity.arn.starts_with("arn:aws:"), "{identity:?}");
}

async fn pages_hold_every_function_once(target: &Target) {
    let functions = Listing::new(&target.lambda()).rest().await.unwrap();
    let names: Vec<_> = functions
        .into_iter()
        .map(|function| function.name)
        .collect();
    let times = names
        .iter()
        .filter(|name| *name == target.function.name())
        .count();
    assert_eq!(times, 1, "{names:?}");
    assert!(names.len() > 1, "{names:?}");
}

async fn a_configuration_is_the_same_by_name_arn_and_latest(target: &Target) {
    let lambda = target.lambda();
    let plain = lambda.configuration(&target.function).await.unwrap();
    assert_eq!(plain.name, target.function.name());
    assert_eq!(plain.version, "$LATEST");
    assert!(!plain.code.sha256.is_empty());
    assert_eq!(plain.status.revision.is_empty(), !target.conditions);
    let arn = FunctionRef::parse(&plain.arn).unwrap();
    assert_eq!(lambda.configuration(&arn).await.unwrap(), plain);
    let latest = target.function.qualified("$LATEST");
    let latest = lambda.configuration(&latest).await.unwrap();
    assert_eq!(
        (latest.memory, latest.version),
        (plain.memory, plain.version)
    );
}

async fn a_missing_function_is_not_found_with_a_remedy(target: &Target) {
    let missing = FunctionRef::parse("nobody-wrote-this").unwrap();
    let error = target.lambda().configuration(&missing).await.unwrap_err();
    assert!(matches!(error, AwsError::NotFound(_)), "{error:?}");
    let text = error.to_string();
    assert!(
        text.starts_with("GetFunctionConfiguration of 'nobody-wrote-this' failed"),
        "{text}"
    );
    assert!(text.contains("iacstone functions"), "{text}");
    assert!(!error.was_not_applied() && !error.is_transient());
}

async fn no_reserved_concurrency_is_none(target: &Target) {
    let lambda = target.lambda();
    let reserved = lambda.reserved_concurrency(&target.function).await;
    assert_eq!(reserved.unwrap(), None);
}

async fn memory_changes_and_goes_back(target: &Target) {
    let before = target.settled(&target.function).await;
    let other = MemoryMb::new(if before.memory.megabytes() == 640 {
        704
    } else {
        640
    })
    .unwrap();
    let changed = target.set_memory(other).await;
    assert_eq!(changed.memory, other);
    assert_eq!(
        changed.status.revision == before.status.revision,
        !target.conditions
    );
    let back = target.set_memory(before.memory).await;
    assert_eq!((back.memory, back.timeout), (before.memory, before.timeout));
    assert_eq!(back.environment.names, before.environment.names);
}

async fn publishing_freezes_the_memory_size(target: &Target) -> [Function; 2] {
    let lambda = target.lambda();
    let start = target.settled(&target.function).await.memory;
    let mut published = Vec::new();
    for megabytes in [320, 384] {
        let size = MemoryMb::new(megabytes).unwrap();
        target.set_memory(size).await;
        published.push(target.publish(&format!("wire {megabytes}")).await);
    }
    target.set_memory(start).await;
    for (version, megabytes) in published.iter().zip([320, 384]) {
        let reference = target.function.qualified(&version.version);
        let read = target.settled(&reference).await;
        assert_eq!(read.memory.megabytes(), megabytes);
        assert_eq!(read.description, format!("wire {megabytes}"));
    }
    let listed = lambda.versions(&target.function).await.unwrap();
    let numbers: Vec<&str> = listed.iter().map(|found| found.version.as_str()).collect();
    let expected: Vec<&str> = published
        .iter()
        .map(|found| found.version.as_str())
        .collect();
    assert_eq!(numbers, expected);
    published.try_into().unwrap()
}

async fn publishing_nothing_new_gives_the_same_version(target: &Target, last: &Function) {
    target.set_memory(last.memory).await;
    let once = target.publish("wire again").await;
    let twice = target.publish("wire again").await;
    assert_eq!(once.version, twice.version);
}

async fn stale_conditions_are_refused_and_change_nothing(target: &Target) {
    if !target.conditions {
        return;
    }
    let (lambda, function) = (target.lambda(), &target.function);
    let before = target.settled(function).await;
    let stale = "00000000-0000-0000-0000-000000000000";
    let size = MemoryMb::new(1984).unwrap();
    let error = lambda
        .set_memory(function, size, None, stale)
        .await
        .unwrap_err();
    assert!(matches!(error, AwsError::Changed(_)), "{error:?}");
    let wrong = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    for (code, revision) in [
        (before.code.sha256.as_str(), stale),
        (wrong, before.status.revision.as_str()),
    ] {
        let refused = lambda.publish(function, code, revision, "wire stale");
        let error = refused.await.unwrap_err();
        assert!(matches!(error, AwsError::Changed(_)), "{error:?}");
    }
    assert_eq!(target.settled(function).await, before);
}

async fn an_alias_is_made_moved_and_read(target: &Target, first: &Function, second: &Function) {
    let (lambda, function) = (target.lambda(), &target.function);
    assert_eq!(lambda.alias(function, "wire").await.unwrap(), None);
    let mut seen = None;
    for version in [first, second] {
        let moved = lambda.point_alias(function, "wire", seen.as_ref(), &version.version);
        moved.await.unwrap();
        let alias = lambda.alias(function, "wire").await.unwrap().unwrap();
        assert_eq!(
            (alias.version.as_str(), alias.is_split),
            (version.version.as_str(), false)
        );
        seen = Some(alias);
    }
    let through = lambda.configuration(&function.qualified("wire")).await;
    assert_eq!(through.unwrap().memory, second.memory);
}

async fn an_invocation_runs_the_version_it_names(target: &Target, version: &Function) {
    let limit = Duration::from_mins(1);
    let named = target.function.qualified(&version.version);
    target.settled(&named).await;
    let invoked = target.lambda().invoke(&named, b"{}".to_vec(), limit).await;
    let invoked = invoked.unwrap();
    assert_eq!(invoked.function_error, None);
    assert!(!invoked.payload.is_empty());
    assert!(invoked.elapsed > Duration::ZERO);
    if !target.logs_invocations {
        return;
    }
    assert_eq!(invoked.executed_version, version.version);
    assert_eq!(invoked.request_id.len(), 36, "{invoked:?}");
    let log = String::from_utf8_lossy(&invoked.log_tail).into_owned();
    let report = format!("REPORT RequestId: {}\t", invoked.request_id);
    assert!(log.contains(&report), "{log}");
    let missing = target.function.qualified("4711");
    let error = target
        .lambda()
        .invoke(&missing, b"{}".to_vec(), limit)
        .await;
    assert!(matches!(error, Err(AwsError::NotFound(_))), "{error:?}");
}

async fn only_versions_are_ever_deleted(target: &Target, first: &Function, second: &Function) {
    let (lambda, function) = (target.lambda(), &target.function);
    for never in ["", "$LATEST", "wire", "1:2"] {
        let error = lambda.delete_version(function, never).await.unwrap_err();
        assert!(matches!(error, AwsError::Refused(_)), "{never}: {error:?}");
    }
    if target.guards_aliased_versions {
        let error = lambda.delete_version(function, &second.version).await;
        let error = error.unwrap_err();
        assert!(matches!(error, AwsError::Conflict(_)), "{error:?}");
        assert!(error.to_string().contains("alias"), "{error}");
    }
    let gone = lambda.delete_version(function, &first.version).await;
    gone.unwrap();
    let left = lambda.versions(function).await.unwrap();
    assert!(left.iter().all(|version| version.version != first.version));
    assert!(left.iter().any(|version| version.version == second.version));
    lambda.configuration(function).await.unwrap();
}

impl Target {
    fn lambda(&self) -> LambdaClient {
        self.session.lambda()
    }

    /// Waits until no update runs and no snapshot is being made; a revision read earlier is stale.
    async fn settled(&self, function: &FunctionRef) -> Function {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let found = self.lambda().configuration(function).await.unwrap();
            if found.status.update == UpdateStatus::Successful
                && found.status.state != State::Pending
            {
                return found;
            }
            assert!(Instant::now() < deadline, "never settled: {found:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn set_memory(&self, size: MemoryMb) -> Function {
        let now = self.settled(&self.function).await;
        let (lambda, function) = (self.lambda(), &self.function);
        let changed = lambda
            .set_memory(function, size, None, &now.status.revision)
            .await;
        assert_eq!(changed.unwrap().memory, size);
        self.settled(function).await
    }

    async fn publish(&self, description: &str) -> Function {
        let now = self.settled(&self.function).await;
        let lambda = self.lambda();
        let published = lambda.publish(
            &self.function,
            &now.code.sha256,
            &now.status.revision,
            description,
        );
        published.await.unwrap()
    }
}
