//! `iacstone help`: topics beside commands.

use super::Desk;
use crate::interface::line;
use crate::pty::{Session, Setup};

#[test]
fn a_command_is_explained_as_its_own_flag_does() {
    let desk = Desk::new();
    for command in [&["tail"][..], &["runs", "list"]] {
        let asked = desk.run(&[&["help"], command].concat());
        let own = desk.run(&[command, &["--help"]].concat());
        assert_eq!((asked.code, &asked.stdout), (Some(0), &own.stdout));
    }
    let whole = desk.run(&["help"]);
    assert_eq!(whole.stdout, desk.run(&["--help"]).stdout);
    assert!(
        whole
            .stdout
            .contains("\nTopics (iacstone help TOPIC):\n  keys ")
    );
}

#[test]
fn what_is_neither_command_nor_topic_is_refused() {
    let desk = Desk::new();
    desk.run(&["help", "sampeling"]).ends(
        2,
        "'sampeling' is no command and no topic; did you mean 'sampling'?",
    );
    desk.run(&["help", "keys", "tail"])
        .ends(2, "'keys' is no command");
}

#[test]
fn keys_are_the_users_own_and_a_broken_file_stands_in_the_way_of_them_alone() {
    let desk = Desk::new();
    let file = |name: &str| desk.home().join(name);
    std::fs::write(file("config.toml"), "").unwrap();
    std::fs::write(file("keymap.toml"), "[global]\nquit = [\"f9\"]\n").unwrap();
    let config = file("config.toml").display().to_string();
    let keys = desk.run(&["help", "keys", "--config", &config]);
    assert!(keys.stdout.contains("| f9 | Quit | quit |"), "{keys:?}");
    std::fs::write(file("keymap.toml"), "[global]\nquti = [\"f9\"]\n").unwrap();
    desk.run(&["help", "keys", "--config", &config])
        .ends(2, "keymap.toml:2");
    let rights = desk.run(&["help", "rights", "--config", &config]);
    assert_eq!(rights.code, Some(0));
    assert!(rights.stdout.contains("lambda:GetFunctionConfiguration"));
}

#[test]
fn on_a_terminal_a_topic_is_wrapped_to_its_width_and_in_a_pipe_it_is_not() {
    let mut session = Session::spawn(&Setup {
        command: line(&["help", "configuration"]),
        size: (50, 40),
        variables: Vec::new(),
    });
    let (code, screen) = session.wait_for_exit();
    assert_eq!(code, 0);
    assert!(screen.contains("Where settings come from\n"), "{screen}");
    assert!(
        screen.lines().all(|line| line.chars().count() <= 50),
        "{screen}"
    );
    let piped = Desk::new().run(&["help", "configuration"]).stdout;
    assert!(piped.starts_with("# Where settings come from\n"), "{piped}");
    assert!(piped.lines().any(|line| line.len() > 200), "{piped}");
}
