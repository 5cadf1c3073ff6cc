//! The projects and their stacks, with what is to be known of the one in front.

use ratatui::layout::Rect;

use super::{StacksView, known_since, own, row_style, running};
use crate::effect::Backend;
use crate::keys::Action;
use crate::panes::stacks::StackRow;
use crate::panes::stacks::screens::{MARK, OUTPUTS, READ};
use crate::panes::{Load, stacked};
use crate::text::{self, counted};
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, plain, window, wrap};
use crate::ui::problem::not_loaded;

/// Columns of the tool, and of an age.
const TOOL: usize = 15;
const AGE: usize = 7;

/// Draws the list.
pub(super) fn draw(painter: &mut Painter<'_>, view: StacksView<'_>, area: Rect) {
    let details = details(view, usize::from(area.width.saturating_sub(3)));
    let most = area.height.saturating_sub(4) / 2;
    let rows = u16::try_from(details.len()).unwrap_or(most).min(most);
    let ([title, head], list, [border, foot]) = stacked(area, [1, 1], [u16::from(rows > 0), rows]);
    painter.line(title, &heading(view));
    let known = &view.pane.known;
    let count = known.rows().count();
    if count == 0 {
        let (role, words) = placeholder(view);
        painter.placeholder(list, role, &words);
    } else {
        let columns = Columns::of(view, area.width);
        painter.line(head, &[(Role::Muted, columns.titles())]);
        let at = view.pane.list.position(known);
        let from = window(at, count, usize::from(list.height));
        let rows = known.rows().enumerate().skip(from);
        for (place, (number, row)) in list.rows().zip(rows) {
            draw_row(painter, view, &columns, (row, number == at), place);
        }
    }
    let line = painter.sign("─", "-").repeat(usize::from(border.width));
    painter.line(border, &[(Role::Border, line)]);
    for (place, (role, words)) in foot.rows().zip(details) {
        painter.line(place, &[(role, format!(" {words}"))]);
    }
}

/// Where was looked, and how that is doing.
fn heading(view: StacksView<'_>) -> Vec<Piece> {
    let known = &view.pane.known;
    let mut pieces = vec![(Role::Accent, " Stacks".to_owned())];
    if let Some(survey) = known.survey() {
        pieces.push((Role::Muted, format!(" under {}", survey.root.display())));
    }
    let as_of = known.surveyed().map(|at| {
        at.to_zoned(view.context.zone.clone())
            .strftime("%H:%M")
            .to_string()
    });
    match (known.load(), as_of) {
        (Load::Loading(_), Some(at)) => {
            pieces.push((Role::Warning, format!("  as of {at}; looking again ...")));
        }
        (Load::Loading(_), None) => pieces.push((Role::Warning, "  looking ...".to_owned())),
        (Load::Failed(_), Some(at)) => {
            pieces.push((Role::Error, format!("  as of {at}; looking again failed")));
        }
        _ => {}
    }
    pieces.extend(running(view));
    pieces
}

/// What stands in place of an empty list.
fn placeholder(view: StacksView<'_>) -> Piece {
    let known = &view.pane.known;
    let retry = view.context.keymap.way_to(Action::REFRESH);
    match (known.load(), known.survey()) {
        (Load::Failed(why), _) => (Role::Error, not_loaded(why, &view.context.keymap)),
        (Load::Unasked, None) => {
            let words = format!("Nothing was looked for. Press {retry} to look for projects here.");
            (Role::Muted, words)
        }
        (_, None) => (Role::Muted, "Looking for projects here ...".to_owned()),
        (_, Some(survey)) => {
            let root = survey.root.display();
            let words = format!(
                "No project of CDK, Terraform, Pulumi, SAM, CloudFormation or Serverless is under {root}. Start iacstone where one is, or press {retry} to look again."
            );
            (Role::Muted, words)
        }
    }
}

/// Columns of what a stack holds, at most, and how many there must be of all else for them to be shown.
const FACTS: usize = 26;
const ENOUGH: usize = 46;

/// The columns of the list.
struct Columns {
    project: usize,
    stack: usize,
    has_facts: bool,
}

impl Columns {
    fn of(view: StacksView<'_>, width: u16) -> Self {
        let room = usize::from(width).saturating_sub(TOOL + AGE + 7);
        let longest = |words: &dyn Fn(StackRow<'_>) -> String| {
            let rows = view.pane.known.rows();
            rows.map(|row| text::width(&words(row))).max().unwrap_or(0)
        };
        let stack = longest(&|row| stack_name(row, usize::MAX));
        let project = longest(&|row| plain(&row.project.dir));
        let facts = longest(&|row| facts(view, row)).clamp(3, FACTS);
        let has_facts = room >= ENOUGH;
        let room = if has_facts { room - facts } else { room };
        let most = room.saturating_sub(project.min(room / 2));
        let stack = stack.clamp(8, most.max(8));
        Self {
            project: project.clamp(4, room.saturating_sub(stack).max(4)),
            stack,
            has_facts,
        }
    }

    fn titles(&self) -> String {
        self.line("   ", ["tool", "in", "stack", "known", "has"])
    }

    fn line(&self, mark: &str, [tool, project, stack, known, facts]: [&str; 5]) -> String {
        let (tool, project) = (text::pad(tool, TOOL), text::pad(project, self.project));
        let (stack, known) = (text::pad(stack, self.stack), text::pad(known, AGE));
        let facts = if self.has_facts { facts } else { "" };
        let line = format!("{mark}{tool}{project}  {stack}  {known}{facts}");
        line.trim_end().to_owned()
    }
}

