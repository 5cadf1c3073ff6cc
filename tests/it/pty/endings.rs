//! Every way out: quitting, panics, signals, hang-ups, and no terminal at all.

use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use super::{Session, child, process};

/// The screen of the shell is back.
fn assert_restored(session: &Session) {
    let emulator = session.emulator();
    assert!(!emulator.alternate_screen(), "still on the second screen");
    assert!(!emulator.hide_cursor(), "the cursor is hidden");
    assert!(!emulator.bracketed_paste(), "pastes are bracketed");
}

#[test]
fn quitting_restores_the_screen() {
    let mut session = child::start();
    session.send("Q");
    let (code, screen) = session.wait_for_exit();
    assert_eq!(code, 0);
    assert!(screen.contains("ended Quit"), "{screen}");
    assert_restored(&session);
}

#[test]
fn the_line_discipline_is_given_back() {
    let mut session = child::start_through(&[
        "sh",
        "-c",
        r#"before=$(stty -g); "$@"; [ "$before" = "$(stty -g)" ] && echo same; read -r enough"#,
        "sh",
    ]);
    session.send("Q");
    session.wait_for("same");
    session.send("\n");
    session.wait_for_exit();
}

#[test]
fn a_panic_restores_the_screen_and_is_shown_there() {
    let mut session = child::start();
    session.send("P");
    let (code, _) = session.wait_for_exit();
    assert_ne!(code, 0);
    let written = String::from_utf8_lossy(session.written()).into_owned();
    let (_, shown) = written
        .split_once("\x1b[?1049l")
        .expect("the screen is left");
    assert!(shown.contains("the view fell down"), "{shown:?}");
    assert_restored(&session);
}

#[test]
fn a_panic_of_a_job_leaves_the_screen_alone() {
    let mut session = child::start();
    session.send("B");
    let screen = session.wait_for("state=fallen");
    assert!(!screen.contains("worker fell down"), "{screen}");
    assert!(session.emulator().alternate_screen());
    session.send("x");
    session.wait_for("last=x");
}

#[test]
fn signals_end_the_program_and_restore_the_screen() {
    let cases = [
        (Signal::TERM, 143, "Signal(Terminate)"),
        (Signal::HUP, 129, "Signal(HangUp)"),
        (Signal::INT, 130, "Signal(Interrupt)"),
    ];
    for (signal, expected, reason) in cases {
        let mut session = child::start();
        process::signal(session.process_id(), signal);
        let (code, screen) = session.wait_for_exit();
        assert_eq!(code, expected);
        assert!(screen.contains(reason), "{screen}");
        assert_restored(&session);
    }
}

#[test]
fn a_job_that_must_finish_does_so_while_the_screen_lives() {
    let mut session = child::start();
    session.send("J");
    session.send("Q");
    session.wait_for("state=leaving");
    session.send("k");
    session.wait_for("last=k");
    // Asking again neither hurries nor cuts it off.
    session.send("Qm");
    session.wait_for("last=km");
    child::let_finish(&session);
    let (code, screen) = session.wait_for_exit();
    assert_eq!(code, 0);
    assert!(screen.contains("restored=true"), "{screen}");
}

#[test]
fn a_signal_while_a_job_finishes_does_not_cut_it_off() {
    let mut session = child::start();
    session.send("JQ");
    session.wait_for("state=leaving");
    process::signal(session.process_id(), Signal::TERM);
    session.wait_for("state=terminated");
    child::let_finish(&session);
    let (_, screen) = session.wait_for_exit();
    assert!(screen.contains("restored=true"), "{screen}");
}

#[test]
fn a_terminal_that_takes_nothing_cannot_hold_the_program() {
    let mut session = child::start();
    session.send("F");
    session.wait_for("00000000");
    let gate = session.gate();
    let stalled = gate.lock().unwrap();
    session.listen(Duration::from_millis(300));
    let program = session.process_id();
    process::signal(program, Signal::TERM);
    process::wait_until_gone(program);
    drop(stalled);
    assert_eq!(session.wait_for_exit().0, 143);
}

#[test]
fn a_hang_up_ends_the_program_although_sighup_is_ignored() {
    let mut session = child::start_through(&["sh", "-c", r#"trap '' HUP; exec "$@""#, "sh"]);
    let program = child::shown_process(&mut session);
    session.close_master("x");
    process::wait_until_gone(program);
}

#[test]
fn a_hang_up_is_noticed_where_no_signal_can_come() {
    // In a session of its own the program has no controlling terminal, so the system sends it nothing.
    let mut session = child::start_through(&["setsid", "--wait"]);
    let program = child::shown_process(&mut session);
    session.close_master("x");
    process::wait_until_gone(program);
    let ended = std::fs::read_to_string(session.home().join("ended")).unwrap();
    assert!(ended.contains("HungUp"), "{ended}");
}

#[test]
fn a_job_finishes_after_a_hang_up_and_the_wait_does_not_spin() {
    let mut session = child::start_through(&["setsid", "--wait"]);
    let program = child::shown_process(&mut session);
    session.send("J");
    session.wait_for("state=working");
    session.close_master("x");
    child::wait_for_turns(&session, 20);
    let before = process::cpu_ticks(program).expect("the job is still at work");
    child::wait_for_turns(&session, 120);
    let after = process::cpu_ticks(program).expect("the job is still at work");
    assert!(after - before <= 5, "{} ticks", after - before);
    child::let_finish(&session);
    process::wait_until_gone(program);
    let ended = std::fs::read_to_string(session.home().join("ended")).unwrap();
    assert!(ended.contains("restored=true"), "{ended}");
}

#[test]
fn without_a_terminal_there_is_a_sentence_and_exit_code_2() {
    let (variable, value) = child::variable();
    let line = child::command();
    let output = Command::new(&line[0])
        .args(&line[1..])
        .env(variable, value)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(
        words.contains("standard input is not a terminal"),
        "{words}"
    );
    assert!(words.contains("iacstone --help"), "{words}");
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert!(!stdout.contains('\x1b'), "nothing is sent: {stdout:?}");
}
