//! The look of a role in the theme file: `"bold cyan on black"` or `{ fg = "cyan", bg = "black", bold = true }`.

use ratatui::style::{Color, Modifier, Style};

use crate::text::nearest;
use crate::toml_file::{FileError, KeyValue};

const ATTRIBUTES: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// The colours with a name, as the theme file writes them.
const COLORS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// Reads a look in either form.
pub(super) fn read(entry: &KeyValue<'_>) -> Result<Style, FileError> {
    if entry.is_section() {
        return read_table(entry);
    }
    let what = "a look such as \"bold cyan on black\" or { fg = \"cyan\", bold = true }";
    let text = entry.as_string().ok_or_else(|| entry.expected(what))?;
    parse_short(text).map_err(|message| entry.error(message))
}

fn read_table(entry: &KeyValue<'_>) -> Result<Style, FileError> {
    let mut style = Style::new();
    for field in entry.section()?.entries() {
        match field.name() {
            "fg" => style.fg = Some(color(&field)?),
            "bg" => style.bg = Some(color(&field)?),
            name => match attribute(name) {
                Some(modifier) if field.boolean()? => style = style.add_modifier(modifier),
                Some(_) => {}
                None => return Err(unknown_field(&field)),
            },
        }
    }
    Ok(style)
}

fn unknown_field(field: &KeyValue<'_>) -> FileError {
    let attributes = ATTRIBUTES.iter().map(|(name, _)| *name);
    let known: Vec<&str> = ["fg", "bg"].into_iter().chain(attributes).collect();
    field.unknown("attribute", &known)
}

fn color(field: &KeyValue<'_>) -> Result<Color, FileError> {
    let text = field.string("a colour such as \"cyan\", \"208\" or \"#ffb000\"")?;
    parse_color(text).ok_or_else(|| field.error(not_a_color(text)))
}

/// Reads attributes and a colour in any order, and after `on` the background.
fn parse_short(text: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if let Some(modifier) = attribute(word) {
            style = style.add_modifier(modifier);
        } else if word == "on" {
            let ground = words.next().unwrap_or_default();
            let color = parse_color(ground).ok_or_else(|| not_a_color(ground))?;
            set_once(&mut style.bg, color, text)?;
        } else {
            let color = parse_color(word).ok_or_else(|| not_a_look(word))?;
            set_once(&mut style.fg, color, text)?;
        }
    }
    Ok(style)
}

fn set_once(slot: &mut Option<Color>, color: Color, text: &str) -> Result<(), String> {
    match slot.replace(color) {
        None => Ok(()),
        Some(_) => Err(format!(
            "'{text}' names two colours for one place; write \"COLOUR on COLOUR\""
        )),
    }
}

fn attribute(name: &str) -> Option<Modifier> {
    let mut known = ATTRIBUTES.iter();
    known.find(|(known, _)| *known == name).map(|(_, it)| *it)
}

fn parse_color(text: &str) -> Option<Color> {
    let named = COLORS.iter().find(|(name, _)| *name == text);
    named
        .map(|(_, color)| *color)
        .or_else(|| numbered(text))
        .or_else(|| mixed(text))
}

fn numbered(text: &str) -> Option<Color> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok().map(Color::Indexed))?
}

fn mixed(text: &str) -> Option<Color> {
    let digits = text.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

fn not_a_color(word: &str) -> String {
    let names = COLORS.map(|(name, _)| name);
    match nearest(word, &names) {
        Some(meant) => format!("'{word}' is not a colour; did you mean '{meant}'?"),
        None => format!("'{word}' is not a colour; give a name, 0 to 255, or '#rrggbb'"),
    }
}

fn not_a_look(word: &str) -> String {
    match nearest(word, &ATTRIBUTES.map(|(name, _)| name)) {
        Some(meant) => format!("'{word}' is not an attribute; did you mean '{meant}'?"),
        None => not_a_color(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_say_the_same() {
        let text = "a = \"bold light-cyan on 17\"\nb = { fg = \"light-cyan\", bg = \"17\", bold = true, dim = false }\n";
        let document = crate::toml_file::TomlDocument::parse("t", text).unwrap();
        let looks: Vec<Style> = document
            .root()
            .entries()
            .iter()
            .map(|e| read(e).unwrap())
            .collect();
        let wanted = Style::new()
            .fg(Color::LightCyan)
            .bg(Color::Indexed(17))
            .add_modifier(Modifier::BOLD);
        assert_eq!(looks, [wanted, wanted]);
    }

    #[test]
    fn colours_have_three_spellings_and_no_fourth() {
        assert_eq!(parse_color("dark-gray"), Some(Color::DarkGray));
        assert_eq!(parse_color("208"), Some(Color::Indexed(208)));
        assert_eq!(parse_color("#00ff7f"), Some(Color::Rgb(0, 255, 127)));
        for wrong in ["", "256", "#fff", "#+12345", "cyann", "+5", "rgb(1,2,3)"] {
            assert_eq!(parse_color(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_wrong_word_gets_the_right_one() {
        assert!(
            parse_short("blod red")
                .unwrap_err()
                .ends_with("did you mean 'bold'?")
        );
        assert!(
            parse_short("cyna")
                .unwrap_err()
                .ends_with("did you mean 'cyan'?")
        );
        assert!(
            parse_short("red on")
                .unwrap_err()
                .contains("'' is not a colour")
        );
        assert!(parse_short("red blue").unwrap_err().contains("two colours"));
    }
}
