//! Opening: permissions, formats, and files that are no store.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use rusqlite::ErrorCode;
use tempfile::TempDir;

use super::*;
use crate::power::{JournalEntry, RunId};
use crate::store::example::{journal, plain};
use crate::store::journals;
use crate::store::runs::rows;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// A store that was opened, and the plain connection another program would have.
fn raw(dir: &TempDir) -> Connection {
    open(dir.path()).unwrap().close().unwrap();
    Connection::open(dir.path().join(FILE_NAME)).unwrap()
}

#[test]
fn only_the_owner_can_read_directory_and_files() {
    let dir = folder();
    let data = dir.path().join("share").join("iacstone");
    let mut database = open(&data).unwrap();
    rows::save(&mut database, plain("r1")).unwrap();
    assert_eq!(mode(&data), 0o700);
    let mut names: Vec<String> = fs::read_dir(&data)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "iacstone.db",
            "iacstone.db-shm",
            "iacstone.db-wal",
            "opening.lock"
        ]
    );
    for name in names {
        assert_eq!(mode(&data.join(&name)), 0o600, "{name}");
    }
}

#[test]
fn files_that_others_could_read_are_taken_from_them() {
    let dir = folder();
    let first = open(dir.path()).unwrap();
    let files = ["iacstone.db", "iacstone.db-wal", "iacstone.db-shm"];
    for name in files {
        fs::set_permissions(dir.path().join(name), Permissions::from_mode(0o644)).unwrap();
    }
    let second = open(dir.path()).unwrap();
    for name in files {
        assert_eq!(mode(&dir.path().join(name)), 0o600, "{name}");
    }
    drop((first, second));
}

#[test]
fn the_settings_make_the_journal_durable() {
    let dir = folder();
    let database = open(dir.path()).unwrap();
    let setting = |name: &str| {
        let value = |row: &rusqlite::Row<'_>| row.get::<_, rusqlite::types::Value>(0);
        database
            .connection()
            .pragma_query_value(None, name, value)
            .unwrap()
    };
    assert_eq!(setting("journal_mode"), "wal".to_owned().into());
    assert_eq!(setting("synchronous"), 2.into());
    assert_eq!(setting("foreign_keys"), 1.into());
    assert_eq!(setting("busy_timeout"), 5_000.into());
}

#[test]
fn a_journal_step_is_synced_again_after_a_sample_was_not() {
    let dir = folder();
    let mut database = open(dir.path()).unwrap();
    rows::save(&mut database, plain("r1")).unwrap();
    journals::begin(&mut database, &journal("r1")).unwrap();
    let level = |database: &Database| -> i64 {
        let value = |row: &rusqlite::Row<'_>| row.get(0);
        database
            .connection()
            .pragma_query_value(None, "synchronous", value)
            .unwrap()
    };
    let (run, sample) = (RunId("r1".to_owned()), crate::store::example::full_sample());
    rows::append(
        &mut database,
        &run,
        crate::store::example::memory(128),
        &sample.into(),
    )
    .unwrap();
    assert_eq!(level(&database), 1);
    journals::append_step(&mut database, &run, &JournalEntry::Restored).unwrap();
    assert_eq!(level(&database), 2);
}

#[test]
fn a_step_is_there_for_another_connection_and_after_a_crash() {
    let dir = folder();
    let mut database = open(dir.path()).unwrap();
    journals::begin(&mut database, &journal("r1")).unwrap();
    let run = RunId("r1".to_owned());
    let mut expected = journal("r1");
    for _ in 0..3 {
        journals::append_step(&mut database, &run, &JournalEntry::Restored).unwrap();
        expected.steps.push(JournalEntry::Restored);
        let mut other = open(dir.path()).unwrap();
        assert_eq!(
            journals::of_run(&mut other, &run).unwrap().as_ref(),
            Some(&expected)
        );
    }
    // What a crash leaves: the files as they are now, without a clean close.
    let crashed = folder();
    for name in ["iacstone.db", "iacstone.db-wal"] {
        fs::copy(dir.path().join(name), crashed.path().join(name)).unwrap();
    }
    drop(database);
    assert_eq!(
        journals::of_run(&mut open(crashed.path()).unwrap(), &run).unwrap(),
        Some(expected)
    );
}

#[test]
fn a_store_of_a_newer_program_is_left_as_it_is() {
    let dir = folder();
    let connection = raw(&dir);
    connection.pragma_update(None, "user_version", 99).unwrap();
    connection.close().unwrap();
    let before = fs::read(dir.path().join(FILE_NAME)).unwrap();
    let refused = open(dir.path()).unwrap_err();
    assert!(matches!(refused, StoreError::Newer { found: 99, .. }));
    let sentence = refused.to_string();
    assert!(sentence.contains(&format!(
        "has format 99, this iacstone knows formats up to {}; use the newer",
        crate::store::schema::known()
    )));
    assert_eq!(fs::read(dir.path().join(FILE_NAME)).unwrap(), before);
}

