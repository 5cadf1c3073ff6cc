//! The whole program in a terminal: the real binary, the demo or a simulated account of this process.

mod code;
mod editing;
mod endings;
mod idle;
mod journey;
mod reading;
mod served;
mod sharing;
mod stores;
mod stories;
mod terminals;

use std::path::Path;

use super::pty::{Session, Setup};
pub(crate) use served::Served;

/// The binary.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_iacstone");

/// The size of most tests.
pub(crate) const SIZE: (u16, u16) = (100, 30);

/// A command line.
pub(crate) fn line(arguments: &[&str]) -> Vec<String> {
    let words = std::iter::once(&PROGRAM).chain(arguments);
    words.map(|word| (*word).to_owned()).collect()
}

/// Starts the interface on the demo's account in real time, and waits until all of it is there.
pub(crate) fn demo(size: (u16, u16), variables: Vec<(&str, String)>) -> Session {
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo", "--demo-speed", "1"]),
        size,
        variables,
    });
    session.wait_for("network ok  store ok");
    session
}

/// Starts the interface on an account, with its data in `data`, through a wrapper such as `sh -c '…' sh`.
pub(crate) fn on_account(account: &Served, data: &Path, wrapper: &[&str]) -> Session {
    let mut command: Vec<String> = wrapper.iter().map(|word| (*word).to_owned()).collect();
    command.extend(line(&account.arguments(data)));
    let mut session = Session::spawn(&Setup {
        command,
        size: SIZE,
        variables: Served::variables(),
    });
    session.wait_for("network ok  store ok");
    session
}

/// Opens the plan of a function.
pub(crate) fn open_plan(session: &mut Session, function: &str) {
    session.send("n");
    session.wait_for(" functions");
    session.send("/");
    session.wait_for("Filter:");
    session.send(function);
    session.wait_for(&format!("with '{function}'"));
    session.send("\r");
    // The keys are there before the list is.
    session.wait_until("the function found", |screen| {
        let text = screen.contents();
        let row = [format!("▸ {function}"), format!("> {function}")];
        text.contains("enter plan") && row.iter().any(|row| text.contains(row))
    });
    session.send("\r");
    session.wait_for(&format!("Plan a run of {function}"));
}

/// Starts a run of a function with the plan as it is proposed, and waits for the first points.
pub(crate) fn start_run(session: &mut Session, function: &str) {
    open_plan(session, function);
    session.send("\x13");
    session.wait_until("the question or the run", |screen| {
        let text = screen.contents();
        text.contains("y yes") || text.contains("Under way")
    });
    if session.screen().contains("y yes") {
        session.send("y");
    }
    session.wait_for("so far");
}

/// Dismisses the notice. An escape and a key that come at once are one key, so this waits.
pub(crate) fn dismiss(session: &mut Session) {
    session.send("\x1b");
    session.wait_until("no notice", |screen| {
        let text = screen.contents();
        [" ✓  ", " i  ", " ✗  "]
            .iter()
            .all(|sign| !text.contains(sign))
    });
}

/// The shell's screen is back.
pub(crate) fn assert_restored(session: &Session) {
    let emulator = session.emulator();
    assert!(!emulator.alternate_screen(), "still on the second screen");
    assert!(!emulator.hide_cursor(), "the cursor is hidden");
    assert!(!emulator.bracketed_paste(), "pastes are bracketed");
}