fn draw_row(
    painter: &mut Painter<'_>,
    view: StacksView<'_>,
    columns: &Columns,
    (row, is_here): (StackRow<'_>, bool),
    place: Rect,
) {
    let mark = row_style(painter, is_here, place);
    let is_marked = view.pane.list.is_marked(row);
    let mark = match (is_marked, is_here) {
        (true, _) => painter.sign(" ✓ ", " * "),
        _ => mark,
    };
    let (project, name) = (plain(&row.project.dir), stack_name(row, columns.stack));
    let known = known_since(row, view.now).unwrap_or_else(|| "-".to_owned());
    let line = columns.line(
        mark,
        [
            row.project.tool.name(),
            &project,
            &name,
            &known,
            &facts(view, row),
        ],
    );
    let role = if is_marked { Role::Marked } else { Role::Text };
    painter.line(place, &[(own(role, is_here), line)]);
}

/// The name of a stack in so many columns; a star stands behind the one that its tool works on.
fn stack_name(row: StackRow<'_>, columns: usize) -> String {
    let Some(stack) = row.stack else {
        return "-".to_owned();
    };
    let star = if stack.is_selected { " *" } else { "" };
    let name = plain(&stack.name);
    text::truncate(&name, columns.saturating_sub(star.len())).into_owned() + star
}

/// What a stack holds, in a few words.
fn facts(view: StacksView<'_>, row: StackRow<'_>) -> String {
    if view.pane.known.problem(row).is_some() {
        return "cannot be read".to_owned();
    }
    let Some(stack) = row.stack else {
        return "-".to_owned();
    };
    let parts = [
        counted(stack.functions().count(), "function", "functions"),
        counted(stack.outputs.len(), "output", "outputs"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    match (parts.is_empty(), &stack.source) {
        (true, None) => "-".to_owned(),
        (true, Some(_)) => "nothing of these".to_owned(),
        _ => parts.join(", "),
    }
}

/// What is to be known of the stack in front, and what was not looked at or could not be read; as many lines as it takes.
fn details(view: StacksView<'_>, columns: usize) -> Vec<Piece> {
    let mut said: Vec<Piece> = Vec::new();
    let known = &view.pane.known;
    let own_problem = view.pane.selected().and_then(|row| known.problem(row));
    if let Some(row) = view.pane.selected() {
        said.push((Role::Text, standing(view, row)));
        said.extend(own_problem.clone().map(|problem| (Role::Error, problem)));
        let own = row.stack.map_or(&[][..], |stack| &stack.notes);
        let notes = row.project.notes.iter().chain(own);
        said.extend(notes.map(|note| (Role::Warning, note.clone())));
        said.extend(ways_on(view));
    }
    if let Some(survey) = known.survey() {
        let problems = survey.problems.iter();
        let problems = problems.map(|problem| text::sentence(&problem.to_string()));
        let others = problems.filter(|problem| Some(problem) != own_problem.as_ref());
        said.extend(others.map(|problem| (Role::Error, problem)));
        said.extend(
            survey
                .stops
                .iter()
                .map(|stop| (Role::Warning, stop.clone())),
        );
    }
    if let (Load::Failed(why), Some(_)) = (known.load(), known.survey()) {
        said.push((Role::Error, not_loaded(why, &view.context.keymap)));
    }
    let lines = said.into_iter().flat_map(|(role, words)| {
        let lines: Vec<String> = wrap(&plain(&words), columns).collect();
        lines.into_iter().map(move |line| (role, line))
    });
    lines.collect()
}

/// Where what is known of a stack comes from.
fn standing(view: StacksView<'_>, row: StackRow<'_>) -> String {
    let (project, title) = (&row.project.name, row.title());
    let Some(stack) = row.stack else {
        return format!("{title}: no stack of it is known.");
    };
    let chosen = if stack.is_selected {
        ", selected (*)"
    } else {
        ""
    };
    let written = stack
        .written
        .and_then(|at| jiff::Timestamp::from_second(i64::try_from(at).ok()?).ok());
    match (&stack.source, written) {
        (Some(source), Some(at)) => {
            let at = at
                .to_zoned(view.context.zone.clone())
                .strftime("%Y-%m-%d %H:%M");
            format!("{title} of project {project}{chosen}: known from {source}, {at}.")
        }
        (Some(_), None) => {
            format!("{title} of project {project}{chosen}: what its file holds cannot be read.")
        }
        (None, _) if stack.is_known => {
            let file = &row.project.file;
            format!("{title} of project {project}{chosen}: known from {file}.")
        }
        (None, _) => {
            format!("{title} of project {project}{chosen}: no file here tells what it holds.")
        }
    }
}

/// The keys that lead on, where they are not plain.
fn ways_on(view: StacksView<'_>) -> Option<Piece> {
    let keymap = &view.context.keymap;
    let (mark, outputs, read) = (
        keymap.way_to(MARK),
        keymap.way_to(OUTPUTS),
        keymap.way_to(READ),
    );
    let is_demo = view.context.source == Backend::Demo;
    let asks = match view.pane.read() {
        Some(_) if !is_demo => {
            format!("; {read} asks the tool itself, once its command was shown")
        }
        _ => String::new(),
    };
    let words = format!("{mark} marks stacks, {outputs} puts their outputs side by side{asks}.");
    Some((Role::Muted, words)).filter(|_| !view.pane.list.has_marks())
}
