//! The links of an article: where they lead, what they are called, and which of them is open.

use url::Url;

use crate::articles::body::{Flow, LinkTarget};
use crate::articles::{LinkKind, TextRole, address};
use crate::text;

/// The longest text a link is listed with, in bytes; what is longer is cut at a word.
const MAX_TEXT: usize = 240;

/// The links so far, in order of appearance.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct LinkTargets {
    /// What relative addresses are relative to.
    base: Option<Url>,
    targets: Vec<LinkTarget>,
    open: Option<OpenLink>,
}

/// A link being read.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OpenLink {
    index: usize,
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

impl LinkTargets {
    /// No links yet; relative ones will be joined with `base`.
    pub(super) fn new(base: Option<Url>) -> Self {
        Self {
            base,
            ..Self::default()
        }
    }

    /// What relative addresses are relative to.
    pub(super) const fn base(&self) -> Option<&Url> {
        self.base.as_ref()
    }

    /// The article says what its addresses are relative to.
    pub(super) fn rebase(&mut self, href: Option<&str>) {
        let said = href.and_then(|href| address::link(href, self.base()));
        if let Some(base) = said.and_then(|base| Url::parse(&base).ok()) {
            self.base = Some(base);
        }
    }

    /// The address of the article itself, without a fragment.
    pub(super) fn address(&self) -> Option<String> {
        let mut address = self.base.clone()?;
        address.set_fragment(None);
        Some(address.into())
    }

    /// Which link is open.
    pub(super) fn open_index(&self) -> Option<usize> {
        self.open.as_ref().map(|link| link.index)
    }

    /// A link begins, if it is one that can be opened.
    pub(super) fn open(&mut self, href: &str) {
        let here = || is_here(href).then(|| href.trim().to_owned());
        if let Some(url) = address::link(href, self.base()).or_else(here) {
            let kind = address::kind(&url);
            self.open = Some(OpenLink {
                index: self.add(String::new(), url, kind),
                anchor: href.trim_start().starts_with('#'),
                holds: Holds::Nothing,
            });
        }
    }

    /// The open link ends, if there is one. One without text says in `flow` where it leads.
    pub(super) fn close(&mut self, flow: &mut Flow) {
        let Some(OpenLink {
            index,
            anchor,
            holds,
        }) = self.open.take()
        else {
            return;
        };
        let Some(target) = self.targets.get(index) else {
            return;
        };
        match holds {
            Holds::Itself => {}
            Holds::Pictures => {
                flow.push(" → ", TextRole::Frame, Some(index));
                flow.push(&place(target), TextRole::Link, Some(index));
            }
            Holds::Nothing if anchor && index + 1 == self.targets.len() => {
                self.targets.pop();
            }
            Holds::Nothing => flow.push(&target.url, TextRole::Link, Some(index)),
        }
    }

    /// What is embedded in the open link says by itself where it leads.
    pub(super) const fn fill(&mut self) {
        if let Some(link) = &mut self.open {
            link.holds = Holds::Itself;
        }
    }

    /// Adds text to the name of the open link.
    pub(super) fn name(&mut self, words: &str) {
        let Some(link) = &mut self.open else {
            return;
        };
        if words.trim().is_empty() {
            return;
        }
        link.holds = Holds::Itself;
        if let Some(target) = self.targets.get_mut(link.index)
            && target.text.len() < MAX_TEXT
        {
            for word in words.split_ascii_whitespace().take(MAX_TEXT) {
                if !target.text.is_empty() && !target.text.ends_with(' ') {
                    target.text.push(' ');
                }
                target.text.push_str(&text::prose(word));
            }
        }
    }

    /// Adds the link of a picture, or gives the open one when that leads to the picture itself.
    pub(super) fn add_picture(&mut self, label: String, url: String) -> usize {
        if let Some(link) = &mut self.open
            && let Some(target) = self.targets.get_mut(link.index)
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
        self.add(label, url, LinkKind::Image)
    }

    /// Adds a link that nothing is read in, and gives its index.
    pub(super) fn add(&mut self, text: String, url: String, kind: LinkKind) -> usize {
        self.targets.push(LinkTarget { text, url, kind });
        self.targets.len() - 1
    }

    /// The links, when all was read. One without a name is called by its address.
    pub(super) fn finish(mut self) -> Vec<LinkTarget> {
        for target in &mut self.targets {
            target.text.truncate(target.text.trim_end().len());
            if target.text.is_empty() {
                target.text.clone_from(&target.url);
            }
        }
        self.targets
    }
}

/// Whether an address is only the name of a place in the article itself.
fn is_here(href: &str) -> bool {
    let name = href.trim().strip_prefix('#');
    name.is_some_and(|name| {
        name.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
    })
}

/// Where a link leads, in short.
fn place(target: &LinkTarget) -> String {
    match target.kind {
        LinkKind::PowerTuning => "power tuning chart".to_owned(),
        _ => address::host(&target.url).unwrap_or_else(|| target.url.clone()),
    }
}
