//! An article laid out for one width: lines of spans with roles, no colours and no terminal.

use std::ops::Range;

/// An article laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageLayout {
    /// The lines, top to bottom; all but [`Line::wide`] ones fit the width. Texts are safe to show.
    pub lines: Vec<Line>,
    /// The headings, in order.
    pub headings: Vec<Anchor>,
    /// The code blocks: the first line of each, and its exact text, unwrapped, to copy.
    pub code: Vec<Anchor>,
    /// The tables: the lines of each.
    pub tables: Vec<Range<usize>>,
    /// The links in order of appearance, images and embeds too.
    pub links: Vec<Link>,
    /// The formulas whose source is known: the lines of each, and how its author wrote it, to copy.
    pub formulas: Vec<Anchor>,
    /// The places that links of the article lead to: the name and the line of each.
    pub places: Vec<(String, usize)>,
    /// The article's own address, without a fragment, as its text has it.
    pub address: Option<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// What it is made of, left to right.
    pub spans: Vec<TextSpan>,
    /// Whether it may be wider than the page and scrolls sideways (code).
    pub wide: bool,
}

/// A piece of a line in one look.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSpan {
    /// The text, free of control characters.
    pub text: String,
    /// How it looks.
    pub role: TextRole,
    /// The link it belongs to: an index into [`PageLayout::links`].
    pub link: Option<usize>,
}

/// How a piece of text looks; the theme gives each role its colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextRole {
    /// Running text.
    Body,
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// Strong.
    Strong,
    /// Emphasised.
    Emphasis,
    /// Struck out.
    Deleted,
    /// The text of a link.
    Link,
    /// A key of the keyboard.
    Keyboard,
    /// Code in running text.
    Literal,
    /// A formula, by its number in the article; one line, whatever it was written as.
    Formula(u32),
    /// Code in a block.
    Code,
    /// A keyword of code.
    CodeKeyword,
    /// A string of code.
    CodeString,
    /// A number or another literal of code.
    CodeNumber,
    /// A comment of code.
    CodeComment,
    /// A function, class, tag or attribute name of code.
    CodeName,
    /// A type or built-in of code.
    CodeType,
    /// An operator or a punctuation mark of code.
    CodeOperator,
    /// An inserted line of a difference.
    CodeInserted,
    /// A deleted line of a difference.
    CodeDeleted,
    /// What the program adds: bullets, bars, rules, labels, placeholders.
    Frame,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The lines it covers.
    pub lines: Range<usize>,
    /// The heading's level, 1 to 6; 0 for code.
    pub level: u8,
    /// The heading's text, or the code exactly as written.
    pub text: String,
    /// The language of code, as far as it is known.
    pub language: Option<String>,
}

/// A link of the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its text, an image's alternative text, or the URL where there is neither.
    pub text: String,
    /// Where it leads, absolute where the base is known; free of control characters.
    pub url: String,
    /// What it leads to.
    pub kind: LinkKind,
    /// The line it begins on.
    pub line: usize,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// A page.
    Web,
    /// A picture.
    Image,
    /// A video.
    Video,
    /// A tweet.
    Tweet,
    /// A gist.
    Gist,
    /// The result of a power tuning; opens as a chart.
    PowerTuning,
    /// What comes with the article: a recording, a document.
    Enclosure,
}
