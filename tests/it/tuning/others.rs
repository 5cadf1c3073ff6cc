//! What else is at work in the account: settings deployed in the middle, other stores, callers, releases.

use iacstone::aws::AwsError;
use iacstone::lambda::{MemoryMb, UpdateStatus};
use iacstone::power::{Apply, Difference, Journal, JournalEntry, Original, RunEvent, RunState};
use iacstone::simulator::{AccountOptions, Faults};
use iacstone::store::{FILE_NAME, Store};
use iacstone::tuner::Error;
use tokio_util::sync::CancellationToken;

use super::{
    Bench, assert_clean, assert_finished, draft, faulty, id, measured, options, plan, tuner,
};

fn failure(run: &iacstone::power::Run) -> &str {
    match &measured(run).state {
        RunState::Failed(why) => why,
        state => panic!("{state:?}"),
    }
}

#[tokio::test]
async fn a_deploy_of_nothing_but_a_variable_ends_the_run() {
    let bench = Bench::fast().await;
    let function = "dynamodb-reads".parse().unwrap();
    let deployed = bench.tuner.lambda.configuration(&function).await;
    let code = deployed.unwrap().code.sha256;
    let account = bench.account.clone();
    let watched = bench.watch(
        plan("dynamodb-reads"),
        CancellationToken::new(),
        |event, _| {
            if matches!(event, RunEvent::Phase(phase) if phase.contains("1024")) {
                account.deploy("dynamodb-reads", |settings| {
                    settings.code.sha256.clone_from(&code);
                    settings
                        .variables
                        .insert("MODE".to_owned(), "fast".to_owned());
                });
            }
        },
    );
    let run = watched.await.0.unwrap();
    assert!(failure(&run).contains("deployed"), "{}", failure(&run));
    assert_clean(&run);
}

#[tokio::test]
async fn server_errors_are_told_as_such_and_not_as_a_deploy() {
    for operation in ["PublishVersion", "UpdateFunctionConfiguration"] {
        let bench = Bench::new(faulty(&[&format!("{operation}=server-error")])).await;
        let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
        let why = failure(&run);
        assert!(
            why.contains(operation) && !why.contains("deployed"),
            "{why}"
        );
        assert_clean(&run);
    }
}

#[tokio::test]
async fn what_was_applied_is_in_the_record_although_the_next_step_failed() {
    let bench = Bench::new(faulty(&["CreateAlias=access-denied"])).await;
    let mut draft = draft("dynamodb-reads");
    draft.apply = Some(Apply::Alias("live".to_owned()));
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert!(failure(&run).contains("lambda:CreateAlias"));
    let applied = measured(&run).applied.clone().unwrap();
    assert_eq!(applied.memory_mb.megabytes(), 512);
    assert!(applied.version.is_some() && applied.alias.is_none());
    assert_eq!(run.recommended(), Some(applied.memory_mb));
}

#[tokio::test]
async fn a_limit_of_the_function_is_told_and_half_of_it_left_to_its_callers() {
    let bench = Bench::fast().await;
    let mut draft = draft("busy");
    draft.sampling.environments = Some(10);
    draft.num = Some(20.into());
    let run = bench.tune(draft.build().unwrap()).await.unwrap();
    assert_finished(&run);
    let warnings = measured(&run).warnings.join("\n");
    assert!(warnings.contains("may run 20 times at once"), "{warnings}");
    // No call was turned away, so none of a caller's would have been.
    let (calls, run) = (
        bench.account.calls("Invoke"),
        bench.account.invocations("busy"),
    );
    assert_eq!(calls, run);
}

#[tokio::test]
async fn the_size_of_a_version_is_the_current_one_when_it_is_named() {
    let bench = Bench::fast().await;
    let run = bench.tune(plan("busy:RAM512")).await.unwrap();
    assert_finished(&run);
    assert_eq!(measured(&run).current_memory, MemoryMb::new(512).unwrap());
}

