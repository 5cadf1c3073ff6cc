//! How the reader moves among the rows.

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Position, Tail};
use crate::effect::{Outbox, Severity};
use crate::logs::{Brief, Level, RowId, written_time};
use crate::panes::logs::clock;
use crate::panes::logs::screens::tail::{LOAD_FROM, NEXT_ERROR, PREVIOUS_ERROR};

/// Rows that are looked at for one key press, so that it never waits for long.
const LOOKED: usize = 50_000;
/// Milliseconds of a minute.
const MINUTE: i64 = 60_000;

impl Tail {
    /// The row under the cursor; while following, the last one on the screen.
    #[must_use]
    pub fn cursor(&self) -> Option<Position> {
        match self.viewport.hold() {
            Some(hold) => Some(hold.cursor),
            None => self.page.extent.map(|extent| extent.bottom),
        }
    }

    /// The row under the cursor while the reader is held.
    #[must_use]
    pub fn held(&self) -> Option<Position> {
        self.viewport.hold().map(|hold| hold.cursor)
    }

    /// Stays here, and tells the row under the cursor.
    pub(super) fn hold_cursor(&mut self) -> Option<Position> {
        self.pause();
        self.cursor()
    }

    /// Stays where the screen is.
    pub(in crate::panes::logs) fn pause(&mut self) {
        let seen = self.rows().last();
        self.viewport.pause(self.page.extent, seen);
    }

    /// Follows the newest rows again.
    pub(in crate::panes::logs) fn follow(&mut self) {
        self.viewport.follow();
        self.marks.anchor = None;
    }

    pub(super) fn put_cursor(&mut self, spot: Position) {
        self.pause();
        self.viewport.put_cursor(spot);
    }

    /// Moves the cursor by a number of places.
    pub(in crate::panes::logs) fn step(&mut self, places: isize) {
        let Some(cursor) = self.hold_cursor() else {
            return;
        };
        let lane = self.lane();
        let from = lane.settle(cursor).unwrap_or(cursor);
        let to = lane.step(from, places);
        self.viewport.put_cursor(to);
    }

    /// Moves by screens: the screen moves with the cursor.
    pub(in crate::panes::logs) fn page(&mut self, screens: isize) {
        self.pause();
        let (Some(hold), Some(extent)) = (self.viewport.hold().copied(), self.page.extent) else {
            return;
        };
        let places = isize::try_from(self.height())
            .unwrap_or(1)
            .saturating_sub(1);
        let lane = self.lane();
        let top = lane.step(extent.top, places * screens);
        let cursor = lane.step(hold.cursor, places * screens);
        self.viewport.put_top(top, 0);
        self.viewport.put_cursor(cursor);
    }

    /// Goes to the oldest row.
    pub(in crate::panes::logs) fn go_to_first(&mut self) {
        self.pause();
        if let Some(first) = self.lane().first() {
            self.viewport.put_cursor(first);
        }
    }

    /// Goes to a row; one inside a folded invocation is unfolded.
    pub(super) fn go_to_row(&mut self, row: RowId) {
        self.pause();
        let mut spot = Position::of(row);
        if self.is_folding()
            && let Some(head) = self.folds.head(row)
            && head != row
        {
            self.folds.set_unfolded(head, true);
            spot.under = true;
        }
        self.viewport.put_cursor(spot);
    }

    /// Unfolds the invocation of the row under the cursor, or folds it; says whether there is one.
    pub(in crate::panes::logs) fn turn_fold(&mut self) -> bool {
        let Some(cursor) = self.hold_cursor().filter(|_| self.is_folding()) else {
            return false;
        };
        let Some(head) = self.folds.head(cursor.row) else {
            return false;
        };
        let unfolded = self.folds.is_unfolded(head);
        self.folds.set_unfolded(head, !unfolded);
        self.viewport.put_cursor(Position::of(head));
        true
    }

    /// Folds the unfolded invocation under the cursor of a held reader; says whether there is one.
    pub(in crate::panes::logs) fn fold_here(&mut self) -> bool {
        let held = self.held();
        held.is_some_and(|spot| self.folds.is_unfolded(spot.row)) && self.turn_fold()
    }

    /// Whether the row under the cursor stands for an invocation.
    pub(in crate::panes::logs) fn is_on_invocation(&self) -> bool {
        self.is_folding()
            && self
                .cursor()
                .is_some_and(|spot| !spot.under && self.folds.heads(spot.row).is_some())
    }

    /// Goes to the next error, or the one before. Where many rows are none it goes as far as it has looked, and says so.
    pub(in crate::panes::logs) fn find_error(&mut self, below: bool, out: &mut Outbox<'_>) {
        let Some(cursor) = self.hold_cursor() else {
            return;
        };
        let rows = self.rows();
        let near = rows.near(cursor.row);
        let left = Cell::new(LOOKED);
        let is_over = |brief: &Brief| {
            left.set(left.get() - 1);
            brief.level >= Level::Error || left.get() == 0
        };
        let found = if below {
            let here = usize::from(rows.row_at(near) == Some(cursor.row));
            rows.find_from(near + here, is_over)
        } else {
            rows.find_before(near, is_over)
        };
        let is_error = |row| {
            let brief = self.buffer.brief(row);
            brief.is_some_and(|brief| brief.level >= Level::Error)
        };
        if let Some(row) = found.filter(|row| !is_error(*row)) {
            self.go_to_row(row);
            let (side, action) = if below {
                ("below", NEXT_ERROR)
            } else {
                ("above", PREVIOUS_ERROR)
            };
            let key = out.context.keymap.hint(action);
            let words = format!("No error in the {LOOKED} rows {side}; {key} looks on from here.");
            return out.notice(Severity::Info, words);
        }
        self.go_or_tell(found, "error", below, out);
    }

