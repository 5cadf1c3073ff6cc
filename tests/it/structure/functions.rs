//! Where functions begin and end.

use super::source::Source;

/// The functions of a file and their lengths in lines. Relies on rustfmt's layout: what a line opens is closed
/// by a line of the same indentation.
pub(super) fn functions(source: &Source) -> Vec<(&str, usize)> {
    let lines: Vec<&str> = source.code.lines().collect();
    let starts = lines.iter().enumerate();
    starts
        .filter_map(|(start, line)| {
            let name = function_name(line)?;
            let indent = &line[..line.len() - line.trim_start().len()];
            let ends = |line: &&str| {
                let rest = line.strip_prefix(indent).unwrap_or(" ");
                !rest.starts_with(' ') && (rest == "}" || rest.ends_with([';', '}']))
            };
            let length = lines[start..].iter().position(ends)? + 1;
            Some((name, length))
        })
        .collect()
}

/// The name of the function a line declares.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let rest = before.trim_start();
    let rest = match rest.strip_prefix("pub(") {
        Some(visible) => visible.split_once(") ")?.1,
        None => rest.strip_prefix("pub ").unwrap_or(rest),
    };
    let declares = rest
        .split_whitespace()
        .all(|word| ["const", "async"].contains(&word));
    declares.then(|| after.split(['(', '<']).next().unwrap())
}

#[test]
fn functions_are_measured_from_signature_to_brace() {
    let code = "fn a() {\n    b();\n}\n    pub const fn c<T>(\n        x: T,\n    ) -> T {\n        x\n    }\n    fn d();\npub(in crate::a) async fn e() {\n}\npub(super) fn f();";
    let source = Source {
        path: String::new(),
        text: String::new(),
        code: code.to_owned(),
    };
    assert_eq!(
        functions(&source),
        [("a", 3), ("c", 5), ("d", 1), ("e", 2), ("f", 1)]
    );
}
