//! What is embedded: videos, tweets, gists, and cards that show another page.

use super::attributes::Attributes;
use super::builder::{Builder, BuilderMode};
use super::media::Skip;
use crate::articles::body::{ContainerKind, Flow};
use crate::articles::{LinkKind, TextRole, address};

/// How many embeds within each other are told apart.
const MAX_WATCHES: usize = 8;

/// Which `<div>`s that embed something are open, and how many others in each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Watches(Vec<Watch>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Watch {
    divs: u32,
    what: Embed,
}

/// What a `<div>` embeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Embed {
    /// A card.
    Card,
    /// A gist: when it began there were so many blocks.
    Gist(usize),
}

impl Builder {
    /// The text and links of the open block, or what follows the open code.
    pub(super) fn open_flow(&mut self) -> &mut Flow {
        match &mut self.mode {
            BuilderMode::Code(code) => &mut code.later,
            _ => &mut self.flow,
        }
    }

    /// A `<div>` begins.
    pub(super) fn open_div(&mut self, attributes: Attributes<'_>) {
        self.close_block();
        for watch in &mut self.watches.0 {
            watch.divs = watch.divs.saturating_add(1);
        }
        if self.watches.0.len() >= MAX_WATCHES || self.table.is_some() {
            return;
        }
        let what = if attributes
            .classes()
            .any(|class| class.contains("gist-liquid-tag"))
        {
            Embed::Gist(self.body.blocks.len())
        } else if attributes.classes().any(is_card)
            && !self.place.is_in(|kind| kind == ContainerKind::Card)
        {
            self.open(ContainerKind::Card);
            Embed::Card
        } else {
            return;
        };
        self.watches.0.push(Watch { divs: 1, what });
    }

    /// A `</div>`.
    pub(super) fn close_div(&mut self) {
        self.close_block();
        for watch in &mut self.watches.0 {
            watch.divs = watch.divs.saturating_sub(1);
        }
        while self.watches.0.last().is_some_and(|watch| watch.divs == 0) {
            let what = self.watches.0.pop().map(|watch| watch.what);
            match what {
                Some(Embed::Card) => self.close(|kind| kind == ContainerKind::Card),
                Some(Embed::Gist(blocks)) if blocks == self.body.blocks.len() => {
                    self.lost_gist();
                }
                _ => {}
            }
        }
    }

    /// A frame with another page in it.
    pub(super) fn frame(&mut self, attributes: Attributes<'_>, source: &str) {
        let lazy = [source, "data-src"];
        let mut sources = lazy.into_iter().filter_map(|name| attributes.text(name));
        if let Some(url) = sources.find_map(|src| address::source(src, self.base.as_ref())) {
            let (kind, url) = address::embed(&url);
            let label = match kind {
                LinkKind::Video => "video",
                LinkKind::Tweet => "tweet",
                LinkKind::Gist => "gist",
                _ => "embed",
            };
            self.embed(label, &url, kind);
        }
    }

    /// A film or a sound: its address may come later.
    pub(super) fn open_recording(&mut self, name: &str, attributes: Attributes<'_>) {
        let source = attributes.text("src");
        if let Some(source) = source {
            self.mode = BuilderMode::Skip(Skip::recording(name, false));
            self.recording(source);
        } else {
            self.mode = BuilderMode::Skip(Skip::recording(name, true));
        }
    }

    /// The address of a film or a sound.
    pub(super) fn recording(&mut self, source: &str) {
        if let Some(url) = address::source(source, self.base.as_ref()) {
            self.embed("video", &url, LinkKind::Video);
        }
    }

    /// A script: not run, but it may stand for a gist.
    pub(super) fn script(&mut self, attributes: Attributes<'_>) {
        let source = attributes.text("src").unwrap_or_default();
        let url = address::source(source, self.base.as_ref());
        if let Some((LinkKind::Gist, url)) = url.map(|url| address::embed(&url)) {
            self.embed("gist", &url, LinkKind::Gist);
        }
    }

    /// What stands for something embedded, in a paragraph of its own.
    fn embed(&mut self, label: &str, url: &str, kind: LinkKind) {
        self.close_block();
        self.fill_link();
        let index = Some(self.add_target(url.to_owned(), url.to_owned(), kind));
        self.flow
            .push(&format!("[{label}: "), TextRole::Frame, index);
        self.flow.push(url, TextRole::Link, index);
        self.flow.push("]", TextRole::Frame, index);
        self.close_block();
    }

    /// A gist of which the feed left nothing: only the article's own page shows it.
    fn lost_gist(&mut self) {
        let page = self.base.as_ref().map(ToString::to_string);
        let index = page.map(|page| {
            self.add_target(
                "gist, on the article's page".to_owned(),
                page,
                LinkKind::Gist,
            )
        });
        self.flow.push("[gist]", TextRole::Frame, index);
        self.close_block();
    }
}

/// Whether a class marks a card that shows another page.
fn is_card(class: &str) -> bool {
    class.starts_with("ltag") || class == "c-embed"
}
