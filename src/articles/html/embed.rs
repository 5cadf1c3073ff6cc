//! What is embedded: videos, tweets, gists and frames. A terminal shows a link to each.

use super::attributes::Attributes;
use super::link_targets::LinkTargets;
use super::open_text::OpenText;
use crate::articles::{LinkKind, TextRole, address};

/// Something embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Embed {
    label: &'static str,
    url: String,
    kind: LinkKind,
}

impl Embed {
    /// A frame with another page in it; `source` is the attribute that says which.
    pub(super) fn frame(
        attributes: Attributes<'_>,
        source: &str,
        links: &LinkTargets,
    ) -> Option<Self> {
        let lazy = [source, "data-src"];
        let mut sources = lazy.into_iter().filter_map(|name| attributes.text(name));
        let url = sources.find_map(|src| address::source(src, links.base()))?;
        let (kind, url) = address::embed(&url);
        let label = match kind {
            LinkKind::Video => "video",
            LinkKind::Tweet => "tweet",
            LinkKind::Gist => "gist",
            _ => "embed",
        };
        Some(Self { label, url, kind })
    }

    /// A film or a sound at this address; `name` is the element it is in.
    pub(super) fn recording(name: &str, source: &str, links: &LinkTargets) -> Option<Self> {
        let url = address::source(source, links.base())?;
        Some(Self {
            label: if name == "audio" { "audio" } else { "video" },
            url,
            kind: LinkKind::Video,
        })
    }

    /// A film that only its number names, as `lite-youtube` has it.
    pub(super) fn numbered(attributes: Attributes<'_>, links: &LinkTargets) -> Option<Self> {
        let id = attributes.text("videoid")?.trim();
        Self::recording(
            "video",
            &format!("https://www.youtube.com/watch?v={id}"),
            links,
        )
    }

    /// What a script stands for: it is not run, but it may be that of a gist.
    pub(super) fn script(attributes: Attributes<'_>, links: &LinkTargets) -> Option<Self> {
        let source = attributes.text("src")?;
        let (kind, url) = address::embed(&address::source(source, links.base())?);
        (kind == LinkKind::Gist).then_some(Self {
            label: "gist",
            url,
            kind,
        })
    }

    /// Writes what stands for it, and adds its link.
    pub(super) fn write(self, text: &mut OpenText, links: &mut LinkTargets) {
        let Self { label, url, kind } = self;
        links.fill();
        let link = Some(links.add(url.clone(), url.clone(), kind));
        text.push_frame(&format!("[{label}: "), link);
        text.push(&url, TextRole::Link, link);
        text.push_frame("]", link);
    }
}

/// Writes what stands for a gist of which the feed left nothing: only the article's own page shows it.
pub(super) fn write_lost_gist(text: &mut OpenText, links: &mut LinkTargets) {
    let page = links.base().map(ToString::to_string);
    let name = "gist, on the article's page";
    let link = page.map(|page| links.add(name.to_owned(), page, LinkKind::Gist));
    text.push_frame("[gist]", link);
}
