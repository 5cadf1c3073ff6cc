//! Topics and commands share one namespace, in which a command wins.

use std::collections::BTreeSet;

use super::*;

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn topics_have_names_of_their_own() {
    let names: BTreeSet<&str> = TOPICS.iter().map(|topic| topic.name).collect();
    assert_eq!(names.len(), TOPICS.len());
    let commands = Cli::command();
    for name in names {
        assert!(commands.find_subcommand(name).is_none(), "{name}");
        assert!(list().contains(&format!("\n  {name} ")), "{name}");
    }
}

#[test]
fn words_lead_from_command_to_command() {
    let commands = Cli::command();
    for (line, depth) in [("runs list", 2), ("runs lost", 1), ("keys", 0), ("", 0)] {
        assert_eq!(deepest(&commands, &words(line)), depth, "{line}");
    }
}

#[test]
fn a_wrong_word_is_answered_with_the_one_meant() {
    let commands = Cli::command();
    for (word, meant) in [("rihgts", "rights"), ("tial", "tail")] {
        let said = unknown(word, &commands);
        let wanted = format!("'{word}' is no command and no topic; did you mean '{meant}'?");
        assert_eq!(said, wanted);
    }
    let said = unknown("xylophone", &commands);
    assert!(said.contains("use one of 'keys', 'rights'"), "{said}");
}

#[test]
fn no_topic_is_wider_than_the_page_but_for_its_code() {
    let options = LayoutOptions::default();
    for topic in &TOPICS {
        let document = document(topic.html(&keymap()));
        for width in [40, 80, 100] {
            let lines = document.lay_out(width, &options).lines;
            let prose = lines.iter().filter(|line| !line.wide);
            for line in prose {
                let columns: usize = line
                    .spans
                    .iter()
                    .map(|it| crate::text::width(&it.text))
                    .sum();
                assert!(columns <= width, "{} at {width}: {line:?}", topic.name);
            }
        }
    }
}

#[test]
fn the_topic_of_the_keys_tells_the_users_own() {
    let own = keymap().merged("keymap.toml", "[global]\nquit = [\"f9\"]\n");
    let keys = TOPICS.iter().find(|topic| topic.is_of_keys()).unwrap();
    let html = keys.html(&own.unwrap());
    assert!(html.contains("<tr><td>f9</td><td>Quit</td><td>quit</td></tr>"));
    assert!(!html.contains("ctrl-c"));
}
