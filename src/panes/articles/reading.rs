//! The article that is read: laid out once per width, and where in it the reader is.

mod choice;
mod ends;
mod find;
mod hints;
mod layout;
mod over;
mod page;
mod position;
mod spot;

pub use choice::Choice;
pub use find::{Find, Hit};
pub(super) use hints::HintMatch;
pub use hints::{Hints, LinkHint};
pub use over::Over;
pub(super) use page::Landmark;
pub use page::{EDGE, HEAD, MARGIN, ScrolledPage, VisibleLink};
pub(super) use position::ReadingPosition;

use crate::articles::{Article, Feed, PageLayout, TextPosition};
use crate::effect::{JobReport, OpenedArticle, Outbox, ReaderReport, Severity};
use crate::keys::Keymap;
use crate::task::TaskId;
use ends::Ends;
use layout::ArticleLayout;

/// An article and where in it the reader is.
#[derive(Debug)]
pub struct ReadingView {
    /// The article.
    pub article: Article,
    /// The part before it, of an article in parts.
    pub previous: Option<Article>,
    /// The part after it.
    pub next: Option<Article>,
    over: Option<Over>,
    layout: ArticleLayout,
    page: ScrolledPage,
    find: Find,
    /// The words it was opened for.
    opened_for: Vec<String>,
    /// Where to go once there is a page.
    aim: Option<Aim>,
    /// Where the store has it that the article was left.
    stored: Option<TextPosition>,
}

/// A place on a page that is not there yet.
#[derive(Debug)]
enum Aim {
    /// Where the reader was before.
    Place(ReadingPosition),
    /// The heading that a link named.
    Heading(String),
}

impl ReadingView {
    pub(super) fn new(
        opened: OpenedArticle,
        feeds: &[Feed],
        words: Vec<String>,
        keymap: &Keymap,
    ) -> Self {
        let stored = opened.place;
        let feed = feeds.iter().find(|feed| feed.id == opened.article.feed);
        let ends = Ends::of(&opened, feed, keymap);
        Self {
            article: opened.article,
            previous: opened.previous,
            next: opened.next,
            over: None,
            layout: ArticleLayout::new(opened.document, ends),
            page: ScrolledPage::blank(),
            find: Find::new(words.clone()),
            opened_for: words,
            aim: None,
            stored,
        }
    }

    /// The article as it was when the reader left this place of it.
    pub(super) fn at_place(mut self, place: ReadingPosition) -> Self {
        self.layout.set_wrap(place.wrap);
        self.aim = Some(Aim::Place(place));
        self
    }

    /// The article from the heading on that the fragment of a link names.
    pub(super) fn at_fragment_of(mut self, url: &str) -> Self {
        let fragment = url.split_once('#').map(|(_, fragment)| fragment);
        self.aim = fragment.map(|fragment| Aim::Heading(fragment.to_owned()));
        self
    }

    /// Where the article was left in an earlier session.
    pub(super) fn stored_place(&self) -> Option<ReadingPosition> {
        let at = self.stored?;
        Some(ReadingPosition::stored(self.article.id.clone(), at))
    }

    /// Where the reader is, if the store does not have that yet.
    pub(super) fn place_to_store(&mut self) -> Option<TextPosition> {
        if !self.page.is_laid_out() {
            return None;
        }
        let start = TextPosition {
            stretch: 0,
            characters: 0,
        };
        let top = if self.page.is_at_start() {
            start
        } else {
            self.place().top()
        };
        let known = self.stored.replace(top).unwrap_or(start);
        (known != top).then_some(top)
    }

    /// Where the reader is, to come back to.
    pub(super) fn place(&self) -> ReadingPosition {
        ReadingPosition {
            article: self.article.id.clone(),
            opened_for: self.opened_for.clone(),
            place: self.page.place(),
            wrap: self.layout.wraps(),
        }
    }

    /// Goes back to a place of the article.
    pub(super) fn go_back_to(&mut self, place: &ReadingPosition) {
        self.page.go_back_to(&place.place);
    }

    /// The words it was opened for: those of the search that found it.
    pub(super) const fn opened_for(&self) -> &[String] {
        self.opened_for.as_slice()
    }

    /// Its page, and what of it is on screen.
    #[must_use]
    pub const fn page(&self) -> &ScrolledPage {
        &self.page
    }

    /// Its page, to be scrolled.
    pub(super) const fn page_mut(&mut self) -> &mut ScrolledPage {
        &mut self.page
    }

