//! Links and pictures: which link is open, and what stands for a picture.

use super::attributes::Attributes;
use super::builder::{Builder, Mode, Pictured};
use super::media::Skip;
use crate::articles::document::{Kind, Target};
use crate::articles::{LinkKind, Role, address};
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
    /// Whether text was read in it.
    named: bool,
    /// Whether a picture was read in it that leads elsewhere.
    pictured: bool,
    /// Whether it is the link of the picture in it.
    is_picture: bool,
}

impl Builder {
    /// A link begins, if it is one that can be opened.
    pub(super) fn open_link(&mut self, attributes: Attributes<'_>) {
        self.close_link();
        let unseen = attributes.are_hidden()
            || attributes.value("aria-hidden") == Some("true")
            || attributes.has_class("anchor");
        if unseen && matches!(self.mode, Mode::Prose) {
            self.mode = Mode::Skip(Skip::element("a"));
            return;
        }
        let href = attributes.text("href").unwrap_or_default();
        if let Some(url) = address::link(href, self.base.as_ref()) {
            let kind = address::kind(&url);
            self.link = Some(OpenLink {
                index: self.add_target(String::new(), url, kind),
                anchor: href.trim_start().starts_with('#'),
                named: false,
                pictured: false,
                is_picture: false,
            });
        }
    }

    /// The link ends. One without text says where it leads.
    pub(super) fn close_link(&mut self) {
        let Some(link) = self.link.take() else {
            return;
        };
        if link.named || link.is_picture {
            return;
        }
        let Some(target) = self.document.links.get(link.index) else {
            return;
        };
        let (url, index) = (target.url.clone(), Some(link.index));
        if link.pictured {
            let label = match target.kind {
                LinkKind::PowerTuning => "power tuning chart".to_owned(),
                _ => address::host(&url).unwrap_or(url),
            };
            let flow = self.open_flow();
            flow.push(" → ", Role::Frame, index);
            flow.push(&label, Role::Link, index);
        } else if link.anchor {
            self.document.links.pop();
        } else {
            self.open_flow().push(&url, Role::Link, index);
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
        link.named = true;
        if let Some(target) = self.document.links.get_mut(link.index)
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
        let alt = attributes
            .text("alt")
            .map(|alt| text::neutralise(alt.trim()));
        let name = || {
            url.as_deref()
                .and_then(address::file_name)
                .map(|name| text::neutralise(&name).into_owned())
        };
        let label = alt.map(std::borrow::Cow::into_owned).or_else(name);
        let index = url.map(|url| self.picture_target(label.clone().unwrap_or_default(), url));
        let in_card = self.place.is_in(|kind| kind == Kind::Card);
        let is_emoji = attributes.classes().any(|class| class.ends_with("emoji"));
        let within = std::mem::take(&mut self.pictured).is_some();
        if within {
            self.flow.push(" ", Role::Body, None);
        }
        let flow = self.open_flow();
        let begins = flow.text.is_empty() || flow.text.ends_with('\n');
        let place = if begins {
            Pictured::First
        } else {
            Pictured::Within
        };
        match label {
            Some(label) if is_emoji => flow.push(&label, Role::Body, index),
            // The mark of a card of GitHub.
            Some(label) if in_card && label == "GitHub logo" => {
                flow.push("GitHub: ", Role::Frame, index)
            }
            Some(label) => {
                flow.push("[image: ", Role::Frame, index);
                flow.push(&label, Role::Link, index);
                flow.push("]", Role::Frame, index);
            }
            None => flow.push("[image]", Role::Frame, index),
        }
        self.pictured = (!is_emoji).then_some(place);
    }

    /// The link of a picture: the open one, when that leads to the picture itself.
    fn picture_target(&mut self, label: String, url: String) -> usize {
        if let Some(link) = &mut self.link
            && let Some(target) = self.document.links.get_mut(link.index)
        {
            if address::original(&target.url) == url {
                link.is_picture = true;
                *target = Target {
                    text: label,
                    url,
                    kind: LinkKind::Image,
                };
                return link.index;
            }
            link.pictured = true;
            if target.text.is_empty() {
                target.text.clone_from(&label);
            }
        }
        self.add_target(label, url, LinkKind::Image)
    }

    pub(super) fn add_target(&mut self, text: String, url: String, kind: LinkKind) -> usize {
        self.document.links.push(Target { text, url, kind });
        self.document.links.len() - 1
    }
}
