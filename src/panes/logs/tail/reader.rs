//! The reader of a tail: where they are among the rows, what is on their screen, what they have marked and selected.
//!
//! Every move among the rows holds the reader there; only following lets go, and it ends the selection.

use super::histogram_strip::HistogramStrip;
use super::layout::{LayoutInput, ScreenLayout};
use super::line::ScreenLine;
use super::marks::RowMarks;
use super::row_order::{Position, RowOrder};
use super::selected::SelectedRows;
use super::viewport::Viewport;
use crate::logs::RowId;
use crate::panes::Rect;

/// Columns below which times are short and groups have no names.
const NARROW: u16 = 60;

/// The reader and their screen.
#[derive(Debug)]
pub struct TailReader {
    viewport: Viewport,
    /// Whether the screen moves sideways to the match under the cursor when it is worked out next.
    reveals_match: bool,
    marks: RowMarks,
    /// Where a selection began, while there is one.
    anchor: Option<Position>,
    /// Where the tail is drawn.
    body: Rect,
    screen: ScreenLayout,
    histogram_strip: HistogramStrip,
    /// Where the histogram's cursor is in Unix milliseconds, while it has the focus.
    bar_ms: Option<i64>,
}

impl Default for TailReader {
    fn default() -> Self {
        Self {
            viewport: Viewport::default(),
            reveals_match: false,
            marks: RowMarks::default(),
            anchor: None,
            body: Rect::new(0, 0, 80, 20),
            screen: ScreenLayout::default(),
            histogram_strip: HistogramStrip::default(),
            bar_ms: None,
        }
    }
}

impl TailReader {
    /// The lines on the screen.
    #[must_use]
    pub fn lines(&self) -> &[ScreenLine] {
        &self.screen.lines
    }

    /// The histogram above them.
    #[must_use]
    pub const fn histogram_strip(&self) -> &HistogramStrip {
        &self.histogram_strip
    }

    /// Whether keys move the histogram's cursor.
    #[must_use]
    pub const fn is_on_histogram(&self) -> bool {
        self.bar_ms.is_some()
    }

    /// Keys move the histogram's cursor from now on, or the rows again.
    pub(in crate::panes::logs) fn toggle_histogram(&mut self) {
        self.bar_ms = match self.bar_ms {
            Some(_) => None,
            None => self.histogram_strip.beside_ms(0),
        };
    }

    /// Keys move the rows again.
    pub(in crate::panes::logs) const fn leave_histogram(&mut self) {
        self.bar_ms = None;
    }

    /// Goes to the first row of the histogram's bar; says whether it has the focus, which is over then.
    pub(in crate::panes::logs) fn go_to_bar(&mut self, order: RowOrder<'_>) -> bool {
        let bar_ms = self.bar_ms.take();
        if let Some(bar_ms) = bar_ms {
            self.go_to_time(order, bar_ms);
        }
        bar_ms.is_some()
    }

    /// Whether the newest rows are followed.
    #[must_use]
    pub const fn is_following(&self) -> bool {
        self.viewport.hold().is_none()
    }

    /// The row under the cursor; while following, the last one on the screen.
    #[must_use]
    pub fn cursor(&self) -> Option<Position> {
        let bottom = || self.screen.extent.map(|extent| extent.bottom);
        self.held().or_else(bottom)
    }

    /// The row under the cursor while the reader is held.
    #[must_use]
    pub fn held(&self) -> Option<Position> {
        self.viewport.hold().map(|hold| hold.cursor)
    }

    /// Columns of text left of the screen.
    #[must_use]
    pub const fn sideways(&self) -> usize {
        self.viewport.sideways
    }

    /// Follows the newest rows again.
    pub(in crate::panes::logs) const fn follow(&mut self) {
        self.viewport.follow();
        self.anchor = None;
    }

    /// Stays where the screen is.
    pub(in crate::panes::logs) fn pause(&mut self, order: RowOrder<'_>) {
        let newest = order.visible().last();
        self.viewport.pause(self.screen.extent, newest);
    }

    /// Stays here, and tells the row under the cursor.
    pub(in crate::panes::logs) fn hold_cursor(&mut self, order: RowOrder<'_>) -> Option<Position> {
        self.pause(order);
        self.cursor()
    }

    /// Puts the cursor on a row.
    pub(in crate::panes::logs) fn put_cursor(&mut self, order: RowOrder<'_>, spot: Position) {
        self.pause(order);
        self.viewport.put_cursor(spot);
    }

    /// Moves the cursor by a number of places.
    pub(in crate::panes::logs) fn step(&mut self, order: RowOrder<'_>, places: isize) {
        if let Some(cursor) = self.hold_cursor(order) {
            let from = order.settle(cursor).unwrap_or(cursor);
            self.viewport.put_cursor(order.step(from, places));
        }
    }

    /// Moves the screen and the cursor with it by a number of places.
    pub(in crate::panes::logs) fn page(&mut self, order: RowOrder<'_>, places: isize) {
        let (Some(cursor), Some(extent)) = (self.hold_cursor(order), self.screen.extent) else {
            return;
        };
        self.viewport.put_top(order.step(extent.top, places), 0);
        self.viewport.put_cursor(order.step(cursor, places));
    }

