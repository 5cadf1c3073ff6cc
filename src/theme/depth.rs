//! How many colours a terminal has, and the nearest one it can show.

use ratatui::style::Color;

/// The colours a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorDepth {
    /// None: attributes only.
    None,
    /// The terminal's own sixteen.
    Sixteen,
    /// The 256 of xterm.
    TwoFiftySix,
    /// 24 bits.
    True,
}

/// The sixteen colours by index, with the values xterm gives them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

/// The steps of each channel in xterm's 6x6x6 cube, colours 16 to 231.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

impl ColorDepth {
    /// Its name in the configuration and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "never",
            Self::Sixteen => "16",
            Self::TwoFiftySix => "256",
            Self::True => "truecolor",
        }
    }

    /// The colour itself where the terminal has it, else the nearest it has; [`Color::Reset`] without colours.
    #[must_use]
    pub fn nearest(self, color: Color) -> Color {
        match (self, color) {
            (Self::None, _) => Color::Reset,
            (Self::TwoFiftySix, Color::Rgb(red, green, blue)) => nearest_of_256([red, green, blue]),
            (Self::Sixteen, Color::Rgb(red, green, blue)) => nearest_of_16([red, green, blue]),
            (Self::Sixteen, Color::Indexed(index)) => SIXTEEN
                .get(usize::from(index))
                .map_or_else(|| nearest_of_16(value(index)), |(color, _)| *color),
            _ => color,
        }
    }
}

fn nearest_of_16(wanted: [u8; 3]) -> Color {
    SIXTEEN
        .iter()
        .min_by_key(|(_, value)| distance(wanted, *value))
        .map_or(Color::Reset, |(color, _)| *color)
}

/// Among the cube and the greys: what users do to their sixteen colours is not known.
fn nearest_of_256(wanted: [u8; 3]) -> Color {
    (16..=u8::MAX)
        .min_by_key(|&index| distance(wanted, value(index)))
        .map_or(Color::Reset, Color::Indexed)
}

/// The value of xterm's colour of this index.
fn value(index: u8) -> [u8; 3] {
    if let Some((_, value)) = SIXTEEN.get(usize::from(index)) {
        return *value;
    }
    if let Some(grey) = index.checked_sub(232) {
        return [8 + 10 * grey; 3];
    }
    let cube = usize::from(index - 16);
    [cube / 36, cube / 6 % 6, cube % 6].map(|step| CUBE.get(step).copied().unwrap_or_default())
}

fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter()
        .zip(b)
        .map(|(&a, b)| u32::from(a.abs_diff(b)).pow(2))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_the_terminal_lacks_becomes_the_nearest_it_has() {
        let amber = Color::Rgb(255, 176, 0);
        assert_eq!(ColorDepth::True.nearest(amber), amber);
        assert_eq!(ColorDepth::TwoFiftySix.nearest(amber), Color::Indexed(214));
        assert_eq!(ColorDepth::Sixteen.nearest(amber), Color::Yellow);
        assert_eq!(ColorDepth::None.nearest(amber), Color::Reset);
        assert_eq!(ColorDepth::Sixteen.nearest(Color::Indexed(1)), Color::Red);
        assert_eq!(
            ColorDepth::Sixteen.nearest(Color::Indexed(196)),
            Color::LightRed
        );
        assert_eq!(ColorDepth::Sixteen.nearest(Color::Cyan), Color::Cyan);
    }

    #[test]
    fn every_colour_of_the_256_is_its_own_nearest() {
        for index in 16..=u8::MAX {
            let [red, green, blue] = value(index);
            let Color::Indexed(found) = nearest_of_256([red, green, blue]) else {
                panic!("{index} has no nearest colour");
            };
            assert_eq!(value(found), value(index));
        }
    }
}
