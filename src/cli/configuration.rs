//! `iacstone config`: what is set, where it comes from, whether the files are right.

use std::path::Path;

use serde::Serialize;

use super::args::{ConfigCommand, GlobalArgs};
use super::output::Output;
use super::table::{Side, Table};
use super::{Answer, Failure};
use crate::config::{self, Environment, Places, Settings};

/// Shows or checks the configuration.
///
/// # Errors
/// Exit code 2 when the configuration is wrong.
pub(super) fn run(
    command: ConfigCommand,
    global: &GlobalArgs,
    output: &mut Output,
) -> Result<Answer, Failure> {
    match command {
        ConfigCommand::Show => show(&load(global)?, global.json, output)?,
        ConfigCommand::Path => paths(global, output)?,
        ConfigCommand::Check => {
            load(global)?;
            check(global, output)?;
        }
    }
    Ok(Answer::Done)
}

fn load(global: &GlobalArgs) -> Result<Settings, Failure> {
    let environment: Environment = std::env::vars_os().collect();
    config::load(global, &environment).map_err(Failure::usage)
}

/// One setting.
#[derive(Serialize)]
struct Setting<'a> {
    key: &'a str,
    value: Option<&'a str>,
    origin: String,
}

fn show(settings: &Settings, json: bool, output: &mut Output) -> Result<(), Failure> {
    let all: Vec<Setting<'_>> = settings
        .resolved
        .iter()
        .map(|resolved| Setting {
            key: resolved.key,
            value: resolved.value.as_deref(),
            origin: resolved.origin.to_string(),
        })
        .collect();
    if json {
        return output.json(&all);
    }
    let columns = [
        ("key", Side::Left),
        ("value", Side::Left),
        ("from", Side::Left),
    ];
    let mut table = Table::new(&columns);
    for setting in all {
        let value = setting.value.unwrap_or("-");
        table.row([setting.key.to_owned(), value.to_owned(), setting.origin]);
    }
    output.data(&table.to_string())
}

/// One place.
#[derive(Serialize)]
struct Place {
    what: &'static str,
    path: Option<String>,
    exists: bool,
}

impl Place {
    fn of(what: &'static str, path: Option<&Path>) -> Self {
        Self {
            what,
            path: path.map(|path| path.display().to_string()),
            exists: path.is_some_and(Path::exists),
        }
    }
}

fn places(global: &GlobalArgs) -> [Place; 3] {
    let places = Places::of(global);
    [
        Place::of("config", places.config.as_deref()),
        Place::of("keymap", places.keymap().as_deref()),
        Place::of("theme", places.theme().as_deref()),
    ]
}

fn paths(global: &GlobalArgs, output: &mut Output) -> Result<(), Failure> {
    let places = places(global);
    if global.json {
        return output.json(&places);
    }
    let mut table = Table::new(&[("file", Side::Left), ("", Side::Left), ("path", Side::Left)]);
    for place in places {
        let there = if place.exists { "exists" } else { "absent" };
        let path = place.path.unwrap_or_else(|| "no home directory".to_owned());
        table.row([place.what.to_owned(), there.to_owned(), path]);
    }
    output.data(&table.to_string())
}

/// The files were read and joined already: what is left is to say so.
fn check(global: &GlobalArgs, output: &mut Output) -> Result<(), Failure> {
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
