//! `iacstone stacks`: what files tell of stacks.

use std::fmt::Write as _;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

use super::args::StacksCommand;
use super::context::CommandContext;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure, projects};
use crate::iac::{
    OutputCell, OutputGrid, Project, Stack, StackCommand, StackResource, Survey, Tool,
};
use crate::text::{counted, neutralise, width};

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
    let samples = projects::samples(dir.as_deref(), context)?;
    let survey = projects::survey(&projects::place(dir.as_deref(), samples.as_ref()))?;
    projects::tell_samples(&survey, dir.as_deref(), context, output);
    let json = context.json();
    match command {
        StacksCommand::List { .. } => list(&survey, json, output)?,
        StacksCommand::Resources { .. } => resources(&survey, json, output)?,
        StacksCommand::Outputs { .. } => outputs(&survey, json, output)?,
        StacksCommand::Commands { dir } => {
            let dir = dir.as_deref().filter(|_| !is_here(&survey));
            commands(&survey, dir, json, output)?;
        }
    }
    projects::tell_trouble(&survey, output);
    Ok(if projects::is_whole(&survey) {
        CommandExit::Done
    } else {
        CommandExit::Partial
    })
}

/// Whether the surveyed directory is the one that the user is in.
fn is_here(survey: &Survey) -> bool {
    let here = std::env::current_dir().and_then(|dir| dir.canonicalize());
    here.is_ok_and(|dir| dir == survey.root)
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
    /// How much it holds; null where no file tells.
    functions: Option<usize>,
    resources: Option<usize>,
    outputs: Option<usize>,
    notes: Vec<&'s str>,
}

impl<'s> StackJson<'s> {
    fn of(project: &'s Project, stack: Option<&'s Stack>) -> Self {
        let seconds = stack.and_then(|stack| stack.written);
        let written = seconds.and_then(|it| Timestamp::from_second(i64::try_from(it).ok()?).ok());
        let known = stack.filter(|stack| stack.is_known);
        let notes = stack.map_or(&[][..], |stack| &stack.notes);
        Self {
            tool: project.tool,
            project: &project.name,
            dir: &project.dir,
            stack: stack.map(|stack| stack.name.as_str()),
            selected: stack.is_some_and(|stack| stack.is_selected),
            source: stack.and_then(|stack| stack.source.as_deref()),
            written,
            functions: known.map(|stack| stack.functions().count()),
            resources: known.map(|stack| stack.resources.len()),
            outputs: known.map(|stack| stack.outputs.len()),
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
            self.has(),
        ]
    }

    fn has(&self) -> String {
        let functions = self
            .functions
            .map(|count| some(count, "function", "functions"));
        let outputs = self.outputs.map(|count| some(count, "output", "outputs"));
        match (functions, outputs) {
            (Some(functions), Some(outputs)) => format!("{functions}, {outputs}"),
            _ => nothing(),
        }
    }
}

/// How many, with none said as well.
fn some(count: usize, one: &str, many: &str) -> String {
    counted(count, one, many).unwrap_or_else(|| format!("no {many}"))
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
    for project in &survey.projects {
        for note in &project.notes {
            let tool = project.tool.name();
            output.note(format!("{tool} in {}: {note}", project.dir));
        }
    }
    tell_notes(survey, output);
    Ok(())
}

/// What is to be known of the stacks.
fn tell_notes(survey: &Survey, output: &mut Output) {
    for (project, stack) in survey.stacks() {
        for note in &stack.notes {
            output.note(format!("{}: {note}", survey.title(project, stack)));
        }
    }
}

/// What belongs to a stack, in JSON with the stack that it is of.
#[derive(Serialize)]
struct OfStackJson<'s, T> {
    tool: Tool,
    project: &'s str,
    project_dir: &'s str,
    stack: &'s str,
    #[serde(skip)]
    title: String,
    #[serde(flatten)]
    part: T,
}

