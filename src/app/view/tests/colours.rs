//! Styles by cell: the selected row, severities, and a screen without colours.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use super::{draw, lines};
use crate::app::App;
use crate::app::fixture::logs::{event, events, followed};
use crate::app::fixture::*;
use crate::effect::{AppContext, Severity};
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

/// A tail with an event of several colours.
fn coloured_tail(context: AppContext) -> App {
    let mut app = ready(context);
    let task = followed(&mut app, &["/ecs/web"]);
    let texts = [
        "plain before",
        "漢字\u{1b}[1;32mgreen\u{1b}[0m none ........................\u{1b}[38;5;208mamber\u{1b}[0m\n\u{1b}[36mcyan",
        "{\"msg\":\"\u{1b}[35msummed\u{1b}[0m\"}",
    ];
    let rows = (0..)
        .zip(texts)
        .map(|(at, text)| event("/ecs/web", "web/1", at, text));
    events(&mut app, task, rows.collect());
    app
}

#[test]
fn an_event_keeps_its_colours() {
    let mut app = coloured_tail(context());
    let at = |app: &mut App, word: &str| style_of(&draw(app, 80, 24), word).fg.unwrap();
    let colours = ["green", "none", "amber", "cyan", "summed"].map(|word| at(&mut app, word));
    let plain = at(&mut app, "plain before");
    assert_eq!(
        colours,
        [Color::Green, plain, Color::LightYellow, Color::Cyan, plain]
    );
    press(&mut app, "right");
    assert_eq!(at(&mut app, "mber"), Color::LightYellow);
    press(&mut app, "left w");
    assert_eq!(at(&mut app, "cyan"), Color::Cyan);
    press(&mut app, "/");
    write(&mut app, "green");
    press(&mut app, "enter G");
    assert_ne!(at(&mut app, "green"), Color::Green);
    press(&mut app, ":");
    write(&mut app, "colours");
    press(&mut app, "enter");
    assert_eq!(at(&mut app, "cyan"), plain);
}

#[test]
fn without_colours_an_event_has_none() {
    let mut context = context();
    context.theme = Theme::defaults().at(ColorDepth::None);
    let buffer = draw(&mut coloured_tail(context), 80, 24);
    assert!(buffer.content().iter().all(|cell| cell.fg == Color::Reset));
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
