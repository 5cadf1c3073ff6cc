//! Styles by cell: the selected row, severities, and a screen without colours.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use super::{draw, lines};
use crate::app::fixture::*;
use crate::effect::Severity;
use crate::theme::{ColorDepth, Role, Theme};

/// The style of the first cell where the text stands.
fn style_of(buffer: &Buffer, text: &str) -> Style {
    let (row, column) = lines(buffer)
        .iter()
        .enumerate()
        .find_map(|(row, line)| {
            let byte = line.find(text)?;
            Some((row, line[..byte].chars().count()))
        })
        .unwrap_or_else(|| panic!("'{text}' is not on the screen"));
    buffer[(u16::try_from(column).unwrap(), u16::try_from(row).unwrap())].style()
}

fn same_look(left: Style, right: Style) -> bool {
    let ground = |color: Option<Color>| color.filter(|&color| color != Color::Reset);
    ground(left.fg) == ground(right.fg)
        && ground(left.bg) == ground(right.bg)
        && left.add_modifier == right.add_modifier
}

#[test]
fn the_selected_run_and_the_tab_in_front_look_selected() {
    let mut app = ready_with(context(), &runs(), &[]);
    let selected = Theme::defaults().style(Role::Selected);
    let buffer = draw(&mut app, 80, 24);
    assert!(same_look(style_of(&buffer, "▸"), selected));
    assert!(same_look(style_of(&buffer, "3 Tuning"), selected));
    assert!(!same_look(style_of(&buffer, "1 Articles"), selected));
}

#[test]
fn an_error_has_its_sign_and_its_colour() {
    let mut app = ready(context());
    app.tell(Severity::Error, "It broke.");
    let buffer = draw(&mut app, 80, 24);
    let error = Theme::defaults().style(Role::Error);
    assert!(same_look(style_of(&buffer, "✗"), error));
    assert!(same_look(style_of(&buffer, "It broke."), error));
}

#[test]
fn without_colours_the_selection_is_reversed_and_nothing_is_coloured() {
    let mut context = context();
    context.theme = Theme::defaults().at(ColorDepth::None);
    let mut app = ready_with(context, &runs(), &[]);
    let buffer = draw(&mut app, 80, 24);
    let row = style_of(&buffer, "▸");
    assert!(row.add_modifier.contains(Modifier::REVERSED));
    for cell in buffer.content() {
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
    }
}
