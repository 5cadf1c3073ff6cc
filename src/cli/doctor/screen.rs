//! The terminal: what it is, what it can show.

use std::io::{self, IsTerminal};

use super::super::variables;
use super::check::Check;
use crate::terminal::{self, Capabilities, Colours, GlyphSupport, Multiplexer};

/// The size from which on nothing is cut away.
const COMFORTABLE: (u16, u16) = (80, 24);

/// Looks at the terminal.
pub(super) fn checks() -> Vec<Check> {
    let (input, shown) = (io::stdin().is_terminal(), io::stdout().is_terminal());
    let variables = variables();
    let seen = Capabilities::detect(&variables, shown);
    let term = variables.get("TERM").map_or("", String::as_str);
    vec![
        kind(input, shown, term),
        characters(seen.glyphs),
        colours(&seen),
    ]
}

fn kind(input: bool, shown: bool, term: &str) -> Check {
    let named = format!("TERM is '{term}'");
    if !input || !shown {
        let which = if input { "output" } else { "input" };
        return Check::warn(
            "terminal",
            format!("standard {which} is no terminal: commands work, the interface does not"),
            "run `iacstone` in a terminal for the interface",
        );
    }
    match terminal::dimensions() {
        Some((columns, rows)) if columns < COMFORTABLE.0 || rows < COMFORTABLE.1 => Check::warn(
            "terminal",
            format!("{columns}x{rows}, {named}: panes are cut short"),
            "enlarge it to 80x24 or more",
        ),
        Some((columns, rows)) => Check::ok("terminal", format!("{columns}x{rows}, {named}")),
        None => Check::warn(
            "terminal",
            format!("it does not tell its size, {named}"),
            "try another terminal",
        ),
    }
}

fn characters(glyphs: GlyphSupport) -> Check {
    match glyphs {
        GlyphSupport::Braille => Check::ok("characters", "UTF-8, charts in braille"),
        GlyphSupport::Unicode => {
            Check::ok("characters", "UTF-8, but no braille on a Linux console")
        }
        GlyphSupport::Ascii => Check::warn(
            "characters",
            "ASCII only: the locale is not UTF-8, or TERM says 'dumb'",
            "set LANG=C.UTF-8 if the terminal can do UTF-8",
        ),
    }
}

fn colours(seen: &Capabilities) -> Check {
    let colours = match seen.colours {
        Colours::None => "no colours",
        Colours::Sixteen => "16 colours",
        Colours::Palette => "256 colours",
        Colours::True => "true colour",
    };
    let inside = match seen.multiplexer {
        None => "",
        Some(Multiplexer::Tmux) => ", inside tmux",
        Some(Multiplexer::Screen) => ", inside screen",
    };
    let clipboard = match seen.multiplexer {
        _ if !seen.clipboard => "copies go to a file",
        Some(Multiplexer::Tmux) => {
            "copies go to a file and to tmux, which passes them on (OSC 52) with `set -g set-clipboard on`"
        }
        _ => "copies go to the terminal's clipboard (OSC 52)",
    };
    Check::ok("colours", format!("{colours}{inside}; {clipboard}"))
}
