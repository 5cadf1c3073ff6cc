//! `iacstone stacks`: what files tell of stacks.

use std::io::IsTerminal as _;

use jiff::Timestamp;
use serde::Serialize;

use super::args::StacksCommand;
use super::context::CommandContext;
use super::output::Output;
use super::table::{Alignment, TextTable};
use super::{CommandExit, CommandFailure, projects};
use crate::iac::{OutputCell, OutputColumn, OutputGrid, Project, Stack, Survey, Tool};
use crate::text::{counted, prose, truncate};

/// Reads the stacks under a directory.
///
/// # Errors
/// When the directory cannot be read. Exit code 3 when some of its files cannot, or were not looked at.
pub(super) fn run(
    command: &StacksCommand,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (StacksCommand::List { dir }
    | StacksCommand::Resources { dir }
    | StacksCommand::Outputs { dir }
    | StacksCommand::Commands { dir }) = command;
    let survey = projects::survey(&projects::place(dir.as_deref(), context))?;
    projects::tell_samples(&survey, dir.as_deref(), context, output);
    let json = context.json();
    match command {
        StacksCommand::List { .. } => list(&survey, json, output)?,
        StacksCommand::Resources { .. } => resources(&survey, json, output)?,
        StacksCommand::Outputs { .. } => outputs(&survey, json, output)?,
        StacksCommand::Commands { .. } => commands(&survey, json, output)?,
    }
    projects::tell_trouble(&survey, output);
    Ok(if survey.problems.is_empty() && survey.stops.is_empty() {
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
            self.holds(),
        ]
    }
}

impl StackJson<'_> {
    /// What it holds, in a few words; nothing where no file tells that.
    fn holds(&self) -> String {
        let parts = [
            counted(self.functions, "function", "functions"),
            counted(self.outputs, "output", "outputs"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() && self.source.is_some() {
            return "nothing of these".to_owned();
        }
        Some(parts.join(", "))
            .filter(|words| !words.is_empty())
            .unwrap_or_else(nothing)
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
        let (name, dir) = (stack.stack.unwrap_or(stack.project), stack.dir);
        for note in &stack.notes {
            output.note(format!("{} {name} in {dir}: {note}", stack.tool.name()));
        }
    }
    Ok(())
}

/// Something of a stack, with the stack.
#[derive(Serialize)]
struct OfStack<'s, T> {
    tool: Tool,
    project: &'s str,
    dir: &'s str,
    stack: &'s str,
    #[serde(flatten)]
    it: T,
}

impl<'s, T> OfStack<'s, T> {
    /// What all stacks have of it.
    fn all<I: IntoIterator<Item = T>>(
        survey: &'s Survey,
        of: impl Fn(&'s Project, &'s Stack) -> I,
    ) -> Vec<Self> {
        let mut all = Vec::new();
        for (project, stack) in survey.stacks() {
            let items = of(project, stack).into_iter();
            all.extend(items.map(|it| Self {
                tool: project.tool,
                project: &project.name,
                dir: &project.dir,
                stack: &stack.name,
                it,
            }));
        }
        all
    }

    /// The first cells of its row: where it is.
    fn place(&self) -> [String; 3] {
        let (dir, stack) = (self.dir.to_owned(), self.stack.to_owned());
        [self.tool.name().to_owned(), dir, stack]
    }
}

fn resources(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let listed = OfStack::all(survey, |_, stack| &stack.resources);
    if json {
        return output.json(&listed);
    }
    let mut table = left_table(&["tool", "in", "stack", "kind", "name", "address", "MB"]);
    for of in &listed {
        let resource = of.it;
        let memory = resource.memory.map(|size| size.to_string());
        let cells = [
            resource.kind.name().to_owned(),
            resource.name.clone().unwrap_or_else(nothing),
            resource.address.clone(),
            memory.unwrap_or_default(),
        ];
        table.row(of.place().into_iter().chain(cells));
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
    let mut titles = vec!["output".to_owned()];
    titles.extend(grid.columns.iter().map(OutputColumn::title));
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let mut table = left_table(&titles);
    let is_read = std::io::stdout().is_terminal();
    let missing = || "missing".to_owned();
    for row in &grid.rows {
        let cells = row.cells.iter();
        let cells = cells.map(|cell| cell.as_ref().map_or_else(missing, |it| shown(it, is_read)));
        table.row(std::iter::once(row.name().to_owned()).chain(cells));
    }
    print(&table, grid.rows.is_empty(), output)?;
    for gap in grid.gaps() {
        output.note(gap);
    }
    for (project, stack) in survey.stacks() {
        for note in &stack.notes {
            output.note(format!("{}: {note}", project.title(stack)));
        }
    }
    Ok(())
}

/// The most columns of a value on a terminal; a pipe gets all of it.
const MOST_COLUMNS: usize = 48;

fn shown(cell: &OutputCell, is_read: bool) -> String {
    match cell.value.text() {
        "" => "not known here".to_owned(),
        text if is_read => truncate(&prose(text), MOST_COLUMNS).into_owned(),
        text => text.to_owned(),
    }
}

fn commands(survey: &Survey, json: bool, output: &mut Output) -> Result<(), CommandFailure> {
    let listed = OfStack::all(survey, Project::commands);
    if json {
        return output.json(&listed);
    }
    let mut table = left_table(&["tool", "in", "stack", "to", "type"]);
    for of in &listed {
        let cells = [of.it.intent.name().to_owned(), of.it.text.clone()];
        table.row(of.place().into_iter().chain(cells));
    }
    print(&table, listed.is_empty(), output)?;
    if !listed.is_empty() {
        let root = survey.root.display();
        output.note(format!("The commands are to be typed in '{root}'."));
    }
    Ok(())
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
