//! `iacstone help`: the topics beside the help of the commands.

mod topics;

use std::io::IsTerminal;

use clap::{Command, CommandFactory};

use super::args::Cli;
use super::output::Output;
use super::page::{print, width};
use super::{CommandExit, CommandFailure};
use crate::app::keymap;
use crate::articles::{Document, LayoutOptions, Markup, Text};
use crate::config::{self, ConfigError, Environment, GlobalArgs, Settings};
use crate::text::advice;
pub(super) use topics::{TOPICS, Topic};

/// Prints a topic or the help of a command; without words the help of the program.
///
/// # Errors
/// Exit code 2 when the words are neither, and for the keys when the keymap is wrong.
pub(super) fn run(
    words: &[String],
    global: &GlobalArgs,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let commands = Cli::command();
    let known = deepest(&commands, words);
    let topic = |word: &String| TOPICS.iter().find(|topic| topic.name == word);
    match words {
        words if known == words.len() => of_command(words),
        [word] => match topic(word) {
            Some(topic) => show(topic, global, output)?,
            None => return Err(CommandFailure::usage(unknown(word, &commands))),
        },
        words => {
            let wrong = words.get(known).map_or("", String::as_str);
            return Err(CommandFailure::usage(unknown(wrong, &commands)));
        }
    }
    Ok(CommandExit::Done)
}

/// The list of topics, for the end of the program's help.
pub(super) fn list() -> String {
    let lines = TOPICS.map(|topic| format!("\n  {:<15}{}", topic.name, topic.about));
    format!("Topics (iacstone help TOPIC):{}", lines.concat())
}

/// How many of the words lead from command to command.
fn deepest(commands: &Command, words: &[String]) -> usize {
    let mut here = commands;
    for (depth, word) in words.iter().enumerate() {
        match here.find_subcommand(word) {
            Some(command) => here = command,
            None => return depth,
        }
    }
    words.len()
}

/// Has clap print the help of a command, as `--help` does, and ends the program.
fn of_command(words: &[String]) {
    let line = ["iacstone".to_owned()]
        .into_iter()
        .chain(words.iter().cloned());
    let asked = Cli::command().try_get_matches_from(line.chain(["--help".to_owned()]));
    if let Err(help) = asked {
        help.exit();
    }
}

/// On a terminal the topic is laid out as the reader shows it; elsewhere it is Markdown, a paragraph a line.
fn show(topic: &Topic, global: &GlobalArgs, output: &mut Output) -> Result<(), CommandFailure> {
    let environment: Environment = std::env::vars_os().collect();
    let settings = config::load(global, &environment, keymap());
    let (ascii, document) = match read(topic, settings) {
        Ok(read) => read,
        Err(error) => return Err(CommandFailure::usage(error)),
    };
    if !std::io::stdout().is_terminal() {
        return output.data(&document.markdown());
    }
    let options = LayoutOptions {
        ascii,
        marks: true,
        ..LayoutOptions::default()
    };
    output.data(&print(&document, width(None), options))
}

/// A topic, and whether it is to be drawn in ASCII. Broken files stand in the way of the keys alone: elsewhere nothing
/// but the looks depends on them, and ASCII is right on every terminal.
fn read(
    topic: &Topic,
    settings: Result<Settings, ConfigError>,
) -> Result<(bool, Document), ConfigError> {
    let (ascii, keymap) = match settings {
        Ok(settings) => (settings.ascii, settings.keymap),
        Err(error) if topic.is_of_keys() => return Err(error),
        Err(_) => (true, keymap()),
    };
    Ok((ascii, document(topic.html(&keymap))))
}

/// A text in HTML as the reader has it.
pub(super) fn document(html: String) -> Document {
    Document::read(&Text {
        markup: Markup::Html,
        source: html,
        base: None,
        enclosures: Vec::new(),
    })
}

/// What to type instead of a word that is neither command nor topic.
fn unknown(word: &str, commands: &Command) -> String {
    let names = commands.get_subcommands().map(Command::get_name);
    let known: Vec<&str> = TOPICS.iter().map(|it| it.name).chain(names).collect();
    let advice = advice(word, &known, TOPICS.len()).unwrap_or_default();
    format!("'{word}' is no command and no topic; {advice}")
}

#[cfg(test)]
mod tests;
