//! One line of the screen, worked out from a row.

use std::ops::Range;

use super::columns::{self, TextPiece};
use super::highlights::{Highlights, SetApart};
use super::names::ShortNames;
use super::row_order::Position;
use super::run_marks::RunMarks;
use crate::logs::invocation::Invocation;
use crate::logs::{EventOrigin, Level, Matcher, RecordKind, Row, TerminalColour, summary_without};
use crate::panes::logs::SavedLists;
use crate::panes::logs::clock::{TimeDisplay, shift_words};
use crate::text::{counted, size, thousands};

/// What stands between the lines of a text that is shown on one line.
const BREAK: &str = " \u{21b5} ";

/// One line of the screen. Every text is safe to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenLine {
    /// The row it belongs to.
    pub spot: Position,
    /// Whether it is the first line of its row; further ones have no time and no source.
    pub is_first: bool,
    /// What it shows.
    pub kind: ScreenLineKind,
    /// How grave the row is.
    pub level: Level,
    /// How the row came here.
    pub origin: EventOrigin,
    /// The time.
    pub time: String,
    /// Where it comes from, when several groups are followed.
    pub source: String,
    /// The part of the text that is on the screen.
    pub text: String,
    /// What is set apart in it, in bytes, from left to right without overlap.
    pub found: Vec<(Range<usize>, SetApart)>,
    /// What the event itself colours in it, in bytes.
    pub colours: Vec<(Range<usize>, TerminalColour)>,
    /// What of the row is out of sight here.
    pub rest: Rest,
}

/// What of a row is out of sight at a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// Nothing that is not left of the screen or on lines below.
    None,
    /// The text goes on right of the screen; the last column is free to say so.
    Right,
    /// So many lines, in place of which this one stands without a text.
    Lines(usize),
    /// Lines nobody has counted because the row was not read to its end; this one stands in their place.
    Unread,
}

/// What a line shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenLineKind {
    /// An event.
    Event,
    /// A record the Lambda platform wrote.
    Record,
    /// The platform says that it dropped records: lines nobody will ever see.
    Dropped,
    /// An event that the filters leave out, near one that passes.
    Around,
    /// A mark between events.
    Marker,
    /// An invocation; whether it is unfolded, and whether it went well so far.
    Invocation {
        /// Whether its rows stand below.
        is_unfolded: bool,
        /// Whether it failed or timed out.
        is_bad: bool,
    },
}

impl ScreenLine {
    /// The ruler above a row before which so many others are left out.
    pub(super) fn left_out(spot: Position, count: usize) -> Self {
        let text = counted(count, "event left out", "events left out");
        Self {
            spot,
            is_first: false,
            kind: ScreenLineKind::Marker,
            level: Level::Unknown,
            origin: EventOrigin::History,
            time: String::new(),
            source: String::new(),
            text: text.unwrap_or_default(),
            found: Vec::new(),
            colours: Vec::new(),
            rest: Rest::None,
        }
    }
}

/// How rows become lines.
#[derive(Debug)]
pub(super) struct Drafter<'a> {
    pub(super) clock: TimeDisplay,
    pub(super) names: &'a ShortNames,
    pub(super) search: Option<&'a Matcher>,
    pub(super) terms: &'a Highlights,
    /// The rows of tuning runs.
    pub(super) runs: &'a RunMarks,
    /// Among them the fields that rows do not show.
    pub(super) saved: &'a SavedLists,
    pub(super) wrap: bool,
    pub(super) sideways: usize,
    /// Columns of text.
    pub(super) columns: usize,
    /// Lines a wrapped row has at most.
    pub(super) most: usize,
}

