//! The footer: the keys that do something here, from the action table and the user's keymap.

use ratatui::layout::Rect;

use crate::app::{App, Overlay};
use crate::keys::Action;
use crate::panes::Offer;
use crate::theme::Role;
use crate::ui::{Painter, Piece, columns};

/// Draws as many keys as fit; help and quit are always among them.
pub(super) fn draw(painter: &mut Painter<'_>, app: &App, area: Rect) {
    let (first, always) = offers(app);
    let always: Vec<Piece> = always.iter().flat_map(hint).collect();
    let room = area.width.saturating_sub(columns(&always));
    let mut pieces: Vec<Piece> = Vec::new();
    for offer in first {
        let hint = hint(&offer);
        if columns(&pieces) + columns(&hint) > room {
            break;
        }
        pieces.extend(hint);
    }
    pieces.extend(always);
    painter.line(area, &pieces);
}

/// A key in words, and what it does.
type Hint = (String, &'static str);

fn offers(app: &App) -> (Vec<Hint>, Vec<Hint>) {
    if let Some(prompt) = &app.prompt {
        let enter = if prompt.multiline { "ctrl-s" } else { "enter" };
        let keys = [(enter, prompt.done), ("esc", prompt.cancel)];
        let keys = keys.map(|(key, word)| (key.to_owned(), word));
        return (Vec::new(), keys.to_vec());
    }
    match app.overlay {
        Some(Overlay::Confirm(_)) => {
            return (
                Vec::new(),
                vec![("y".to_owned(), "yes"), ("n".to_owned(), "no")],
            );
        }
        Some(Overlay::Help(_)) => {
            let keys = [
                (Action::DOWN, "down"),
                (Action::UP, "up"),
                (Action::BACK, "close"),
            ];
            return (Vec::new(), named(app, &keys));
        }
        Some(Overlay::Palette(_)) => {
            let keys = [("enter", "do it"), ("esc", "close")];
            let keys = keys.map(|(key, word)| (key.to_owned(), word));
            return (Vec::new(), keys.to_vec());
        }
        None => {}
    }
    let pane = app.front().offers();
    let always: &[Offer] = if app.front().takes_keys() {
        &[]
    } else {
        &[(Action::HELP, "keys"), (Action::QUIT, "quit")]
    };
    (named(app, &pane), named(app, always))
}

fn named(app: &App, offers: &[Offer]) -> Vec<Hint> {
    offers
        .iter()
        .map(|&(action, word)| (app.context.keymap.hint(action), word))
        .filter(|(key, _)| !key.is_empty())
        .collect()
}

fn hint((key, word): &Hint) -> Vec<Piece> {
    vec![
        (Role::Accent, format!(" {key}")),
        (Role::Muted, format!(" {word} ")),
    ]
}
