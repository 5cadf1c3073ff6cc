//! Counts what a layout shows: only what is on one of its lines.

use crate::articles::{Line, LinkKind, PageLayout, TextRole};

/// What a layout shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct ShownText {
    /// The lines of code that are not blank.
    pub(super) code: Vec<String>,
    pub(super) links: usize,
    pub(super) images: usize,
    pub(super) embeds: usize,
    pub(super) enclosures: usize,
    pub(super) tables: usize,
}

impl ShownText {
    /// Counts. The layout must not wrap code.
    pub(super) fn of(layout: &PageLayout) -> Self {
        let mut shown = Self {
            tables: layout
                .tables
                .iter()
                .filter(|lines| !lines.is_empty())
                .count(),
            ..Self::default()
        };
        for block in &layout.code {
            let lines = layout.lines.get(block.lines.clone()).unwrap_or_default();
            let code = lines.iter().map(written);
            shown
                .code
                .extend(code.filter(|line| !line.trim().is_empty()));
        }
        shown.count_links(layout);
        shown
    }

    fn count_links(&mut self, layout: &PageLayout) {
        let mut seen = vec![false; layout.links.len()];
        let spans = layout.lines.iter().flat_map(|line| &line.spans);
        for span in spans.filter(|span| !span.text.trim().is_empty()) {
            let Some(index) = span.link else {
                self.count_placeholder(span.role, &span.text);
                continue;
            };
            let first = seen
                .get_mut(index)
                .is_some_and(|seen| !std::mem::replace(seen, true));
            let Some(link) = layout.links.get(index).filter(|_| first) else {
                continue;
            };
            match link.kind {
                LinkKind::Image => self.images += 1,
                LinkKind::Enclosure => self.enclosures += 1,
                LinkKind::Video | LinkKind::Tweet | LinkKind::Gist => self.embeds += 1,
                LinkKind::Web | LinkKind::PowerTuning if span.text.starts_with("[embed") => {
                    self.embeds += 1;
                }
                LinkKind::Web | LinkKind::PowerTuning => self.links += 1,
            }
        }
    }

    /// Pictures and gists that lead nowhere.
    fn count_placeholder(&mut self, role: TextRole, text: &str) {
        if role == TextRole::Frame && text.starts_with("[image") {
            self.images += 1;
        } else if role == TextRole::Frame && text.starts_with("[gist") {
            self.embeds += 1;
        }
    }
}

/// What an author wrote of a line.
fn written(line: &Line) -> String {
    let spans = line
        .spans
        .iter()
        .filter(|span| span.role != TextRole::Frame);
    spans.map(|span| span.text.as_str()).collect()
}
