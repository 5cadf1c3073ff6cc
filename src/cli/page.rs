//! An article's layout as text: how pages are printed.

use std::io::IsTerminal;

use crate::articles::{Document, LayoutOptions, Line};
use crate::terminal;

/// The page when the terminal does not say how wide it is.
const WIDTH: usize = 80;
/// Longer lines are no pleasure to read.
const WIDEST: usize = 100;

/// The columns of a page: those asked for, else the terminal's.
pub(super) fn width(asked: Option<u16>) -> usize {
    let own = || {
        let size = std::io::stdout()
            .is_terminal()
            .then(terminal::dimensions)
            .flatten();
        size.map_or(WIDTH, |(columns, _)| usize::from(columns).min(WIDEST))
    };
    asked.map_or_else(own, usize::from)
}

/// The lines of a document.
pub(super) fn print(document: &Document, width: usize, options: LayoutOptions) -> String {
    let mut page = String::new();
    for line in &document.lay_out(width, &options).lines {
        page.push_str(written(line).trim_end());
        page.push('\n');
    }
    page
}

fn written(line: &Line) -> String {
    line.spans.iter().map(|span| span.text.as_str()).collect()
}
