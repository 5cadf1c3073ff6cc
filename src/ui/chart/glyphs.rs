//! The characters a chart is made of: one set for Unicode, one for ASCII. Shapes differ, not only colours.

use std::borrow::Cow;

use super::ChartForm;

/// One set of characters, each one column wide.
pub(super) struct ChartGlyphs {
    pub(super) ascii: bool,
    pub(super) duration: &'static str,
    pub(super) cost: &'static str,
    /// A duration and a cost in the same cell.
    pub(super) both: &'static str,
    pub(super) overlay_duration: &'static str,
    pub(super) overlay_cost: &'static str,
    /// The same five where the whole interval lies within the cell: duration, cost, both, and those of the overlay.
    pub(super) within: [&'static str; 5],
    /// An interval through a whole cell, its lower half, its upper half.
    pub(super) bar: &'static str,
    pub(super) bar_lower: &'static str,
    pub(super) bar_upper: &'static str,
    /// A single sample.
    pub(super) dot: &'static str,
    pub(super) cursor: &'static str,
    pub(super) cursor_foot: &'static str,
    pub(super) baseline: &'static str,
    pub(super) limit: &'static str,
    /// Something lies above the plot.
    pub(super) above: &'static str,
    /// The value axes: plain, with a tick to the left, to the right.
    pub(super) side: &'static str,
    pub(super) tick_left: &'static str,
    pub(super) tick_right: &'static str,
    /// The memory axis: plain, its ends, a measured, a pending, an infeasible size.
    pub(super) floor: &'static str,
    pub(super) corner_left: &'static str,
    pub(super) corner_right: &'static str,
    pub(super) measured: &'static str,
    pub(super) pending: &'static str,
    pub(super) infeasible: &'static str,
    pub(super) recommended: &'static str,
    /// A frame: upper left, upper right, lower left, lower right, horizontal, vertical.
    pub(super) frame: [&'static str; 6],
}

const UNICODE: ChartGlyphs = ChartGlyphs {
    ascii: false,
    duration: "●",
    cost: "◆",
    both: "◈",
    overlay_duration: "○",
    overlay_cost: "◇",
    within: ["◉", "❖", "▣", "◎", "⋄"],
    bar: "│",
    bar_lower: "╷",
    bar_upper: "╵",
    dot: "⠂",
    cursor: "┃",
    cursor_foot: "┸",
    baseline: "┊",
    limit: "╌",
    above: "↑",
    side: "│",
    tick_left: "┤",
    tick_right: "├",
    floor: "─",
    corner_left: "└",
    corner_right: "┘",
    measured: "┴",
    pending: "┬",
    infeasible: "×",
    recommended: "★",
    frame: ["╭", "╮", "╰", "╯", "─", "│"],
};

const ASCII: ChartGlyphs = ChartGlyphs {
    ascii: true,
    duration: "o",
    cost: "$",
    both: "8",
    overlay_duration: "x",
    overlay_cost: "%",
    within: ["0", "S", "&", "X", "@"],
    bar: "I",
    bar_lower: "I",
    bar_upper: "I",
    dot: ".",
    cursor: "|",
    cursor_foot: "^",
    baseline: ":",
    limit: "=",
    above: "^",
    side: "|",
    tick_left: "+",
    tick_right: "+",
    floor: "-",
    corner_left: "+",
    corner_right: "+",
    measured: "+",
    pending: "?",
    infeasible: "!",
    recommended: "*",
    frame: ["+", "+", "+", "+", "-", "|"],
};

impl ChartGlyphs {
    /// The set for a form.
    pub(super) const fn of(form: ChartForm) -> &'static Self {
        match form {
            ChartForm::Braille | ChartForm::Table => &UNICODE,
            ChartForm::Ascii | ChartForm::AsciiTable => &ASCII,
        }
    }

    /// The sign of a point whose whole interval lies within its cell, by its usual sign.
    pub(super) fn within(&self, usual: &'static str) -> &'static str {
        let signs = [
            self.duration,
            self.cost,
            self.both,
            self.overlay_duration,
            self.overlay_cost,
        ];
        let mut pairs = signs.into_iter().zip(self.within);
        pairs
            .find(|(sign, _)| *sign == usual)
            .map_or(usual, |(_, within)| within)
    }

    /// Our own words with the signs this set has.
    pub(super) fn say<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if !self.ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '−' | '–' | '—' => plain.push('-'),
                '±' => plain.push_str("+/-"),
                '…' => plain.push_str("..."),
                '¥' => plain.push_str("CNY "),
                '·' => plain.push('|'),
                other => plain.push(other),
            }
        }
        Cow::Owned(plain)
    }
}
