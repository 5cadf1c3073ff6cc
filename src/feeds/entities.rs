//! Character references: decoded, or made such that an XML parser takes them.

use html5ever::data::NAMED_ENTITIES;

/// A reference is not longer than this in bytes, with its ampersand and semicolon.
const LONGEST: usize = 40;

/// The five names XML itself knows.
const OF_XML: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];

/// Whether XML forbids a character, however it is written.
pub(super) const fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Adds text to `out` as an XML parser takes it: HTML's names become characters, a bare ampersand is escaped, forbidden
/// characters are left out.
pub(super) fn tidy(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        push_allowed(before, out);
        rest = match Reference::take(reference) {
            Some((Reference::OfXml(written), rest)) => {
                out.push_str(written);
                rest
            }
            Some((Reference::Characters(characters), rest)) => {
                for c in characters
                    .into_iter()
                    .flatten()
                    .filter(|c| !is_forbidden(*c))
                {
                    push_escaped(c, out);
                }
                rest
            }
            None => {
                out.push_str("&amp;");
                reference.get(1..).unwrap_or_default()
            }
        };
    }
    push_allowed(rest, out);
}

/// The text with its references decoded once.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        rest = match Reference::take(reference) {
            Some((Reference::OfXml(written), rest)) => {
                out.push(match written {
                    "&lt;" => '<',
                    "&gt;" => '>',
                    "&quot;" => '"',
                    "&apos;" => '\'',
                    _ => '&',
                });
                rest
            }
            Some((Reference::Characters(characters), rest)) => {
                out.extend(characters.into_iter().flatten());
                rest
            }
            None => {
                out.push('&');
                reference.get(1..).unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
    out
}

enum Reference<'a> {
    /// One of XML's own, as written.
    OfXml(&'a str),
    /// What a number or a name of HTML stands for; nothing for a number that is no character.
    Characters([Option<char>; 2]),
}

impl<'a> Reference<'a> {
    /// The reference a text begins with, and what follows it.
    fn take(text: &'a str) -> Option<(Self, &'a str)> {
        let end = text.bytes().take(LONGEST).position(|byte| byte == b';')?;
        let (written, rest) = text.split_at_checked(end + 1)?;
        let name = written.strip_prefix('&')?.strip_suffix(';')?;
        if OF_XML.contains(&name) {
            return Some((Self::OfXml(written), rest));
        }
        if let Some(number) = name.strip_prefix('#') {
            return Some((Self::Characters([character(code(number)?), None]), rest));
        }
        let &(first, second) = NAMED_ENTITIES.get(written.strip_prefix('&')?)?;
        let second = (second != 0).then_some(second).and_then(char::from_u32);
        Some((
            Self::Characters([char::from_u32(first).filter(|_| first != 0), second]),
            rest,
        ))
    }
}

/// The code a reference gives as digits; one that is too large is no character either way.
fn code(number: &str) -> Option<u32> {
    let hex = number.strip_prefix(['x', 'X']);
    let (digits, radix) = hex.map_or((number, 10), |hex| (hex, 16));
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    Some(u32::from_str_radix(digits, radix).unwrap_or(u32::MAX))
}

fn character(code: u32) -> Option<char> {
    match code {
        // What a Windows author meant by a control character.
        0x80..=0x9f => Some(windows(code)),
        _ => char::from_u32(code),
    }
}

fn windows(code: u32) -> char {
    let byte = [u8::try_from(code).unwrap_or(b'?')];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().unwrap_or('?')
}

fn push_escaped(c: char, out: &mut String) {
    match c {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        _ => out.push(c),
    }
}

/// Adds text without what XML forbids.
pub(super) fn push_allowed(text: &str, out: &mut String) {
    if text.contains(is_forbidden) {
        out.extend(text.chars().filter(|c| !is_forbidden(*c)));
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &str) -> String {
        let mut out = String::new();
        tidy(text, &mut out);
        out
    }

    #[test]
    fn an_xml_parser_takes_what_is_tidied() {
        assert_eq!(
            tidied("a & b &amp; &nbsp;&eacute;&#233;"),
            "a &amp; b &amp; \u{a0}éé"
        );
        assert_eq!(
            tidied("&unknown; &#x1b;[2J &#0; \u{7}x &"),
            "&amp;unknown; [2J  x &amp;"
        );
        assert_eq!(
            tidied("&#60;b&#62; &#146; &#99999999999;"),
            "&lt;b&gt; \u{2019} "
        );
        assert_eq!(tidied("&lt;p&gt;"), "&lt;p&gt;");
    }

    #[test]
    fn references_are_decoded_once() {
        assert_eq!(
            decode("Q&amp;A &lt;b&gt; &amp;amp; &hellip; 5 & 6 &x;"),
            "Q&A <b> &amp; … 5 & 6 &x;"
        );
    }
}