#[test]
fn a_store_that_is_moved_on_under_a_running_program_is_not_written_any_more() {
    let dir = folder();
    let connection = raw(&dir);
    let mut database = open(dir.path()).unwrap();
    rows::save(&mut database, plain("r1")).unwrap();
    connection
        .pragma_update(None, "user_version", crate::store::schema::known() + 1)
        .unwrap();
    assert!(matches!(
        rows::save(&mut database, plain("r2")),
        Err(StoreError::Newer { .. })
    ));
    assert!(matches!(
        rows::all(&mut database),
        Err(StoreError::Newer { .. })
    ));
}

#[test]
fn a_file_that_is_no_database_is_left_as_it_is() {
    let dir = folder();
    let path = dir.path().join(FILE_NAME);
    let text = "not a database, but longer than the header of one. ".repeat(40);
    fs::write(&path, &text).unwrap();
    assert!(matches!(
        open(dir.path()),
        Err(StoreError::NotADatabase { .. })
    ));
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_database_of_another_program_is_left_as_it_is() {
    let dir = folder();
    let path = dir.path().join(FILE_NAME);
    let other = Connection::open(&path).unwrap();
    other
        .execute_batch("CREATE TABLE bookmarks (url TEXT)")
        .unwrap();
    other.close().unwrap();
    let before = fs::read(&path).unwrap();
    assert!(matches!(open(dir.path()), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_store_is_told() {
    let dir = folder();
    let mut database = open(dir.path()).unwrap();
    for n in 0..50 {
        rows::save(&mut database, plain(&format!("r{n}"))).unwrap();
    }
    database.check().unwrap();
    database.close().unwrap();
    let path = dir.path().join(FILE_NAME);
    // Opening reads the schema: only the runs are damaged.
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'runs'";
    let page: i64 = raw(&dir).query_row(root, [], |row| row.get(0)).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let end = 4096 * usize::try_from(page).unwrap();
    bytes[end - 4096..end].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let mut database = open(dir.path()).unwrap();
    assert!(matches!(
        rows::all(&mut database),
        Err(StoreError::Damaged { .. })
    ));
    assert!(matches!(database.check(), Err(StoreError::Damaged { .. })));
}

#[test]
#[expect(clippy::print_stderr, reason = "a check that is skipped says so")]
fn a_place_that_cannot_be_written_is_named() {
    let dir = folder();
    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let read_only = dir.path().join("read-only");
    fs::create_dir(&read_only).unwrap();
    fs::set_permissions(&read_only, Permissions::from_mode(0o500)).unwrap();
    let mut places = vec![file.join("data"), PathBuf::from("/proc/iacstone")];
    if rustix::process::geteuid().is_root() {
        eprintln!("skipped the read-only directory: root may write everywhere");
    } else {
        places.push(read_only);
    }
    for place in places {
        let refused = open(&place).unwrap_err();
        assert!(
            matches!(refused, StoreError::Unwritable { .. }),
            "{refused}"
        );
        let sentence = refused.to_string();
        assert!(sentence.contains(place.to_str().unwrap()) && sentence.contains("--data-dir"));
    }
}

#[test]
fn what_sqlite_may_only_read_is_told() {
    let dir = folder();
    let mut database = open(dir.path()).unwrap();
    database
        .connection()
        .pragma_update(None, "query_only", true)
        .unwrap();
    let refused = rows::save(&mut database, plain("r1")).unwrap_err();
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
    for (code, extended) in [
        (ErrorCode::CannotOpen, 14),
        (ErrorCode::PermissionDenied, 3),
    ] {
        let cause = rusqlite::ffi::Error {
            code,
            extended_code: extended,
        };
        let cause = rusqlite::Error::SqliteFailure(cause, None);
        let refused = StoreError::from_sqlite(DOING, "here", cause);
        assert!(matches!(refused, StoreError::ReadOnly { .. }));
    }
}

#[test]
fn a_store_that_stays_locked_is_told() {
    let dir = folder();
    let blocker = raw(&dir);
    let mut database = open(dir.path()).unwrap();
    database
        .connection()
        .busy_timeout(Duration::from_millis(20))
        .unwrap();
    blocker.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = rows::save(&mut database, plain("r1")).unwrap_err();
    assert!(matches!(refused, StoreError::Busy { .. }), "{refused}");
    assert_eq!(rows::all(&mut database).unwrap(), (Vec::new(), Vec::new()));
    blocker.execute_batch("ROLLBACK").unwrap();
    rows::save(&mut database, plain("r1")).unwrap();
}

#[test]
fn threads_that_open_a_fresh_store_together_all_work() {
    for _ in 0..10 {
        let dir = folder();
        std::thread::scope(|scope| {
            for n in 0..4 {
                let place = dir.path();
                scope.spawn(move || {
                    let mut database = open(place).unwrap();
                    rows::save(&mut database, plain(&format!("r{n}"))).unwrap();
                });
            }
        });
        assert_eq!(
            rows::all(&mut open(dir.path()).unwrap()).unwrap().0.len(),
            4
        );
    }
}

#[test]
fn a_disk_too_full_for_the_shared_index_is_full_and_not_broken() {
    // What SQLite says when it cannot make the -shm file of a write-ahead log as long as it must be.
    let cause = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    let cause = rusqlite::Error::SqliteFailure(cause, None);
    let told = StoreError::from_sqlite(DOING, "here", cause);
    assert!(matches!(told, StoreError::Full { .. }));
}
