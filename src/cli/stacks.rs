//! `iacstone stacks`: what files tell of stacks.

use jiff::Timestamp;
use serde::Serialize;

use super::args::StacksCommand;
use super::context::CommandContext;
use super::output::Output;
use super::projects::SurveyRequest;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure, projects};
use crate::iac::{
    OutputCell, OutputGrid, Project, Stack, StackCommand, StackResource, Survey, Tool,
};

/// Reads the stacks under a directory.
///
/// # Errors
/// When the directory cannot be read. Exit code 3 when some of its files cannot.
pub(super) fn run(
    command: &StacksCommand,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (StacksCommand::List { dir }
    | StacksCommand::Resources { dir }
    | StacksCommand::Outputs { dir }
    | StacksCommand::Commands { dir }) = command;
    let survey = SurveyRequest::of(dir.as_deref(), context).survey()?;
    let json = context.json();
    match command {
        StacksCommand::List { .. } => list(&survey, json, output)?,
        StacksCommand::Resources { .. } => resources(&survey, json, output)?,
        StacksCommand::Outputs { .. } => outputs(&survey, json, output)?,
        StacksCommand::Commands { .. } => commands(&survey, json, output)?,
    }
    projects::tell_trouble(&survey, output);
    Ok(if survey.problems.is_empty() {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// A stack in JSON; `stack` is null for a project of which no stack is known.
#[derive(Serialize)]
struct StackJson<'s> {
    tool: Tool,
    project: &'s str,
    dir: &'s str,
    stack: Option<&'s str>,
    selected: bool,
    /// The file that tells what is known of it.
    source: Option<&'s str>,
    /// When that was written.
    written: Option<Timestamp>,
    functions: usize,
    resources: usize,
    outputs: usize,
    notes: Vec<&'s str>,
}

impl<'s> StackJson<'s> {
    fn of(project: &'s Project, stack: Option<&'s Stack>) -> Self {
        let seconds = stack.and_then(|stack| stack.written);
        let written = seconds.and_then(|it| Timestamp::from_second(i64::try_from(it).ok()?).ok());
        let notes = stack.map_or(&[][..], |stack| &stack.notes);
        Self {
            tool: project.tool,
            project: &project.name,
            dir: &project.dir,
            stack: stack.map(|stack| stack.name.as_str()),
            selected: stack.is_some_and(|stack| stack.is_selected),
            source: stack.and_then(|stack| stack.source.as_deref()),
            written,
            functions: stack.map_or(0, |stack| stack.functions().count()),
            resources: stack.map_or(0, |stack| stack.resources.len()),
            outputs: stack.map_or(0, |stack| stack.outputs.len()),
            notes: project
                .notes
                .iter()
                .chain(notes)
                .map(String::as_str)
                .collect(),
        }
    }

    fn row(&self) -> [String; 7] {
        let written = self
            .written
            .map(|at| at.strftime("%Y-%m-%d %H:%M").to_string());
        [
            self.tool.name().to_owned(),
            self.project.to_owned(),
            self.dir.to_owned(),
            self.stack.map_or_else(nothing, str::to_owned),
            if self.selected { "selected" } else { "" }.to_owned(),
            written.unwrap_or_else(nothing),
            format!("{} functions, {} outputs", self.functions, self.outputs),
        ]
    }
}

fn nothing() -> String {
    "-".to_owned()
}

fn list(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let mut listed = Vec::new();
    for project in &survey.projects {
        if project.stacks.is_empty() {
            listed.push(StackJson::of(project, None));
        }
        let stacks = project.stacks.iter();
        listed.extend(stacks.map(|stack| StackJson::of(project, Some(stack))));
    }
    if json {
        return output.json(&listed);
    }
    let mut table = left_table(&[
        "tool",
        "project",
        "in",
        "stack",
        "",
        "known since (UTC)",
        "has",
    ]);
    for stack in &listed {
        table.row(stack.row());
    }
    print(&table, listed.is_empty(), output)?;
    for stack in &listed {
        let name = stack.stack.unwrap_or(stack.project);
        for note in &stack.notes {
            output.note(format!("{} {name}: {note}", stack.tool.name()));
        }
    }
    Ok(())
}

/// A resource in JSON, with the stack that it is of.
#[derive(Serialize)]
struct ResourceJson<'s> {
    tool: Tool,
    project: &'s str,
    stack: &'s str,
    #[serde(flatten)]
    resource: &'s StackResource,
}

fn resources(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let mut listed = Vec::new();
    for (project, stack) in survey.stacks() {
        let resources = stack.resources.iter();
        listed.extend(resources.map(|resource| ResourceJson {
            tool: project.tool,
            project: &project.name,
            stack: &stack.name,
            resource,
        }));
    }
    if json {
        return output.json(&listed);
    }
    let mut table = left_table(&["tool", "stack", "kind", "name", "address", "MB"]);
    for ResourceJson {
        tool,
        stack,
        resource,
        ..
    } in &listed
    {
        table.row([
            tool.name().to_owned(),
            (*stack).to_owned(),
            resource.kind.name().to_owned(),
            resource.name.clone().unwrap_or_else(nothing),
            resource.address.clone(),
            resource
                .memory
                .map_or_else(String::new, |size| size.to_string()),
        ]);
    }
    print(&table, listed.is_empty(), output)
}

fn outputs(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let with_outputs = survey
        .stacks()
        .filter(|(_, stack)| !stack.outputs.is_empty());
    let grid = OutputGrid::of(with_outputs);
    if json {
        return output.json(&grid);
    }
    let heads = grid.columns.iter();
    let mut titles = vec!["output".to_owned()];
    titles.extend(heads.map(|column| format!("{} {}", column.tool.name(), column.stack)));
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut table = left_table(&titles);
    for row in &grid.rows {
        let cells = row
            .cells
            .iter()
            .map(|cell| cell.as_ref().map_or_else(|| "missing".to_owned(), shown));
        table.row(std::iter::once(row.name().to_owned()).chain(cells));
    }
    print(&table, grid.rows.is_empty(), output)?;
    for gap in grid.gaps() {
        output.note(gap);
    }
    for (project, stack) in survey.stacks() {
        for note in &stack.notes {
            output.note(format!("{} {}: {note}", project.tool.name(), stack.name));
        }
    }
    Ok(())
}

fn shown(cell: &OutputCell) -> String {
    let text = cell.value.text();
    if text.is_empty() {
        "not known here"
    } else {
        text
    }
    .to_owned()
}

/// A command in JSON, with the stack that it is for.
#[derive(Serialize)]
struct CommandJson<'s> {
    tool: Tool,
    project: &'s str,
    stack: &'s str,
    #[serde(flatten)]
    command: StackCommand,
}

fn commands(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let mut listed = Vec::new();
    for (project, stack) in survey.stacks() {
        let commands = project.commands(stack).into_iter();
        listed.extend(commands.map(|command| CommandJson {
            tool: project.tool,
            project: &project.name,
            stack: &stack.name,
            command,
        }));
    }
    if json {
        return output.json(&listed);
    }
    let mut table = left_table(&["tool", "stack", "to", "type"]);
    for it in &listed {
        table.row([
            it.tool.name().to_owned(),
            it.stack.to_owned(),
            it.command.intent.name().to_owned(),
            it.command.text.clone(),
        ]);
    }
    print(&table, listed.is_empty(), output)
}

fn left_table(titles: &[&str]) -> TextTable {
    let columns: Vec<_> = titles
        .iter()
        .map(|title| (*title, Alignment::Left))
        .collect();
    TextTable::new(&columns)
}

fn print(table: &TextTable, is_empty: bool, output: &mut Output) -> Result<(), CommandFailure> {
    if is_empty {
        return Ok(());
    }
    output.data(&table.to_string())
}
