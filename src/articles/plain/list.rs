//! Lists without marks: what follows a line that ends in a colon.

use super::line;

/// The longest item that shows itself only by not being a sentence, in bytes.
const PHRASE: usize = 240;

/// How many of the lines after a colon are its list; none when it takes fewer than two.
pub(super) fn after_colon(lines: &[&str]) -> Option<usize> {
    let first = lines.first()?;
    let count = if lead(first).is_some() {
        let mut with_lead = lines.iter();
        with_lead
            .position(|line| lead(line).is_none())
            .unwrap_or(lines.len())
    } else {
        phrases(lines)
    };
    (count >= 2).then_some(count)
}

/// Lines that are no sentences; the last may be one, if the one before announces it.
fn phrases(lines: &[&str]) -> usize {
    let mut count = 0;
    for line in lines {
        let line = line.trim();
        let announced = count > 0
            && lines
                .get(count - 1)
                .is_some_and(|before| announces(before.trim()));
        let is_phrase = line.len() <= PHRASE && !line.ends_with(['.', '!', '?', ':']);
        if line::is_code(line) || !(is_phrase || announced) {
            break;
        }
        count += 1;
        if !is_phrase {
            break;
        }
    }
    count
}

fn announces(line: &str) -> bool {
    line.ends_with([',', ';']) || line.ends_with(" and") || line.ends_with(" or")
}

/// What an item defines: `Name: text` or `Name – text`.
fn lead(line: &str) -> Option<&str> {
    let marks = [": ", " – ", " — ", " - "];
    let at = marks.iter().filter_map(|mark| line.find(mark)).min()?;
    let lead = line.get(..at)?;
    let short = lead.len() <= 80 && lead.split_whitespace().count() <= 9;
    (short && !lead.contains(['.', ',', '?', '!'])).then_some(lead)
}
