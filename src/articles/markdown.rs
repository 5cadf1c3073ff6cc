//! Writes an article as Markdown, in the dialect of GitHub: what "save as Markdown" saves. Read as CommonMark it is the
//! same document again.

mod inline;
mod margins;
mod places;
mod table;

pub(super) use inline::escape;

use super::body::{ArticleBody, Block, BlockContent, Code};
use inline::Inline;
use margins::MarkdownMargins;

/// The article as Markdown.
pub(super) fn write(body: &ArticleBody) -> String {
    let mut writer = MarkdownWriter {
        inline: Inline::new(body),
        margins: MarkdownMargins::new(&body.containers),
        text: String::new(),
    };
    for (number, block) in body.blocks.iter().enumerate() {
        writer.block(number, block, body.path(block.inside));
    }
    writer.text
}

struct MarkdownWriter<'a> {
    inline: Inline<'a>,
    margins: MarkdownMargins<'a>,
    text: String,
}

impl MarkdownWriter<'_> {
    fn block(&mut self, number: usize, block: &Block, path: Vec<usize>) {
        if !self.text.is_empty()
            && let Some(between) = self.margins.between(&path)
        {
            self.text.push_str(&between);
            self.text.push('\n');
        }
        let body = self.body(number, &block.content);
        let side = self.margins.begin(path);
        let body = match &block.content {
            // Behind the marker of an item hyphens would be markers, too.
            BlockContent::Rule if side.first.ends_with("- ") => "***".to_owned(),
            _ => body,
        };
        for (at, line) in body.split('\n').enumerate() {
            let margin = if at == 0 { &side.first } else { &side.rest };
            let margin = if line.is_empty() {
                margin.trim_end()
            } else {
                margin
            };
            self.text.push_str(margin);
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    fn body(&self, number: usize, content: &BlockContent) -> String {
        let apart = |block: String| places::apart(self.inline.body.places_in(number)) + &block;
        match content {
            BlockContent::Heading(level, flow) => {
                let signs = "#".repeat(usize::from(*level));
                let words = self.inline.of_block(number, flow).replace("\\\n", " ");
                // Signs at the end would be taken for a part of the heading's own.
                let words = match words.strip_suffix('#') {
                    Some(rest) => format!("{rest}\\#"),
                    None => words,
                };
                format!("{signs} {words}")
            }
            BlockContent::Paragraph(flow) => {
                let words = self.inline.of_block(number, flow);
                let lines: Vec<String> = words.split('\n').map(escape_start).collect();
                lines.join("\n")
            }
            BlockContent::Code(code) => apart(fenced(code)),
            BlockContent::Table(table) => apart(table::write(table, &self.inline)),
            BlockContent::Rule => "---".to_owned(),
        }
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
    let ends = |mark: char| {
        rest.strip_prefix(mark)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\\']))
    };
    if (1..=9).contains(&digits) && (ends('.') || ends(')')) {
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
