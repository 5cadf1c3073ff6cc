//! `iacstone manual`: one page with all commands and all topics, for `man`.

use std::fmt::Write as _;
use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::Cli;
use super::help::{TOPICS, document};
use super::output::Output;
use super::page;
use super::{CommandExit, CommandFailure};
use crate::app::keymap;
use crate::articles::LayoutOptions;

/// The columns of what is laid out already: `man` indents it in 80.
const WIDTH: usize = 72;

/// Prints the manual page.
///
/// # Errors
/// When standard output takes no more.
pub(super) fn print(output: &mut Output) -> Result<CommandExit, CommandFailure> {
    let page = page().map_err(CommandFailure::work)?;
    output.data(&page)?;
    Ok(CommandExit::Done)
}

fn page() -> io::Result<String> {
    let mut command = Cli::command();
    let mut page = of_program(&command)?;
    page.push_str(".SH COMMANDS\n");
    command.build();
    for below in command.get_subcommands() {
        add_commands(below, &mut page)?;
    }
    for topic in &TOPICS {
        let _ = writeln!(page, ".SH {}", topic.about.to_uppercase());
        let document = document(topic.html(&keymap()));
        let options = LayoutOptions {
            wrap_code: true,
            marks: true,
            ..LayoutOptions::default()
        };
        let text = page::print(&document, WIDTH, options);
        let (_title, text) = text.split_once("\n\n").unwrap_or(("", &text));
        page.push_str(&as_it_is(text));
    }
    Ok(page)
}

/// The sections of the program itself.
fn of_program(command: &Command) -> io::Result<String> {
    let man = Man::new(command.clone());
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// A command that does something, with its own options; of others those below them.
fn add_commands(command: &Command, page: &mut String) -> io::Result<()> {
    if command.has_subcommands() {
        let below = command.get_subcommands();
        let mut below = below.filter(|below| below.get_name() != "help");
        return below.try_for_each(|below| add_commands(below, page));
    }
    let words = command.get_bin_name().unwrap_or(command.get_name());
    let _ = writeln!(page, ".SS {words}");
    let usage = command.clone().render_usage().to_string();
    page.push_str(&as_it_is(usage.trim_start_matches("Usage: ")));
    let own = command.clone().mut_args(|arg| {
        let is_everywhere = arg.is_global_set() || arg.get_id() == "help";
        arg.hide(is_everywhere)
    });
    let man = Man::new(own);
    let mut sections = Vec::new();
    man.render_description_section(&mut sections)?;
    man.render_options_section(&mut sections)?;
    let sections = String::from_utf8_lossy(&sections).into_owned();
    // Headings would end the section; what is defined stands at the top of the page.
    let of_page = |line: &&str| {
        [".SH ", ".ie ", ".el "]
            .iter()
            .any(|it| line.starts_with(it))
    };
    for line in sections.lines().filter(|line| !of_page(line)) {
        page.push_str(line);
        page.push('\n');
    }
    if let Some(after) = command.get_after_help() {
        page.push_str(&as_it_is(&after.to_string()));
    }
    Ok(())
}

/// Lines that are left as they are.
fn as_it_is(text: &str) -> String {
    let lines = text.lines().map(|line| {
        // At the begin of a line these would be commands; elsewhere a hyphen is to be copied as one.
        let is_command = line.starts_with(['.', '\'']);
        let guard = if is_command { "\\&" } else { "" };
        let line = line.replace('\\', "\\e").replace('-', "\\-");
        format!("{guard}{line}\n")
    });
    format!(".PP\n.nf\n{}.fi\n", lines.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_every_command_and_every_topic() {
        let page = page().unwrap();
        assert!(page.contains("\n.SS iacstone runs list\n"), "{page}");
        assert!(page.contains("\n.SS iacstone tail\n"), "{page}");
        for topic in &TOPICS {
            let head = format!("\n.SH {}\n", topic.about.to_uppercase());
            assert_eq!(page.matches(&head).count(), 1, "{}", topic.name);
        }
        assert!(page.contains("lambda:ListFunctions"), "{page}");
    }

    #[test]
    fn lines_as_they_are_hold_no_commands() {
        let roff = as_it_is(".env\n'x'\nC:\\a --all");
        assert_eq!(roff, ".PP\n.nf\n\\&.env\n\\&'x'\nC:\\ea \\-\\-all\n.fi\n");
    }
}
