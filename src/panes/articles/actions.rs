//! The scopes of the pane, and those of its actions that an article's own text names with their keys.

use crate::keys::{Action, Scope};

/// The pane, whatever is in front.
pub(super) const ARTICLES: &Scope = &Scope::of_screen("articles", "Articles");

/// An article.
pub(super) const ARTICLE: &Scope = &Scope {
    name: "article",
    title: "An article",
    within: Some(ARTICLES),
};

/// Reads on.
pub(super) const READ_ON: Action = ARTICLES.action(
    "read-on",
    &["space"],
    "Read on: one page, at the end the next unread article",
);

/// Shows the article as its page has it, or as its feed does.
pub(super) const FULL_TEXT: Action = ARTICLE.action(
    "full-text",
    &["F"],
    "The whole text: fetch the article's page; again: the feed's text",
);

/// Opens the next part of the series.
pub(super) const NEXT_PART: Action = ARTICLE.action("next-part", &[")"], "Next part of the series");

/// Opens the part of the series before.
pub(super) const PREVIOUS_PART: Action =
    ARTICLE.action("previous-part", &["("], "Previous part of the series");
