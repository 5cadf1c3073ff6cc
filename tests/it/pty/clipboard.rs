//! Copies: through the terminal, or to a file.

use super::child;

#[test]
fn a_copy_goes_to_the_clipboard_of_the_terminal() {
    let mut session = child::start();
    session.send("C");
    session.wait_for("copied=clipboard");
    let written = String::from_utf8_lossy(session.written()).into_owned();
    assert!(
        written.contains("\x1b]52;c;Y29waWVkIHRleHQ=\x07"),
        "{written:?}"
    );
}

#[test]
fn a_long_copy_goes_to_a_file_whose_path_is_told() {
    let mut session = child::start();
    session.send("L");
    session.wait_until("a path", |screen| {
        screen
            .contents()
            .replace('\n', "")
            .contains("copies/copy.txt")
    });
    let copy = session.home().join("copies/copy.txt");
    assert_eq!(std::fs::read_to_string(copy).unwrap().len(), 100_000);
}
