//! The outputs of stacks side by side: what one lacks is the finding.

use ratatui::layout::Rect;

use super::{StacksView, running};
use crate::iac::{OutputCell, OutputGridRow, OutputValue};
use crate::panes::stacked;
use crate::panes::stacks::OutputsView;
use crate::text;
use crate::theme::Role;
use crate::ui::painter::{Painter, Piece, plain, window};

/// The most columns of a name.
const NAME: usize = 24;
/// The fewest columns of a value.
const VALUE: usize = 16;

/// Draws the outputs, and the whole value in front.
pub(super) fn draw(painter: &mut Painter<'_>, view: StacksView<'_>, area: Rect) {
    let outputs = &view.pane.outputs;
    let foot = if area.height >= 14 { 4 } else { 2 };
    let ([title, head], list, [foot]) = stacked(area, [1, 1], [foot]);
    painter.line(title, &heading(view));
    let count = outputs.rows().count();
    if count == 0 {
        let words = if outputs.only_differences && !outputs.columns().is_empty() {
            "Nothing differs, and no stack lacks an output."
        } else {
            "No file here has an output of these stacks."
        };
        let problem = view
            .pane
            .known
            .rows()
            .find_map(|row| view.pane.known.problem(row));
        let words = format!("{words} {}", problem.unwrap_or_default());
        return painter.placeholder(list, Role::Muted, words.trim_end());
    }
    let spread = ShownColumns::of(outputs, area.width);
    painter.line(head, &spread.heads(outputs));
    let (at, _) = outputs.position();
    let from = window(at, count, usize::from(list.height));
    for (place, (number, row)) in list.rows().zip(outputs.rows().enumerate().skip(from)) {
        let pieces = spread.row(painter, outputs, (row, number == at));
        painter.line(place, &pieces);
    }
    draw_foot(painter, outputs, foot);
}

fn heading(view: StacksView<'_>) -> Vec<Piece> {
    let outputs = &view.pane.outputs;
    let (all, different) = outputs.counts();
    let shown = if outputs.only_differences {
        "; only those are shown"
    } else {
        ""
    };
    let mut pieces = vec![
        (Role::Accent, " Outputs side by side".to_owned()),
        (
            Role::Muted,
            format!("  {different} of {all} differ or are missing somewhere{shown}"),
        ),
    ];
    pieces.extend(running(view));
    pieces
}

/// Which columns are shown, and how wide they are.
struct ShownColumns {
    name: usize,
    value: usize,
    columns: std::ops::Range<usize>,
}

impl ShownColumns {
    /// As many columns as there is room for, the one in front among them.
    fn of(outputs: &OutputsView, width: u16) -> Self {
        let longest = outputs.rows().map(|row| text::width(row.name())).max();
        let name = longest.unwrap_or_default().clamp(6, NAME);
        let room = usize::from(width).saturating_sub(name + 4);
        let count = outputs.columns().len();
        let shown = (room / (VALUE + 2)).clamp(1, count.max(1));
        let (_, at) = outputs.position();
        let from = window(at, count, shown);
        Self {
            name,
            value: (room / shown).saturating_sub(2).max(4),
            columns: from..from + shown,
        }
    }

    fn heads(&self, outputs: &OutputsView) -> Vec<Piece> {
        let (_, at) = outputs.position();
        let mut pieces = vec![(Role::Muted, " ".repeat(self.name + 3))];
        let titles = outputs.titles();
        let shown = titles.iter().enumerate();
        let shown = shown.filter(|(number, _)| self.columns.contains(number));
        for (number, title) in shown {
            let role = if number == at {
                Role::Accent
            } else {
                Role::Muted
            };
            let title = text::pad(&plain(title), self.value);
            pieces.push((role, format!("{title}  ")));
        }
        let hidden = outputs.columns().len().saturating_sub(self.columns.len());
        if hidden > 0 {
            pieces.push((Role::Muted, format!("+{hidden}")));
        }
        pieces
    }

    fn row(
        &self,
        painter: &Painter<'_>,
        outputs: &OutputsView,
        (row, is_here): (&OutputGridRow, bool),
    ) -> Vec<Piece> {
        let (_, at) = outputs.position();
        let (sign, role) = if row.is_incomplete() {
            ("!", Role::Warning)
        } else if row.is_difference() {
            (painter.sign("≠", "~"), Role::Accent)
        } else {
            (" ", Role::Text)
        };
        let name = text::pad(&plain(row.name()), self.name);
        let role = if is_here { Role::Selected } else { role };
        let mut pieces = vec![(role, format!("{sign} {name} "))];
        let shown = row.cells.iter().enumerate();
        for (number, cell) in shown.filter(|(number, _)| self.columns.contains(number)) {
            let (own, words) = cell_words(cell.as_ref());
            let role = if is_here && number == at {
                Role::Selected
            } else {
                own
            };
            let value = text::pad(&plain(&words), self.value);
            pieces.push((role, value));
            pieces.push((Role::Text, "  ".to_owned()));
        }
        pieces
    }
}

fn cell_words(cell: Option<&OutputCell>) -> Piece {
    match cell.map(|cell| &cell.value) {
        None => (Role::Warning, "missing".to_owned()),
        Some(OutputValue::Elsewhere) => (Role::Muted, "not known here".to_owned()),
        Some(value @ OutputValue::Hidden) => (Role::Muted, value.text().to_owned()),
        Some(value) => (Role::Text, value.text().to_owned()),
    }
}

/// The output in front: its name in that stack, its value, and what lacks it.
fn draw_foot(painter: &mut Painter<'_>, outputs: &OutputsView, area: Rect) {
    let (_, at) = outputs.position();
    let column = outputs.titles().into_iter().nth(at).unwrap_or_default();
    let words = match outputs.cell() {
        Some(cell) => {
            let (_, value) = cell_words(Some(cell));
            format!("{column}: {} = {value}", cell.name)
        }
        None => format!("{column} has no such output."),
    };
    let room = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..area
    };
    let (gap, below) = (outputs.gap(), u16::from(area.height > 1));
    let ([gap_area], rest, []) = stacked(room, [below.min(u16::from(gap.is_some()))], []);
    painter.line(gap_area, &[(Role::Warning, gap.unwrap_or_default())]);
    painter.wrapped(rest, Role::Text, &words);
}
