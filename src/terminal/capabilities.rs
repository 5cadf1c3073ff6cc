//! What a terminal can show, judged from the environment alone.

use std::collections::BTreeMap;

/// How many colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// None, or the user wants none (`NO_COLOR`).
    None,
    /// The 16 named colours.
    Sixteen,
    /// The palette of 256.
    Palette,
    /// 24 bits.
    True,
}

/// Which characters a terminal draws as meant; each includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum GlyphSupport {
    /// ASCII only: the locale is not UTF-8.
    Ascii,
    /// Letters of all languages, box drawing and blocks, but a font without braille (the Linux console).
    Unicode,
    /// Braille patterns too.
    Braille,
}

/// A program between iacstone and the terminal that needs some sequences wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplexer {
    /// tmux.
    Tmux,
    /// GNU screen.
    Screen,
}

/// What the terminal can do; the settings may overrule each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// Characters.
    pub glyphs: GlyphSupport,
    /// Colours.
    pub colours: Colours,
    /// tmux or screen, when inside one.
    pub multiplexer: Option<Multiplexer>,
    /// OSC 52 may reach a clipboard.
    pub clipboard: bool,
    /// Synchronized updates (DEC 2026) do no harm.
    pub synchronized: bool,
}

impl Capabilities {
    /// Judges from environment variables, by name, and from whether the output is a terminal at all.
    #[must_use]
    pub fn detect(variables: &BTreeMap<String, String>, is_terminal: bool) -> Self {
        let term = value(variables, "TERM").unwrap_or("dumb");
        let is_dumb = !is_terminal || term == "dumb" || term == "unknown";
        let is_console = term == "linux";
        let glyphs = match is_utf8(variables) {
            true if is_console => GlyphSupport::Unicode,
            true if term != "dumb" => GlyphSupport::Braille,
            _ => GlyphSupport::Ascii,
        };
        Self {
            glyphs,
            colours: colours(variables, term, is_dumb),
            multiplexer: multiplexer(variables, term),
            clipboard: !is_dumb && !is_console,
            synchronized: !is_dumb && !is_console,
        }
    }
}

/// The value of a variable that is set to something.
fn value<'a>(variables: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    variables
        .get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
}

/// The first of the three locale variables that is set decides, as in the C library.
fn is_utf8(variables: &BTreeMap<String, String>) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| value(variables, name))
        .is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}

fn colours(variables: &BTreeMap<String, String>, term: &str, is_dumb: bool) -> Colours {
    if is_dumb || value(variables, "NO_COLOR").is_some() || term.ends_with("-m") {
        return Colours::None;
    }
    if term.starts_with("vt1") || term.starts_with("vt2") {
        return Colours::None;
    }
    let promised = value(variables, "COLORTERM");
    if promised.is_some_and(|depth| depth == "truecolor" || depth == "24bit")
        || term.contains("direct")
    {
        return Colours::True;
    }
    if term.contains("256color") {
        return Colours::Palette;
    }
    Colours::Sixteen
}

fn multiplexer(variables: &BTreeMap<String, String>, term: &str) -> Option<Multiplexer> {
    if value(variables, "TMUX").is_some() || term.starts_with("tmux") {
        return Some(Multiplexer::Tmux);
    }
    let is_screen = value(variables, "STY").is_some() || term.starts_with("screen");
    is_screen.then_some(Multiplexer::Screen)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Capabilities, Colours, GlyphSupport, Multiplexer};

    fn detect(variables: &[(&str, &str)]) -> Capabilities {
        let variables: BTreeMap<_, _> = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Capabilities::detect(&variables, true)
    }

    #[test]
    fn a_modern_terminal_has_everything() {
        let seen = detect(&[
            ("TERM", "xterm-256color"),
            ("COLORTERM", "truecolor"),
            ("LANG", "de_DE.UTF-8"),
        ]);
        assert_eq!(
            seen,
            Capabilities {
                glyphs: GlyphSupport::Braille,
                colours: Colours::True,
                multiplexer: None,
                clipboard: true,
                synchronized: true,
            }
        );
    }

    #[test]
    fn colours_follow_term_colorterm_and_no_color() {
        let cases: [(&[(&str, &str)], Colours); 9] = [
            (&[("TERM", "xterm-256color")], Colours::Palette),
            (&[("TERM", "xterm")], Colours::Sixteen),
            (&[("TERM", "linux")], Colours::Sixteen),
            (&[("TERM", "xterm-direct")], Colours::True),
            (
                &[("TERM", "dumb"), ("COLORTERM", "truecolor")],
                Colours::None,
            ),
            (&[("TERM", "vt100")], Colours::None),
            (&[], Colours::None),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], Colours::None),
            (&[("TERM", "xterm"), ("NO_COLOR", "")], Colours::Sixteen),
        ];
        for (variables, expected) in cases {
            assert_eq!(detect(variables).colours, expected, "{variables:?}");
        }
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let xterm = ("TERM", "xterm");
        let glyphs = |variables: &[(&str, &str)]| detect(variables).glyphs;
        let utf8 = glyphs(&[xterm, ("LC_ALL", ""), ("LANG", "C.utf8")]);
        assert_eq!(utf8, GlyphSupport::Braille);
        let posix = glyphs(&[xterm, ("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]);
        assert_eq!(posix, GlyphSupport::Ascii);
        assert_eq!(glyphs(&[xterm]), GlyphSupport::Ascii);
    }

    #[test]
    fn the_linux_console_has_no_braille_and_no_clipboard() {
        let seen = detect(&[("TERM", "linux"), ("LANG", "C.UTF-8")]);
        assert_eq!(seen.glyphs, GlyphSupport::Unicode);
        assert!(!seen.clipboard);
    }

    #[test]
    fn multiplexers_are_told_apart() {
        let tmux = detect(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-0,1,0")]);
        assert_eq!(tmux.multiplexer, Some(Multiplexer::Tmux));
        let screen = detect(&[("TERM", "screen.xterm-256color"), ("STY", "1.pts-0")]);
        assert_eq!(screen.multiplexer, Some(Multiplexer::Screen));
        assert_eq!(detect(&[("TERM", "xterm")]).multiplexer, None);
    }

    #[test]
    fn what_is_no_terminal_has_no_colours() {
        let variables = BTreeMap::from([("TERM".to_owned(), "xterm".to_owned())]);
        let seen = Capabilities::detect(&variables, false);
        assert_eq!(seen.colours, Colours::None);
        assert!(!seen.clipboard && !seen.synchronized);
    }
}