/// Parts of all stacks: as JSON, or a table of each stack under its name.
fn parts<'s, T: Serialize>(
    survey: &'s Survey,
    of: impl Fn(&'s Project, &'s Stack) -> Vec<T>,
    titles: &[&str],
    cells: impl Fn(&T) -> Vec<String>,
    (json, output): (bool, &mut Output),
) -> Result<(), CommandFailure> {
    let mut listed = Vec::new();
    for (project, stack) in survey.stacks() {
        let title = survey.title(project, stack);
        listed.extend(of(project, stack).into_iter().map(|part| OfStackJson {
            tool: project.tool,
            project: &project.name,
            project_dir: &project.dir,
            stack: &stack.name,
            title: title.clone(),
            part,
        }));
    }
    if json {
        return output.json(&listed);
    }
    let mut text = String::new();
    for of_stack in listed.chunk_by(|a, b| a.title == b.title) {
        let mut table = left_table(titles);
        for it in of_stack {
            table.row(cells(&it.part));
        }
        let title = of_stack.first().map_or("", |it| it.title.as_str());
        let gap = if text.is_empty() { "" } else { "\n" };
        write!(text, "{gap}{}\n{}", neutralise(title), indented(&table)).ok();
    }
    output.data(&text)
}

/// A table two columns to the right.
fn indented(table: &TextTable) -> String {
    let text = table.to_string();
    let lines = text.lines().flat_map(|line| ["  ", line, "\n"]);
    lines.collect()
}

fn resources(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    fn of<'s>(_: &Project, stack: &'s Stack) -> Vec<&'s StackResource> {
        stack.resources.iter().collect()
    }
    let cells = |resource: &&StackResource| {
        let memory = resource.memory;
        vec![
            resource.kind.name().to_owned(),
            resource.name.clone().unwrap_or_else(nothing),
            resource.address.clone(),
            memory.map_or_else(String::new, |size| size.to_string()),
        ]
    };
    parts(
        survey,
        of,
        &["kind", "name", "address", "MB"],
        cells,
        (json, output),
    )
}

fn commands(
    survey: &Survey,
    dir: Option<&Path>,
    json: bool,
    output: &mut Output,
) -> Result<(), CommandFailure> {
    let of = |project: &Project, stack: &Stack| {
        let mut commands = project.commands(stack);
        for command in &mut commands {
            if let Some(dir) = dir {
                command.text = command.text_from(&dir.to_string_lossy());
            }
        }
        commands
    };
    let cells =
        |command: &StackCommand| vec![command.intent.name().to_owned(), command.text.clone()];
    parts(survey, of, &["to", "type"], cells, (json, output))
}

/// The widest table of outputs; a wider one becomes a paragraph for each output.
const WIDEST: usize = 80;

fn outputs(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let with_outputs = survey
        .stacks()
        .filter(|(_, stack)| !stack.outputs.is_empty());
    let grid = OutputGrid::of(with_outputs);
    if json {
        return output.json(&grid);
    }
    let titles = grid.titles();
    let heads: Vec<&str> = std::iter::once("output")
        .chain(titles.iter().map(String::as_str))
        .collect();
    let mut table = left_table(&heads);
    for row in &grid.rows {
        let cells = row.cells.iter().map(|cell| shown(cell.as_ref()));
        table.row(std::iter::once(row.name().to_owned()).chain(cells));
    }
    let whole = table.to_string();
    if whole.lines().all(|line| width(line) <= WIDEST) {
        print(&table, grid.rows.is_empty(), output)?;
    } else {
        output.data(&paragraphs(&grid, &titles))?;
    }
    for gap in grid.gaps() {
        output.note(gap);
    }
    tell_notes(survey, output);
    Ok(())
}

/// Each output with its value in each stack, one below the other.
fn paragraphs(grid: &OutputGrid, titles: &[String]) -> String {
    let mut text = String::new();
    for row in &grid.rows {
        let mut table = left_table(&[row.name(), ""]);
        for (title, cell) in titles.iter().zip(&row.cells) {
            table.row([format!("  {title}"), shown(cell.as_ref())]);
        }
        let gap = if text.is_empty() { "" } else { "\n" };
        write!(text, "{gap}{table}").ok();
    }
    text
}

fn shown(cell: Option<&OutputCell>) -> String {
    let text = cell.map_or("missing", |cell| cell.value.text());
    if text.is_empty() {
        "not known here"
    } else {
        text
    }
    .to_owned()
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
