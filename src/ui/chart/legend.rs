//! The legend: what the letters and lines under and in the plot mean, as long as the room allows.

use ratatui::style::Modifier;

use super::Chart;
use super::pen::Pen;

mod entry;

use entry::{LegendEntry, entries};

/// The columns between two entries.
const GAP: i32 = 2;

/// The rows the legend takes: none when there is nothing to explain, at most `most`.
pub(super) fn rows(chart: &Chart<'_>, width: i32, most: i32) -> i32 {
    let entries = entries(chart);
    let length = best_length(&entries, width, most);
    count(&wrap(&entries, length, width)).min(most)
}

/// Draws the legend into as many rows as the pen has.
pub(super) fn draw(chart: &Chart<'_>, pen: &mut Pen<'_>) {
    let entries = entries(chart);
    let length = best_length(&entries, pen.width(), pen.height());
    for (row, line) in (0..pen.height()).zip(wrap(&entries, length, pen.width())) {
        let mut x = 0;
        for entry in line {
            let bold = entry.style.add_modifier(Modifier::BOLD);
            x = pen.text(x, row, &entry.sign, bold) + 1;
            x = pen.text(x, row, entry.text(length), chart.styles.text) + GAP;
        }
    }
}

/// The longest wording with which every entry that must be there fits into the rows; 0 is the longest there is.
fn best_length(entries: &[LegendEntry], width: i32, rows: i32) -> usize {
    let needed = entries.iter().rposition(|entry| entry.needed);
    let needed = entries
        .get(..needed.map_or(0, |last| last + 1))
        .unwrap_or_default();
    (0..LegendEntry::LENGTHS)
        .find(|length| count(&wrap(needed, *length, width)) <= rows)
        .unwrap_or(LegendEntry::LENGTHS - 1)
}

/// Breaks the entries into lines; an entry is never broken.
fn wrap(entries: &[LegendEntry], length: usize, width: i32) -> Vec<Vec<&LegendEntry>> {
    let mut lines: Vec<Vec<&LegendEntry>> = Vec::new();
    let mut used = 0;
    for entry in entries {
        let taken = entry.width(length);
        match lines.last_mut() {
            Some(line) if used + GAP + taken <= width => {
                line.push(entry);
                used += GAP + taken;
            }
            _ => {
                lines.push(vec![entry]);
                used = taken;
            }
        }
    }
    lines
}

fn count(lines: &[Vec<&LegendEntry>]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX)
}
