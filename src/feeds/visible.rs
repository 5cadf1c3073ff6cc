//! The text of HTML as far as it is the author's own: no tags, no scripts, no embeds. To tell articles by, and to find
//! their words; how an article is shown is for the layout.

use super::entities;
use super::markup::{MarkupPiece, Pieces};
use crate::articles::{Document, Text};

/// Elements whose inside is no text of the article.
const SILENT: [&str; 6] = ["script", "style", "iframe", "noscript", "template", "svg"];

/// What a tweet's embed leaves behind as text, with a number that differs from copy to copy.
const LEAKED: &str = "// Detect dark theme";

/// The visible text of HTML, its references decoded once; a blank where a block ends.
pub(super) fn visible(html: &str) -> String {
    let mut text = String::with_capacity(html.len() / 2);
    let mut pieces = Pieces::of(html);
    while let Some(piece) = pieces.next() {
        match piece {
            MarkupPiece::Text(part) if part.contains(LEAKED) => {}
            MarkupPiece::Text(part) => text.push_str(&entities::decode(part)),
            MarkupPiece::Start(_) => {
                let name = piece.name().to_ascii_lowercase();
                if SILENT.contains(&name.as_str()) {
                    pieces.skip_raw(&name);
                }
                separate(&name, &mut text);
            }
            MarkupPiece::End(_) | MarkupPiece::Empty(_) => {
                separate(&piece.name().to_ascii_lowercase(), &mut text);
            }
            MarkupPiece::Verbatim(part) => text.push_str(part),
            MarkupPiece::Doctype(_) | MarkupPiece::Aside | MarkupPiece::Unfinished => {}
        }
    }
    text
}

/// The words of a line that may have markup in it or not: known tags go, entities are decoded once, and what only looks
/// like a tag stays.
pub(super) fn words_of(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut pieces = Pieces::of(line);
    loop {
        let rest = pieces.rest();
        let Some(piece) = pieces.next() else {
            return words;
        };
        match piece {
            MarkupPiece::Text(part) => words.push_str(&entities::decode(part)),
            MarkupPiece::Unfinished => words.push_str(&entities::decode(rest)),
            MarkupPiece::Verbatim(part) => words.push_str(part),
            MarkupPiece::Start(tag) | MarkupPiece::Empty(tag) | MarkupPiece::End(tag) => {
                let name = piece.name().to_ascii_lowercase();
                match name.as_str() {
                    silent if SILENT.contains(&silent) => {
                        if matches!(piece, MarkupPiece::Start(_)) {
                            pieces.skip_raw(silent);
                        }
                    }
                    "br" | "p" | "div" | "wbr" | "img" => words.push(' '),
                    name if INLINE.contains(&name) => {}
                    name if is_heading(name) => {}
                    _ => words.push_str(&entities::decode(tag)),
                }
            }
            MarkupPiece::Doctype(_) | MarkupPiece::Aside => {}
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The words an article is found by: those a reader sees.
pub(super) fn searchable(text: &Text) -> String {
    Document::read(text).plain_text()
}

/// Elements within a word or a line; every other one parts words.
const INLINE: [&str; 18] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "small",
    "span", "strong", "sub", "sup", "u",
];

fn separate(name: &str, text: &mut String) {
    if !INLINE.contains(&name) && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// One line: every run of white space is one blank, at most `most` characters, an ellipsis where more was there. Control
/// characters are left out: what names an article is printed in many places.
pub(super) fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        let printed = |c: &char| !c.is_control();
        let mut letters = word.chars().filter(printed).take(most + 1).peekable();
        if letters.peek().is_none() {
            continue;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(letters);
        if line.len() > most && line.chars().count() > most {
            line = line.chars().take(most.saturating_sub(1)).collect();
            line.push('…');
            break;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_words_of_the_author_are_visible() {
        let html = "<h1>A &amp;amp; B</h1><p>one<b>two</b><br>three<iframe src=x id='tweet-1-2'>no</iframe>\n\n  // Detect dark theme\n  var iframe = 1 &lt; 2</p><script>if (a</b) x</script><p>four";
        assert_eq!(
            visible(html).split_whitespace().collect::<Vec<_>>(),
            ["A", "&amp;", "B", "onetwo", "three", "four"]
        );
    }

    #[test]
    fn a_line_loses_its_markup_and_nothing_else() {
        for (written, expected) in [
            ("It&#8217;s Q&amp;A", "It’s Q&A"),
            ("Use <b>Vec<String></b> &lt;b&gt;", "Use Vec<String> <b>"),
            ("a <em class=x>b</em> <3 c", "a b <3 c"),
            ("Option<&amp;str> &amp;amp;", "Option<&str> &amp;"),
            ("<div>A &amp; B</div>", "A & B"),
            ("a<script>x</script>b if c <d", "ab if c <d"),
        ] {
            assert_eq!(words_of(written).trim(), expected, "{written}");
        }
    }

    #[test]
    fn a_line_has_no_control_characters() {
        let line = one_line("\u{1b}[31mRed \u{9b}2J \u{7f} alert\u{7}\u{0}", 40);
        assert_eq!(line, "[31mRed 2J alert");
    }

    #[test]
    fn a_line_is_never_longer_than_asked_for() {
        assert_eq!(one_line(" a\n b\t c ", 10), "a b c");
        assert_eq!(one_line("abcdefgh", 4), "abc…");
        assert_eq!(one_line("ab cdefgh", 5), "ab c…");
        for most in 1..12 {
            assert_eq!(one_line("äb cd ef gh ij", most).chars().count(), most);
        }
    }
}
