//! `iacstone articles links ID`.

use serde::Serialize;

use super::super::context::CommandContext;
use super::super::output::Output;
use super::super::table::{Alignment, TextTable};
use super::super::{CommandExit, CommandFailure};
use crate::articles::{Document, LayoutOptions, Link, LinkKind};

/// Any width will do: links are the same on every page.
const WIDTH: usize = 80;

/// Lists the links of an article in order of appearance.
///
/// # Errors
/// When it is not there, or the store refuses.
pub(super) async fn run(
    article: &str,
    context: &CommandContext,
    output: &mut Output,
) -> Result<CommandExit, CommandFailure> {
    let (article, text) = super::find(article, context).await?;
    let layout = Document::read(&text).lay_out(WIDTH, &LayoutOptions::default());
    if context.json() {
        let entries: Vec<LinkJson<'_>> = layout.links.iter().map(LinkJson::of).collect();
        output.json(&entries)?;
    } else if layout.links.is_empty() {
        output.note(format!("'{}' has no links.", article.title));
    } else {
        output.data(&table(&layout.links).to_string())?;
    }
    Ok(CommandExit::Done)
}

/// One link in JSON.
#[derive(Serialize)]
pub(super) struct LinkJson<'a> {
    text: &'a str,
    url: &'a str,
    kind: &'static str,
}

impl<'a> LinkJson<'a> {
    /// What is told of a link.
    pub(super) fn of(link: &'a Link) -> Self {
        Self {
            text: &link.text,
            url: &link.url,
            kind: match link.kind {
                LinkKind::Web => "web",
                LinkKind::Image => "image",
                LinkKind::Video => "video",
                LinkKind::Tweet => "tweet",
                LinkKind::Gist => "gist",
                LinkKind::PowerTuning => "power-tuning",
                LinkKind::Enclosure => "enclosure",
            },
        }
    }
}

fn table(links: &[Link]) -> TextTable {
    let mut table = TextTable::new(&[
        ("kind", Alignment::Left),
        ("text", Alignment::Left),
        ("address", Alignment::Left),
    ]);
    for link in links {
        let entry = LinkJson::of(link);
        table.row(
            [
                entry.kind,
                &crate::text::truncate(entry.text, 48),
                entry.url,
            ]
            .map(str::to_owned),
        );
    }
    table
}
