//! Theme roles: what a colour means, never which colour it is.

/// What a piece of the screen means; the theme file gives each role a colour and attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary text.
    Text,
    /// Less important text: hints, units, old values.
    Muted,
    /// What draws the eye: keys in the footer, the focused title.
    Accent,
    /// The selected row.
    Selected,
    /// The border of an unfocused region.
    Border,
    /// The border of the focused region.
    BorderFocused,
    /// The status line.
    Status,
    /// Done as asked.
    Success,
    /// Needs a look.
    Warning,
    /// Failed.
    Error,
    /// Durations: curve, axis and values.
    Duration,
    /// Costs: curve, axis and values.
    Cost,
    /// The second run of a comparison.
    Overlay,
    /// The cursor line of the chart.
    Cursor,
    /// The baseline size.
    Baseline,
    /// The marks of the picks.
    Pick,
}
