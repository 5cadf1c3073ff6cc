//! The function picker: a list with its faces for loading, none, failed and out of date.

use ratatui::layout::Rect;

use super::TuningView;
use crate::lambda::{Function, PackageType, State};
use crate::panes::stacked;
use crate::panes::tuning::Functions;
use crate::text;
use crate::theme::Role;
use crate::ui::paged_list;
use crate::ui::painter::{Painter, Piece, window};

const NOUN: (&str, &str) = ("function", "functions");

/// Draws the picker.
pub(super) fn draw(painter: &mut Painter<'_>, view: TuningView<'_>, area: Rect) {
    let functions = &view.pane.functions;
    let ([title, head], list, []) = stacked(area, [1, 1], []);
    painter.line(title, &heading(view));
    let shown = functions.visible().count();
    if shown == 0 {
        let room = Rect {
            x: list.x + 2,
            width: list.width.saturating_sub(3),
            ..list
        };
        let (role, words) = placeholder(view);
        painter.wrapped(room, role, &words);
        return;
    }
    let widths = Widths::of(functions, area.width);
    let titles = format!(
        "   {}",
        widths.line("function", "MB", "runtime", "arch", "state")
    );
    painter.line(head, &[(Role::Muted, titles)]);
    let at = functions.position();
    let from = window(at, shown, usize::from(list.height));
    let rows = functions.visible().enumerate().skip(from);
    for (line, (row, function)) in list.rows().zip(rows) {
        draw_row(painter, function, &widths, row == at, line);
    }
}

/// What is listed, how many, and how old it is.
fn heading(view: TuningView<'_>) -> Vec<Piece> {
    let functions = &view.pane.functions;
    let question = match &view.pane.repeated {
        Some(run) => format!(" Which function for the plan of {}?", run.name),
        None => " Which function?".to_owned(),
    };
    let mut pieces = vec![(Role::Accent, question)];
    let counts = (functions.visible().count(), functions.count());
    pieces.extend(paged_list::count(counts, &functions.filter, NOUN));
    pieces.extend(paged_list::standing(&functions.list));
    pieces
}

/// What stands in place of an empty list.
fn placeholder(view: TuningView<'_>) -> Piece {
    let functions = &view.pane.functions;
    let filter = &functions.filter;
    let words = || (Role::Muted, format!("No function contains '{filter}'."));
    let narrowed = (!filter.is_empty()).then(words);
    paged_list::placeholder(&functions.list, NOUN, narrowed, view.context)
}

fn draw_row(
    painter: &mut Painter<'_>,
    function: &Function,
    widths: &Widths,
    here: bool,
    line: Rect,
) {
    let role = if here { Role::Selected } else { Role::Text };
    if here {
        painter.tint(line, Role::Selected);
    }
    let mark = if here {
        painter.sign(" ▸ ", " > ")
    } else {
        "   "
    }
    .to_owned();
    let text = widths.line(
        &text::neutralise(&function.name),
        &function.memory.to_string(),
        &text::neutralise(runtime(function)),
        function.code.architecture.name(),
        state(function),
    );
    painter.line(line, &[(role, mark), (role, text)]);
}

fn runtime(function: &Function) -> &str {
    match (function.code.package, &function.code.runtime) {
        (PackageType::Image, _) => "image",
        (PackageType::Zip, Some(runtime)) => runtime,
        (PackageType::Zip, None) => "unknown",
    }
}

/// The state in a word; nothing for the usual one.
pub(super) const fn state(function: &Function) -> &'static str {
    match function.status.state {
        State::Active => "",
        State::Pending => "pending",
        State::Inactive => "inactive",
        State::Failed => "failed",
    }
}

/// The columns of the list; the last ones are left out where there is no room.
struct Widths {
    name: usize,
    runtime: usize,
    architecture: usize,
    state: usize,
}

impl Widths {
    const MEMORY: usize = 6;

    fn of(functions: &Functions, width: u16) -> Self {
        let longest = functions
            .visible()
            .map(|function| text::width(&function.name))
            .max()
            .unwrap_or_default()
            .max(12);
        let room = usize::from(width).saturating_sub(4);
        let (runtime, architecture, state) = if room >= 64 {
            (14, 8, 9)
        } else if room >= 50 {
            (12, 7, 0)
        } else {
            (11, 0, 0)
        };
        let gaps = [runtime, architecture, state]
            .iter()
            .filter(|&&part| part > 0)
            .count()
            * 2;
        let others = Self::MEMORY + runtime + architecture + state + gaps;
        Self {
            name: longest.min(room.saturating_sub(others)),
            runtime,
            architecture,
            state,
        }
    }

    fn line(&self, name: &str, memory: &str, runtime: &str, arch: &str, state: &str) -> String {
        let mut line = text::pad(name, self.name);
        line.push_str(&text::pad_left(memory, Self::MEMORY));
        for (word, width) in [
            (runtime, self.runtime),
            (arch, self.architecture),
            (state, self.state),
        ] {
            if width > 0 {
                line.push_str("  ");
                line.push_str(&text::pad(word, width));
            }
        }
        line
    }
}
