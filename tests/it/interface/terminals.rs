//! Terminals that are small, poor, or none.

use std::process::{Command, Stdio};

use super::{PROGRAM, assert_restored, demo, line, open_plan};
use crate::pty::{Session, Setup};

#[test]
fn a_tiny_terminal_is_told_so_and_a_storm_of_sizes_is_survived() {
    let mut session = Session::spawn(&Setup {
        command: line(&["--demo"]),
        size: (20, 5),
        variables: Vec::new(),
    });
    session.wait_for("20x5 is too small");
    session.resize(80, 24);
    session.wait_for("network ok  store ok");
    session.resize(20, 5);
    session.wait_for("20x5 is too small");
    for step in 0..60 {
        session.resize(1 + step * 3, 1 + step % 40);
    }
    session.resize(100, 30);
    session.wait_until("the footer in the last row", |screen| {
        let text = screen.contents();
        let last = text.lines().nth(29).unwrap_or_default();
        last.contains("q quit") && text.contains("Examples")
    });
    session.send("q");
    assert_eq!(session.wait_for_exit().0, 0);
    assert_restored(&session);
}

#[test]
fn without_an_input_terminal_there_is_a_sentence_and_exit_code_2() {
    let output = Command::new(PROGRAM)
        .arg("--demo")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty(), "{:?}", output.stdout);
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(words.contains("input is not a terminal"), "{words}");
    assert!(words.contains("iacstone --help"), "{words}");
}

#[test]
fn a_piped_output_is_a_sentence_and_exit_code_2() {
    let script =
        r#"{ "$@" 2>errors; echo "code $?" >code; } | cat >output; cat code errors; wc -c <output"#;
    let mut command = ["sh", "-c", script, "sh"].map(str::to_owned).to_vec();
    command.extend(line(&["--demo"]));
    let mut session = Session::spawn(&Setup {
        command,
        size: (120, 10),
        variables: Vec::new(),
    });
    let (_, screen) = session.wait_for_exit();
    assert!(screen.contains("code 2"), "{screen}");
    assert!(screen.contains("output is not a terminal"), "{screen}");
    let output = std::fs::read(session.home().join("output")).unwrap();
    assert!(output.is_empty(), "{output:?}");
}

/// Looks at every kind of screen.
fn look_around(session: &mut Session) {
    open_plan(session, "no-op");
    session.send("?");
    session.wait_for("esc close");
    session.send("?");
    session.wait_for("ctrl-s start");
    session.send("\x13");
    session.wait_for("so far");
    session.send("Gct");
    session.wait_for("t chart");
    session.send("q");
    session.wait_for("y yes");
    session.send("y");
    assert_eq!(session.wait_for_exit().0, 0);
}

#[test]
fn no_color_means_no_colour_in_any_byte() {
    let mut session = demo((100, 30), vec![("NO_COLOR", "1".to_owned())]);
    look_around(&mut session);
    let written = String::from_utf8_lossy(session.written()).into_owned();
    let mut styles = 0;
    for parameters in select_graphic_renditions(&written) {
        styles += 1;
        for number in parameters.split([';', ':']) {
            let number: u16 = number.parse().unwrap_or_default();
            let is_colour = matches!(number, 30..=38 | 40..=48 | 58 | 90..=107);
            assert!(!is_colour, "a colour: ESC[{parameters}m");
        }
    }
    assert!(styles > 0, "what matters still stands out");
}

/// The parameters of each `CSI … m`.
fn select_graphic_renditions(written: &str) -> impl Iterator<Item = &str> {
    written.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | ';' | ':'))?;
        rest[end..].starts_with('m').then_some(&rest[..end])
    })
}

#[test]
fn a_terminal_without_utf_8_gets_ascii_only() {
    let mut session = demo((100, 30), vec![("LANG", "en_US.ISO-8859-1".to_owned())]);
    look_around(&mut session);
    let strange: Vec<&u8> = session
        .written()
        .iter()
        .filter(|byte| !byte.is_ascii())
        .collect();
    assert!(strange.is_empty(), "{strange:?}");
}