    /// Whether the text may be only the beginning of an article.
    pub(super) fn is_short(&self) -> bool {
        self.layout.is_short()
    }

    /// Whether wide code is wrapped.
    #[must_use]
    pub const fn wraps(&self) -> bool {
        self.layout.wraps()
    }

    /// Wraps wide code, or lets it run on.
    pub(super) const fn toggle_wrap(&mut self) {
        self.layout.set_wrap(!self.layout.wraps());
        self.page.unshift();
    }

    /// The fragment of a link that stays within this article.
    pub(super) fn own_fragment<'a>(&self, url: &'a str) -> Option<&'a str> {
        let (address, fragment) = url.split_once('#')?;
        let named = [
            self.article.link.as_deref(),
            self.page.layout().address.as_deref(),
        ];
        let own = address.is_empty() || named.contains(&Some(address));
        own.then_some(fragment)
    }

    /// What lies over it.
    #[must_use]
    pub const fn over(&self) -> Option<&Over> {
        self.over.as_ref()
    }

    /// The row chosen in the panel that lies over it, if one does.
    pub(super) fn choice_mut(&mut self) -> Option<&mut Choice> {
        self.over.as_mut()?.choice_mut()
    }

    /// What lies over it, to be changed.
    pub(super) const fn over_mut(&mut self) -> Option<&mut Over> {
        self.over.as_mut()
    }

    /// Lays something over it, or nothing; says whether it is something.
    pub(super) fn lay_over(&mut self, over: Option<Over>) -> bool {
        self.over = over;
        self.over.is_some()
    }

    /// Takes away what lies over it.
    pub(super) const fn uncover(&mut self) -> Option<Over> {
        self.over.take()
    }

    /// What was searched for and found.
    #[must_use]
    pub const fn find(&self) -> &Find {
        &self.find
    }

    /// Words are about to be typed: without a hit, and when they are given up, the reader is back here.
    pub(super) const fn begin_find(&mut self) {
        self.find.begin(&self.page);
    }

    /// The words are typed: the reader stays where the hit is.
    pub(super) const fn keep_find(&mut self) {
        self.find.keep();
    }

    /// The words are given up: the reader is back where they were begun.
    pub(super) fn give_up_find(&mut self) {
        self.look_for("");
        self.find.keep();
    }

    /// Looks for other words and shows the first place after where the reader is, or was before anything was typed.
    pub(super) fn look_for(&mut self, words: &str) {
        self.find.look_for(words, &mut self.page);
    }

    /// Goes on to the next or previous place with the words; says whether there is one.
    pub(super) fn next_hit(&mut self, forwards: bool) -> bool {
        self.find.step(forwards);
        self.find.show(&mut self.page)
    }

    /// Lays the article out again if the room for it, in columns and rows, changed.
    pub(super) fn settle(&mut self, room: (u16, u16), ascii: bool, out: &mut Outbox<'_>) {
        self.page.resize(room);
        if let Some(layout) = self.layout.settle(room.0, ascii, out) {
            self.turn_to(layout);
        }
        self.page.stay_within();
    }

    /// Whether its page comes from this job.
    pub(super) fn awaits(&self, id: TaskId) -> bool {
        self.layout.awaits(id)
    }

    /// Takes the report of the job that lays it out.
    pub(super) fn report(&mut self, report: JobReport, out: &mut Outbox<'_>) {
        if let JobReport::Reader(ReaderReport::LaidOut(text)) = report {
            if let Some(layout) = self.layout.laid_out(*text) {
                self.turn_to(layout);
            }
            return;
        }
        self.layout.not_laid_out();
        if let JobReport::Failed(why) = report {
            out.notice(Severity::Error, why);
        }
    }

    /// Shows another page of the same article.
    fn turn_to(&mut self, layout: PageLayout) {
        let is_first = !self.page.is_laid_out();
        self.find.turn_to(self.page.layout(), &layout);
        self.page.turn_to(layout);
        if is_first {
            self.begin();
        }
    }

    /// Goes to where reading begins: where the reader was, what a link named, the words searched for, else the top.
    fn begin(&mut self) {
        self.find.show(&mut self.page);
        match self.aim.take() {
            Some(Aim::Place(position)) => {
                self.page.go_back_to(&position.place);
                self.find.begin_at(self.page.position().at);
            }
            Some(Aim::Heading(fragment)) => {
                // Without such a heading the top is as good a beginning.
                self.page.go_to_fragment(&fragment);
            }
            None => {}
        }
    }
}
