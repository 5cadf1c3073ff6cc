//! The escapes inside a JSON string.

use std::borrow::Cow;

/// The text a JSON string stands for; `text` is what is between its quotes. What is no valid escape stays as it is, a
/// lone surrogate becomes U+FFFD. The result can hold control characters: make it safe before it is shown.
pub(in crate::logs) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = escaped(after, &mut out);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Writes what the escape stands for that `text` starts with (its backslash taken off); returns what follows.
fn escaped<'a>(text: &'a str, out: &mut String) -> &'a str {
    let mut characters = text.chars();
    let Some(kind) = characters.next() else {
        out.push('\\');
        return text;
    };
    let plain = match kind {
        '"' | '\\' | '/' => kind,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(characters.as_str(), out),
        _ => {
            out.push('\\');
            return text;
        }
    };
    out.push(plain);
    characters.as_str()
}

fn unicode<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some((first, rest)) = unit(text) else {
        out.push_str("\\u");
        return text;
    };
    let low = rest.strip_prefix("\\u").and_then(unit);
    if let (0xd800..0xdc00, Some((low @ 0xdc00..0xe000, rest))) = (first, low) {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (low - 0xdc00);
        out.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return rest;
    }
    out.push(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
    rest
}

/// Four hexadecimal digits, and what follows.
fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok()?;
    is_hex.then_some((code, rest))
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn escapes_become_what_they_stand_for() {
        let cases = [
            (r"a\nb\tc", "a\nb\tc"),
            (r#"\"\\\/"#, "\"\\/"),
            (r"caf\u00e9", "café"),
            (r"\ud83d\ude80!", "🚀!"),
        ];
        for (text, expected) in cases {
            assert_eq!(unescape(text), expected);
        }
    }

    #[test]
    fn broken_escapes_do_no_harm() {
        let cases = [
            (r"\ud83d", "\u{fffd}"),
            (r"\ude80x", "\u{fffd}x"),
            (r"\ud83d\u0041", "\u{fffd}A"),
            (r"\u12", r"\u12"),
            (r"\u+123", r"\u+123"),
            (r"\q", r"\q"),
            ("end\\", "end\\"),
        ];
        for (text, expected) in cases {
            assert_eq!(unescape(text), expected);
        }
    }
}
