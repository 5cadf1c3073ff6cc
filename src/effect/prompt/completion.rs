//! Completes the word before the cursor of a prompt that knows words.

use tui_textarea::TextArea;

use crate::logs::query::completions;

/// Words that are told at once, at most.
const TOLD: usize = 12;

/// Completes the word before the cursor as far as the words agree; tells those it may become. `None` when no word begins
/// with its letters.
pub(super) fn complete(area: &mut TextArea<'_>, words: &[String]) -> Option<String> {
    let cursor = area.cursor();
    let before: String = area.lines().get(cursor.0)?.chars().take(cursor.1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (begun, fitting) = completions(&before, &words);
    let first = fitting.first()?;
    let shared = fitting.iter().fold(first.len(), |shared, word| {
        let pairs = first.chars().zip(word.chars());
        let alike = pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b));
        alike.map(|(a, _)| a.len_utf8()).sum::<usize>().min(shared)
    });
    let shared = first.get(..shared)?;
    for _ in begun.chars() {
        area.delete_char();
    }
    area.insert_str(shared);
    Some(told(&fitting))
}

fn told(fitting: &[&str]) -> String {
    match fitting {
        [_] => String::new(),
        words => {
            let more = words.len().saturating_sub(TOLD);
            let words: Vec<&str> = words.iter().take(TOLD).map(|word| word.trim()).collect();
            let more = if more > 0 {
                format!(" and {more} more")
            } else {
                String::new()
            };
            format!("{}{more}", words.join("  "))
        }
    }
}