#[tokio::test]
async fn a_run_of_another_store_is_not_taken_for_the_function_as_it_was() {
    let bench = Bench::fast().await;
    let account = bench.account.clone();
    let watched = bench.watch(
        plan("dynamodb-reads"),
        CancellationToken::new(),
        |event, _| {
            if matches!(event, RunEvent::Phase(phase) if phase.contains("1024")) {
                account.set_faults(Faults::parse("*=expired-token").unwrap());
            }
        },
    );
    let left = watched.await.0.unwrap().id;
    bench.account.set_faults(Faults::default());
    let other = tuner(&bench.account, Store::in_memory().unwrap()).await;
    let (events, _watcher) = tokio::sync::mpsc::channel(1024);
    let stop = CancellationToken::new();
    let error = other
        .tune(id(), plan("dynamodb-reads"), events, stop)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, Error::Signed { run, memory, .. } if *run == left.0 && memory == "256"),
        "{error}"
    );
    bench.tuner.recover(&left).await.unwrap();
    assert_finished(&bench.tune(plan("dynamodb-reads")).await.unwrap());
}

#[tokio::test]
async fn a_run_that_died_before_its_first_version_is_seen_by_other_stores_and_undone_with_the_description()
 {
    let bench = Bench::new(AccountOptions {
        kill_after: Some(1),
        ..options()
    })
    .await;
    bench.account.deploy("dynamodb-reads", |settings| {
        settings.description = "orders of the shop".to_owned();
    });
    let before = bench.account.describe();
    let mut draft = draft("dynamodb-reads");
    draft.sizes = "512,1024".parse().ok();
    let plan = draft.build().unwrap();
    let dead = id();
    let (events, mut watcher) = tokio::sync::mpsc::channel(1024);
    let killed = bench.account.kill_point();
    tokio::select! {
        _ = bench.tuner.tune(dead.clone(), plan.clone(), events, CancellationToken::new()) => panic!("it ended"),
        () = killed => {}
        () = async { while watcher.recv().await.is_some() {} std::future::pending().await } => {}
    }
    let left = &bench.account.describe().functions["dynamodb-reads"];
    let sign = format!("[iacstone {dead}: 256 MB before] orders of the shop");
    assert_eq!(
        (left.latest.description.as_str(), left.versions.len()),
        (&*sign, 0)
    );

    let other = tuner(&bench.account, Store::in_memory().unwrap()).await;
    let function = "dynamodb-reads".parse().unwrap();
    let updating = async || {
        let now = other.lambda.configuration(&function).await.unwrap();
        now.status.update == UpdateStatus::InProgress
    };
    while updating().await {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let (events, _watcher) = tokio::sync::mpsc::channel(1024);
    let changes = bench.account.mutating_calls();
    let refused = other
        .tune(id(), plan, events, CancellationToken::new())
        .await;
    let words = refused.unwrap_err().to_string();
    assert!(words.contains(&format!("runs recover {dead}")), "{words}");
    assert!(words.contains("it had 256 MB before"), "{words}");
    assert_eq!(bench.account.mutating_calls(), changes);

    bench.tuner.recover(&dead).await.unwrap();
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn a_recovery_makes_a_call_void_that_is_still_on_its_way() {
    let bench = Bench::fast().await;
    let lambda = &bench.tuner.lambda;
    let function = "dynamodb-reads".parse().unwrap();
    let then = lambda.configuration(&function).await.unwrap();
    let run = id();
    let journal = Journal {
        run: run.clone(),
        started: jiff::Timestamp::now(),
        original: Original {
            function_arn: then.arn.clone(),
            endpoint: None,
            memory: then.memory,
            description: Some(then.description.clone()),
            versions: Vec::new(),
        },
        steps: Vec::new(),
    };
    let store = &bench.tuner.store;
    store.journals().begin(&journal).await.unwrap();
    let size = MemoryMb::new(1024).unwrap();
    let step = JournalEntry::SettingMemory(size);
    store.journals().append_step(&run, step).await.unwrap();
    let before = bench.account.describe();
    bench.tuner.recover(&run).await.unwrap();
    let late = lambda
        .set_memory(&function, size, None, &then.status.revision)
        .await;
    assert!(matches!(late, Err(AwsError::Changed(_))), "{late:?}");
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn an_open_journal_that_cannot_be_read_stops_a_run_before_it_begins() {
    let folder = tempfile::tempdir().unwrap();
    let bench = Bench::fast().await;
    let account = bench.account.clone();
    let tuner = tuner(&account, Store::open(folder.path()).unwrap()).await;
    let (events, mut watcher) = tokio::sync::mpsc::channel(1024);
    let run = tuner.tune(
        id(),
        plan("dynamodb-reads"),
        events,
        CancellationToken::new(),
    );
    let watching = async {
        while let Some(event) = watcher.recv().await {
            if matches!(&event, RunEvent::Phase(phase) if phase.contains("1024")) {
                account.set_faults(Faults::parse("*=expired-token").unwrap());
            }
        }
    };
    let (run, ()) = tokio::join!(run, watching);
    assert!(!measured(&run.unwrap()).cleanup.restored);
    account.set_faults(Faults::default());
    let connection = rusqlite::Connection::open(folder.path().join(FILE_NAME)).unwrap();
    let spoiled = "UPDATE journals SET original = '{\"of\": \"a newer iacstone\"}'";
    assert_eq!(connection.execute(spoiled, []).unwrap(), 1);
    let (events, _watcher) = tokio::sync::mpsc::channel(1024);
    let before = account.mutating_calls();
    let tuning = tuner.tune(
        id(),
        plan("dynamodb-reads"),
        events,
        CancellationToken::new(),
    );
    let error = tuning.await.unwrap_err();
    assert!(matches!(error, Error::Unreadable(_)), "{error}");
    assert_eq!(account.mutating_calls(), before);
}

#[tokio::test]
async fn an_alias_is_moved_only_as_it_was_seen() {
    let bench = Bench::new(options()).await;
    let (lambda, function) = (&bench.tuner.lambda, "busy".parse().unwrap());
    let seen = lambda.alias(&function, "prod").await.unwrap().unwrap();
    assert!(!seen.is_split);
    lambda
        .point_alias(&function, "prod", Some(&seen), "1")
        .await
        .unwrap();
    let error = lambda
        .point_alias(&function, "prod", Some(&seen), "2")
        .await;
    assert!(matches!(error, Err(AwsError::Changed(_))), "{error:?}");
}

#[tokio::test]
async fn a_size_that_may_have_been_set_stays_in_the_journal_although_nobody_could_look() {
    let bench = Bench::fast().await;
    let before = bench.account.describe();
    let account = bench.account.clone();
    let mut draft = draft("dynamodb-reads");
    // Without the current size the function is probed, and then set before anything is looked at.
    draft.sizes = "512,1024".parse().ok();
    let (plan, stop) = (draft.build().unwrap(), CancellationToken::new());
    let watched = bench.watch(plan, stop, |event, _| {
        if matches!(event, RunEvent::Phase(phase) if phase.contains("probing")) {
            let unclear = Faults::parse("UpdateFunctionConfiguration=server-error:x1").unwrap();
            let blind = Faults::parse("GetFunctionConfiguration=access-denied").unwrap();
            account.set_faults(unclear.and(blind));
        }
    });
    let run = watched.await.0.unwrap();
    let why = failure(&run);
    assert!(why.contains("UpdateFunctionConfiguration"), "{why}");
    let journal = bench
        .tuner
        .store
        .journals()
        .of_run(&run.id)
        .await
        .unwrap()
        .unwrap();
    let size = MemoryMb::new(1024).unwrap();
    assert_eq!(journal.steps, [JournalEntry::SettingMemory(size)]);
    bench.account.set_faults(Faults::default());
    bench.tuner.recover(&run.id).await.unwrap();
    assert_eq!(bench.account.describe(), before);
}

#[tokio::test]
async fn a_version_of_another_run_is_not_given_to_the_users_alias() {
    let bench = Bench::fast().await;
    let size = MemoryMb::new(512).unwrap();
    bench
        .account
        .deploy("dynamodb-reads", |settings| settings.memory = size);
    let mut draft = draft("dynamodb-reads");
    draft.apply = Some(Apply::Alias("live".to_owned()));
    let (events, mut watcher) = tokio::sync::mpsc::channel(8);
    let (lambda, plan) = (&bench.tuner.lambda, draft.build().unwrap());
    let tuning = bench
        .tuner
        .tune(id(), plan, events, CancellationToken::new());
    let meanwhile = async {
        while let Some(event) = watcher.recv().await {
            if !matches!(&event, RunEvent::Phase(phase) if phase.contains("deleting")) {
                continue;
            }
            let slow = Faults::parse("GetAlias=slow:9000").unwrap();
            bench.account.set_faults(slow);
            let function = "dynamodb-reads".parse().unwrap();
            let now = lambda.configuration(&function).await.unwrap();
            let (code, revision) = (&now.code.sha256, &now.status.revision);
            let theirs = lambda.publish(&function, code, revision, "iacstone:r-theirs");
            theirs.await.unwrap();
        }
    };
    let (run, ()) = tokio::join!(tuning, meanwhile);
    let run = run.unwrap();
    let why = failure(&run);
    assert!(why.contains("belongs to run 'r-theirs'"), "{why}");
    let function = &bench.account.describe().functions["dynamodb-reads"];
    assert!(!function.aliases.contains_key("live"));
    let applied = measured(&run).applied.as_ref().unwrap();
    assert_eq!((applied.memory_mb, &applied.version), (size, &None));
}

#[tokio::test]
async fn a_deploy_during_the_measurement_is_told_and_left_alone() {
    let bench = Bench::fast().await;
    let account = bench.account.clone();
    let stop = CancellationToken::new();
    let mut draft = draft("dynamodb-reads");
    // Long enough that it goes on when the function is restored.
    draft.num = Some(150.into());
    let watched = bench.watch(draft.build().unwrap(), stop, |event, _| {
        if matches!(event, RunEvent::Restored) {
            let deployed = account.deploy("dynamodb-reads", |settings| {
                settings.memory = MemoryMb::new(2000).unwrap();
            });
            assert!(deployed);
        }
    });
    let run = watched.await.0.unwrap();
    assert_finished(&run);
    let cleanup = measured(&run).cleanup;
    assert!(cleanup.is_complete());
    assert_eq!(cleanup.differs, Some(Difference::ByOthers));
    let words = "is as somebody else made it meanwhile, which is left alone";
    assert_eq!(cleanup.words(), words);
}

#[tokio::test]
async fn a_delete_is_tried_again_whatever_became_of_it() {
    for fault in ["server-error:x2", "cut:x2"] {
        let bench = Bench::new(faulty(&[&format!("DeleteFunction={fault}")])).await;
        let before = bench.account.describe();
        let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
        assert_finished(&run);
        assert_clean(&run);
        assert_eq!(bench.account.describe(), before, "{fault}");
    }
}

#[tokio::test]
async fn an_invocation_without_an_answer_is_told() {
    let bench = Bench::new(faulty(&["Invoke=cut:x1"])).await;
    let run = bench.tune(plan("dynamodb-reads")).await.unwrap();
    let warnings = measured(&run).warnings.join("\n");
    let words = "1 invocation had no answer; AWS may have charged it";
    assert!(warnings.contains(words), "{warnings}");
}