    /// Goes to what was found, or says that there is none on that side.
    fn go_or_tell(&mut self, found: Option<RowId>, what: &str, below: bool, out: &mut Outbox<'_>) {
        if let Some(row) = found {
            self.go_to_row(row);
        } else {
            let side = if below { "below" } else { "above" };
            out.notice(Severity::Info, format!("No {what} {side}."));
        }
    }

    /// Goes to the first row of the next minute; or of this one, or of the one before.
    pub(in crate::panes::logs) fn find_minute(&mut self, below: bool) {
        let Some(cursor) = self.hold_cursor() else {
            return;
        };
        let Some(here) = self.buffer.brief(cursor.row) else {
            return;
        };
        let minute = here.time_ms.div_euclid(MINUTE) * MINUTE;
        if below {
            return self.go_to_time(minute + MINUTE);
        }
        let first = self.lane().at_time(minute);
        let earlier = self
            .rows()
            .before(cursor.row)
            .filter(|_| first == Some(cursor));
        let earlier = earlier.and_then(|row| self.buffer.brief(row));
        let minute = earlier.map_or(minute, |brief| brief.time_ms.div_euclid(MINUTE) * MINUTE);
        self.go_to_time(minute);
    }

    /// Goes to the first row at or after a time in Unix milliseconds.
    pub(in crate::panes::logs) fn go_to_time(&mut self, time_ms: i64) {
        self.pause();
        if let Some(spot) = self.lane().at_time(time_ms) {
            self.viewport.put_cursor(spot);
        }
    }

    /// Goes to the time a user typed; says so when the rows begin later.
    ///
    /// # Errors
    /// A sentence that says what can be typed.
    pub(in crate::panes::logs) fn go_to(
        &mut self,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let at = self.typed(text, out.now)?;
        self.go_to_time(at.as_millisecond());
        let oldest = self.buffer.all().row_at(0);
        let oldest = oldest.and_then(|row| self.buffer.brief(row));
        if let Some(oldest) = oldest.filter(|it| it.time_ms > at.as_millisecond()) {
            let begin = written_time(oldest.time_ms);
            let key = out.context.keymap.hint(LOAD_FROM);
            let words = format!("The rows here begin at {begin}; {key} loads earlier ones.");
            out.notice(Severity::Info, words);
        }
        Ok(())
    }

    /// Follows anew, with every event since the time a user typed.
    ///
    /// # Errors
    /// A sentence that says what can be typed.
    pub(in crate::panes::logs) fn load_from(
        &mut self,
        text: &str,
        out: &mut Outbox<'_>,
    ) -> Result<(), String> {
        let at = self.typed(text, out.now)?;
        if at > out.now {
            return Err("that time is still to come; type an earlier one".to_owned());
        }
        self.wanted.since = Some(at);
        self.restart(out);
        Ok(())
    }

    fn typed(&self, text: &str, now: Timestamp) -> Result<Timestamp, String> {
        let zone = if self.look.time == clock::TimeMode::Local {
            &self.zone
        } else {
            &TimeZone::UTC
        };
        clock::read(text, zone, now)
    }

    /// Marks the row under the cursor, or takes its mark back.
    pub(in crate::panes::logs) fn turn_mark(&mut self) {
        if let Some(cursor) = self.hold_cursor() {
            self.marks.turn(cursor.row);
        }
    }

    /// Goes to the nearest mark below, or above.
    pub(in crate::panes::logs) fn find_mark(&mut self, below: bool, out: &mut Outbox<'_>) {
        let Some(cursor) = self.hold_cursor() else {
            return;
        };
        let found = self.marks.beside(&self.rows(), cursor.row, below);
        self.go_or_tell(found, "mark", below, out);
    }

    /// Whether a row is marked.
    #[must_use]
    pub fn is_marked(&self, row: RowId) -> bool {
        self.marks.has(row)
    }

    /// Whether any row is marked.
    #[must_use]
    pub fn has_mark(&self) -> bool {
        self.marks.reference().is_some()
    }

    /// Scrolls sideways by half a screen.
    pub(in crate::panes::logs) fn scroll(&mut self, right: bool) {
        let half = usize::from(self.body.width / 2);
        let from = self.viewport.sideways;
        self.viewport.sideways = if right {
            from.saturating_add(half)
        } else {
            from.saturating_sub(half)
        };
    }

    /// The time of the row under the cursor, in Unix milliseconds.
    pub(super) fn cursor_time(&self) -> Option<i64> {
        let cursor = self.held()?;
        Some(self.buffer.brief(cursor.row)?.time_ms)
    }
}
