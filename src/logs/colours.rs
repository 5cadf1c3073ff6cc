//! The colours that a message asks for with escape sequences, as the sixteen of a terminal; no other sequence counts.
//!
//! Source: "Select Graphic Rendition" of ECMA-48, with the bright colours 90 to 97 and the palettes of 256 colours and of
//! 24 bits that terminals have beside it.

use std::ops::Range;

use super::safe_text;

/// One of the sixteen colours of a terminal: 0 to 7 black, red, green, yellow, blue, magenta, cyan and white; 8 to 15 the
/// same, but bright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalColour(pub u8);

/// The coloured parts of a text that is shown, by its bytes and in order; `raw` is the message it was made of. Nothing
/// where the two do not go together. Black is left out: nobody could read it on the ground of most terminals.
pub(super) fn colours(raw: &str, shown: &str) -> Vec<(Range<usize>, TerminalColour)> {
    // What is stored has no line break at its end.
    let body = raw.strip_suffix('\n').unwrap_or(raw);
    let body = body.strip_suffix('\r').unwrap_or(body);
    let mut colours = Vec::new();
    let (mut rest, mut at, mut colour) = (body, 0, None);
    loop {
        let (before, parameters, after) = next(rest);
        let piece = safe_text(before).replace('\t', "    ");
        let end = at + piece.len();
        if shown.get(at..end) != Some(&*piece) {
            return Vec::new();
        }
        let is_seen = |colour: &TerminalColour| colour.0 > 0 && !piece.is_empty();
        if let Some(colour) = colour.filter(is_seen) {
            colours.push((at..end, colour));
        }
        let Some(parameters) = parameters else {
            return colours;
        };
        colour = selected(parameters, colour);
        (rest, at) = (after, end);
    }
}

/// What stands before the next sequence that selects colours, its parameters, and what follows it.
fn next(text: &str) -> (&str, Option<&str>, &str) {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("\u{1b}[")) {
        let start = from + found;
        let parameters = start + "\u{1b}[".len();
        let rest = text.get(parameters..).unwrap_or_default();
        let is_part = |byte: u8| matches!(byte, b'0'..=b'9' | b';' | b':');
        let length = rest.bytes().take_while(|byte| is_part(*byte)).count();
        let (inside, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if let Some(after) = after.strip_prefix('m') {
            return (text.get(..start).unwrap_or_default(), Some(inside), after);
        }
        from = parameters;
    }
    (text, None, "")
}

/// The colour of what follows a sequence with these parameters; `before` is the one so far.
fn selected(parameters: &str, before: Option<TerminalColour>) -> Option<TerminalColour> {
    let mut colour = before;
    let mut numbers = parameters
        .split([';', ':'])
        .map(|it| it.parse().unwrap_or(0_u8));
    while let Some(number) = numbers.next() {
        match number {
            0 | 39 => colour = None,
            30..=37 => colour = Some(TerminalColour(number - 30)),
            90..=97 => colour = Some(TerminalColour(number - 90 + 8)),
            38 | 48 => {
                let told = match numbers.next() {
                    Some(5) => numbers.next().map(of_palette),
                    Some(2) => of_bytes(numbers.by_ref()),
                    _ => return colour,
                };
                if number == 38 {
                    colour = told;
                }
            }
            _ => {}
        }
    }
    colour
}

/// The nearest of the sixteen to a colour of the palette of 256: sixteen, a cube of 6 by 6 by 6, and 24 greys.
fn of_palette(number: u8) -> TerminalColour {
    match number {
        0..=15 => TerminalColour(number),
        16..=231 => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let place = number - 16;
            nearest([place / 36, place / 6 % 6, place % 6].map(level))
        }
        232..=255 => nearest([8 + 10 * (number - 232); 3]),
    }
}

fn of_bytes(mut numbers: impl Iterator<Item = u8>) -> Option<TerminalColour> {
    Some(nearest([numbers.next()?, numbers.next()?, numbers.next()?]))
}

