//! Plain tables for people: every column as wide as its widest cell, two blanks between.

use std::fmt;

use crate::text;

/// Which side of its column a cell keeps to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alignment {
    Left,
    Right,
}

/// A table that is written with [`fmt::Display`]; every line ends with a line feed.
#[derive(Debug)]
pub(super) struct TextTable {
    sides: Vec<Alignment>,
    rows: Vec<Vec<String>>,
}

impl TextTable {
    /// A table with these columns; their titles may hold names, so they are neutralised like cells.
    pub(super) fn new(columns: &[(&str, Alignment)]) -> Self {
        let (header, sides) = columns
            .iter()
            .map(|&(title, side)| (text::neutralise(title).into_owned(), side))
            .unzip();
        Self {
            sides,
            rows: vec![header],
        }
    }

    /// Adds a row; what is dangerous to a terminal is neutralised.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let safe = |cell: String| text::prose(&cell).into_owned();
        self.rows.push(cells.into_iter().map(safe).collect());
    }

    /// The table in Markdown.
    pub(super) fn markdown(&self) -> String {
        let mut rows = self.rows.iter().map(|row| {
            let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
            format!("| {} |\n", cells.join(" | "))
        });
        let heading = rows.next().unwrap_or_default();
        let sides = self.sides.iter().map(|side| match side {
            Alignment::Left => "---|",
            Alignment::Right => "---:|",
        });
        let line: String = sides.collect();
        format!("{heading}|{line}\n{}", rows.collect::<String>())
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column));
        cells
            .map(|cell| text::width(cell))
            .max()
            .unwrap_or_default()
    }
}

/// A text on one line in which Markdown finds nothing of its own.
pub(super) fn escaped(text: &str) -> String {
    let text = text::prose(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '|' | '*' | '_' | '`' | '[' | ']' | '<' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl fmt::Display for TextTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widths: Vec<usize> = (0..self.sides.len()).map(|at| self.width(at)).collect();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).zip(&self.sides);
            let padded = cells.map(|((cell, &width), side)| match side {
                Alignment::Left => text::pad(cell, width),
                Alignment::Right => text::pad_left(cell, width),
            });
            let line = padded.collect::<Vec<_>>().join("  ");
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_in_markdown_has_nothing_but_its_cells() {
        let mut table = TextTable::new(&[("name", Alignment::Left), ("MB", Alignment::Right)]);
        table.row(["a|b\n*c*".to_owned(), "128".to_owned()]);
        assert_eq!(
            table.markdown(),
            "| name | MB |\n|---|---:|\n| a\\|b \\*c\\* | 128 |\n"
        );
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table =
            TextTable::new(&[("na\u{1b}[1mme", Alignment::Left), ("MB", Alignment::Right)]);
        table.row(["busy".to_owned(), "1024".to_owned()]);
        table.row(["größer\u{1b}[2J".to_owned(), "128".to_owned()]);
        let text = table.to_string();
        assert!(!text.contains('\u{1b}'), "{text:?}");
        let lines: Vec<&str> = text.lines().collect();
        assert!(
            lines
                .iter()
                .all(|line| text::width(line) == text::width(lines[0]))
        );
        assert!(
            lines[1].ends_with("  1024") && lines[2].ends_with("   128"),
            "{text}"
        );
    }
}
