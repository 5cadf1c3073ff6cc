//! What each action does while an article is read, and what it does everywhere in the pane.

use super::hints::HintMatch;
use super::prompts::{ask_feed, ask_find};
use super::{ArticlesPane, Over, ReadingView};
use crate::app::{Outbox, Severity};
use crate::articles::Link;
use crate::keys::{Action, Chord};
use crate::panes::moving::rows;

impl ArticlesPane {
    /// Does what the user asked for.
    pub fn act(&mut self, action: Action, out: &mut Outbox<'_>) {
        if self.act_everywhere(action, out) {
            return;
        }
        match &mut self.reading {
            Some(reading) if reading.over.is_some() => self.act_on_panel(action, out),
            Some(_) => self.act_on_article(action, out),
            None => self.act_on_list(action, out),
        }
    }

    /// What an action does whatever is in front; says whether it was one of those.
    fn act_everywhere(&mut self, action: Action, out: &mut Outbox<'_>) -> bool {
        match action {
            Action::NextUnread => self.next_unread(out),
            Action::NextArticle => self.open_neighbour(1, out),
            Action::PreviousArticle => self.open_neighbour(-1, out),
            Action::Star => self.toggle_star(out),
            Action::MarkRead => self.toggle_read(out),
            Action::MarkAbove => self.mark_above(out),
            Action::MarkAll => self.mark_all(out),
            Action::UndoMark => self.undo_mark(out),
            Action::ShowTag => self.ask_tag(out),
            Action::SaveArticle => self.ask_save(out),
            Action::AddFeed => ask_feed(out),
            Action::Refresh => self.refresh(out),
            Action::OpenBrowser if !self.has_links_open() => self.open_in_browser(out),
            Action::CopyArticleLink if !self.has_links_open() => self.copy_article_link(out),
            _ => return false,
        }
        true
    }

    fn has_links_open(&self) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| matches!(reading.over, Some(Over::Links(_))))
    }

    fn act_on_article(&mut self, action: Action, out: &mut Outbox<'_>) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        if let Some(rows) = rows(action, reading.page_rows()) {
            return reading.scroll(rows);
        }
        match action {
            Action::ReadOn if reading.is_at_end() => self.next_unread(out),
            Action::ReadOn => reading.scroll(reading.page_rows().cast_signed()),
            Action::Left => reading.shift(-1),
            Action::Right => reading.shift(1),
            Action::WrapCode => reading.toggle_wrap(),
            Action::Filter => ask_find(reading, out),
            Action::CopyCode => copy_code(reading, out),
            Action::NextPart => self.open_part(true, out),
            Action::PreviousPart => self.open_part(false, out),
            Action::Back if reading.find().count().is_some() => reading.look_for(Vec::new()),
            Action::Back => self.leave_article(out),
            action => {
                if let Some(missing) = move_within(reading, action) {
                    out.notice(Severity::Info, missing);
                }
            }
        }
    }

    /// The outline or the list of links takes the action.
    fn act_on_panel(&mut self, action: Action, out: &mut Outbox<'_>) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        let page = reading.page_rows();
        let Some(Over::Outline(choice) | Over::Links(choice)) = &mut reading.over else {
            return;
        };
        if let Some(rows) = rows(action, page) {
            return choice.step(rows);
        }
        let at = choice.at;
        match (action, &reading.over) {
            (Action::Back | Action::Outline | Action::LinkList, _) => reading.over = None,
            (Action::Open, Some(Over::Outline(_))) => {
                reading.over = None;
                if let Some(line) = reading.page().headings.get(at).map(|it| it.lines.start) {
                    reading.go_to(line);
                }
            }
            (Action::Open | Action::OpenBrowser | Action::CopyArticleLink, Some(_)) => {
                if let Some(link) = reading.page().links.get(at).cloned() {
                    self.take_link(action, &link, out);
                }
            }
            _ => {}
        }
    }

    fn take_link(&mut self, action: Action, link: &Link, out: &mut Outbox<'_>) {
        match action {
            Action::Open => self.follow(link, out),
            Action::OpenBrowser => self.browse(&link.url, out),
            _ => out.copy(link.url.clone(), "the link".to_owned()),
        }
    }

    /// Whether letters go to the labels of links and not to the keymap.
    #[must_use]
    pub fn takes_letters(&self) -> bool {
        let reading = self.reading.as_ref();
        reading.is_some_and(|reading| matches!(reading.over, Some(Over::Hints(_))))
    }

    /// Takes a key while the links are labelled; what is no letter takes the labels away.
    pub fn letter(&mut self, chord: Chord, out: &mut Outbox<'_>) {
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
        let (action, link) = match typed {
            HintMatch::More => return,
            HintMatch::Follow(link) => (Action::Open, link),
            HintMatch::Copy(link) => (Action::CopyArticleLink, link),
        };
        reading.over = None;
        if let Some(link) = reading.page().links.get(link).cloned() {
            self.take_link(action, &link, out);
        }
    }
}

/// Moves within the article; gives a sentence when there is nothing to move to.
fn move_within(reading: &mut ReadingView, action: Action) -> Option<&'static str> {
    let (found, missing) = match action {
        Action::NextHeading => (reading.jump(false, true), "There is no heading below."),
        Action::PreviousHeading => (reading.jump(false, false), "There is no heading above."),
        Action::NextCode => (reading.jump(true, true), "There is no code block below."),
        Action::PreviousCode => (reading.jump(true, false), "There is no code block above."),
        Action::NextHit => (
            reading.next_hit(true),
            "Nothing was found here; look for other words.",
        ),
        Action::PreviousHit => (
            reading.next_hit(false),
            "Nothing was found here; look for other words.",
        ),
        Action::Outline => (reading.open_outline(), "This article has no headings."),
        Action::LinkList | Action::Open => (reading.open_links(), "This article has no links."),
        Action::LinkHints => (reading.open_hints(), "No link on the screen."),
        _ => return None,
    };
    (!found).then_some(missing)
}

fn copy_code(reading: &ReadingView, out: &mut Outbox<'_>) {
    let Some(code) = reading.code_in_front() else {
        return out.notice(Severity::Info, "There is no code block on screen.");
    };
    let lines = code.text.lines().count();
    let noun = if lines == 1 { "line" } else { "lines" };
    let language = code
        .language
        .as_deref()
        .map_or(String::new(), |it| format!(" of {it}"));
    out.copy(code.text.clone(), format!("{lines} {noun}{language}"));
}
