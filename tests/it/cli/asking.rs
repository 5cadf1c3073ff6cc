//! On a terminal `tune` asks before it changes the live function, and shows how far it is on one line.

use crate::pty::{Session, Setup};

fn tune() -> Session {
    let line = [
        env!("CARGO_BIN_EXE_iacstone"),
        "--demo",
        "tune",
        "no-op",
        "--num",
        "5",
        "--powers",
        "128,256",
        "--apply",
    ];
    Session::spawn(&Setup {
        command: line.map(str::to_owned).to_vec(),
        size: (100, 30),
        variables: vec![("LANG", "C.UTF-8".to_owned())],
    })
}

#[test]
fn a_no_starts_nothing() {
    let mut session = tune();
    session.wait_for("Start? [y/N]");
    session.send("n\r");
    session.wait_for("nothing was started, nothing was changed");
    assert_eq!(session.wait_for_exit().0, 1);
}

#[test]
fn a_yes_starts_the_run_which_shows_where_it_is() {
    let mut session = tune();
    session.wait_for("changes the live function 'no-op'");
    session.send("y\r");
    session.wait_for("/12 samples");
    let screen = session.wait_for("Chart: https://");
    assert!(screen.contains("Recommended: 256 MB"), "{screen}");
    assert!(
        !screen.contains("/12 samples"),
        "the live line is gone: {screen}"
    );
    assert_eq!(session.wait_for_exit().0, 0);
}
