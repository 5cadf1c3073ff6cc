//! The characters that frame an article, in Unicode and in ASCII.

/// What bullets, bars and rules are drawn with; bars and marks end with a space.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageGlyphs {
    /// Bullets of lists, by how many lists they are in.
    bullets: [&'static str; 3],
    /// Before every line of a quotation.
    pub(super) quote: &'static str,
    /// Before every line of a card.
    pub(super) card: &'static str,
    /// Before what can be folded elsewhere.
    pub(super) fold: &'static str,
    /// Before the rest of a line of code that was wrapped.
    pub(super) wrapped: &'static str,
    /// Rules: around code, under headings and heads of tables.
    pub(super) rule: char,
    /// Under the highest heading.
    pub(super) double_rule: char,
    /// Between columns.
    pub(super) column: &'static str,
    /// Where a rule meets what stands between columns.
    pub(super) cross: char,
}

const UNICODE: PageGlyphs = PageGlyphs {
    bullets: ["• ", "◦ ", "▪ "],
    quote: "│ ",
    card: "┃ ",
    fold: "▾ ",
    wrapped: "↪ ",
    rule: '─',
    double_rule: '═',
    column: " │ ",
    cross: '┼',
};

const ASCII: PageGlyphs = PageGlyphs {
    bullets: ["* ", "- ", "+ "],
    quote: "| ",
    card: "# ",
    fold: "v ",
    wrapped: "> ",
    rule: '-',
    double_rule: '=',
    column: " | ",
    cross: '+',
};

impl PageGlyphs {
    pub(super) const fn of(ascii: bool) -> &'static Self {
        if ascii { &ASCII } else { &UNICODE }
    }

    /// A rule of this many columns.
    pub(super) fn rule(&self, columns: usize) -> String {
        self.rule.to_string().repeat(columns)
    }

    /// The bullet of an item that is in this many lists.
    pub(super) fn bullet(&self, lists: usize) -> &'static str {
        let at = lists.saturating_sub(1) % self.bullets.len();
        self.bullets.get(at).copied().unwrap_or("* ")
    }
}
