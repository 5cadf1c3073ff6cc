//! Two processes on one store.

use super::{Served, dismiss, on_account, start_run};

#[test]
fn two_interfaces_tune_at_once_and_both_see_both_runs() {
    let served = Served::fast(5.0);
    let before = served.account.describe();
    let data = tempfile::tempdir().unwrap();
    let mut first = on_account(&served, data.path(), &[]);
    let mut second = on_account(&served, data.path(), &[]);
    start_run(&mut first, "no-op");
    start_run(&mut second, "dynamodb-reads");
    for session in [&mut first, &mut second] {
        session.wait_until("the end of the run", |screen| {
            let text = screen.contents();
            text.contains("is cheapest") && !text.contains("Under way")
        });
    }
    for session in [&mut first, &mut second] {
        dismiss(session);
        session.send("r");
        session.wait_until("both runs", |screen| {
            let text = screen.contents();
            saved(&text) == 2 && text.contains("dynamodb-reads")
        });
        session.send("q");
        assert_eq!(session.wait_for_exit().0, 0);
    }
    assert_eq!(served.account.describe(), before);
}

/// The number of saved runs in the list.
fn saved(screen: &str) -> usize {
    screen
        .lines()
        .skip_while(|line| !line.starts_with(" Runs"))
        .skip(1)
        .take_while(|line| !line.starts_with(" Examples"))
        .count()
}

#[test]
fn a_run_that_is_alive_elsewhere_is_neither_shown_as_cut_off_nor_undone() {
    let served = Served::fast(1.0);
    let before = served.account.describe();
    let data = tempfile::tempdir().unwrap();
    let mut first = on_account(&served, data.path(), &[]);
    start_run(&mut first, "no-op");
    let output = served.run(data.path(), &["runs", "recover"]);
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{words}");
    assert!(
        words.contains("still under way in another iacstone"),
        "{words}"
    );
    let mut second = on_account(&served, data.path(), &[]);
    second.send("X");
    let screen = second.wait_for("No run was cut off");
    assert!(!screen.contains("was cut off; X restores"), "{screen}");
    first.send("x");
    first.wait_for("Cancelled the run of no-op");
    assert_eq!(served.account.describe(), before);
}