/// The nearest of the sixteen to a mixture of red, green and blue: the parts that are strong, bright if they are strongest.
fn nearest(parts: [u8; 3]) -> TerminalColour {
    let [red, green, blue] = parts;
    let most = red.max(green).max(blue);
    let bit = |part: u8, bit: u8| {
        if u16::from(part) * 2 > u16::from(most) {
            bit
        } else {
            0
        }
    };
    let is_grey = most - red.min(green).min(blue) < 32;
    match (is_grey, most) {
        (_, 0..=47) => TerminalColour(0),
        (true, 48..=143) => TerminalColour(8),
        (true, 144..=223) => TerminalColour(7),
        (true, 224..) => TerminalColour(15),
        (false, _) => {
            let bright = if most >= 224 { 8 } else { 0 };
            TerminalColour(bright + bit(red, 1) + bit(green, 2) + bit(blue, 4))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{TerminalColour, colours};
    use crate::logs::safe_text;

    fn told(raw: &str) -> Vec<(String, u8)> {
        let shown = safe_text(raw).replace('\t', "    ");
        let parts = colours(raw, &shown).into_iter();
        parts
            .map(|(range, TerminalColour(number))| (shown[range].to_owned(), number))
            .collect()
    }

    fn of(parts: &[(&str, u8)]) -> Vec<(String, u8)> {
        parts
            .iter()
            .map(|(text, number)| ((*text).to_owned(), *number))
            .collect()
    }

    #[test]
    fn each_part_has_its_colour() {
        let cases: [(&str, &[(&str, u8)]); 9] = [
            ("\u{1b}[1;31mERROR\u{1b}[0m red", &[("ERROR", 1)]),
            ("a\u{1b}[32mb\u{1b}[39mc", &[("b", 2)]),
            ("\u{1b}[94mx\u{1b}[1my", &[("x", 12), ("y", 12)]),
            ("\u{1b}[31ma\tb\u{1b}[m", &[("a    b", 1)]),
            ("\u{1b}[38;5;3mx\u{1b}[38;5;196my", &[("x", 3), ("y", 9)]),
            (
                "\u{1b}[38;2;0;128;0mx\u{1b}[48;5;1my",
                &[("x", 2), ("y", 2)],
            ),
            ("\u{1b}[38;5;244mgrey\u{1b}[30mblack", &[("grey", 8)]),
            ("\u{1b}[31mone\ntwo", &[("one\ntwo", 1)]),
            ("plain", &[]),
        ];
        for (raw, parts) in cases {
            assert_eq!(told(raw), of(parts), "{raw:?}");
        }
    }

    #[test]
    fn a_line_break_at_the_end_is_no_part() {
        let raw = "\u{1b}[31mred\r\n";
        assert_eq!(colours(raw, "red"), [(0..3, TerminalColour(1))]);
        assert_eq!(
            colours("\u{1b}[31mred\r", "red"),
            [(0..3, TerminalColour(1))]
        );
        let apart = "\u{1b}[31mred\u{1b}[0m\n";
        assert_eq!(colours(apart, "red"), [(0..3, TerminalColour(1))]);
    }

    #[test]
    fn texts_that_do_not_go_together_have_no_colours() {
        assert_eq!(colours("\u{1b}[31mred", "blue"), []);
        assert_eq!(colours("\u{1b}[31mred and more", "red"), []);
    }

    proptest! {
        #[test]
        fn parts_are_in_order_and_within_the_text(raw in "(\u{1b}\\[[0-9;:]{0,6}[mJ]|\u{9b}31m|[a-z日\t\u{301}\u{7}]|\r\n|\r){0,20}") {
            let shown = safe_text(&raw).replace('\t', "    ");
            let mut at = 0;
            for (range, TerminalColour(number)) in colours(&raw, &shown) {
                prop_assert!(number < 16 && range.start >= at && range.end > range.start);
                prop_assert!(shown.get(range.clone()).is_some());
                at = range.end;
            }
        }
    }
}
