//! Which actions make sense now: the footer shows them with their keys.

use super::{Articles, Focus, Over, Reading};
use crate::keys::Action;
use crate::panes::tuning::Offer;

impl Articles {
    /// The actions that do something here, the most useful first.
    #[must_use]
    pub fn offers(&self) -> Vec<Offer> {
        match &self.reading {
            Some(reading) => article_offers(reading),
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
        if self.focus == Focus::Tree && self.search.is_none() {
            offers.extend([
                (Action::Open, "list"),
                (Action::Refresh, "fetch"),
                (Action::AddFeed, "add feed"),
            ]);
            if self.tree.feed().is_some() {
                offers.push((Action::FeedHealth, "health"));
                offers.push((Action::RemoveFeed, "remove"));
            }
        } else if self.selected().is_some() {
            offers.push((Action::Open, "read"));
        }
        if self.search.is_some() {
            offers.push((Action::Back, "end search"));
        }
        offers.push((Action::NextUnread, "next unread"));
        offers.push((Action::Filter, "search"));
        if self.can_undo_mark() {
            offers.push((Action::UndoMark, "undo"));
        }
        offers.push((
            Action::OnlyUnread,
            if self.list.only_unread {
                "all"
            } else {
                "only unread"
            },
        ));
        if let Some(article) = self.selected() {
            offers.push((
                Action::Star,
                if article.starred { "unstar" } else { "star" },
            ));
            offers.push((
                Action::MarkRead,
                if article.read { "unread" } else { "read" },
            ));
        }
        offers.push((Action::MarkAll, "all read"));
        if self.focus == Focus::List {
            offers.push((Action::Refresh, "fetch"));
            offers.push((Action::AddFeed, "add feed"));
        }
        offers
    }
}

fn article_offers(reading: &Reading) -> Vec<Offer> {
    match &reading.over {
        Some(Over::Outline(_)) => return vec![(Action::Open, "go there"), (Action::Back, "close")],
        Some(Over::Links(_)) => {
            return vec![
                (Action::Open, "follow"),
                (Action::CopyArticleLink, "copy"),
                (Action::OpenBrowser, "browser"),
                (Action::Back, "close"),
            ];
        }
        Some(Over::Hints(_)) => return vec![(Action::Back, "no link")],
        None => {}
    }
    let page = reading.page();
    let mut offers = vec![(
        Action::ReadOn,
        if reading.is_at_end() {
            "next unread"
        } else {
            "read on"
        },
    )];
    if reading.find().count().is_some_and(|(_, count)| count > 0) {
        offers.push((Action::NextHit, "next hit"));
    }
    if reading.next.is_some() {
        offers.push((Action::NextPart, "next part"));
    }
    offers.push((Action::Back, "list"));
    if !page.links.is_empty() {
        offers.push((Action::LinkHints, "link"));
    }
    if page.headings.len() > 1 {
        offers.push((Action::Outline, "outline"));
    }
    if reading.code_in_front().is_some() {
        offers.push((Action::CopyCode, "copy code"));
    }
    if page.lines.iter().any(|line| line.wide) || reading.wrap {
        offers.push((
            Action::WrapCode,
            if reading.wrap { "unwrap" } else { "wrap" },
        ));
    }
    offers.push((
        Action::Star,
        if reading.article.starred {
            "unstar"
        } else {
            "star"
        },
    ));
    if reading.article.link.is_some() {
        offers.push((Action::OpenBrowser, "browser"));
    }
    offers.push((Action::SaveArticle, "save"));
    offers
}
