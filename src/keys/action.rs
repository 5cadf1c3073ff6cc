//! What a key can ask for: actions, and the scopes they are bound in.
//!
//! An action is declared once, where its screen says what it does: with its name in the keymap file, its keys and its
//! help. Those that work on every screen are declared here.

use std::fmt;
use std::hash::{Hash, Hasher};

/// Where actions are bound: a table of the keymap file and a section of the help. A key that a scope does not bind is
/// looked for in the scope around it.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The name of its table in the keymap file.
    pub name: &'static str,
    /// Its heading in the help.
    pub title: &'static str,
    /// The scope around it, whose keys work too; `None` for the outermost.
    pub within: Option<&'static Self>,
}

impl Scope {
    /// Everywhere.
    pub const GLOBAL: &'static Self = &Self {
        name: "global",
        title: "Everywhere",
        within: None,
    };

    /// Moving through whatever list, text or chart has the focus.
    pub const MOVE: &'static Self = &Self {
        name: "move",
        title: "Moving",
        within: Some(Self::GLOBAL),
    };

    /// The scope of a screen.
    #[must_use]
    pub const fn of_screen(name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            within: Some(Self::MOVE),
        }
    }

    /// An action of this scope: its name in the keymap file in kebab case, its keys unless the user has others, the
    /// preferred one first, and what it does in a few words.
    #[must_use]
    pub const fn action(
        &'static self,
        name: &'static str,
        keys: &'static [&'static str],
        help: &'static str,
    ) -> Action {
        Action {
            name,
            scope: self,
            keys,
            help,
        }
    }

    /// This scope and those around it, the nearest first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |scope| scope.within)
    }

    /// Whether keys of both can be asked for at the same time, so that they must differ: one is around the other.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        self.chain().any(|scope| scope == other) || other.chain().any(|scope| scope == self)
    }
}

/// A scope is known by its name.
impl PartialEq for Scope {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Scope {}

/// Something the user can ask for with a key.
#[derive(Clone, Copy)]
pub struct Action {
    /// Its name in the keymap file, in kebab case; no other action has it.
    pub name: &'static str,
    /// Where it is bound.
    pub scope: &'static Scope,
    /// Its keys unless the user has others, the preferred one first.
    pub keys: &'static [&'static str],
    /// What it does, in a few words.
    pub help: &'static str,
}

/// An action is known by its name.
impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Action {}

impl Hash for Action {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Action {
    /// Leaves the program.
    pub const QUIT: Self = Scope::GLOBAL.action("quit", &["q", "ctrl-c"], "Quit");
    /// Shows the keys.
    pub const HELP: Self = Scope::GLOBAL.action("help", &["?", "f1"], "Show or hide the keys");
    /// Undoes the last thing that was opened.
    pub const BACK: Self =
        Scope::GLOBAL.action("back", &["esc"], "Close, go back, or dismiss the notice");
    /// Loads again.
    pub const REFRESH: Self =
        Scope::GLOBAL.action("refresh", &["r"], "Load again, or retry what failed");
    /// Goes down.
    pub const DOWN: Self = Scope::MOVE.action("down", &["j", "down"], "Down");
    /// Goes up.
    pub const UP: Self = Scope::MOVE.action("up", &["k", "up"], "Up");
    /// Goes down by a page.
    pub const PAGE_DOWN: Self =
        Scope::MOVE.action("page-down", &["ctrl-d", "pgdn", "ctrl-f"], "One page down");
    /// Goes up by a page.
    pub const PAGE_UP: Self =
        Scope::MOVE.action("page-up", &["ctrl-u", "pgup", "ctrl-b"], "One page up");
    /// Goes to the first entry.
    pub const TOP: Self = Scope::MOVE.action("top", &["g", "home"], "First entry");
    /// Goes to the last entry.
    pub const BOTTOM: Self = Scope::MOVE.action("bottom", &["G", "end"], "Last entry");
    /// Goes left.
    pub const LEFT: Self = Scope::MOVE.action(
        "left",
        &["h", "left"],
        "Left: cursor, focus, text, or a smaller value",
    );
    /// Goes right.
    pub const RIGHT: Self = Scope::MOVE.action(
        "right",
        &["l", "right"],
        "Right: cursor, focus, text, or a larger value",
    );
    /// Opens what is selected.
    pub const OPEN: Self = Scope::MOVE.action(
        "open",
        &["enter"],
        "Open, edit or choose the selected entry",
    );
    /// Asks for words to filter by or to search for.
    pub const FILTER: Self =
        Scope::MOVE.action("filter", &["/"], "Filter the list, or search the text");

    /// The actions of the scope `move`, in the order of the help.
    pub const MOVES: [Self; 10] = [
        Self::DOWN,
        Self::UP,
        Self::PAGE_DOWN,
        Self::PAGE_UP,
        Self::TOP,
        Self::BOTTOM,
        Self::LEFT,
        Self::RIGHT,
        Self::OPEN,
        Self::FILTER,
    ];
}
