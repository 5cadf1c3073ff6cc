//! Links and pictures: which link is open, and what stands for a picture.

use super::attributes::Attributes;
use super::builder::{Builder, BuilderMode, Pictured};
use super::media::Skip;
use crate::articles::body::{ContainerKind, LinkTarget};
use crate::articles::{LinkKind, TextRole, address};
use crate::text;

/// The longest text a link is listed with, in bytes; what is longer is cut at a word.
const MAX_TEXT: usize = 240;

/// A link being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenLink {
    /// Which of the document's links it is.
    pub(super) index: usize,
    /// Whether it leads to a place in the article itself.
    anchor: bool,
    /// What was read in it.
    holds: Holds,
}

/// What a link holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    /// Only pictures that are elsewhere.
    Pictures,
    /// Text, or the picture it leads to: it shows what it is.
    Itself,
}

impl Builder {
    /// A link begins, if it is one that can be opened.
    pub(super) fn open_link(&mut self, attributes: Attributes<'_>) {
        self.close_link();
        let unseen = attributes.are_hidden() || attributes.value("aria-hidden") == Some("true");
        if matches!(self.mode, BuilderMode::Prose) && (unseen || attributes.has_class("anchor")) {
            self.mode = BuilderMode::Skip(if unseen {
                Skip::element("a")
            } else {
                Skip::anchor()
            });
            return;
        }
        let href = attributes.text("href").unwrap_or_default();
        if let Some(url) = address::link(href, self.base.as_ref()) {
            let kind = address::kind(&url);
            self.link = Some(OpenLink {
                index: self.add_target(String::new(), url, kind),
                anchor: href.trim_start().starts_with('#'),
                holds: Holds::Nothing,
            });
        }
    }

    /// The link ends. One without text says where it leads.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.link.take() else {
            return;
        };
        if link.holds == Holds::Itself {
            return;
        }
        let Some(target) = self.body.links.get(link.index) else {
            return;
        };
        let (url, index) = (target.url.clone(), Some(link.index));
        if link.holds == Holds::Pictures {
            let label = match target.kind {
                LinkKind::PowerTuning => "power tuning chart".to_owned(),
                _ => address::host(&url).unwrap_or(url),
            };
            let flow = self.open_flow();
            flow.push(" → ", TextRole::Frame, index);
            flow.push(&label, TextRole::Link, index);
        } else if link.anchor && link.index + 1 == self.body.links.len() {
            self.body.links.pop();
        } else {
            self.open_flow().push(&url, TextRole::Link, index);
        }
    }

    /// What is embedded in the open link says by itself where it leads.
    pub(super) fn fill_link(&mut self) {
        if let Some(link) = &mut self.link {
            link.holds = Holds::Itself;
        }
    }

    /// Adds text to the name of the open link.
    pub(super) fn name_link(&mut self, words: &str) {
        let Some(link) = &mut self.link else {
            return;
        };
        if words.trim().is_empty() {
            return;
        }
        link.holds = Holds::Itself;
        if let Some(target) = self.body.links.get_mut(link.index)
            && target.text.len() < MAX_TEXT
        {
            for word in words.split_ascii_whitespace().take(MAX_TEXT) {
                if !target.text.is_empty() && !target.text.ends_with(' ') {
                    target.text.push(' ');
                }
                target.text.push_str(&text::neutralise(word));
            }
        }
    }

    /// A picture.
    pub(super) fn image(&mut self, attributes: Attributes<'_>) {
        let dot = |name| attributes.value(name).map(str::trim) == Some("1");
        if dot("width") && dot("height") {
            return;
        }
        let lazy = ["src", "data-src", "data-original"];
        let mut sources = lazy.into_iter().filter_map(|name| attributes.text(name));
        let url = sources.find_map(|src| address::source(src, self.base.as_ref()));
        let label = picture_label(attributes, url.as_deref());
        let index = url.map(|url| self.picture_target(label.clone().unwrap_or_default(), url));
        let is_emoji = attributes.classes().any(|class| class.ends_with("emoji"));
        let place = self.picture_place();
        self.show_picture(label, is_emoji, index);
        self.pictured = (!is_emoji).then_some(place);
    }

    /// Where a picture stands; a space parts it from a picture before it.
    fn picture_place(&mut self) -> Pictured {
        if self.pictured.take().is_some() {
            self.flow.push(" ", TextRole::Body, None);
        }
        let flow = self.open_flow();
        if flow.text.is_empty() || flow.text.ends_with('\n') {
            Pictured::First
        } else {
            Pictured::Within
        }
    }

    /// Writes what stands for a picture.
    fn show_picture(&mut self, label: Option<String>, is_emoji: bool, index: Option<usize>) {
        let in_card = self.place.is_in(|kind| kind == ContainerKind::Card);
        let flow = self.open_flow();
        match label {
            Some(label) if is_emoji => flow.push(&label, TextRole::Body, index),
            // The mark of a card of GitHub.
            Some(label) if in_card && label == "GitHub logo" => {
                flow.push("GitHub: ", TextRole::Frame, index);
            }
            Some(label) => {
                flow.push("[image: ", TextRole::Frame, index);
                flow.push(&label, TextRole::Link, index);
                flow.push("]", TextRole::Frame, index);
            }
            None => flow.push("[image]", TextRole::Frame, index),
        }
    }

    /// The link of a picture: the open one, when that leads to the picture itself.
    fn picture_target(&mut self, label: String, url: String) -> usize {
        if let Some(link) = &mut self.link
            && let Some(target) = self.body.links.get_mut(link.index)
        {
            if address::original(&target.url) == url {
                link.holds = Holds::Itself;
                *target = LinkTarget {
                    text: label,
                    url,
                    kind: LinkKind::Image,
                };
                return link.index;
            }
            if link.holds == Holds::Nothing {
                link.holds = Holds::Pictures;
            }
            if target.text.is_empty() {
                target.text.clone_from(&label);
            }
        }
        self.add_target(label, url, LinkKind::Image)
    }

    pub(super) fn add_target(&mut self, text: String, url: String, kind: LinkKind) -> usize {
        self.body.links.push(LinkTarget { text, url, kind });
        self.body.links.len() - 1
    }
}

/// What a picture is called: its description, else the name of its file.
fn picture_label(attributes: Attributes<'_>, url: Option<&str>) -> Option<String> {
    let alt = attributes.text("alt").map(str::trim).map(str::to_owned);
    let label = alt.or_else(|| address::file_name(url?));
    label.map(|label| text::neutralise(&label).into_owned())
}
