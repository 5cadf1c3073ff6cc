//! How large a type may get: its fields, and the functions of its own.

use std::collections::BTreeMap;

use super::nothing_breaks_it;
use super::source::{Source, read};

/// A type with functions of its own has at most so many fields.
const MOST_FIELDS: usize = 12;
/// Its functions stand in at most so many files.
const MOST_FILES: usize = 3;
/// It has at most so many functions.
const MOST_FUNCTIONS: usize = 40;

/// Rows that only carry data: they may have more fields, and at most [`MOST_OF_ROW`] functions.
const ROWS: &[&str] = &[
    // Settings and characters.
    "ChartGlyphs",
    "FileConfig",
    // What the command line prints as JSON.
    "ArticleJson",
    "FunctionJson",
    "GroupStatisticsJson",
    "Printed",
    "RunJson",
    "TuneSummary",
];
/// A row has at most so many functions, such as those that read it.
const MOST_OF_ROW: usize = 6;

/// What is known of a type.
#[derive(Debug, Default)]
struct TypeSize {
    fields: usize,
    /// The functions in each file.
    functions: BTreeMap<String, usize>,
}

/// The types of these sources by name. Relies on rustfmt's layout: what begins at the first column ends with a `}` there.
fn sizes(sources: &[Source]) -> BTreeMap<String, TypeSize> {
    let mut sizes: BTreeMap<String, TypeSize> = BTreeMap::new();
    for source in sources {
        let mut block: Option<(String, bool)> = None;
        for line in source.code.lines() {
            match (&block, line) {
                (_, "}") => block = None,
                (None, line) => {
                    let opens = line.ends_with('{');
                    let opened = opens.then(|| opened(line)).flatten();
                    block = opened;
                }
                (Some((name, true)), line) if is_field(line) => {
                    sizes.entry(name.clone()).or_default().fields += 1;
                }
                (Some((name, false)), line) if is_function(line) => {
                    let functions = &mut sizes.entry(name.clone()).or_default().functions;
                    *functions.entry(source.path.clone()).or_default() += 1;
                }
                _ => {}
            }
        }
    }
    sizes
}

/// The type whose block a line opens, and whether that is its declaration and not an `impl` of its own.
fn opened(line: &str) -> Option<(String, bool)> {
    let is_of_name = |c: char| c.is_alphanumeric() || c == '_';
    let name = |text: &str| -> String { text.chars().take_while(|c| is_of_name(*c)).collect() };
    if let Some((before, after)) = line.split_once("struct ") {
        let declares = before.is_empty() || before.starts_with("pub");
        return declares.then(|| (name(after), true));
    }
    let rest = line.strip_prefix("impl")?;
    if rest.contains(" for ") {
        return None;
    }
    let rest = match rest.strip_prefix('<') {
        Some(generics) => generics.split_once("> ")?.1,
        None => rest.trim_start(),
    };
    let path = rest.split(['<', ' ']).next()?;
    Some((name(path.rsplit("::").next()?), false))
}

fn is_field(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("    ") else {
        return false;
    };
    let rest = match rest.strip_prefix("pub") {
        Some(rest) if rest.starts_with('(') => rest.split_once(") ").map_or("", |it| it.1),
        Some(rest) => rest.trim_start(),
        None => rest,
    };
    let named = rest.split_once(": ").map_or("", |it| it.0);
    !named.is_empty()
        && named
            .chars()
            .all(|c| c.is_lowercase() || c.is_numeric() || c == '_')
}

fn is_function(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("    ") else {
        return false;
    };
    rest.split_once("fn ").is_some_and(|(before, _)| {
        let words = ["const", "async", "pub", "in"];
        before
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| words.contains(&word) || before.contains("pub("))
            && !before.contains("//")
    })
}

#[test]
fn types_are_no_larger_than_their_idea() {
    let mut broken = Vec::new();
    for (name, size) in sizes(&read("src")) {
        let functions: usize = size.functions.values().sum();
        if size.fields > MOST_FIELDS && functions > 0 && !ROWS.contains(&name.as_str()) {
            broken.push(format!(
                "`{name}` has {} fields and functions of its own; at most {MOST_FIELDS}.",
                size.fields
            ));
        }
        if size.functions.len() > MOST_FILES {
            broken.push(format!(
                "The functions of `{name}` stand in more than {MOST_FILES} files: {:?}.",
                size.functions
            ));
        }
        if functions > MOST_FUNCTIONS {
            broken.push(format!(
                "`{name}` has {functions} functions of its own; at most {MOST_FUNCTIONS}."
            ));
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn rows_are_few_and_only_rows() {
    let sizes = sizes(&read("src"));
    let mut broken = Vec::new();
    for row in ROWS {
        let needs = |size: &TypeSize| size.fields > MOST_FIELDS && !size.functions.is_empty();
        let size = sizes.get(*row);
        if !size.is_some_and(needs) {
            broken.push(format!("`{row}` needs no exemption."));
        }
        let functions: usize = size.map_or(0, |size| size.functions.values().sum());
        if functions > MOST_OF_ROW {
            broken.push(format!("`{row}` is no row: it has {functions} functions."));
        }
    }
    nothing_breaks_it(&broken);
}

#[test]
fn fields_and_functions_are_counted() {
    let source = Source {
        path: "a.rs".to_owned(),
        text: String::new(),
        code: "pub struct Run<'a> {\n    pub name: &'a str,\n    pub(super) at: u8,\n}\n\nimpl Run<'_> {\n    pub(in crate::a) fn b(&self) -> u8 {\n        let c: u8 = self.at;\n        c\n    }\n    const fn d() {}\n}\n\nimpl fmt::Display for Run<'_> {\n    fn fmt() {}\n}\n\nimpl<T> Run<T> {\n    async fn e() {}\n}\n"
            .to_owned(),
    };
    let sizes = sizes(&[source]);
    assert_eq!(sizes.len(), 1);
    assert_eq!(sizes["Run"].fields, 2);
    assert_eq!(sizes["Run"].functions["a.rs"], 3);
}