impl Drafter<'_> {
    /// The lines of an event or a marker, of one that stands for so many alike ones.
    pub(super) fn row(&self, spot: Position, row: &Row, alike: usize) -> Vec<ScreenLine> {
        let kind = match row.brief.kind {
            RecordKind::Marker => ScreenLineKind::Marker,
            RecordKind::LogsDropped => ScreenLineKind::Dropped,
            kind if kind.is_platform() => ScreenLineKind::Record,
            _ => ScreenLineKind::Event,
        };
        let mut line = ScreenLine {
            spot,
            is_first: true,
            kind,
            level: row.brief.level,
            origin: row.brief.origin,
            time: self
                .clock
                .tell_row(row.brief.time_ms, row.brief.ingested_ms),
            source: self.names.of(row),
            text: String::new(),
            found: Vec::new(),
            colours: Vec::new(),
            rest: Rest::None,
        };
        if kind == ScreenLineKind::Marker {
            line.text.clone_from(&row.text);
            return vec![line];
        }
        let whole = self.whole(row);
        let text = match alike {
            1 => whole,
            alike => format!("[{} alike] {whole}", thousands(alike)),
        };
        line.colours = self.colours(row, &text);
        self.lines(line, &text, row.is_cut)
    }

    /// The parts of this text of a row that the event colours: those of its own text, which stands at the end of it.
    fn colours(&self, row: &Row, text: &str) -> Vec<(Range<usize>, TerminalColour)> {
        if row.colours.is_empty() {
            return Vec::new();
        }
        let own = self.text(row);
        let is_own = own == row.text || own == row.text.replace('\n', BREAK);
        let Some(before) = text.len().checked_sub(own.len()).filter(|_| is_own) else {
            return Vec::new();
        };
        let place = |at: usize| {
            let breaks = row
                .text
                .get(..at)
                .map_or(0, |until| until.matches('\n').count());
            let longer = if self.wrap { 0 } else { BREAK.len() - 1 };
            before + at + breaks * longer
        };
        let colours = row.colours.iter();
        let placed = colours.map(|(range, colour)| (place(range.start)..place(range.end), *colour));
        placed.collect()
    }

    /// The text of an event with what stands before it, as far as it was read.
    fn whole(&self, row: &Row) -> String {
        let is_record = row.brief.kind.is_platform();
        let run = self.runs.name(row).filter(|_| is_record);
        let run = run.map_or_else(String::new, |run| format!("[{run}] "));
        format!("{run}{}{}", shift_words(row.brief.shift), self.text(row))
    }

    /// The line of an invocation.
    pub(super) fn invocation(
        &self,
        spot: Position,
        row: &Row,
        invocation: &Invocation,
        is_unfolded: bool,
    ) -> Vec<ScreenLine> {
        let told = super::invocation::tell(invocation, self.columns);
        let line = ScreenLine {
            spot,
            is_first: true,
            kind: ScreenLineKind::Invocation {
                is_unfolded,
                is_bad: told.is_bad,
            },
            level: if told.is_bad {
                Level::Error
            } else {
                Level::Info
            },
            origin: row.brief.origin,
            time: self
                .clock
                .tell_row(row.brief.time_ms, row.brief.ingested_ms),
            source: self.names.of(row),
            text: String::new(),
            found: Vec::new(),
            colours: Vec::new(),
            rest: Rest::None,
        };
        let text = match self.runs.name(row) {
            Some(run) => format!("{}  [{run}]", told.text),
            None => told.text,
        };
        self.lines(line, &text, false)
    }

    /// The text of a row as it is shown: JSON as a summary, several lines as one, unless wrapped.
    fn text(&self, row: &Row) -> String {
        let group = row.source.as_ref().map_or("", |source| &*source.group);
        let sum = || summary_without(&row.text, self.saved.hidden_fields(group));
        let summed = row.brief.is_json.then(sum).flatten();
        let more = if row.is_cut {
            format!(" ({} in all)", size(row.bytes as u64))
        } else {
            String::new()
        };
        match summed {
            Some(summed) => summed + &more,
            None if self.wrap => row.text.clone() + &more,
            None => row.text.replace('\n', BREAK) + &more,
        }
    }

    /// The lines of a row with this text; with `is_cut` that is its beginning only.
    fn lines(&self, first: ScreenLine, text: &str, is_cut: bool) -> Vec<ScreenLine> {
        let found = self.terms.ranges(self.search, text);
        if !self.wrap {
            return vec![self.clipped(first, text, &found)];
        }
        let mut pieces = columns::wrap(text, self.columns);
        let hidden = pieces.len().saturating_sub(self.most);
        if hidden > 0 {
            pieces.truncate(self.most);
        }
        let below = ScreenLine {
            is_first: false,
            time: String::new(),
            source: String::new(),
            ..first.clone()
        };
        let mut lines: Vec<ScreenLine> = pieces
            .iter()
            .enumerate()
            .map(|(number, piece)| {
                let line = if number == 0 { &first } else { &below };
                with(line.clone(), text, piece, &found)
            })
            .collect();
        if let (Some(last), true) = (lines.last_mut(), hidden > 0) {
            last.text.clear();
            last.found.clear();
            last.colours.clear();
            last.rest = if is_cut {
                Rest::Unread
            } else {
                Rest::Lines(hidden + 1)
            };
        }
        lines
    }

    /// The one line of a row that is not wrapped.
    fn clipped(
        &self,
        line: ScreenLine,
        text: &str,
        found: &[(Range<usize>, SetApart)],
    ) -> ScreenLine {
        let piece = columns::clip(text, self.sideways, self.columns);
        if piece.bytes.end >= text.len() {
            return with(line, text, &piece, found);
        }
        let piece = columns::clip(text, self.sideways, self.columns.saturating_sub(1));
        ScreenLine {
            rest: Rest::Right,
            ..with(line, text, &piece, found)
        }
    }

    /// The columns left of the screen that bring a match in a row onto it: as many as there are if one is there.
    /// Nothing where no match can be seen.
    pub(super) fn sideways_to_match(
        &self,
        row: &Row,
        invocation: Option<&Invocation>,
    ) -> Option<usize> {
        let search = self.search.filter(|_| !self.wrap)?;
        let text = match invocation {
            Some(invocation) => super::invocation::tell(invocation, self.columns).text,
            None => self.whole(row),
        };
        let matches = columns::spans(&text, &search.ranges(&text));
        let room = self.columns.saturating_sub(1);
        let is_seen = |span: &Range<usize>| {
            self.sideways <= span.start && span.end <= self.sideways.saturating_add(room)
        };
        let first = matches.first()?;
        if matches.iter().any(is_seen) {
            return Some(self.sideways);
        }
        if first.end <= room {
            return Some(0);
        }
        let before = (room / 3).min(room.saturating_sub(first.len()));
        Some(first.start.saturating_sub(before))
    }
}

/// The line with a piece of the text.
fn with(
    line: ScreenLine,
    text: &str,
    piece: &TextPiece,
    found: &[(Range<usize>, SetApart)],
) -> ScreenLine {
    let bytes = &piece.bytes;
    let moved = |at: usize| piece.pad + at.clamp(bytes.start, bytes.end) - bytes.start;
    let on_screen = |range: &Range<usize>| {
        let is_seen = range.start < bytes.end && range.end > bytes.start;
        is_seen.then(|| moved(range.start)..moved(range.end))
    };
    let found = found.iter();
    let colours = line.colours.iter();
    ScreenLine {
        text: piece.of(text),
        found: found
            .filter_map(|(range, apart)| Some((on_screen(range)?, *apart)))
            .collect(),
        colours: colours
            .filter_map(|(range, colour)| Some((on_screen(range)?, *colour)))
            .collect(),
        ..line
    }
}
