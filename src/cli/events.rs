//! `iacstone events`: sample events, and what is known of who sends them.

use serde::Serialize;
use serde_json::Value;

use super::args::EventsCommand;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure};
use crate::power::{EventCall, SampleEvent, events};

/// Shows sample events.
///
/// # Errors
/// When standard output takes no more.
pub(super) fn run(
    command: &EventsCommand,
    json: bool,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    match command {
        EventsCommand::List if json => {
            let listed: Vec<SampleEventJson<'_>> =
                events::all().iter().map(SampleEventJson::of).collect();
            output.json(&listed)?;
        }
        EventsCommand::List => output.data(&table().to_string())?,
        EventsCommand::Show { name, .. } if json => output.json(&WholeSampleEventJson {
            facts: SampleEventJson::of(name),
            event: name.sent(),
            readable: &name.readable,
        })?,
        EventsCommand::Show { name, readable } => show(name, *readable, output)?,
    }
    Ok(CommandExit::Done)
}

/// What is known of an event in JSON.
#[derive(Serialize)]
struct SampleEventJson<'e> {
    name: &'e str,
    title: &'e str,
    sender: &'e str,
    call: EventCall,
    time_limit_ms: Option<u32>,
    answer: &'e str,
    effects: &'e [String],
    encoded: bool,
}

impl<'e> SampleEventJson<'e> {
    fn of(event: &'e SampleEvent) -> Self {
        Self {
            name: event.name,
            title: &event.title,
            sender: &event.sender,
            call: event.call,
            time_limit_ms: event.time_limit_ms,
            answer: &event.answer,
            effects: &event.effects,
            encoded: event.is_encoded(),
        }
    }
}

/// An event in JSON: `event` as it is sent, `readable` as one reads it.
#[derive(Serialize)]
struct WholeSampleEventJson<'e> {
    #[serde(flatten)]
    facts: SampleEventJson<'e>,
    event: Value,
    readable: &'e Value,
}

fn table() -> TextTable {
    let mut table = TextTable::new(&[
        ("name", Alignment::Left),
        ("call", Alignment::Left),
        ("limit", Alignment::Right),
        ("what it is", Alignment::Left),
    ]);
    for event in events::all() {
        table.row([
            event.name.to_owned(),
            event.call.name().to_owned(),
            event.time_limit().unwrap_or_else(|| "-".to_owned()),
            event.title.clone(),
        ]);
    }
    table
}

/// Nothing but the event is data, so that another program can take it.
fn show(event: &SampleEvent, readable: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let title = &event.title;
    output.note(format!("{title}. {}", event.waiting()));
    output.note(format!("A right answer: {}.", event.answer));
    for effect in &event.effects {
        output.note(effect);
    }
    if readable {
        output.json(&event.readable)
    } else {
        output.json(&event.sent())
    }
}
