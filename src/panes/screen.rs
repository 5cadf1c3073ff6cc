//! A screen as a table: per action when it does something, its word in the footer, and what it does.
//!
//! Keys, footer, help, palette and the sample keymap are all made from these rows, so that nothing is offered that is
//! not handled, and nothing handled that cannot be found.

use crate::effect::Outbox;
use crate::keys::{Action, Scope};

/// Whether an action does something as things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    /// It does nothing: its key is not heard.
    Absent,
    /// It does something; the footer has no word for it.
    Unsaid,
    /// It does something, and the footer says so with this word; those with smaller numbers go first.
    Offered(u8, &'static str),
}

impl Availability {
    /// Offered while this is so.
    #[must_use]
    pub const fn when(is_so: bool, rank: u8, word: &'static str) -> Self {
        if is_so {
            Self::Offered(rank, word)
        } else {
            Self::Absent
        }
    }

    /// Always there, but offered only while this is so.
    #[must_use]
    pub const fn offered_when(is_so: bool, rank: u8, word: &'static str) -> Self {
        if is_so {
            Self::Offered(rank, word)
        } else {
            Self::Unsaid
        }
    }
}

/// One row of a table: an action of a part `S` of a pane.
pub(super) struct ActionRow<S> {
    action: Action,
    availability: fn(&S) -> Availability,
    run: fn(&mut S, &mut Outbox<'_>),
}

/// An action that is there as `availability` says.
pub(super) const fn row<S>(
    action: Action,
    availability: fn(&S) -> Availability,
    run: fn(&mut S, &mut Outbox<'_>),
) -> ActionRow<S> {
    ActionRow {
        action,
        availability,
        run,
    }
}

/// An action that is always there and has no word in the footer.
pub(super) const fn unsaid<S>(action: Action, run: fn(&mut S, &mut Outbox<'_>)) -> ActionRow<S> {
    row(action, |_| Availability::Unsaid, run)
}

/// Rows of a screen of the pane `P`.
pub(super) trait Rows<P>: Sync {
    /// The actions, in the order of the help.
    fn actions(&self) -> Vec<Action>;

    /// How an action stands; absent if it has no row here.
    fn availability(&self, pane: &P, action: Action) -> Availability;

    /// Does what the row of the action says.
    fn run(&self, pane: &mut P, action: Action, out: &mut Outbox<'_>);
}

/// Rows about a part of the pane; all are absent while the part is.
pub(super) struct Table<P, S: 'static> {
    part: fn(&P) -> Option<&S>,
    part_mut: fn(&mut P) -> Option<&mut S>,
    rows: &'static [ActionRow<S>],
}

impl<P, S> Table<P, S> {
    /// Rows about what these functions find in the pane.
    pub(super) const fn about(
        part: fn(&P) -> Option<&S>,
        part_mut: fn(&mut P) -> Option<&mut S>,
        rows: &'static [ActionRow<S>],
    ) -> Self {
        Self {
            part,
            part_mut,
            rows,
        }
    }

    fn row(&self, action: Action) -> Option<&ActionRow<S>> {
        self.rows.iter().find(|row| row.action == action)
    }
}

impl<T> Table<T, T> {
    /// Rows about the pane as a whole.
    pub(super) const fn new(rows: &'static [ActionRow<T>]) -> Self {
        Self::about(|pane| Some(pane), |pane| Some(pane), rows)
    }
}

impl<P, S> Rows<P> for Table<P, S> {
    fn actions(&self) -> Vec<Action> {
        self.rows.iter().map(|row| row.action).collect()
    }

    fn availability(&self, pane: &P, action: Action) -> Availability {
        match (self.row(action), (self.part)(pane)) {
            (Some(row), Some(part)) => (row.availability)(part),
            _ => Availability::Absent,
        }
    }

    fn run(&self, pane: &mut P, action: Action, out: &mut Outbox<'_>) {
        if let (Some(row), Some(part)) = (self.row(action), (self.part_mut)(pane)) {
            (row.run)(part, out);
        }
    }
}

/// A move through rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// So many rows down, or up when negative.
    Rows(isize),
    /// So many pages down, or up when negative.
    Pages(isize),
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Move {
    /// The move an action makes; `None` if it is no move through rows.
    #[must_use]
    pub fn of(action: Action) -> Option<Self> {
        let mut moves = STEPS.iter();
        let found = moves.find(|(it, _)| *it == action);
        found.map(|(_, step)| *step)
    }

    /// How far it goes down in a list that shows this many rows at once.
    #[must_use]
    pub fn rows(self, page: usize) -> isize {
        // More rows than any list has.
        const ALL: isize = isize::MAX / 2;
        match self {
            Self::Rows(rows) => rows,
            Self::Pages(pages) => pages.saturating_mul(page.cast_signed()),
            Self::First => -ALL,
            Self::Last => ALL,
        }
    }
}

/// The moves through the rows of a screen, which the footer never mentions.
pub(super) struct Moves<P>(pub(super) fn(&mut P, Move, &mut Outbox<'_>));

/// The actions that move.
const STEPS: [(Action, Move); 6] = [
    (Action::DOWN, Move::Rows(1)),
    (Action::UP, Move::Rows(-1)),
    (Action::PAGE_DOWN, Move::Pages(1)),
    (Action::PAGE_UP, Move::Pages(-1)),
    (Action::TOP, Move::First),
    (Action::BOTTOM, Move::Last),
];

impl<P> Rows<P> for Moves<P> {
    fn actions(&self) -> Vec<Action> {
        STEPS.map(|(action, _)| action).to_vec()
    }

    fn availability(&self, _pane: &P, action: Action) -> Availability {
        match Move::of(action) {
            Some(_) => Availability::Unsaid,
            None => Availability::Absent,
        }
    }

    fn run(&self, pane: &mut P, action: Action, out: &mut Outbox<'_>) {
        if let Some(step) = Move::of(action) {
            (self.0)(pane, step, out);
        }
    }
}

/// A screen of the pane `P`.
pub(super) struct Screen<P: 'static> {
    /// The scope whose keys work there; its tables may have actions of the scopes around it.
    pub(super) scope: &'static Scope,
    /// What its actions do.
    pub(super) tables: &'static [&'static dyn Rows<P>],
}

impl<P> Screen<P> {
    /// Every action of the screen, in the order of the help.
    pub(super) fn actions(&self) -> impl Iterator<Item = Action> {
        self.tables.iter().flat_map(|table| table.actions())
    }

    /// The actions that do something as things are, those the footer names first.
    pub(super) fn available(&self, pane: &P) -> Vec<(Action, Availability)> {
        let mut available: Vec<(Action, Availability)> = Vec::new();
        for table in self.tables {
            for action in table.actions() {
                let stands = table.availability(pane, action);
                let is_new = available.iter().all(|(it, _)| *it != action);
                if is_new && stands != Availability::Absent {
                    available.push((action, stands));
                }
            }
        }
        available.sort_by_key(|(_, stands)| match stands {
            Availability::Offered(rank, _) => *rank,
            _ => u8::MAX,
        });
        available
    }

    /// Does what an action says here, if it does something as things are.
    pub(super) fn act(&self, pane: &mut P, action: Action, out: &mut Outbox<'_>) {
        let is_there =
            |table: &&&dyn Rows<P>| table.availability(pane, action) != Availability::Absent;
        if let Some(table) = self.tables.iter().find(is_there) {
            table.run(pane, action, out);
        }
    }
}
