//! Frames, and what no frame may hold.

use iacstone::app::App;
use iacstone::app::{SMALLEST, view};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr as _;

use super::footing::offers;
use crate::promise;
use crate::storm::Broken;

/// The frame at a size.
pub(super) fn draw(app: &App, (columns, rows): (u16, u16)) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    let mut drawn = None;
    terminal
        .draw(|frame| {
            view(app, frame);
            drawn = Some(frame.buffer_mut().clone());
        })
        .unwrap();
    drawn.unwrap()
}

/// The rows of a frame.
pub(super) fn lines(buffer: &Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width).max(1);
    let rows = buffer.content.chunks(width);
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect())
        .collect()
}

/// Looks at a frame of this size.
///
/// # Errors
/// When a cell holds what a terminal must not get, or the way out is not told.
pub(super) fn check(app: &App, frame: &Buffer, size: (u16, u16)) -> Result<(), Broken> {
    for (at, cell) in frame.content.iter().enumerate() {
        let symbol = cell.symbol();
        if symbol.len() == 1 && (' '..='~').contains(&char::from(symbol.as_bytes()[0])) {
            continue;
        }
        let (x, y) = (at % usize::from(size.0), at / usize::from(size.0));
        promise!(
            is_harmless(symbol),
            "the cell at column {x}, row {y} of {size:?} holds {symbol:?}"
        );
        promise!(
            !app.context.ascii,
            "{symbol:?} at column {x}, row {y} is no ASCII"
        );
    }
    tells_the_way_out(app, frame, size)?;
    tells_the_failure(app, frame, size)
}

/// Whether a terminal draws it where it is counted to be, and does nothing else.
fn is_harmless(symbol: &str) -> bool {
    // Joiners and selectors are part of emoji and of words: they never stand alone, and of each there is one.
    let joins = |c: char| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let is_part = |at: usize| {
        let before = symbol.get(..at).and_then(|it| it.chars().next_back());
        before.is_some_and(|it| {
            !it.is_ascii_alphabetic() && it != ' ' && (!joins(it) || it == '\u{fe0f}')
        })
    };
    let dangerous = |(at, c): (usize, char)| {
        c.is_control()
            || (joins(c) && !is_part(at))
            || matches!(c, '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}' | '\u{61c}' | '\u{e0000}'..='\u{e0fff}')
    };
    !symbol.is_empty() && !symbol.char_indices().any(dangerous) && symbol.width() > 0
}

/// The footer names the keys of help and of leaving, whatever else it offers, and every key offered does what is offered.
fn tells_the_way_out(app: &App, frame: &Buffer, size: (u16, u16)) -> Result<(), Broken> {
    let lines = lines(frame);
    let footer = lines.last().map_or("", String::as_str);
    let front = app.front();
    let is_covered = app.overlay.is_some() || app.prompt.is_some() || front.takes_keys();
    if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 {
        return Ok(());
    }
    if app.prompt.is_some() {
        promise!(
            footer.contains("esc"),
            "a prompt is open and the footer does not tell how to leave it: {footer}"
        );
    }
    if is_covered {
        return Ok(());
    }
    for (key, word) in [("?", "keys"), ("q", "quit")] {
        promise!(
            footer.contains(&format!("{key} {word}")),
            "the footer does not tell '{key} {word}': {footer}"
        );
    }
    let scope = app.front().scope();
    for (action, word) in offers(app) {
        if let Some(&chord) = app.context.keymap.chords(action).first() {
            let means = app.context.keymap.action(scope, chord);
            promise!(
                means == Some(action),
                "the footer offers '{chord} {word}', and that key means {means:?} in {}",
                scope.name
            );
        }
    }
    Ok(())
}

/// The newest notice can be read.
fn tells_the_failure(app: &App, frame: &Buffer, size: (u16, u16)) -> Result<(), Broken> {
    let notice = app.notices.current();
    let word = notice.and_then(|notice| notice.text.split(' ').next());
    let Some(word) = word.filter(|word| word.starts_with("fault-") && app.overlay.is_none()) else {
        return Ok(());
    };
    let is_told = size.0 < SMALLEST.0
        || size.1 < SMALLEST.1
        || lines(frame).iter().any(|line| line.contains(word));
    promise!(
        is_told,
        "the notice '{word}' is not on the screen of {size:?}"
    );
    Ok(())
}

/// The first row that differs.
pub(super) fn difference(one: &Buffer, other: &Buffer) -> String {
    let (ones, others) = (lines(one), lines(other));
    let differs = ones
        .iter()
        .zip(&others)
        .enumerate()
        .find(|(_, (a, b))| a != b);
    match differs {
        Some((row, (a, b))) => format!("row {row}\n  {a}\n  {b}"),
        None => format!("sizes {} and {}, or colours", one.area, other.area),
    }
}
