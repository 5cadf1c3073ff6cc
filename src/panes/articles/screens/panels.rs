//! The outline and the list of links over an article.

use super::ARTICLE;
use super::everywhere::{COPY_ARTICLE_LINK, OPEN_BROWSER};
use super::page::{LINK_LIST, OUTLINE as OUTLINE_ACTION};
use crate::articles::Link;
use crate::effect::Outbox;
use crate::keys::Action;
use crate::panes::articles::follow::browse;
use crate::panes::articles::prompts::ArticlesPrompt;
use crate::panes::articles::{ArticlesPane, Over, ReadingView};
use crate::panes::filter::filter_prompt;
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
                        browse(&link.url, out);
                    }
                },
            ),
        ]),
        &Table::new(CLOSING),
    ],
};

const CLOSING: &[ActionRow<ArticlesPane>] = &[
    row(Action::FILTER, |_| Offered(4, "filter"), ask_filter),
    row(
        Action::BACK,
        |pane| Offered(3, if is_narrowed(pane) { "all" } else { "close" }),
        |pane, _| back(pane),
    ),
    unsaid(OUTLINE_ACTION, |pane, _| close(pane)),
    unsaid(LINK_LIST, |pane, _| close(pane)),
];

fn move_choice(pane: &mut ArticlesPane, step: Move, _: &mut Outbox<'_>) {
    let Some(reading) = pane.reader.view_mut() else {
        return;
    };
    let height = reading.page().page_rows();
    if let Some(choice) = reading.choice_mut() {
        choice.step(step.rows(height));
    }
}

/// Asks for the words the rows must have.
fn ask_filter(pane: &mut ArticlesPane, out: &mut Outbox<'_>) {
    show_all(pane);
    let prompt = filter_prompt();
    ArticlesPrompt::FilterPanel.ask(prompt, pane, out);
}

fn is_narrowed(pane: &ArticlesPane) -> bool {
    match pane.reading().and_then(ReadingView::over) {
        Some(Over::Outline(choice) | Over::Links(choice)) => !choice.filter().is_empty(),
        _ => false,
    }
}

fn show_all(pane: &mut ArticlesPane) {
    let reading = pane.reader.view_mut();
    if let Some(choice) = reading.and_then(ReadingView::choice_mut) {
        choice.narrow("");
    }
}

/// Shows all rows again, else closes the panel.
fn back(pane: &mut ArticlesPane) {
    if is_narrowed(pane) {
        show_all(pane);
    } else {
        close(pane);
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
    let Some(Over::Outline(choice)) = reading.over() else {
        return;
    };
    let chosen = choice.chosen();
    if let Some(heading) = chosen.and_then(|at| reading.page().headings().get(at)) {
        let line = heading.lines.start;
        reading.uncover();
        reading.page_mut().go_to(line);
    }
}

/// The link under the cursor of the list.
fn chosen_link(pane: &ArticlesPane) -> Option<Link> {
    let reading = pane.reading()?;
    match reading.over() {
        Some(Over::Links(choice)) => reading.page().links().get(choice.chosen()?).cloned(),
        _ => None,
    }
}

/// Copies where a link leads.
pub(super) fn copy_link(link: &Link, out: &mut Outbox<'_>) {
    out.copy(link.url.clone(), "the link".to_owned());
}
