//! Labels on the links of an article: letters go to them and not to the keymap.

use super::panels::copy_link;
use super::{ARTICLE, everywhere};
use crate::effect::Outbox;
use crate::keys::{Action, Chord};
use crate::panes::articles::hints::HintMatch;
use crate::panes::articles::{ArticlesPane, Over};
use crate::panes::screen::{Availability, Screen, Table, row};

/// What the actions do; the letters are taken before they are actions.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[
        &Table::new(&[row(
            Action::BACK,
            |_| Availability::Offered(0, "no link"),
            |pane, _| close(pane),
        )]),
        &Table::new(everywhere::ROWS),
    ],
};

fn close(pane: &mut ArticlesPane) {
    if let Some(reading) = &mut pane.reading {
        reading.over = None;
    }
}

impl ArticlesPane {
    /// Whether letters go to the labels of links and not to the keymap.
    #[must_use]
    pub fn takes_letters(&self) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| matches!(reading.over, Some(Over::Hints(_))))
    }

    /// Takes a key while the links are labelled; what is no letter takes the labels away.
    pub(in crate::panes::articles) fn letter(&mut self, chord: Chord, out: &mut Outbox<'_>) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        let Some(Over::Hints(hints)) = &mut reading.over else {
            return;
        };
        let typed = match chord.character() {
            Some(letter) if letter.is_ascii_alphabetic() => hints.letter(letter),
            _ => {
                reading.over = None;
                return;
            }
        };
        let (follows, link) = match typed {
            HintMatch::More => return,
            HintMatch::Follow(link) => (true, link),
            HintMatch::Copy(link) => (false, link),
        };
        reading.over = None;
        let Some(link) = reading.page().links.get(link).cloned() else {
            return;
        };
        if follows {
            self.follow(&link, out);
        } else {
            copy_link(&link, out);
        }
    }
}
