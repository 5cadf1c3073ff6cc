//! What is marked on a chart, and the marks that sizes carry for it: a letter or a star under the plot and in the table, with its words in the legend and
//! beside the exact values. A new mark is a row here.

use super::Chart;
use super::glyphs::ChartGlyphs;
use crate::lambda::MemoryMb;
use crate::power::{PickLimits, Picks, Weight};

/// What is marked on a chart.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ChartMarks {
    /// The sizes that are cheapest, fastest and balanced.
    pub picks: Option<Picks>,
    /// The weight of the balanced pick.
    pub weight: Weight,
    /// The size that is recommended.
    pub recommended: Option<MemoryMb>,
    /// The size whose exact values are shown.
    pub cursor: Option<MemoryMb>,
    /// The size that changes are told against.
    pub baseline: Option<MemoryMb>,
    /// The limits on the durations.
    pub limits: PickLimits,
}

/// A mark of a size.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SizeMark {
    /// The size that carries it.
    pub(super) size: MemoryMb,
    /// Its sign, one column wide.
    pub(super) sign: &'static str,
    /// What it says of the size beside the exact values; `None` where the sign says it.
    pub(super) word: Option<&'static str>,
    /// What the legend says of it, the longest words first.
    pub(super) legend: [String; 3],
}

/// The marks of a chart, in the order in which a size with several shows them.
pub(super) fn marks(chart: &Chart<'_>) -> Vec<SizeMark> {
    let balance = format!(" (cost weight {:.2})", chart.marks.weight.of_cost());
    let picks = chart.marks.picks.iter().flat_map(|picks| {
        [
            pick("C", "cheapest", picks.cheapest, ""),
            pick("F", "fastest", picks.fastest, ""),
            pick("B", "balanced", picks.balanced, &balance),
        ]
    });
    picks.chain(recommended(chart)).collect()
}

fn pick(sign: &'static str, word: &'static str, size: MemoryMb, more: &str) -> SizeMark {
    SizeMark {
        size,
        sign,
        word: Some(word),
        legend: [
            format!("{word} {size} MB{more}"),
            format!("{word} {size}"),
            size.to_string(),
        ],
    }
}

/// The size is named only when none of the picks has it.
fn recommended(chart: &Chart<'_>) -> Option<SizeMark> {
    let size = chart.marks.recommended?;
    let names = |picks: Picks| [picks.cheapest, picks.fastest, picks.balanced].contains(&size);
    let legend = if chart.marks.picks.is_some_and(names) {
        ["recommended", "pick", "pick"].map(str::to_owned)
    } else {
        [
            format!("recommended {size} MB"),
            format!("pick {size}"),
            size.to_string(),
        ]
    };
    Some(SizeMark {
        size,
        sign: ChartGlyphs::of(chart.form).recommended,
        word: None,
        legend,
    })
}

/// The signs that a size carries.
pub(super) fn signs_at(chart: &Chart<'_>, size: MemoryMb) -> String {
    let of_size = |mark: &SizeMark| mark.size == size;
    let marks = marks(chart).into_iter().filter(of_size);
    marks.map(|mark| mark.sign).collect()
}
