//! What a single line looks like: code, a heading, an item.

use crate::articles::body::ListMarker;

/// The longest line that may be a heading, in characters.
const HEADING: usize = 80;
/// How statements of SQL begin.
const SQL: [&str; 8] = [
    "SELECT ",
    "INSERT INTO",
    "CREATE ",
    "ALTER ",
    "DROP ",
    "GRANT ",
    "UPDATE ",
    "DELETE FROM",
];
/// The most words of a heading.
const HEADING_WORDS: usize = 12;

/// Whether a line can only be code.
pub(super) fn is_code(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || is_sentence(line) {
        return false;
    }
    let punctuation = ["{", "}", "};", "});", ");", "];", "=>", "(", "["];
    let ends = line.ends_with(';') || punctuation.iter().any(|end| line.ends_with(end));
    let begins = line.starts_with(['{', '}', ']', ')'])
        || [
            "//", "/*", "</", "#!", "$ ", "{{", "import {", "@import", "--", "<?",
        ]
        .iter()
        .chain(&SQL)
        .any(|start| line.starts_with(start));
    (ends && !is_wordy(line))
        || begins
        || is_statement(line)
        || is_command(line)
        || is_assignment(line)
        || is_tag(line)
}

/// Whether a line may go on with code that has begun.
pub(super) fn may_be_code(line: &str) -> bool {
    let line = line.trim();
    let marks = line
        .bytes()
        .filter(|byte| b"(){}[]=<>;\"_/\\".contains(byte))
        .count();
    let lowercase = line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_punctuation());
    is_code(line)
        || (!is_sentence(line)
            && !is_wordy(line)
            && (marks >= 2 || (lowercase && (marks > 0 || line.ends_with([',', ':'])))))
}

/// Whether a line is too short to be read as prose.
pub(super) fn is_fragment(line: &str) -> bool {
    line.len() <= 40 && line.split(' ').count() <= 5 && !is_sentence(line) && !line.ends_with(':')
}

/// Prose ends like this.
fn is_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '”', '’', ')']);
    let ends = line.ends_with(['.', '!', '?', '。']);
    ends && line.split(' ').count() > 3
}

/// Many plain words and hardly a sign between them.
fn is_wordy(line: &str) -> bool {
    let words = line.split_whitespace();
    let plain = |word: &&str| {
        let word = word.trim_end_matches([',', ':', ';', '.']);
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '’' | '\''))
    };
    words.filter(plain).count() > 7
}

fn is_statement(line: &str) -> bool {
    let starts = |words: &[&str]| words.iter().any(|word| line.starts_with(word));
    let body = line.contains(['(', '=', '{', ';', '\'', '"']);
    (starts(&[
        "const ",
        "let ",
        "var ",
        "function ",
        "return ",
        "export ",
        "async ",
        "await ",
        "public ",
        "private ",
    ]) && body)
        || (starts(&["import ", "from "])
            && (line.contains(" from ")
                || line.contains(" import ")
                || line.ends_with([';', '"', '\''])))
        || (starts(&[
            "def ", "class ", "if ", "for ", "while ", "elif ", "else", "try", "with ",
        ]) && line.ends_with([':', '{'])
            && body)
        || starts(&[
            "if (",
            "for (",
            "while (",
            "switch (",
            "else if (",
            "catch (",
        ])
}

/// Whether a line behind one of code is code itself, even the last of the block.
pub(super) fn goes_on(line: &str) -> bool {
    is_code(line) || is_import(line) || is_leap(line)
}

/// Leaves a function or a loop: `return response`. Alone it could be prose.
fn is_leap(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let leaps = ["return", "raise", "break", "continue", "pass"];
    words.next().is_some_and(|word| leaps.contains(&word)) && words.count() <= 1
}

/// Names modules and nothing else: `import json`, `import os.path as path, sys`. Alone it could be prose; before code it
/// is code.
pub(super) fn is_import(line: &str) -> bool {
    let is_module = |module: &str| {
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
        !module.is_empty() && module.chars().all(named)
    };
    let is_name = |name: &str| match name.split_once(" as ") {
        Some((module, short)) => is_module(module) && is_module(short),
        None => is_module(name),
    };
    let modules = line.trim().strip_prefix("import ");
    modules.is_some_and(|modules| modules.split(", ").all(is_name))
}

/// A line for a shell: the name of a tool and what follows it, no sentence.
fn is_command(line: &str) -> bool {
    let tools = [
        "npm",
        "npx",
        "yarn",
        "pip",
        "pip3",
        "git",
        "aws",
        "sam",
        "cd",
        "curl",
        "docker",
        "kubectl",
        "sudo",
        "wrangler",
        "cdk",
        "terraform",
        "python",
        "python3",
        "node",
        "cargo",
        "go",
        "make",
        "mkdir",
        "export",
        "brew",
        "pulumi",
    ];
    let Some((tool, rest)) = line.split_once(' ') else {
        return false;
    };
    let telling = rest.contains(['-', '/', '.', '=', '$', '@']) || rest.split(' ').count() <= 2;
    tools.contains(&tool) && telling && !line.ends_with([',', ':']) && !is_wordy(line)
}

/// `name = value`, `"name": value`, `[section]`.
fn is_assignment(line: &str) -> bool {
    let is_name = |name: &str| {
        let name = name.trim().trim_matches(['"', '\'']);
        let named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
        !name.is_empty() && name.chars().all(named) && name.chars().any(|c| c.is_ascii_alphabetic())
    };
    let section = line
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    if section.is_some_and(is_name) {
        return true;
    }
    if let Some((name, value)) = line.split_once(" = ") {
        return is_name(name) && !value.is_empty();
    }
    match line.split_once(':') {
        Some((name, value)) => {
            let value = value.trim_start();
            is_name(name)
                && value.starts_with(['{', '[', '"', '\''])
                && line.ends_with(['{', '[', '"', '\'', ',', '}', ']'])
        }
        None => false,
    }
}

/// A tag of a template or a page that stands alone.
fn is_tag(line: &str) -> bool {
    line.starts_with('<')
        && line.ends_with('>')
        && (line.contains("</") || line.ends_with("/>") || line.contains('='))
}

/// Whether a line may be a heading: short, no sentence, begun like one.
pub(super) fn is_heading(line: &str) -> bool {
    let line = line.trim();
    let begins = line
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '“' | '"'));
    begins
        && line.chars().count() <= HEADING
        && line.split_whitespace().count() <= HEADING_WORDS
        && !line.ends_with(['.', ',', ';', ':', '…', ')', '"', '”', '–', '—', '-'])
        && !is_shouted(line)
        && !is_code(line)
        && item(line).is_none()
}

/// Mostly in capitals: a statement, not a heading.
fn is_shouted(line: &str) -> bool {
    let shouted =
        |word: &&str| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    2 * line.split(' ').filter(shouted).count() >= line.split(' ').count()
}

/// The marker of an item that shows itself, and its text.
pub(super) fn item(line: &str) -> Option<(ListMarker, &str)> {
    let line = line.trim_start();
    for bullet in ["- ", "* ", "• ", "– ", "◦ ", "▪ ", "· "] {
        if let Some(text) = line.strip_prefix(bullet) {
            return Some((ListMarker::Bullet, text.trim_start()));
        }
    }
    let digits = line.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = line.split_at_checked(digits)?;
    let text = rest.strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    let number = Some(number)
        .filter(|number| number.len() <= 3)?
        .parse()
        .ok()?;
    Some((ListMarker::Number(number), text.trim_start()))
}
