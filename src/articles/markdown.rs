//! Writes an article as Markdown, in the dialect of GitHub: what "save as Markdown" saves.

mod inline;
mod table;

pub(super) use inline::escape;

use super::body::{ArticleBody, BlockContent, Code, Container, ContainerKind, ListMarker};
use inline::Inline;

/// The article as Markdown.
pub(super) fn write(body: &ArticleBody) -> String {
    let mut writer = MarkdownWriter {
        body,
        text: String::new(),
        marked: vec![false; body.containers.len()],
        before: Vec::new(),
    };
    for block in &body.blocks {
        let path = body.path(block.inside);
        writer.block(&block.content, path);
    }
    writer.text
}

struct MarkdownWriter<'a> {
    body: &'a ArticleBody,
    text: String,
    /// The items whose marker was written.
    marked: Vec<bool>,
    /// What the last block was in.
    before: Vec<usize>,
}

impl MarkdownWriter<'_> {
    fn block(&mut self, content: &BlockContent, path: Vec<usize>) {
        let inline = Inline::new(&self.body.links);
        let body = match content {
            BlockContent::Heading(level, flow) => {
                let signs = "#".repeat(usize::from(*level));
                format!("{signs} {}", inline.write(flow).replace("\\\n", " "))
            }
            BlockContent::Paragraph(flow) => escape_start(&inline.write(flow)),
            BlockContent::Code(code) => fenced(code),
            BlockContent::Table(table) => table::write(table, &inline),
            BlockContent::Rule => "---".to_owned(),
        };
        self.part(&path);
        let (first, rest) = self.margins(&path);
        for (at, line) in body.split('\n').enumerate() {
            let margin = if at == 0 { &first } else { &rest };
            self.text.push_str(format!("{margin}{line}").trim_end());
            self.text.push('\n');
        }
        self.before = path;
    }

    /// The blank line before a block; two items of a tight list have none between them.
    fn part(&mut self, path: &[usize]) {
        if self.text.is_empty() {
            return;
        }
        let pairs = self.before.iter().zip(path);
        let shared = pairs.take_while(|(one, other)| one == other).count();
        let both = path.get(..shared).unwrap_or_default();
        let kind = |index: &usize| self.body.containers.get(*index).map(|it| it.kind);
        let last = both.iter().rev().find_map(|index| match kind(index) {
            Some(ContainerKind::List { loose, .. }) => Some(!loose),
            Some(ContainerKind::Item(_)) => None,
            _ => Some(false),
        });
        let new_item = path.get(shared).is_some();
        if last == Some(true) && new_item {
            return;
        }
        let (_, bars) = self.sides(both);
        self.text.push_str(bars.trim_end());
        self.text.push('\n');
    }

    /// What stands before the first line of a block and before the others.
    fn margins(&mut self, path: &[usize]) -> (String, String) {
        let sides = self.sides(path);
        for &index in path {
            if let Some(marked) = self.marked.get_mut(index) {
                *marked = true;
            }
        }
        sides
    }

    fn sides(&self, path: &[usize]) -> (String, String) {
        let (mut first, mut rest) = (String::new(), String::new());
        for index in path {
            let Some(Container { kind, .. }) = self.body.containers.get(*index) else {
                continue;
            };
            let marker = match kind {
                ContainerKind::Quote | ContainerKind::Card => {
                    first.push_str("> ");
                    rest.push_str("> ");
                    continue;
                }
                ContainerKind::Item(ListMarker::Bullet) => "- ".to_owned(),
                ContainerKind::Item(ListMarker::Number(number)) => format!("{number}. "),
                ContainerKind::Item(ListMarker::Task(done)) => {
                    format!("- [{}] ", if *done { "x" } else { " " })
                }
                ContainerKind::Definition => ": ".to_owned(),
                ContainerKind::List { .. } | ContainerKind::Details => continue,
            };
            let indent = " ".repeat(if marker.starts_with("- [") {
                2
            } else {
                marker.len()
            });
            let fresh = self.marked.get(*index) == Some(&false);
            first.push_str(if fresh { &marker } else { &indent });
            rest.push_str(&indent);
        }
        (first, rest)
    }
}

/// Code between fences longer than any in it.
fn fenced(code: &Code) -> String {
    let text = code.to_copy();
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language = code.language.as_deref().unwrap_or_default();
    format!("{fence}{language}\n{text}\n{fence}")
}

/// Keeps text from being taken for a heading, a list, a quotation or a rule.
fn escape_start(text: &str) -> String {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(digits..).unwrap_or_default();
    if (1..=9).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        let number = text.get(..digits).unwrap_or_default();
        return format!("{number}\\{rest}");
    }
    if text.starts_with(['#', '>', '-', '+', '=']) {
        return format!("\\{text}");
    }
    text.to_owned()
}

#[cfg(test)]
mod tests;
