//! Pictures: a terminal shows what they are called, with the link that leads to them.

use super::attributes::Attributes;
use super::link_targets::LinkTargets;
use crate::articles::body::Flow;
use crate::articles::{TextRole, address};
use crate::text;

/// What stands for a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Picture {
    /// What it is called, made safe.
    label: Option<String>,
    kind: PictureKind,
    /// Its link, if there is a picture to be opened.
    link: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PictureKind {
    /// It stands for a character, which is its label.
    Emoji,
    /// The mark of a card of GitHub.
    GitHub,
    Other,
}

/// Where a picture stands that text may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PicturePlace {
    /// It begins the line: what follows without a space is its caption.
    First,
    /// It stands in the line.
    Within,
}

impl Picture {
    /// Reads an image and adds its link to `links`; none for an invisible one that counts readers.
    pub(super) fn read(
        attributes: Attributes<'_>,
        is_in_card: bool,
        links: &mut LinkTargets,
    ) -> Option<Self> {
        let dot = |name| attributes.value(name).map(str::trim) == Some("1");
        if dot("width") && dot("height") {
            return None;
        }
        let lazy = ["src", "data-src", "data-original", "srcset", "data-srcset"];
        let mut sources = lazy.into_iter().filter_map(|name| {
            let source = attributes.text(name)?;
            // Of a set the first one, without its width.
            let is_set = name.ends_with("srcset");
            Some(if is_set {
                source.split_whitespace().next()?.trim_end_matches(',')
            } else {
                source
            })
        });
        let url = sources.find_map(|src| address::source(src, links.base()));
        let label = label(attributes, url.as_deref());
        let link = url.map(|url| links.add_picture(label.clone().unwrap_or_default(), url));
        let is_emoji = attributes.classes().any(|class| class.ends_with("emoji"));
        let kind = match label.as_deref() {
            _ if is_emoji => PictureKind::Emoji,
            Some("GitHub logo") if is_in_card => PictureKind::GitHub,
            _ => PictureKind::Other,
        };
        Some(Self { label, kind, link })
    }

    /// Adds what stands for the picture to a text, and says where in it that is.
    pub(super) fn write(&self, flow: &mut Flow) -> Option<PicturePlace> {
        let begins = flow.text.is_empty() || flow.text.ends_with('\n');
        let mut push = |text, role| flow.push(text, role, self.link);
        match (self.label.as_deref(), self.kind) {
            (None, _) => push("[image]", TextRole::Frame),
            (Some(character), PictureKind::Emoji) => push(character, TextRole::Body),
            (Some(_), PictureKind::GitHub) => push("GitHub: ", TextRole::Frame),
            (Some(label), PictureKind::Other) => {
                push("[image: ", TextRole::Frame);
                push(label, TextRole::Link);
                push("]", TextRole::Frame);
            }
        }
        match self.kind {
            PictureKind::Emoji => None,
            _ if begins => Some(PicturePlace::First),
            _ => Some(PicturePlace::Within),
        }
    }
}

/// What a picture is called: its description, else the name of its file.
fn label(attributes: Attributes<'_>, url: Option<&str>) -> Option<String> {
    let alt = attributes.text("alt").map(str::trim).map(str::to_owned);
    let label = alt.or_else(|| address::file_name(url?));
    label.map(|label| text::prose(&label).into_owned())
}
