//! Labels on the links of an article: letters go to them and not to the keymap.

use super::ARTICLE;
use super::panels::{close, copy_link};
use crate::effect::Outbox;
use crate::keys::{Action, Chord};
use crate::panes::articles::reading::HintMatch;
use crate::panes::articles::{ArticlesPane, Over};
use crate::panes::screen::{Availability, Screen, Table, row};

/// What the actions do; the letters are taken before they are actions.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[&Table::new(&[row(
        Action::BACK,
        |_| Availability::Offered(0, "no link"),
        |pane, _| close(pane),
    )])],
};

/// Takes a key while the links are labelled: letters go to the labels, anything else takes the labels away. Says whether
/// they are labelled.
pub(in crate::panes::articles) fn take_label(
    pane: &mut ArticlesPane,
    chord: Chord,
    out: &mut Outbox<'_>,
) -> bool {
    let Some(reading) = pane.reader.view_mut() else {
        return false;
    };
    let Some(Over::Hints(hints)) = reading.over_mut() else {
        return false;
    };
    let typed = match chord.character() {
        Some(letter) if letter.is_ascii_alphabetic() => hints.letter(letter),
        _ => HintMatch::None,
    };
    if typed != HintMatch::More {
        reading.uncover();
    }
    let link = |at: usize| reading.page().links().get(at).cloned();
    match typed {
        HintMatch::None | HintMatch::More => {}
        HintMatch::Follow(at) => {
            if let Some(link) = link(at) {
                pane.follow(&link, out);
            }
        }
        HintMatch::Copy(at) => {
            if let Some(link) = link(at) {
                copy_link(&link, out);
            }
        }
    }
    true
}
