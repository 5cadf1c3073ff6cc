//! Theme roles: what a colour means, never which colour it is; and the theme, which gives each role its look.

mod depth;
mod look;

use ratatui::style::{Color, Modifier, Style};

pub use depth::ColorDepth;

use crate::toml_file::{FileError, TomlDocument};

/// Declares the roles from one table: doc, variant, key in the theme file.
macro_rules! roles {
    ($($(#[$doc:meta])+ $variant:ident, $name:literal;)*) => {
        /// What a piece of the screen means; the theme file gives each role a colour and attributes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Role {
            $($(#[$doc])+ $variant,)*
        }

        impl Role {
            /// Every role, in the order of the theme file.
            pub const ALL: [Self; [$($name),*].len()] = [$(Self::$variant),*];

            /// Its key in the theme file.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

roles! {
    /// Ordinary text.
    Text, "text";
    /// Less important text: hints, units, old values.
    Muted, "muted";
    /// What draws the eye: keys in the footer, the focused title.
    Accent, "accent";
    /// The selected row.
    Selected, "selected";
    /// The border of an unfocused region.
    Border, "border";
    /// The border of the focused region.
    BorderFocused, "border-focused";
    /// The status line.
    Status, "status";
    /// Done as asked.
    Success, "success";
    /// Needs a look.
    Warning, "warning";
    /// Failed.
    Error, "error";
    /// Durations: curve, axis and values.
    Duration, "duration";
    /// Costs: curve, axis and values.
    Cost, "cost";
    /// The second run of a comparison.
    Overlay, "overlay";
    /// The cursor line of the chart.
    Cursor, "cursor";
    /// The baseline size.
    Baseline, "baseline";
    /// The marks of the picks.
    Pick, "pick";
    /// Times and sources of log rows.
    LogTime, "log-time";
    /// Rows below information: trace and debug.
    LevelTrace, "level-trace";
    /// The letter of an informing row.
    LevelInfo, "level-info";
    /// The letter of a warning row.
    LevelWarn, "level-warn";
    /// Rows of errors and worse.
    LevelError, "level-error";
    /// What a search found.
    Found, "found";
    /// The first highlighted term.
    FirstTerm, "first-term";
    /// The second.
    SecondTerm, "second-term";
    /// The third.
    ThirdTerm, "third-term";
    /// The fourth.
    FourthTerm, "fourth-term";
    /// The fifth.
    FifthTerm, "fifth-term";
    /// The sixth.
    SixthTerm, "sixth-term";
    /// The sign of a marked row.
    Marked, "marked";
    /// The row of a folded invocation.
    Invocation, "invocation";
    /// Markers between log rows: gaps, sessions.
    Ruler, "ruler";
    /// A heading of an article.
    Heading, "heading";
    /// The text of a link.
    Link, "link";
    /// Code and keys in running text.
    Literal, "literal";
    /// Code in a block.
    Code, "code";
    /// A keyword of code.
    CodeKeyword, "code-keyword";
    /// A string of code.
    CodeString, "code-string";
    /// A number or constant of code.
    CodeNumber, "code-number";
    /// A comment of code.
    CodeComment, "code-comment";
    /// A function, class, tag or attribute of code.
    CodeName, "code-name";
    /// A type or built-in of code.
    CodeType, "code-type";
    /// An inserted line of a difference.
    CodeInserted, "code-inserted";
    /// A deleted line of a difference.
    CodeDeleted, "code-deleted";
    /// Strong words.
    Strong, "strong";
    /// Emphasised words.
    Emphasis, "emphasis";
    /// Struck-out words.
    Deleted, "deleted";
    /// An unread article.
    Unread, "unread";
    /// The sign of a starred article.
    Starred, "starred";
    /// The label of a link.
    Hint, "hint";
}

impl Role {
    /// What sets the role apart where there are no colours and its look has no attributes.
    const fn plain(self) -> Modifier {
        match self {
            Self::Selected | Self::Found | Self::Hint => Modifier::REVERSED,
            Self::Muted
            | Self::Border
            | Self::Overlay
            | Self::LogTime
            | Self::LevelTrace
            | Self::CodeComment
            | Self::Deleted => Modifier::DIM,
            Self::Error => Modifier::BOLD.union(Modifier::UNDERLINED),
            Self::Warning
            | Self::Accent
            | Self::BorderFocused
            | Self::Pick
            | Self::Cursor
            | Self::LevelError
            | Self::LevelWarn
            | Self::Marked
            | Self::Invocation
            | Self::Heading
            | Self::CodeKeyword
            | Self::Strong
            | Self::Unread => Modifier::BOLD,
            Self::Emphasis => Modifier::ITALIC,
            Self::Baseline | Self::Link | Self::FirstTerm => Modifier::UNDERLINED,
            Self::SecondTerm => Modifier::UNDERLINED.union(Modifier::BOLD),
            Self::ThirdTerm => Modifier::UNDERLINED.union(Modifier::ITALIC),
            Self::FourthTerm => Modifier::BOLD.union(Modifier::ITALIC),
            Self::FifthTerm => Modifier::UNDERLINED.union(Modifier::REVERSED),
            Self::SixthTerm => Modifier::BOLD.union(Modifier::REVERSED),
            _ => Modifier::empty(),
        }
    }
}

/// The look of every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// By role, in the order of [`Role::ALL`].
    styles: [Style; Role::ALL.len()],
}

impl Theme {
    /// The built-in theme, `assets/theme.toml`.
    #[must_use]
    pub fn defaults() -> Self {
        // The built-in file cannot fail to parse: the tests below read it on every build.
        let blank = Self::blank();
        blank
            .clone()
            .merged(DEFAULTS_NAME, DEFAULTS)
            .unwrap_or(blank)
    }

    /// This theme with the looks of a theme file in place of its own, role by role. `name` stands for the
    /// file in errors.
    ///
    /// # Errors
    /// [`FileError`] with the line of a syntax error, an unknown role, colour or attribute.
    pub fn merged(mut self, name: &str, text: &str) -> Result<Self, FileError> {
        let document = TomlDocument::parse(name, text)?;
        for entry in document.root().entries() {
            let role = Role::ALL
                .into_iter()
                .find(|role| role.name() == entry.name())
                .ok_or_else(|| entry.unknown("role", &Role::ALL.map(Role::name)))?;
            let style = look::read(&entry)?;
            if let Some(slot) = self.styles.get_mut(role as usize) {
                *slot = style;
            }
        }
        Ok(self)
    }

    /// This theme as a terminal with that many colours can show it.
    #[must_use]
    pub fn at(&self, depth: ColorDepth) -> Self {
        Self {
            styles: Role::ALL.map(|role| shown(role, self.style(role), depth)),
        }
    }

    /// The look of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }

    /// One of the terminal's own sixteen colours, as its number stands in an escape sequence; `None` where there are no
    /// colours, and for any other number.
    #[must_use]
    pub fn of_terminal(&self, number: u8) -> Option<Color> {
        let has_colours = self.styles.iter().any(|style| style.fg.is_some());
        let colour = SIXTEEN.get(usize::from(number)).copied();
        colour.filter(|_| has_colours)
    }

    fn blank() -> Self {
        Self {
            styles: [Style::new(); Role::ALL.len()],
        }
    }
}

const DEFAULTS_NAME: &str = "assets/theme.toml";
const DEFAULTS: &str = include_str!("../assets/theme.toml");

/// The terminal's own colours in the order of their numbers.
const SIXTEEN: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

fn shown(role: Role, style: Style, depth: ColorDepth) -> Style {
    if depth != ColorDepth::None {
        return Style {
            fg: style.fg.map(|color| depth.nearest(color)),
            bg: style.bg.map(|color| depth.nearest(color)),
            ..style
        };
    }
    let own = style.add_modifier;
    Style::new().add_modifier(if own.is_empty() { role.plain() } else { own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    #[test]
    fn the_built_in_file_gives_every_role_its_own_line() {
        let parsed = Theme::blank().merged(DEFAULTS_NAME, DEFAULTS).unwrap();
        assert_eq!(parsed, Theme::defaults());
        for role in Role::ALL {
            let line = format!("\n{} = ", role.name());
            assert!(DEFAULTS.contains(&line), "{}", role.name());
        }
    }

    #[test]
    fn the_built_in_looks_use_the_terminals_own_sixteen_colours() {
        let theme = Theme::defaults();
        assert_eq!(theme.at(ColorDepth::Sixteen), theme);
    }

    #[test]
    fn the_terminals_colours_are_there_where_colours_are() {
        let theme = Theme::defaults();
        let of = |depth| theme.at(depth).of_terminal(9);
        assert_eq!(of(ColorDepth::Sixteen), Some(Color::LightRed));
        assert_eq!(of(ColorDepth::None), None);
        assert_eq!(theme.of_terminal(16), None);
    }

    #[test]
    fn every_role_sits_at_its_own_place() {
        for (index, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, index);
        }
    }

    #[test]
    fn without_colours_what_matters_keeps_an_attribute() {
        let theme = Theme::defaults().at(ColorDepth::None);
        for role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
        for role in [
            Role::Selected,
            Role::Error,
            Role::Warning,
            Role::BorderFocused,
            Role::Baseline,
        ] {
            assert!(
                !theme.style(role).add_modifier.is_empty(),
                "{}",
                role.name()
            );
        }
        let user = Theme::defaults()
            .merged("theme.toml", "selected = \"on blue\"\n")
            .unwrap();
        let selected = user.at(ColorDepth::None).style(Role::Selected);
        assert_eq!(selected, Style::new().add_modifier(Modifier::REVERSED));
    }

    #[test]
    fn a_users_look_replaces_that_of_its_role_only() {
        let theme = Theme::defaults()
            .merged("theme.toml", "cost = { fg = \"#ffb000\", bold = true }\n")
            .unwrap();
        let amber = Style::new()
            .fg(Color::Rgb(255, 176, 0))
            .add_modifier(Modifier::BOLD);
        assert_eq!(theme.style(Role::Cost), amber);
        assert_eq!(
            theme.style(Role::Error),
            Theme::defaults().style(Role::Error)
        );
        let fewer = theme.at(ColorDepth::TwoFiftySix).style(Role::Cost);
        assert_eq!(fewer.fg, Some(Color::Indexed(214)));
    }
}