    /// Goes to the oldest row.
    pub(in crate::panes::logs) fn go_to_first(&mut self, order: RowOrder<'_>) {
        self.pause(order);
        if let Some(first) = order.first() {
            self.viewport.put_cursor(first);
        }
    }

    /// Goes to the first row at or after a time in Unix milliseconds.
    pub(in crate::panes::logs) fn go_to_time(&mut self, order: RowOrder<'_>, time_ms: i64) {
        self.pause(order);
        if let Some(spot) = order.at_time(time_ms) {
            self.viewport.hold_at(spot, order.visible().last());
        }
    }

    /// Goes to the first row of the next minute; or of this one, or of the one before.
    pub(in crate::panes::logs) fn go_to_minute(&mut self, order: RowOrder<'_>, below: bool) {
        let cursor = self.hold_cursor(order);
        if let Some(minute) = cursor.and_then(|cursor| order.minute_beside(cursor, below)) {
            self.go_to_time(order, minute);
        }
    }

    /// Scrolls sideways by half a screen, or moves the histogram's cursor.
    pub(in crate::panes::logs) fn scroll(&mut self, right: bool) {
        if self.is_on_histogram() {
            self.bar_ms = self.histogram_strip.beside_ms(if right { 1 } else { -1 });
            return;
        }
        let half = usize::from(self.body.width / 2);
        let from = self.viewport.sideways;
        self.viewport.sideways = if right {
            from.saturating_add(half)
        } else {
            from.saturating_sub(half)
        };
    }

    /// Moves the screen sideways to the match under the cursor when it is worked out next.
    pub(super) const fn reveal_match(&mut self) {
        self.reveals_match = true;
    }

    /// Marks the row under the cursor, or takes its mark back.
    pub(in crate::panes::logs) fn toggle_mark(&mut self, order: RowOrder<'_>) {
        if let Some(cursor) = self.hold_cursor(order) {
            self.marks.toggle(cursor.row);
        }
    }

    /// The marked rows.
    pub(in crate::panes::logs) const fn marks(&self) -> &RowMarks {
        &self.marks
    }

    /// Whether any row is marked.
    pub(in crate::panes::logs) fn has_mark(&self) -> bool {
        self.marks.reference().is_some()
    }

    /// Whether a row is marked.
    #[must_use]
    pub fn is_marked(&self, row: RowId) -> bool {
        self.marks.has(row)
    }

    /// Begins a selection with the row under the cursor, or ends it.
    pub(in crate::panes::logs) fn toggle_selection(&mut self, order: RowOrder<'_>) {
        let cursor = self.hold_cursor(order);
        self.anchor = match self.anchor {
            Some(_) => None,
            None => cursor,
        };
    }

    /// Ends the selection.
    pub(in crate::panes::logs) const fn unselect(&mut self) {
        self.anchor = None;
    }

    /// Whether rows are being selected.
    #[must_use]
    pub const fn is_selecting(&self) -> bool {
        self.anchor.is_some()
    }

    /// The rows from where the selection began to the one under the cursor.
    pub(super) fn selected<'a>(&self, order: RowOrder<'a>) -> Option<SelectedRows<'a>> {
        SelectedRows::between(order, self.anchor?, self.cursor()?)
    }

    /// How many rows came since the reader stopped and stand below all that was on the screen since; a folded
    /// invocation is one.
    pub(super) fn new_rows(&self, order: RowOrder<'_>) -> usize {
        let Some(hold) = self.viewport.hold() else {
            return 0;
        };
        let seen = hold.seen.map_or(0, |seen| order.count_to(seen));
        order.count().saturating_sub(seen)
    }

    /// Where the tail is drawn.
    #[must_use]
    pub const fn body(&self) -> Rect {
        self.body
    }

    /// Whether there is room for short times only, and for no names of groups.
    pub(super) const fn is_narrow(&self) -> bool {
        self.body.width < NARROW
    }

    /// The tail is drawn here from now on.
    pub(super) const fn put_body(&mut self, body: Rect) {
        self.body = body;
    }

    /// Works out the screen.
    pub(super) fn settle(&mut self, mut layout: LayoutInput<'_>) {
        if std::mem::take(&mut self.reveals_match)
            && let Some(cursor) = self.held()
            && let Some(sideways) = layout.sideways_to_match(cursor)
        {
            self.viewport.sideways = sideways;
            layout.drafter.sideways = sideways;
        }
        self.screen = layout.page(&mut self.viewport);
        let order = layout.order;
        self.see_screen(order);
        let held_ms = || order.time_ms(self.held()?.row);
        let cursor_ms = self.bar_ms.or_else(held_ms);
        self.histogram_strip = HistogramStrip::of(&order.visible(), cursor_ms, self.body.width);
    }

    /// Remembers the last row on the screen when none after it was there before.
    fn see_screen(&mut self, order: RowOrder<'_>) {
        let (Some(hold), Some(extent)) = (self.viewport.hold(), self.screen.extent) else {
            return;
        };
        let bottom = order.head(extent.bottom.row);
        let is_further = |seen| order.count_to(bottom) > order.count_to(seen);
        if hold.seen.is_none_or(is_further) {
            self.viewport.see(bottom);
        }
    }
}
