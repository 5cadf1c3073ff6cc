//! Words of a message in colours.

use std::borrow::Cow;
use std::ops::Range;

use super::super::args::RegexArg;

/// Bold in the colours of each expression in turn: yellow, cyan, magenta, green. All are among the 16 of any terminal.
const COLOURS: [&str; 4] = ["\x1b[1;33m", "\x1b[1;36m", "\x1b[1;35m", "\x1b[1;32m"];
const PLAIN: &str = "\x1b[0m";

/// A text that is safe already, with what each expression finds in a colour; where they overlap what begins first wins,
/// then the expression that was given first.
pub(super) fn coloured<'a>(text: &'a str, highlights: &[RegexArg]) -> Cow<'a, str> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for (highlight, colour) in highlights.iter().zip(COLOURS.iter().cycle()) {
        let matches = highlight.0.find_iter(text).filter(|it| !it.is_empty());
        found.extend(matches.map(|it| (it.range(), *colour)));
    }
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    found.sort_by_key(|(range, _)| range.start);
    let (mut out, mut at) = (String::new(), 0);
    for (range, colour) in found {
        let (Some(before), Some(word)) = (text.get(at..range.start), text.get(range.clone()))
        else {
            continue;
        };
        out.extend([before, colour, word, PLAIN]);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, highlights: &[&str]) -> String {
        let highlights: Vec<RegexArg> = highlights.iter().map(|it| it.parse().unwrap()).collect();
        let mut text = coloured(text, &highlights).replace(PLAIN, ">");
        for (number, colour) in COLOURS.iter().enumerate() {
            text = text.replace(colour, &format!("<{number}"));
        }
        text
    }

    #[test]
    fn each_expression_has_a_colour_and_none_is_inside_another() {
        assert_eq!(shown("plain", &["x", ""]), "plain");
        assert_eq!(shown("a b a", &["a", "b"]), "<0a> <1b> <0a>");
        assert_eq!(shown("abc", &["bc", "ab"]), "<1ab>c");
        assert_eq!(shown("abc", &["a", "abc"]), "<0a>bc");
        assert_eq!(
            shown("12345", &["1", "2", "3", "4", "5"]),
            "<01><12><23><34><05>"
        );
    }
}
