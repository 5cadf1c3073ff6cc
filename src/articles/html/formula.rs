//! Formulas: `KaTeX` writes each one up to three times, for browsers, for machines and for the eye; it is shown once.

use html5ever::tokenizer::Tag;

use super::attributes::Attributes;
use super::mathml::LinearMath;
use super::tex;

/// A formula being read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Formula {
    /// How many of its elements are open.
    open: u32,
    part: FormulaPart,
    /// What it says in `MathML`.
    mathml: String,
    /// The same as one line, where the tags of `MathML` came with it.
    linear: LinearMath,
    /// How its author wrote it.
    source: String,
    /// What is drawn.
    drawn: String,
}

/// A formula that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FormulaText {
    /// As one line that can be read.
    pub(super) line: String,
    /// As its author wrote it; empty where that is lost.
    pub(super) source: String,
}

/// Which of the versions is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum FormulaPart {
    #[default]
    Drawn,
    Mathml,
    Source,
}

impl Formula {
    /// Whether a tag begins a formula.
    pub(super) fn begins(name: &str, attributes: Attributes<'_>) -> bool {
        name == "math"
            || (matches!(name, "span" | "div")
                && attributes.classes().any(|class| class.starts_with("katex")))
    }

    /// A formula that is written in TeX alone.
    pub(super) fn tex() -> Self {
        Self {
            part: FormulaPart::Source,
            ..Self::default()
        }
    }

    /// A tag within the formula begins (also the one that begins the formula).
    pub(super) fn start(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if tag.self_closing {
            return;
        }
        if is_mathml(name) {
            self.linear.start(name);
        }
        if !counts(name) {
            return;
        }
        self.open += 1;
        let attributes = Attributes::of(tag);
        match name {
            "annotation" => self.part = FormulaPart::Source,
            "math" => self.part = FormulaPart::Mathml,
            _ if attributes.has_class("katex-mathml") => self.part = FormulaPart::Mathml,
            _ if attributes.has_class("katex-html") => self.part = FormulaPart::Drawn,
            _ => {}
        }
    }

    /// A tag ends; whether the formula ends with it.
    pub(super) fn end(&mut self, name: &str) -> bool {
        if is_mathml(name) {
            self.linear.end(name);
        }
        if counts(name) {
            self.open = self.open.saturating_sub(1);
        }
        if name == "annotation" {
            self.part = FormulaPart::Mathml;
        }
        self.open == 0
    }

    /// Text within the formula.
    pub(super) fn push(&mut self, text: &str) {
        let part = match self.part {
            FormulaPart::Drawn => &mut self.drawn,
            FormulaPart::Mathml => &mut self.mathml,
            FormulaPart::Source => &mut self.source,
        };
        if self.part == FormulaPart::Source && self.open == 0 {
            // In a script nothing is decoded; a feed may have had to write signs so all the same.
            let decoded = text.replace("&lt;", "<").replace("&gt;", ">");
            part.push_str(&decoded.replace("&amp;", "&"));
        } else {
            part.push_str(text);
        }
        if self.part == FormulaPart::Mathml {
            self.linear.push(text);
        }
    }

    /// The formula, once: as one line, and as its author wrote it, if that is known.
    pub(super) fn finish(&self) -> FormulaText {
        let linear = self.linear.text();
        let source = self.source().unwrap_or_default();
        let line = tex::line(source)
            .or_else(|| Some(linear).filter(|linear| !linear.is_empty()))
            .unwrap_or_else(|| self.bare().to_owned());
        FormulaText {
            line,
            source: source.to_owned(),
        }
    }

    /// How its author wrote it.
    ///
    /// A feed that lost the tags of `MathML` but not their text has drawing and source in one string; what is left
    /// when the drawing is taken away is the source.
    fn source(&self) -> Option<&str> {
        let [source, mathml, drawn] =
            [&self.source, &self.mathml, &self.drawn].map(|text| text.trim());
        if !source.is_empty() {
            return Some(source);
        }
        let rest = after(mathml, drawn).map(str::trim);
        rest.filter(|rest| !rest.is_empty() && !drawn.is_empty())
    }

    /// What is left of a formula without a source that can be read and without tags.
    fn bare(&self) -> &str {
        let all = [&self.source, &self.drawn, &self.mathml];
        let mut all = all.into_iter().map(|text| text.trim());
        all.find(|text| !text.is_empty()).unwrap_or_default()
    }
}

/// Elements of `MathML`, by their names.
fn is_mathml(name: &str) -> bool {
    name.starts_with('m') || matches!(name, "semantics" | "annotation" | "annotation-xml")
}

/// Elements whose beginnings and ends are counted.
fn counts(name: &str) -> bool {
    matches!(
        name,
        "span" | "div" | "math" | "semantics" | "annotation" | "svg"
    )
}

/// What follows `start` in `text`, white space and invisible characters not minded.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let solid = |c: &char| {
        !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}')
    };
    let mut wanted = start.chars().filter(solid).peekable();
    let mut rest = text.char_indices();
    while wanted.peek().is_some() {
        let (_, found) = rest.find(|(_, c)| solid(c))?;
        if Some(found) != wanted.next() {
            return None;
        }
    }
    Some(rest.as_str())
}
