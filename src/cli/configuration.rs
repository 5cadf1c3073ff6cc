//! `iacstone config`: what is set, where it comes from, whether the files are right.

use std::path::Path;

use serde::Serialize;

use super::args::ConfigCommand;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure};
use crate::app::keymap;
use crate::config::{self, Environment, GlobalArgs, Places, Settings};

/// Shows or checks the configuration.
///
/// # Errors
/// Exit code 2 when the configuration is wrong.
pub(super) fn run(
    command: ConfigCommand,
    global: &GlobalArgs,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    match command {
        ConfigCommand::Show => show(&load(global)?, global.json, output)?,
        ConfigCommand::Path => paths(global, output)?,
        ConfigCommand::Check => {
            load(global)?;
            check(global, output)?;
        }
    }
    Ok(CommandExit::Done)
}

fn load(global: &GlobalArgs) -> Result<Settings, CommandFailure> {
    let environment: Environment = std::env::vars_os().collect();
    config::load(global, &environment, keymap()).map_err(CommandFailure::usage)
}

/// One setting.
#[derive(Serialize)]
struct ConfigSetting<'a> {
    key: &'a str,
    value: Option<&'a str>,
    origin: String,
}

fn show(settings: &Settings, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let all: Vec<ConfigSetting<'_>> = settings
        .resolved
        .iter()
        .map(|resolved| ConfigSetting {
            key: resolved.key,
            value: resolved.value.as_deref(),
            origin: resolved.origin.to_string(),
        })
        .collect();
    if json {
        return output.json(&all);
    }
    let columns = [
        ("key", Alignment::Left),
        ("value", Alignment::Left),
        ("from", Alignment::Left),
    ];
    let mut table = TextTable::new(&columns);
    for setting in all {
        let value = setting.value.unwrap_or("-");
        table.row([setting.key.to_owned(), value.to_owned(), setting.origin]);
    }
    output.data(&table.to_string())
}

/// One place.
#[derive(Serialize)]
struct ConfigPlace {
    what: &'static str,
    path: Option<String>,
    exists: bool,
}

impl ConfigPlace {
    fn of(what: &'static str, path: Option<&Path>) -> Self {
        Self {
            what,
            path: path.map(|path| path.display().to_string()),
            exists: path.is_some_and(Path::exists),
        }
    }
}

fn places(global: &GlobalArgs) -> [ConfigPlace; 3] {
    let places = Places::of(global);
    [
        ConfigPlace::of("config", places.config.as_deref()),
        ConfigPlace::of("keymap", places.keymap().as_deref()),
        ConfigPlace::of("theme", places.theme().as_deref()),
    ]
}

fn paths(global: &GlobalArgs, output: &mut Output) -> Result<(), CommandFailure> {
    let places = places(global);
    if global.json {
        return output.json(&places);
    }
    let mut table = TextTable::new(&[
        ("file", Alignment::Left),
        ("", Alignment::Left),
        ("path", Alignment::Left),
    ]);
    for place in places {
        let there = if place.exists { "exists" } else { "absent" };
        let path = place.path.unwrap_or_else(|| "no home directory".to_owned());
        table.row([place.what.to_owned(), there.to_owned(), path]);
    }
    output.data(&table.to_string())
}

/// The files were read and joined already: what is left is to say so.
fn check(global: &GlobalArgs, output: &mut Output) -> Result<(), CommandFailure> {
    let read: Vec<String> = places(global)
        .into_iter()
        .filter(|place| place.exists)
        .filter_map(|place| place.path)
        .collect();
    if global.json {
        return output.json(&serde_json::json!({"ok": true, "files": read}));
    }
    output.data(&match read.as_slice() {
        [] => "There is no configuration file; the defaults hold.\n".to_owned(),
        files => format!("The configuration is right: {}\n", files.join(", ")),
    })
}
