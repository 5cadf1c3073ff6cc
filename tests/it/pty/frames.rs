//! Frames and input: what is drawn, when, and how many bytes it costs.

use std::time::Duration;

use super::{child, process};

#[test]
fn the_first_frame_is_whole_and_on_the_second_screen() {
    let mut session = child::start();
    let screen = session.wait_for("size=60x12");
    assert!(screen.contains("state=started"), "{screen}");
    let emulator = session.emulator();
    assert!(emulator.alternate_screen() && emulator.hide_cursor() && emulator.bracketed_paste());
}

#[test]
fn a_key_is_echoed_in_one_synchronized_update_of_a_few_bytes() {
    let mut session = child::start();
    session.listen(Duration::from_millis(100));
    let before = session.bytes_written();
    session.send("x");
    session.wait_for("last=x");
    session.listen(Duration::from_millis(50));
    let frame = String::from_utf8(session.written()[before..].to_vec()).unwrap();
    assert!(frame.starts_with("\x1b[?2026h") && frame.ends_with("\x1b[?2026l"));
    assert!(frame.len() < 120, "{} bytes: {frame:?}", frame.len());
}

#[test]
fn a_key_that_changes_nothing_costs_nothing() {
    let mut session = child::start();
    session.listen(Duration::from_millis(100));
    // F5 means nothing to the program: it is told, drawn, and found unchanged.
    session.send("\x1b[15~\x1b[15~");
    assert_eq!(session.listen(Duration::from_millis(300)), 0);
    session.send("y");
    session.wait_for("last=y");
}

#[test]
fn an_idle_program_writes_nothing_uses_no_cpu_and_never_wakes_up() {
    let mut session = child::start();
    session.send("x");
    session.wait_for("last=x");
    session.listen(Duration::from_millis(200));
    let wakes = process::wakes(session.process_id());
    let ticks = session.cpu_ticks();
    assert_eq!(session.listen(Duration::from_secs(3)), 0);
    assert_eq!(session.cpu_ticks() - ticks, 0);
    assert_eq!(process::wakes(session.process_id()) - wakes, 0);
}

#[test]
fn a_program_is_told_the_time_as_long_as_it_wants_to_be() {
    let mut session = child::start();
    session.send("T");
    session.wait_for("beats=5");
    session.send("T");
    session.wait_until("no more beats", |screen| {
        !screen.contents().contains("beats=")
    });
    session.listen(Duration::from_millis(100));
    let wakes = process::wakes(session.process_id());
    assert_eq!(session.listen(Duration::from_millis(500)), 0);
    assert_eq!(process::wakes(session.process_id()) - wakes, 0);
}

#[test]
fn another_size_is_drawn_whole() {
    let mut session = child::start();
    session.resize(40, 6);
    session.wait_for("size=40x6");
    session.resize(100, 30);
    let screen = session.wait_for("size=100x30");
    assert!(
        screen.contains("ready") && screen.contains("state=started"),
        "{screen}"
    );
}

#[test]
fn a_storm_of_sizes_ends_on_the_last() {
    let mut session = child::start();
    for step in 0..60 {
        session.resize(20 + step, 6 + step % 10);
    }
    session.resize(70, 14);
    session.wait_for("size=70x14");
}

#[test]
fn a_paste_arrives_whole() {
    let mut session = child::start();
    session.send(&format!("\x1b[200~{}\x1b[201~", "paste ".repeat(2000)));
    session.wait_for("pasted=12000");
    session.send("z");
    session.wait_for("last=z");
}

#[test]
fn a_long_paste_without_brackets_arrives_whole() {
    let mut session = child::start();
    session.send(&"k".repeat(3000));
    session.wait_for("keys=3000");
}

#[test]
fn redraw_repairs_a_screen_that_another_program_spoiled() {
    let mut session = child::start();
    session.listen(Duration::from_millis(100));
    let before = session.bytes_written();
    session.send("\x0cw");
    session.wait_for("last=w");
    let again = String::from_utf8_lossy(&session.written()[before..]).into_owned();
    assert!(
        again.contains("\x1b[2J") && again.contains("ready"),
        "{again:?}"
    );
}

#[test]
fn a_flood_of_reports_does_not_hold_up_the_keyboard() {
    let mut session = child::start();
    session.send("F");
    session.wait_for("00000000");
    session.send("v");
    session.wait_for("last=v");
}
