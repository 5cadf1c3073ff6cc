//! How the fetches of a feed fare, in place of the list.

use super::list::{self, FEED_HEALTH, REMOVE_FEED};
use super::{ARTICLES, everywhere};
use crate::keys::Action;
use crate::panes::articles::ArticlesPane;
use crate::panes::screen::{ActionRow, Availability, Moves, Screen, Table, row};
use Availability::Offered;

/// What the actions do.
pub(super) static SCREEN: Screen<ArticlesPane> = Screen {
    scope: ARTICLES,
    tables: &[&Moves(list::step), &Table::new(ROWS)],
};

const ROWS: &[ActionRow<ArticlesPane>] = &[
    row(
        Action::REFRESH,
        |_| Offered(0, "fetch"),
        everywhere::refresh,
    ),
    row(REMOVE_FEED, |_| Offered(1, "remove"), list::ask_unfollow),
    row(
        Action::BACK,
        |_| Offered(2, "close"),
        |pane, out| pane.browsing.back(out),
    ),
    row(
        FEED_HEALTH,
        |_| Availability::Unsaid,
        |pane, out| pane.browsing.back(out),
    ),
];
