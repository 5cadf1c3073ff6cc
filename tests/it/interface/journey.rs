//! A user's way through the program, at two sizes of the terminal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{assert_restored, demo, dismiss, open_plan};
use crate::pty::Session;

#[test]
fn the_whole_journey_at_80x24() {
    journey((80, 24));
}

#[test]
fn the_whole_journey_at_120x40() {
    journey((120, 40));
}

fn journey(size: (u16, u16)) {
    let mut session = demo(size, Vec::new());
    let screen = session.screen();
    assert!(
        screen.contains("demo  123456789012  demo  us-east-1  network ok  store ok"),
        "{screen}"
    );
    edit_the_payload(&mut session);
    cancel_a_run(&mut session);
    finish_a_run(&mut session);
    walk_and_compare(&mut session);
    look_closer(&mut session);
    rename_delete_and_undo(&mut session);
    write_and_read(&mut session);
    help_and_quit(&mut session);
}

/// Broken JSON is said while it is typed, and not taken.
fn edit_the_payload(session: &mut Session) {
    open_plan(session, "no-op");
    session.send("jj\r");
    session.wait_for("Payload of no-op");
    session.send("{\"a\": ");
    session.wait_for("the text ends inside a value");
    // Refused: what is typed next still arrives in the editor.
    session.send("\x13");
    session.send("1}");
    session.wait_until("sound JSON in the editor", |screen| {
        let text = screen.contents();
        text.contains("{\"a\": 1}") && !text.contains("the text ends")
    });
    session.send("\x13");
    session.wait_for("{\"a\": 1} (8 bytes)");
}

/// Points and the running pick arrive, the seconds pass, and `x` gives the function its size back.
fn cancel_a_run(session: &mut Session) {
    session.send("\x13");
    session.wait_for("Under way");
    session.wait_for("so far 128 MB");
    session.wait_for("0:01");
    session.send("x");
    session.wait_for("Cancelled the run of no-op: it has its 128 MB again");
    session.wait_until("no run under way", |screen| {
        !screen.contents().contains("Under way")
    });
    dismiss(session);
}

fn finish_a_run(session: &mut Session) {
    open_plan(session, "no-op");
    fill(session, "128,256", "128,256");
    session.send("j");
    fill(session, "5", "Samples each   5 ");
    session.send("\x13");
    session.wait_for("Under way");
    session.wait_for("no-op: 256 MB is cheapest");
    session.wait_until("no run under way", |screen| {
        !screen.contents().contains("Under way")
    });
    dismiss(session);
    session.wait_for("2 x 5 samples");
}

/// Edits the field in front.
fn fill(session: &mut Session, text: &str, shown: &str) {
    session.send("\r");
    session.wait_for("enter ok");
    session.send(&format!("\x15{text}\r"));
    session.wait_until(shown, |screen| {
        let screen = screen.contents();
        screen.contains(shown) && screen.contains("ctrl-s start")
    });
}

fn walk_and_compare(session: &mut Session) {
    session.send("j");
    session.wait_for("cancelled · ");
    session.send("k");
    session.wait_for("2 x 5 samples");
    session.send("c");
    session.wait_for("no-op is marked");
    session.send("jjj");
    session.wait_for("matrix-inversion  against  no-op");
    // Good news goes with what the key does: this one ends the comparison too.
    session.send("\x1b");
    session.wait_until("neither notice nor comparison", |screen| {
        let text = screen.contents();
        !text.contains("against  no-op") && !text.contains("is marked")
    });
    session.send("g");
    session.wait_for("2 x 5 samples");
}

/// Weight, billing step, baseline, table.
fn look_closer(session: &mut Session) {
    session.send("]");
    session.wait_for("balanced at 0.55 cost");
    session.send("[");
    session.wait_for("balanced at 0.50 cost");
    session.send("s");
    session.wait_for("billed per 1 ms");
    session.send("lb");
    session.wait_until("256 as the baseline", |screen| {
        let text = screen.contents();
        text.contains("┊ 256") || text.contains("┊ baseline 256")
    });
    session.send("t");
    session.wait_for("changes against 256 MB");
    session.send("t");
    session.wait_for("duration, ms");
}

fn rename_delete_and_undo(session: &mut Session) {
    session.send("R");
    session.wait_for("New name: no-op");
    session.send(" two\r");
    session.wait_for("▸  no-op two");
    session.send("d");
    session.wait_for("Deleted no-op two");
    session.wait_until("it is gone", |screen| {
        !screen.contents().contains("▸  no-op two")
    });
    session.send("u");
    session.wait_for("▸  no-op two");
}

/// Export, import of the file, the link on the clipboard, import of the link.
fn write_and_read(session: &mut Session) {
    session.send("e");
    session.wait_for("no-op-two.json");
    session.send("\r");
    session.wait_for("Wrote ");
    let file = session.home().join("no-op-two.json");
    assert!(file.exists());
    session.send("i");
    session.wait_for("Import:");
    session.send("no-op-two.json\r");
    session.wait_for("This run is here already, as no-op two.");
    session.send("y");
    session.wait_for("Copied the link of no-op two.");
    let link = copied(session.written());
    assert!(link.starts_with("https://"), "{link}");
    session.send("i");
    session.wait_for("Import:");
    session.send(&format!("\x1b[200~{link}\x1b[201~\r"));
    session.wait_until("the link as a run", |screen| {
        let text = screen.contents();
        text.contains("Imported ") && text.contains("means only")
    });
    dismiss(session);
}

/// The text last sent to the clipboard with OSC 52.
fn copied(written: &[u8]) -> String {
    let written = String::from_utf8_lossy(written);
    let (_, sequence) = written.rsplit_once("\x1b]52;c;").expect("something copied");
    let end = sequence.find(['\x07', '\x1b']).expect("its end");
    String::from_utf8(STANDARD.decode(&sequence[..end]).unwrap()).unwrap()
}

fn help_and_quit(session: &mut Session) {
    session.send("?");
    session.wait_for("Pick a function and plan a run");
    session.send("G");
    session.wait_for("Commands of a stack");
    session.send("?");
    session.wait_until("no help", |screen| {
        !screen.contents().contains("Commands of a stack")
    });
    session.send("q");
    assert_eq!(session.wait_for_exit().0, 0);
    assert_restored(session);
}
