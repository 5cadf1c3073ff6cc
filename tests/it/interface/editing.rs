//! The payload in an editor of the user's own, which has the terminal meanwhile.

use super::{SIZE, demo, open_plan};
use crate::pty::Session;

/// Starts the interface with a script as the editor and opens a plan.
fn plan(script: &str) -> Session {
    let editor = format!("sh -c {}", script.replace(' ', "${IFS}"));
    let mut session = demo(SIZE, vec![("EDITOR", editor)]);
    open_plan(&mut session, "no-op");
    session
}

#[test]
fn an_editor_has_the_terminal_and_its_text_becomes_the_payload() {
    // The file is the shell's `$0`.
    let mut session = plan("ls -l $0>mode;echo editing;read line;echo $line>$0;echo $0>path");
    session.send("v");
    session.wait_until("the editor", |screen| {
        !screen.alternate_screen() && screen.contents().contains("editing")
    });
    // Neither of these is a key of the program, which would quit.
    session.send("[1,2,\"q\"]\n");
    session.wait_until("the plan", |screen| {
        screen.alternate_screen() && screen.contents().contains("[1,2,\"q\"] (9 bytes)")
    });
    let read = |name: &str| std::fs::read_to_string(session.home().join(name)).unwrap();
    assert!(read("mode").starts_with("-rw-------"), "{}", read("mode"));
    let path = read("path");
    assert!(path.trim().ends_with("payload.json"), "{path}");
    assert!(!std::path::Path::new(path.trim()).exists());
    session.send("q");
    assert_eq!(session.wait_for_exit().0, 0);
    super::assert_restored(&session);
}

#[test]
fn an_editor_that_fails_leaves_the_payload_as_it_was() {
    let mut session = plan("echo gone>$0;exit 3");
    session.send("v");
    session.wait_for("did not work: exit status: 3");
    session.wait_for("none (sends null)");
    let mut session = demo(SIZE, vec![("VISUAL", "no-such-editor".to_owned())]);
    open_plan(&mut session, "no-op");
    session.send("v");
    session.wait_for("the editor 'no-such-editor' did not work");
}
