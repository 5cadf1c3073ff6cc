//! Ctrl-Z and `fg`, in a real shell.

use super::{Session, Setup, child};

fn shell() -> Session {
    let mut session = Session::spawn(&Setup {
        command: ["bash", "--norc", "--noprofile", "-i"]
            .map(str::to_owned)
            .into(),
        size: (60, 12),
        variables: vec![child::variable(), ("PS1", "shell> ".to_owned())],
    });
    session.wait_for("shell>");
    session.send(&format!("{}\n", child::command().join(" ")));
    session.wait_for("ready");
    session
}

#[test]
fn ctrl_z_gives_the_screen_to_the_shell_and_fg_takes_it_back() {
    let mut session = shell();
    session.send("a");
    session.wait_for("last=a");
    session.send("\x1a");
    session.wait_until("the shell", |screen| {
        !screen.alternate_screen() && screen.contents().contains("Stopped")
    });
    assert!(!session.emulator().hide_cursor());
    session.send("echo back-$((40+2))\n");
    session.wait_for("back-42");
    session.resize(50, 10);
    session.send("fg\n");
    session.wait_until("the program", |screen| {
        screen.alternate_screen() && screen.contents().contains("size=50x10")
    });
    session.send("b");
    let screen = session.wait_for("last=ab");
    assert!(
        screen.contains("ready") && !screen.contains("back-42"),
        "{screen}"
    );
}

#[test]
fn a_stop_from_outside_is_followed_by_a_whole_screen() {
    let mut session = shell();
    let program = child::shown_process(&mut session);
    super::process::signal(program, rustix::process::Signal::STOP);
    session.wait_until("the shell", |screen| screen.contents().contains("Stopped"));
    session.send("fg\n");
    session.send("c");
    let screen = session.wait_for("last=c");
    assert!(
        screen.contains("ready") && !screen.contains("Stopped"),
        "{screen}"
    );
}

#[test]
fn without_a_shell_ctrl_z_is_survived() {
    let mut session = child::start();
    session.send("\x1a");
    session.wait_until("the first screen", |screen| !screen.alternate_screen());
    session.wait_until("the program", |screen| {
        screen.alternate_screen() && screen.contents().contains("ready")
    });
    session.send("d");
    session.wait_for("last=d");
}
