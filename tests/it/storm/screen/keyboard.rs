//! Keys: mostly those that do something where the program is, and any other that a terminal can send.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use iacstone::app::{App, Overlay};
use iacstone::keys::{Action, Chord};

use super::footing::offers;
use crate::storm::Dice;

/// Keys that edit text.
const EDITING: [&str; 14] = [
    "backspace",
    "delete",
    "left",
    "right",
    "home",
    "end",
    "up",
    "down",
    "ctrl-u",
    "ctrl-k",
    "ctrl-w",
    "ctrl-a",
    "ctrl-y",
    "ctrl-z",
];

/// The next key. So many numbers are drawn whatever the state is, so that a stretch stays much the same without another.
pub(super) fn chord(app: &App, dice: &mut Dice) -> Chord {
    let (what, which, own) = (dice.within(0..=99), dice.number(), dice.number());
    let mut own = Dice::of(own, "key");
    if app.prompt.is_some() || matches!(app.overlay, Some(Overlay::Palette(_))) {
        return match what {
            0..60 => character(&mut own),
            60..76 => parsed(EDITING[index(which, EDITING.len())]),
            76..86 => parsed(["enter", "ctrl-s"][index(which, 2)]),
            86..91 => parsed("esc"),
            _ => any(&mut own),
        };
    }
    if matches!(app.overlay, Some(Overlay::Confirm(_))) && what < 60 {
        return parsed(["y", "enter", "y", "n", "esc"][index(which, 5)]);
    }
    match what {
        0..60 => known(app, which),
        60..76 => offered(app, which),
        76..82 => parsed("enter"),
        82..86 => parsed("esc"),
        86..93 => character(&mut own),
        _ => any(&mut own),
    }
}

/// A key that is bound to something here; seldom one that leaves the program.
fn known(app: &App, which: u64) -> Chord {
    let keymap = &app.context.keymap;
    let scopes = app.front().scope().chain();
    let chords: Vec<(Action, Chord)> = scopes
        .flat_map(|scope| keymap.actions_of(scope))
        .flat_map(|action| {
            let chords = keymap.chords(action).iter();
            chords.map(move |&chord| (action, chord))
        })
        .collect();
    let (action, chord) = chords[index(which, chords.len())];
    if action == Action::QUIT && !which.is_multiple_of(8) {
        return parsed("?");
    }
    chord
}

/// A key the footer shows.
fn offered(app: &App, which: u64) -> Chord {
    let keys: Vec<Chord> = offers(app)
        .into_iter()
        .filter_map(|(action, _)| app.context.keymap.chords(action).first().copied())
        .collect();
    keys.get(index(which, keys.len().max(1)))
        .copied()
        .unwrap_or_else(|| parsed("enter"))
}

fn character(dice: &mut Dice) -> Chord {
    const COMMON: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789 .,/*-=:\"'$#@()[]{}<>&%\\?!ABCXYZ";
    let common = char::from(*dice.pick(COMMON));
    let odd = super::words::odd(dice).chars().next();
    let letter = if dice.percent(88) {
        common
    } else {
        odd.unwrap_or('é')
    };
    press(KeyCode::Char(letter), KeyModifiers::NONE).unwrap_or_else(|| parsed("x"))
}

/// Any key with any modifiers.
fn any(dice: &mut Dice) -> Chord {
    const CODES: [KeyCode; 15] = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Insert,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
    ];
    let code = match dice.within(0..=9) {
        0..4 => *dice.pick(&CODES),
        4 => KeyCode::F(u8::try_from(dice.within(1..=24)).unwrap()),
        5..9 => KeyCode::Char(char::from(u8::try_from(dice.within(33..=126)).unwrap())),
        _ => KeyCode::Char(
            char::from_u32(u32::try_from(dice.within(0xa0..=0xd7ff)).unwrap()).unwrap(),
        ),
    };
    let mut modifiers = KeyModifiers::NONE;
    for (modifier, times) in [
        (KeyModifiers::CONTROL, 30),
        (KeyModifiers::ALT, 25),
        (KeyModifiers::SHIFT, 20),
    ] {
        if dice.percent(times) {
            modifiers |= modifier;
        }
    }
    press(code, modifiers).unwrap_or_else(|| parsed("space"))
}

fn press(code: KeyCode, modifiers: KeyModifiers) -> Option<Chord> {
    Chord::from_event(KeyEvent::new(code, modifiers))
}

/// The chord with this name.
pub(super) fn parsed(name: &str) -> Chord {
    name.parse().unwrap()
}

/// The number as an index into so many.
pub(super) fn index(number: u64, count: usize) -> usize {
    usize::try_from(number % count.max(1) as u64).unwrap()
}
