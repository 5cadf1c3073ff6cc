//! On a terminal `tune` asks before it changes the live function, and shows how far it is on one line.

use iacstone::simulator::{Blueprint, Reply, Workload};

use super::Site;
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

/// An account with a function whose answers are those of a failure, and `tune` on it.
fn doubted() -> (Site, Session) {
    let site = Site::fast();
    let workload = Workload {
        reply: Reply::Json("{\"statusCode\":502}"),
        ..Workload::computing()
    };
    site.account.add_function(Blueprint::new("kind", workload));
    let line = [
        env!("CARGO_BIN_EXE_iacstone"),
        "tune",
        "kind",
        "--num",
        "5",
        "--powers",
        "256,512",
    ];
    let session = Session::spawn(&Setup {
        command: line.map(str::to_owned).to_vec(),
        size: (100, 30),
        variables: vec![
            ("LANG", "C.UTF-8".to_owned()),
            ("AWS_ENDPOINT_URL", site.url.clone()),
            ("AWS_REGION", "us-east-1".to_owned()),
            ("AWS_ACCESS_KEY_ID", "test".to_owned()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ],
    });
    (site, session)
}

#[test]
fn an_answer_of_a_failure_is_asked_about_and_a_no_ends_the_run() {
    let (site, mut session) = doubted();
    let before = site.account.describe();
    session.wait_for("has statusCode 502");
    session.wait_for("Measure it all the same? [y/N]");
    session.send("n\r");
    session.wait_for("nothing more was measured");
    assert_eq!(session.wait_for_exit().0, 1);
    assert_eq!(site.account.describe(), before);
    assert!(site.account.invocations("kind") <= 2);
}

#[test]
fn an_answer_of_a_failure_is_measured_after_a_yes() {
    let (site, mut session) = doubted();
    let before = site.account.describe();
    session.wait_for("Measure it all the same? [y/N]");
    session.send("y\r");
    session.wait_for(" a month");
    assert_eq!(session.wait_for_exit().0, 0);
    assert_eq!(site.account.describe(), before);
}
