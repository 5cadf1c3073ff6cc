//! Stores that cannot be used: a sentence, exit code 1, and the terminal is never touched.

use std::path::Path;

use iacstone::store::{FILE_NAME, Store};

use super::{SIZE, line};
use crate::pty::{Session, Setup};

/// Starts on this data directory and expects a refusal; gives the words.
fn refused(data: &Path) -> String {
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo", "--data-dir", data.to_str().unwrap()]),
        size: SIZE,
        variables: Vec::new(),
    });
    let (code, screen) = session.wait_for_exit();
    assert_eq!(code, 1, "{screen}");
    let written = String::from_utf8_lossy(session.written()).into_owned();
    assert!(!written.contains('\x1b'), "{written:?}");
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_store_of_a_newer_iacstone_is_left_alone() {
    let data = tempfile::tempdir().unwrap();
    drop(Store::open(data.path()).unwrap());
    let file = data.path().join(FILE_NAME);
    let connection = rusqlite::Connection::open(&file).unwrap();
    connection
        .pragma_update(None, "user_version", 9999)
        .unwrap();
    // The store's writer may close later than this connection: then nobody else brings the log into the file.
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    drop(connection);
    let before = std::fs::read(&file).unwrap();
    let words = refused(data.path());
    assert!(words.contains("has format 9999"), "{words}");
    assert!(words.contains("use the newer iacstone"), "{words}");
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_data_directory_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "not a folder").unwrap();
    let words = refused(&file.join("data"));
    assert!(words.contains("file/data"), "{words}");
    assert!(words.contains("--data-dir"), "{words}");
}
