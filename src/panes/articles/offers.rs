//! Which actions make sense now: the footer shows them with their keys.

use super::{ArticlesPane, Focus, Over, ReadingView};
use crate::keys::Action;
use crate::panes::Offer;

impl ArticlesPane {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match &self.reading {
            Some(reading) => article_offers(reading, self.way_back()),
            None if self.health.is_some() => vec![
                (Action::Refresh, "fetch"),
                (Action::RemoveFeed, "remove"),
                (Action::Back, "close"),
            ],
            None => self.list_offers(),
        }
    }

    fn list_offers(&self) -> Vec<Offer> {
        let mut offers = Vec::new();
        if self.tree.feeds.is_empty() {
            offers.push((Action::AddFeed, "add feed"));
        } else if self.focus == Focus::Tree && self.search.is_none() {
            offers.extend(self.tree_offers());
        } else if self.selected().is_some() {
            offers.push((Action::Open, "read"));
        }
        if self.search.is_some() {
            offers.push((Action::Back, "end search"));
        } else if self.focus == Focus::List {
            offers.push((Action::Left, "feeds"));
        }
        offers.push((Action::NextUnread, "next unread"));
        offers.push((Action::Filter, "search"));
        if self.can_undo_mark() {
            offers.push((Action::UndoMark, "undo"));
        }
        let narrowing = ["only unread", "all"];
        offers.push(toggle(Action::OnlyUnread, self.list.only_unread, narrowing));
        if let Some(article) = self.selected() {
            offers.push(toggle(Action::Star, article.starred, STAR));
            offers.push(toggle(Action::MarkRead, article.read, ["read", "unread"]));
        }
        offers.push((Action::MarkAll, "all read"));
        if self.focus == Focus::List && !self.tree.feeds.is_empty() {
            offers.push((Action::Refresh, "fetch"));
            offers.push((Action::AddFeed, "add feed"));
        }
        offers
    }

    /// What leaving the article leads to.
    fn way_back(&self) -> &'static str {
        match (self.trail.is_empty(), &self.search) {
            (false, _) => "back",
            (true, Some(_)) => "search",
            (true, None) => "list",
        }
    }

    fn tree_offers(&self) -> Vec<Offer> {
        let mut offers = vec![
            (Action::Open, "list"),
            (Action::Refresh, "fetch"),
            (Action::AddFeed, "add feed"),
        ];
        if self.tree.feed().is_some() {
            offers.push((Action::FeedHealth, "health"));
            offers.push((Action::RemoveFeed, "remove"));
        }
        offers
    }
}

/// What the star is called while it is off and on.
const STAR: [&str; 2] = ["star", "unstar"];

/// An action that turns something on and off.
const fn toggle(action: Action, is_on: bool, [turn_on, turn_off]: [&'static str; 2]) -> Offer {
    (action, if is_on { turn_off } else { turn_on })
}

fn article_offers(reading: &ReadingView, way_back: &'static str) -> Vec<Offer> {
    match &reading.over {
        Some(Over::Outline(_)) => vec![(Action::Open, "go there"), (Action::Back, "close")],
        Some(Over::Links(_)) => vec![
            (Action::Open, "follow"),
            (Action::CopyArticleLink, "copy"),
            (Action::OpenBrowser, "browser"),
            (Action::Back, "close"),
        ],
        Some(Over::Hints(_)) => vec![(Action::Back, "no link")],
        None => page_offers(reading, way_back),
    }
}

fn page_offers(reading: &ReadingView, way_back: &'static str) -> Vec<Offer> {
    let page = reading.page();
    let finds = reading.find().count();
    let on = ["read on", "next unread"];
    let mut offers = vec![toggle(Action::ReadOn, reading.is_at_end(), on)];
    if finds.is_some_and(|(_, count)| count > 0) {
        offers.push((Action::NextHit, "next hit"));
    }
    if reading.next.is_some() {
        offers.push((Action::NextPart, "next part"));
    }
    let back = finds.map_or(way_back, |_| "no hits");
    offers.push((Action::Back, back));
    if reading.shows_wide() {
        offers.push((Action::Right, "sideways"));
    }
    if reading.shows_wide() || reading.wrap {
        offers.push(toggle(Action::WrapCode, reading.wrap, ["wrap", "unwrap"]));
    }
    if !page.links.is_empty() {
        offers.push((Action::LinkHints, "link"));
    }
    if page.headings.len() > 1 {
        offers.push((Action::Outline, "outline"));
    }
    if reading.code_in_front().is_some() {
        offers.push((Action::CopyCode, "copy code"));
    }
    offers.push(toggle(Action::Star, reading.article.starred, STAR));
    if reading.article.link.is_some() {
        offers.push((Action::OpenBrowser, "browser"));
    }
    offers.push((Action::SaveArticle, "save"));
    offers
}
