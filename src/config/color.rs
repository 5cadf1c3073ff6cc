//! How many colours and which characters the terminal has: as asked for, else as the environment says.

use clap::ValueEnum;

use super::Environment;
use crate::theme::ColorDepth;

/// What the user asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum ColorChoice {
    /// What the terminal can.
    #[default]
    Auto,
    /// None: attributes only.
    Never,
    /// The terminal's own sixteen.
    #[value(name = "16")]
    Sixteen,
    /// The 256 of xterm.
    #[value(name = "256")]
    TwoFiftySix,
    /// 24 bits.
    #[value(name = "truecolor")]
    True,
}

impl ColorChoice {
    /// Every word that can be given.
    pub const NAMES: [&'static str; 5] = ["auto", "never", "16", "256", "truecolor"];

    /// The depth asked for; `None` for [`ColorChoice::Auto`].
    #[must_use]
    pub const fn depth(self) -> Option<ColorDepth> {
        match self {
            Self::Auto => None,
            Self::Never => Some(ColorDepth::None),
            Self::Sixteen => Some(ColorDepth::Sixteen),
            Self::TwoFiftySix => Some(ColorDepth::TwoFiftySix),
            Self::True => Some(ColorDepth::True),
        }
    }
}

/// The colours of the terminal the environment describes, with the variable that tells.
pub(super) fn detected(environment: &Environment) -> Option<(ColorDepth, &'static str)> {
    let term = environment.text("TERM")?;
    if term == "dumb" {
        return Some((ColorDepth::None, "TERM"));
    }
    let colorterm = environment.text("COLORTERM").unwrap_or_default();
    if matches!(colorterm.as_str(), "truecolor" | "24bit") {
        return Some((ColorDepth::True, "COLORTERM"));
    }
    if term.ends_with("-direct") {
        return Some((ColorDepth::True, "TERM"));
    }
    let depth = if term.contains("256color") {
        ColorDepth::TwoFiftySix
    } else {
        ColorDepth::Sixteen
    };
    Some((depth, "TERM"))
}

/// Whether the environment asks for ASCII, with the variable that tells: a console whose font has no chart
/// characters, or a locale other than UTF-8. `None` when no locale is set at all.
pub(super) fn ascii(environment: &Environment) -> Option<(bool, &'static str)> {
    let term = environment.text("TERM").unwrap_or_default();
    if matches!(term.as_str(), "linux" | "dumb") {
        return Some((true, "TERM"));
    }
    let (variable, locale) = environment.first(&["LC_ALL", "LC_CTYPE", "LANG"])?;
    let locale = locale.to_lowercase();
    let utf8 = locale.contains("utf-8") || locale.contains("utf8");
    Some((!utf8, variable))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Environment {
        pairs.iter().copied().collect()
    }

    #[test]
    fn the_depth_follows_term_and_colorterm() {
        for (pairs, depth) in [
            (
                &[("TERM", "dumb"), ("COLORTERM", "truecolor")][..],
                ColorDepth::None,
            ),
            (&[("TERM", "linux")], ColorDepth::Sixteen),
            (&[("TERM", "tmux-256color")], ColorDepth::TwoFiftySix),
            (
                &[("TERM", "xterm"), ("COLORTERM", "24bit")],
                ColorDepth::True,
            ),
            (&[("TERM", "xterm-direct")], ColorDepth::True),
        ] {
            let found = detected(&environment(pairs)).map(|(depth, _)| depth);
            assert_eq!(found, Some(depth), "{pairs:?}");
        }
        assert_eq!(detected(&environment(&[("COLORTERM", "truecolor")])), None);
    }

    #[test]
    fn the_locale_that_counts_is_the_one_the_system_uses() {
        for (pairs, wanted) in [
            (&[("LANG", "de_DE.UTF-8")][..], Some((false, "LANG"))),
            (&[("LANG", "C.utf8")], Some((false, "LANG"))),
            (
                &[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")],
                Some((true, "LC_ALL")),
            ),
            (
                &[("LC_CTYPE", "de_DE.UTF-8"), ("LANG", "C")],
                Some((false, "LC_CTYPE")),
            ),
            (
                &[("TERM", "linux"), ("LANG", "C.UTF-8")],
                Some((true, "TERM")),
            ),
            (&[("TERM", "xterm")], None),
        ] {
            assert_eq!(ascii(&environment(pairs)), wanted, "{pairs:?}");
        }
    }

    #[test]
    fn the_names_are_those_the_command_line_takes() {
        let names: Vec<String> = ColorChoice::value_variants()
            .iter()
            .filter_map(|choice| Some(choice.to_possible_value()?.get_name().to_owned()))
            .collect();
        assert_eq!(names, ColorChoice::NAMES);
    }
}
