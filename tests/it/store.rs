//! The store through its public face: asynchronous, shared by processes, and after one of them was killed.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use iacstone::lambda::{Architecture, MemoryMb};
use iacstone::power::{Journal, JournalEntry, Original, Run, RunId, RunOrigin};
use iacstone::store::{FILE_NAME, RunLock, Store, StoreError};
use rustix::fs::Mode;
use tokio::runtime::Builder;

const ROLE: &str = "IACSTONE_TEST_ROLE";
const PLACE: &str = "IACSTONE_TEST_PLACE";

fn run(id: &str) -> Run {
    Run {
        id: RunId(id.to_owned()),
        name: id.to_owned(),
        note: String::new(),
        started: "2026-11-21T10:15:30Z".parse().unwrap(),
        origin: RunOrigin::Imported {
            from: "link".to_owned(),
            architecture: Architecture::Arm64,
            region: "eu-west-1".to_owned(),
            points: Vec::new(),
        },
    }
}

fn journal(id: &str) -> Journal {
    Journal {
        run: RunId(id.to_owned()),
        started: "2026-11-21T10:15:30Z".parse().unwrap(),
        original: Original {
            function_arn: "arn:aws:lambda:eu-west-1:123456789012:function:busy".to_owned(),
            endpoint: None,
            memory: MemoryMb::MIN,
            description: None,
            versions: Vec::new(),
        },
        steps: vec![JournalEntry::SettingMemory(MemoryMb::MAX)],
    }
}

fn start(role: &str, place: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture"])
        .arg("store::in_a_process_of_its_own")
        .env(ROLE, role)
        .env(PLACE, place)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

fn wait_for_line(child: &mut Child, wanted: &str) {
    let output = BufReader::new(child.stdout.as_mut().unwrap());
    let found = output.lines().any(|line| line.unwrap().ends_with(wanted));
    assert!(found, "the child ended without saying '{wanted}'");
}

#[test]
#[ignore = "the tests below start it"]
fn in_a_process_of_its_own() {
    let (role, place) = (std::env::var(ROLE).unwrap(), std::env::var(PLACE).unwrap());
    if role == "open-umask" {
        rustix::process::umask(Mode::empty());
    }
    let act = act(&role, Path::new(&place));
    Builder::new_current_thread().build().unwrap().block_on(act);
}

async fn act(role: &str, place: &Path) {
    let store = Store::open(place).unwrap();
    match role {
        "open-umask" => store.runs().save(&run("r1")).await.unwrap(),
        "tune" => {
            let id = RunId("r1".to_owned());
            let _lock = RunLock::acquire(place, &id).unwrap().unwrap();
            store.journals().begin(&journal("r1")).await.unwrap();
            store
                .journals()
                .append_step(&id, JournalEntry::Restored)
                .await
                .unwrap();
            println!("tuning");
            // Until it is killed, or whoever started it is gone.
            std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
        }
        name => {
            for n in 0..20 {
                store
                    .runs()
                    .save(&run(&format!("{name}-{n}")))
                    .await
                    .unwrap();
            }
        }
    }
}

#[tokio::test]
async fn what_was_saved_is_there_after_the_store_was_closed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(store.directory(), Some(dir.path()));
    let clone = store.clone();
    store.runs().save(&run("r1")).await.unwrap();
    clone.journals().begin(&journal("r1")).await.unwrap();
    store.close().await.unwrap();
    assert!(!dir.path().join(format!("{FILE_NAME}-wal")).exists());
    assert!(matches!(clone.runs().all().await, Err(StoreError::Closed)));
    assert!(matches!(clone.close().await, Err(StoreError::Closed)));
    let again = Store::open(dir.path()).unwrap();
    assert_eq!(
        again.runs().all().await.unwrap(),
        (vec![run("r1")], Vec::new())
    );
    let open = again.journals().all().await.unwrap();
    assert_eq!(open, (vec![journal("r1")], Vec::new()));
    again.check().await.unwrap();
}

#[tokio::test]
async fn every_call_reaches_the_store() {
    let store = Store::in_memory().unwrap();
    let id = RunId("r1".to_owned());
    assert_eq!(store.directory(), None);
    store.runs().save(&run("r1")).await.unwrap();
    store.runs().rename(&id, "nicer").await.unwrap();
    let renamed = store.runs().find("nicer").await.unwrap();
    assert_eq!(store.runs().with_id(&id).await.unwrap(), Some(renamed));
    store.runs().delete(&id).await.unwrap();
    assert_eq!(store.runs().with_id(&id).await.unwrap(), None);
    store.journals().begin(&journal("r1")).await.unwrap();
    store
        .journals()
        .append_step(&id, JournalEntry::Restored)
        .await
        .unwrap();
    let steps = store.journals().of_run(&id).await.unwrap().unwrap().steps;
    assert_eq!(steps.last(), Some(&JournalEntry::Restored));
    store.journals().close(&id).await.unwrap();
    assert_eq!(store.journals().of_run(&id).await.unwrap(), None);
}

#[tokio::test]
async fn many_callers_at_once_are_all_served() {
    let store = Store::in_memory().unwrap();
    let calls = (0..500).map(|n| {
        let store = store.clone();
        async move { store.runs().save(&run(&format!("r{n}"))).await }
    });
    for saved in futures::future::join_all(calls).await {
        saved.unwrap();
    }
    assert_eq!(store.runs().all().await.unwrap().0.len(), 500);
}

#[tokio::test]
async fn a_locked_store_does_not_hold_up_the_runtime() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let blocker = rusqlite::Connection::open(dir.path().join(FILE_NAME)).unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let saved = run("r1");
    let mut saving = Box::pin(store.runs().save(&saved));
    let mut turns = 0;
    while turns < 20 {
        tokio::select! {
            biased;
            early = &mut saving => panic!("saved while locked: {early:?}"),
            () = tokio::task::yield_now() => turns += 1,
        }
    }
    blocker.execute_batch("ROLLBACK").unwrap();
    saving.await.unwrap();
}

#[tokio::test]
async fn processes_that_open_a_fresh_store_together_all_work() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("data");
    let children: Vec<Child> = ["a", "b", "c", "d"].map(|name| start(name, &place)).into();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::open(&place).unwrap();
    store.check().await.unwrap();
    let (runs, unreadable) = store.runs().all().await.unwrap();
    assert_eq!((runs.len(), unreadable.len()), (80, 0));
}

#[tokio::test]
async fn the_journal_of_a_killed_process_is_there_and_its_lock_is_free() {
    let dir = tempfile::tempdir().unwrap();
    let id = RunId("r1".to_owned());
    let mut child = start("tune", dir.path());
    wait_for_line(&mut child, "tuning");
    let alive = RunLock::acquire(dir.path(), &id).unwrap();
    let store = Store::open(dir.path()).unwrap();
    let while_alive = store.journals().of_run(&id).await.unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(alive.is_none(), "two processes held one run lock");
    let mut expected = journal("r1");
    expected.steps.push(JournalEntry::Restored);
    assert_eq!(while_alive.as_ref(), Some(&expected));
    drop(store);
    let after = Store::open(dir.path()).unwrap();
    assert_eq!(after.journals().of_run(&id).await.unwrap(), Some(expected));
    assert!(RunLock::acquire(dir.path(), &id).unwrap().is_some());
}

#[test]
fn permissions_do_not_depend_on_the_umask() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().join("data");
    assert!(start("open-umask", &place).wait().unwrap().success());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o700);
    assert_eq!(mode(&place.join(FILE_NAME)), 0o600);
    assert_eq!(mode(&place.join("opening.lock")), 0o600);
}
