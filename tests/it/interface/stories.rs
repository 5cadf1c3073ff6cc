//! Ways through all panes, key by key, in the demo and at two sizes of the terminal.

use super::{dismiss, line};
use crate::pty::{Session, Setup};

/// The demo, many times as fast as AWS.
fn demo(size: (u16, u16)) -> Session {
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo", "--demo-speed", "60"]),
        size,
        variables: Vec::new(),
    });
    session.wait_for("network ok  store ok");
    session
}

/// Waits until no run is under way, and for what its end says.
fn wait_for_the_end(session: &mut Session) {
    session.wait_until("the end of the run", |screen| {
        let text = screen.contents();
        !text.contains("Under way") && (text.contains(" ✓ ") || text.contains(" i "))
    });
    dismiss(session);
}

/// Follows the log group of a function.
fn follow(session: &mut Session, function: &str) {
    session.send("2");
    session.wait_for("enter follow");
    session.send("/");
    session.wait_for("Filter:");
    session.send(function);
    session.wait_for(&format!("/aws/lambda/{function}"));
    session.send("\r");
    session.wait_for("1 of 23 with");
    session.send("\r");
    session.wait_for("LIVE");
}

#[test]
fn from_an_article_to_a_decision_at_80x24() {
    from_an_article_to_a_decision((80, 24));
}

#[test]
fn from_an_article_to_a_decision_at_120x40() {
    from_an_article_to_a_decision((120, 40));
}

/// An article's chart, the same experiment on a function of one's own, its own log, a sample in it, the change of code, and
/// whether it held.
fn from_an_article_to_a_decision(size: (u16, u16)) {
    let mut session = demo(size);
    session.send("1");
    session.wait_for("Six shapes of cost and speed");
    session.send("jj\r");
    session.wait_for("f link");
    session.send("L");
    session.wait_for("the chart of dynamodb-reads");
    session.send("jj\r");
    session.wait_for("esc back to the article");
    session.send("N");
    session.wait_for("Which function for the plan of dynamodb-reads?");
    session.wait_for("enter plan");
    session.send("\r");
    session.wait_for("128,256,512,1024,1536,3008");
    session.send("\x13");
    session.wait_for("against");
    wait_for_the_end(&mut session);
    session.wait_for("I as code");
    session.send("L");
    session.wait_for("the run's own log from");
    session.wait_for("esc back to the run");
    session.send("\x1b");
    session.wait_for("I as code");
    session.send("v");
    session.wait_for("enter its invocation");
    session.send("\r");
    session.wait_for("all again");
    session.wait_for("REPORT RequestId:");
    session.send("\x1b");
    session.wait_for("esc back to the run");
    session.send("\x1b");
    session.wait_for("enter its invocation");
    session.send("\x1b");
    session.wait_for("I as code");
    session.send("I");
    session.wait_for("256 → 512 MB");
    session.send("\x1b");
    session.wait_for("I as code");
    session.send("=");
    session.wait_for("said of warm calls: ");
    session.wait_for("512 MB: not enough traffic yet");
    session.send("\x1b");
    session.wait_for("I as code");
    session.send("q");
    session.wait_for_exit();
}

#[test]
fn from_an_error_at_night_to_an_answer_at_80x24() {
    from_an_error_at_night_to_an_answer((80, 24));
}

#[test]
fn from_an_error_at_night_to_an_answer_at_120x40() {
    from_an_error_at_night_to_an_answer((120, 40));
}

/// The error before, unfolded; its cause; the event that its invocation printed as the payload of a plan without the sizes
/// that are too small; the answer.
fn from_an_error_at_night_to_an_answer(size: (u16, u16)) {
    let mut session = demo(size);
    follow(&mut session, "memory-hungry");
    session.send("E");
    session.wait_for("fold it");
    session.send("\r");
    session.wait_for("memory ran out");
    session.send("\x1b");
    session.wait_for("fold it");
    session.send("J");
    session.wait_for("Plan a run of memory-hungry");
    session.wait_for("ran out of 1024 MB");
    session.wait_for("1536,3008");
    session.send("\x13");
    session.wait_for("Under way");
    wait_for_the_end(&mut session);
    session.wait_for("1536 MB");
    session.send("q");
    session.wait_for_exit();
}

#[test]
fn a_payload_comes_from_a_sample_event_and_from_a_file() {
    let mut session = demo((80, 24));
    let file = session.home().join("event.json");
    std::fs::write(&file, r#"{"order": 17}"#).unwrap();
    super::open_plan(&mut session, "no-op");
    session.send("jj\r");
    session.wait_for("Payload of no-op");
    session.send(&format!("@{}\x13", file.display()));
    session.wait_for("{\"order\": 17} (13 bytes)");
    session.send("\x13");
    session.wait_for("Under way");
    wait_for_the_end(&mut session);
    // The plan of the last run comes back on a key.
    super::open_plan(&mut session, "no-op");
    session.send("N");
    session.wait_for("The plan is that of the run of");
    session.wait_for("{ \"order\": 17 } (17 bytes)");
    session.send("e");
    session.wait_for("Sample event");
    session.send("sqs\r");
    session.wait_for("The payload is the sample event");
    session.send("q");
    session.wait_for_exit();
}
