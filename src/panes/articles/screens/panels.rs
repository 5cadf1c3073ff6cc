//! The outline and the list of links over an article.

use super::ARTICLE;
use super::everywhere::{COPY_ARTICLE_LINK, OPEN_BROWSER, ROWS as COMMON};
use super::page::{LINK_LIST, OUTLINE as OUTLINE_ACTION};
use crate::articles::Link;
use crate::effect::Outbox;
use crate::keys::Action;
use crate::panes::articles::{ArticlesPane, Over};
use crate::panes::screen::{ActionRow, Availability, Move, Moves, Screen, Table, row, unsaid};
use Availability::Offered;

/// What the actions do among the headings.
pub(super) static OUTLINE: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[
        &Moves(move_choice),
        &Table::new(&[row(
            Action::OPEN,
            |_| Offered(0, "go there"),
            |pane, _| go_there(pane),
        )]),
        &Table::new(CLOSING),
        &Table::new(COMMON),
    ],
};

/// What the actions do among the links.
pub(super) static LINKS: Screen<ArticlesPane> = Screen {
    scope: ARTICLE,
    tables: &[
        &Moves(move_choice),
        &Table::new(&[
            row(
                Action::OPEN,
                |_| Offered(0, "follow"),
                |pane, out| {
                    if let Some(link) = chosen_link(pane) {
                        pane.follow(&link, out);
                    }
                },
            ),
            row(
                COPY_ARTICLE_LINK,
                |_| Offered(1, "copy"),
                |pane, out| {
                    if let Some(link) = chosen_link(pane) {
                        copy_link(&link, out);
                    }
                },
            ),
            row(
                OPEN_BROWSER,
                |_| Offered(2, "browser"),
                |pane, out| {
                    if let Some(link) = chosen_link(pane) {
                        pane.browse(&link.url, out);
                    }
                },
            ),
        ]),
        &Table::new(CLOSING),
        &Table::new(COMMON),
    ],
};

const CLOSING: &[ActionRow<ArticlesPane>] = &[
    row(Action::BACK, |_| Offered(3, "close"), |pane, _| close(pane)),
    unsaid(OUTLINE_ACTION, |pane, _| close(pane)),
    unsaid(LINK_LIST, |pane, _| close(pane)),
];

fn move_choice(pane: &mut ArticlesPane, step: Move, _: &mut Outbox<'_>) {
    let Some(reading) = pane.reader.view_mut() else {
        return;
    };
    let height = reading.page().page_rows();
    if let Some(Over::Outline(choice) | Over::Links(choice)) = reading.over_mut() {
        choice.step(step.rows(height));
    }
}

/// Takes away what lies over the article.
pub(super) fn close(pane: &mut ArticlesPane) {
    if let Some(reading) = pane.reader.view_mut() {
        reading.uncover();
    }
}

fn go_there(pane: &mut ArticlesPane) {
    let Some(reading) = pane.reader.view_mut() else {
        return;
    };
    if let Some(Over::Outline(choice)) = reading.uncover()
        && let Some(heading) = reading.page().headings().get(choice.at)
    {
        let line = heading.lines.start;
        reading.page_mut().go_to(line);
    }
}

/// The link under the cursor of the list.
fn chosen_link(pane: &ArticlesPane) -> Option<Link> {
    let reading = pane.reading()?;
    match reading.over() {
        Some(Over::Links(choice)) => reading.page().links().get(choice.at).cloned(),
        _ => None,
    }
}

/// Copies where a link leads.
pub(super) fn copy_link(link: &Link, out: &mut Outbox<'_>) {
    out.copy(link.url.clone(), "the link".to_owned());
}
