//! What comes with an article, as a list at its end.

use super::{
    ArticleBody, Block, BlockContent, Container, ContainerKind, Flow, LinkTarget, ListMarker,
};
use crate::articles::{Enclosure, LinkKind, TextRole};
use crate::text;

impl ArticleBody {
    /// Lists what comes with the article behind its text, each with its link.
    pub(in crate::articles) fn enclose(&mut self, enclosures: &[Enclosure]) {
        if enclosures.is_empty() {
            return;
        }
        let mut head = Flow::default();
        head.push("Comes with:", TextRole::Frame, None);
        self.blocks.push(paragraph(None, head));
        let list = self.contain(
            None,
            ContainerKind::List {
                loose: false,
                marker: ListMarker::Bullet.columns(),
            },
        );
        for enclosure in enclosures {
            let item = self.contain(Some(list), ContainerKind::Item(ListMarker::Bullet));
            let name = text::prose(&enclosure.name()).into_owned();
            let link = self.links.len();
            self.links.push(LinkTarget {
                text: name.clone(),
                url: text::neutralise(&enclosure.url).into_owned(),
                kind: LinkKind::Enclosure,
            });
            let mut flow = Flow::default();
            flow.push(&name, TextRole::Link, Some(link));
            let facts = enclosure.facts();
            if !facts.is_empty() {
                flow.push(&format!(" · {facts}"), TextRole::Body, None);
            }
            self.blocks.push(paragraph(Some(item), flow));
        }
    }

    fn contain(&mut self, parent: Option<usize>, kind: ContainerKind) -> usize {
        self.containers.push(Container { parent, kind });
        self.containers.len() - 1
    }
}

fn paragraph(inside: Option<usize>, mut flow: Flow) -> Block {
    Block {
        inside,
        content: BlockContent::Paragraph(flow.take()),
    }
}

#[cfg(test)]
mod tests {
    use crate::articles::{Document, Enclosure, LayoutOptions, LinkKind, Markup, Text};

    #[test]
    fn what_comes_with_an_article_stands_at_its_end_with_its_link() {
        let text = Text {
            markup: Markup::Html,
            source: "<p>Words.".to_owned(),
            base: None,
            enclosures: vec![Enclosure {
                url: "https://cdn.example/1.mp3".to_owned(),
                media_type: Some("audio/mpeg\u{1b}[2J".to_owned()),
                bytes: Some(2_000_000),
                seconds: Some(61),
                title: None,
            }],
        };
        let document = Document::read(&text);
        let expected = "Words.\n\nComes with:\n\n- [1.mp3](https://cdn.example/1.mp3) · audio/mpeg · 2.0 MB · 1:01\n";
        assert_eq!(document.markdown(), expected);
        let layout = document.lay_out(60, &LayoutOptions::default());
        let links: Vec<_> = layout
            .links
            .iter()
            .map(|it| (it.url.as_str(), it.kind))
            .collect();
        assert_eq!(links, [("https://cdn.example/1.mp3", LinkKind::Enclosure)]);
    }
}
