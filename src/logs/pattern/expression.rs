//! Regular expressions between percent signs, in the small dialect `CloudWatch` Logs takes.

use regex::{Regex, RegexBuilder};

use super::PatternError;
use super::cursor::PatternCursor;

/// The most regular expressions in one pattern.
const MAX_EXPRESSIONS: usize = 2;
/// The largest compiled expression, in bytes: enough for every sensible one of 1,024 characters.
const MAX_COMPILED: usize = 1 << 20;

/// Characters that stand for themselves, beside letters and digits.
const SYMBOLS: &str = ":_#=@/;,-";
/// Characters that mean something.
const OPERATORS: &str = "^$?[]{}|\\*+.";

/// Takes `%…%`.
pub(super) fn parse(cursor: &mut PatternCursor<'_>) -> Result<Regex, PatternError> {
    let start = cursor.column();
    if cursor.count_expression() > MAX_EXPRESSIONS {
        return cursor.fail(format!(
            "a pattern takes at most {MAX_EXPRESSIONS} regular expressions; join them with '|'"
        ));
    }
    cursor.next();
    let text = body(cursor, start)?;
    if text.is_empty() {
        return Err(PatternError::new(
            start,
            "the regular expression is empty; write it between the percent signs",
        ));
    }
    let built = RegexBuilder::new(&text).size_limit(MAX_COMPILED).build();
    built.map_err(|error| {
        PatternError::new(
            start,
            format!("this is no regular expression: {}", said(&error)),
        )
    })
}

/// Reads up to the closing percent sign and writes the same in this program's dialect.
fn body(cursor: &mut PatternCursor<'_>, start: usize) -> Result<String, PatternError> {
    let mut text = String::new();
    let mut in_class = false;
    while let Some(next) = cursor.peek() {
        if next == '%' {
            cursor.next();
            return Ok(text);
        }
        let supported = next == ' '
            || next.is_ascii_alphanumeric()
            || SYMBOLS.contains(next)
            || OPERATORS.contains(next);
        if !supported {
            return cursor.fail(refusal(next));
        }
        cursor.next();
        match next {
            '\\' => text.push_str(&escape(cursor)?),
            '[' if in_class => text.push_str("\\["),
            '{' if !in_class => text.push_str(&count(cursor)),
            // Two of them mean a difference of sets in this program's dialect.
            '-' if in_class && text.ends_with('-') => text.push_str("\\-"),
            _ => {
                in_class = (in_class || next == '[') && next != ']';
                text.push(next);
            }
        }
    }
    Err(PatternError::new(
        start,
        "the regular expression that begins here has no end; add '%'",
    ))
}

/// How often the term before it may stand, up to the closing brace: the user guide writes `{m, n}`, and either number
/// may be missing. The opening brace is taken already.
fn count(cursor: &mut PatternCursor<'_>) -> String {
    let written = cursor.take_while(|next, _| next.is_ascii_digit() || matches!(next, ',' | ' '));
    let numbers = written.replace(' ', "");
    let least = if numbers.starts_with(',') { "0" } else { "" };
    format!("{{{least}{numbers}")
}

/// What stands for an escape; the backslash is taken already. Classes are those of ASCII.
fn escape(cursor: &mut PatternCursor<'_>) -> Result<String, PatternError> {
    let Some(next) = cursor.peek() else {
        return cursor.fail("the backslash has nothing to escape; remove it");
    };
    let written = match next {
        'd' => "[0-9]",
        'D' => "[^0-9]",
        's' => "[ \\t\\n\\r\\x0b\\x0c]",
        'S' => "[^ \\t\\n\\r\\x0b\\x0c]",
        'w' => "[0-9A-Za-z_]",
        'W' => "[^0-9A-Za-z_]",
        'x' => "\\x",
        _ if next.is_ascii_punctuation() => {
            cursor.next();
            return Ok(regex::escape(next.encode_utf8(&mut [0; 4])));
        }
        _ => {
            return cursor.fail(format!(
                "'\\{next}' is not supported; use \\d \\D \\s \\S \\w \\W, \\xhh or an escaped symbol"
            ));
        }
    };
    cursor.next();
    Ok(written.to_owned())
}

fn refusal(character: char) -> String {
    match character {
        '(' | ')' => {
            "parentheses are not supported in a regular expression; use '|' and '[…]'".to_owned()
        }
        _ if character.is_whitespace() => {
            "only plain spaces are supported in a regular expression; write \\s".to_owned()
        }
        _ => format!(
            "'{}' is not supported in a regular expression; use letters, digits, {SYMBOLS} or '.'",
            character.escape_debug()
        ),
    }
}

/// The last line of the error: what is wrong, without the drawing around it.
fn said(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}
