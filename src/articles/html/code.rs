//! Code blocks: every space is kept, the spans of highlighters are joined.

use super::attributes::Attributes;
use super::{elements, rouge};
use crate::articles::TextRole;
use crate::articles::body::{Code, Flow};

/// How many nested tokens are told apart.
const MAX_TOKENS: usize = 16;

/// A code block being read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct CodeReader {
    code: Code,
    /// The looks of the open tokens.
    tokens: Vec<TextRole>,
    /// Open tokens beyond [`MAX_TOKENS`].
    deeper: usize,
    /// Whether nothing came after `<pre>` yet: a line break there is not part of the code.
    fresh: bool,
    /// The element with the numbers of lines that is open, and how many of its name are in each other.
    gutter: Option<(String, u32)>,
    /// Where the text was when the innermost line began, if nothing else began since.
    line_begun: Option<usize>,
    /// Pictures and embeds within the code: shown after it.
    later: Flow,
}

impl CodeReader {
    /// Begins with the tag of the block, and what a wrapper around it said of the language.
    pub(super) fn new(attributes: Attributes<'_>, wrapped_in: Option<String>) -> Self {
        let mut reader = Self {
            fresh: true,
            ..Self::default()
        };
        reader.code.language = language(attributes).or(wrapped_in);
        reader
    }

    /// What is shown after the code.
    pub(super) const fn later(&mut self) -> &mut Flow {
        &mut self.later
    }

    /// Whether a tag that begins is, or is part of, what numbers the lines.
    pub(super) fn skips(&mut self, name: &str, attributes: Attributes<'_>) -> bool {
        if let Some((gutter, open)) = &mut self.gutter {
            *open += u32::from(gutter.as_str() == name);
            return true;
        }
        let is_gutter = elements::is_gutter(name, attributes);
        self.gutter = is_gutter.then(|| (name.to_owned(), 1));
        is_gutter
    }

    /// Whether a tag that ends is, or is part of, what numbers the lines.
    pub(super) fn skipped_to(&mut self, name: &str) -> bool {
        let Some((gutter, open)) = &mut self.gutter else {
            return false;
        };
        *open -= u32::from(gutter.as_str() == name);
        if *open == 0 {
            self.gutter = None;
        }
        true
    }

    /// Text of the code; whether it is code, and no number of a line.
    pub(super) fn push(&mut self, text: &str, link: Option<usize>) -> bool {
        if self.gutter.is_some() {
            return false;
        }
        let fresh = std::mem::take(&mut self.fresh);
        let text = match text.strip_prefix('\n') {
            Some(rest) if fresh => rest,
            _ => text,
        };
        let role = self.tokens.last().copied().unwrap_or(TextRole::Code);
        self.code.flow.push_exact(text, role, link);
        true
    }

    /// A tag within the code begins.
    pub(super) fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.fresh = false;
        match name {
            "span" if self.tokens.len() < MAX_TOKENS => {
                let around = self.tokens.last().copied().unwrap_or(TextRole::Code);
                let role = rouge::role(attributes.classes()).unwrap_or(around);
                self.tokens.push(role);
            }
            "span" => self.deeper += 1,
            "code" => {
                let language = language(attributes);
                self.code.language = self.code.language.take().or(language);
            }
            "br" => self.code.flow.push_exact("\n", TextRole::Code, None),
            "div" | "p" | "li" | "tr" => {
                self.line();
                self.line_begun = Some(self.code.flow.text.len());
            }
            _ => {}
        }
    }

    /// A tag within the code ends.
    pub(super) fn end(&mut self, name: &str) {
        match name {
            "span" if self.deeper > 0 => self.deeper -= 1,
            "span" => drop(self.tokens.pop()),
            "div" | "p" | "li" | "tr" => {
                let end = self.code.flow.text.len();
                if self.line_begun.take() == Some(end) && end > 0 {
                    self.code.flow.push_exact("\n", TextRole::Code, None);
                }
                self.line();
            }
            _ => {}
        }
    }

    /// The code, without the line break at its end, and what is shown after it.
    pub(super) fn finish(mut self) -> (Code, Flow) {
        if self.code.flow.text.ends_with('\n') {
            self.code.flow.text.pop();
        }
        let end = self.code.flow.text.len();
        self.code.flow.runs.retain_mut(|run| {
            run.end = run.end.min(end);
            true
        });
        let mut begin = 0;
        self.code.flow.runs.retain(|run| {
            let keep = run.end > begin;
            begin = run.end;
            keep
        });
        (self.code, self.later)
    }

    /// Begins a new line unless one has just begun.
    fn line(&mut self) {
        let text = &self.code.flow.text;
        if !text.is_empty() && !text.ends_with('\n') {
            self.code.flow.push_exact("\n", TextRole::Code, None);
        }
    }
}

/// The language that a tag of a code block names.
pub(super) fn language(attributes: Attributes<'_>) -> Option<String> {
    let named = ["data-lang", "data-language", "lang"]
        .into_iter()
        .find_map(|name| attributes.text(name));
    let prefixes = ["language-", "lang-", "highlight-source-", "brush:"];
    let marked = attributes.classes().find_map(|class| {
        let strip = |prefix: &&str| class.strip_prefix(*prefix);
        prefixes.iter().find_map(strip)
    });
    // Rouge: `<pre class="highlight python">`.
    let mut classes = attributes.classes();
    let beside = classes
        .find(|class| *class == "highlight" || *class == "hljs")
        .and_then(|_| classes.next());
    let language = marked.or(named).or(beside)?.trim();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.');
    let says_nothing = matches!(
        language,
        "" | "plaintext" | "plain" | "text" | "txt" | "none" | "nohighlight" | "js-code-highlight"
    );
    (!says_nothing && language.len() <= 24 && language.chars().all(is_name))
        .then(|| language.to_lowercase())
}
