//! However the program ends in the middle of a run, the function is as it was and no version is left.

use std::time::Duration;

use rustix::process::Signal;

use super::{Served, assert_restored, on_account, start_run};
use crate::pty::{Session, process};

/// So slow that a run takes some seconds, and fast enough to wait for its clean-up.
const SPEED: f64 = 2.0;

/// A run in the middle: the function is at a test size, and versions are published.
struct Middle {
    served: Served,
    session: Session,
    before: iacstone::simulator::AccountSnapshot,
    data: tempfile::TempDir,
}

fn in_the_middle(wrapper: &[&str]) -> Middle {
    let served = Served::fast(SPEED);
    let before = served.account.describe();
    let data = tempfile::tempdir().unwrap();
    let mut session = on_account(&served, data.path(), wrapper);
    start_run(&mut session, "dynamodb-reads");
    assert_ne!(served.account.describe(), before, "nothing to clean up");
    Middle {
        served,
        session,
        before,
        data,
    }
}

impl Middle {
    /// Everything is as before, and the store knows the run and no journal.
    fn assert_clean(&self) {
        assert_eq!(self.served.account.describe(), self.before);
        let output = self.served.run(self.data.path(), &["runs", "recover"]);
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(words.contains("Nothing to recover"), "{words}");
        let output = self.served.run(self.data.path(), &["runs", "list"]);
        let list = String::from_utf8_lossy(&output.stdout);
        assert!(list.contains("dynamodb-reads"), "{list}");
    }
}

#[test]
fn a_termination_restores_the_function_first() {
    let mut middle = in_the_middle(&[]);
    process::signal(middle.session.process_id(), Signal::TERM);
    let (code, _) = middle.session.wait_for_exit();
    assert_eq!(code, 143);
    assert_restored(&middle.session);
    middle.assert_clean();
}

#[test]
fn a_hang_up_restores_the_function_first() {
    let mut middle = in_the_middle(&[]);
    let program = middle.session.process_id();
    middle.session.close_master("l");
    process::wait_until_gone(program);
    assert_eq!(middle.session.wait_for_exit().0, 129);
    middle.assert_clean();
}

#[test]
fn a_hang_up_restores_the_function_although_sighup_is_ignored() {
    let mut middle = in_the_middle(&["sh", "-c", r#"trap '' HUP; exec "$@""#, "sh"]);
    let program = middle.session.process_id();
    middle.session.close_master("l");
    process::wait_until_gone(program);
    middle.assert_clean();
}

#[test]
fn quitting_asks_first_and_restores_the_function() {
    let mut middle = in_the_middle(&[]);
    middle.session.send("q");
    middle
        .session
        .wait_for("Cancel the run of dynamodb-reads and quit?");
    middle.session.send("n");
    middle.session.wait_until("the question gone", |screen| {
        !screen.contents().contains("and quit?")
    });
    middle.session.listen(Duration::from_millis(50));
    middle.session.send("q");
    middle.session.wait_for("and quit?");
    middle.session.send("y");
    let (code, _) = middle.session.wait_for_exit();
    assert_eq!(code, 0);
    assert_restored(&middle.session);
    middle.assert_clean();
}
