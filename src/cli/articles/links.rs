//! `iacstone articles links ID`.

use serde::Serialize;

use super::super::office::Office;
use super::super::output::Output;
use super::super::table::{Side, Table};
use super::super::{Answer, Failure};
use crate::articles::{Document, LayoutOptions, Link, LinkKind};

/// Any width will do: links are the same on every page.
const WIDTH: usize = 80;

/// Lists the links of an article in order of appearance.
///
/// # Errors
/// When it is not there, or the store refuses.
pub(super) async fn run(
    article: &str,
    office: &Office,
    output: &mut Output,
) -> Result<Answer, Failure> {
    let (article, text) = super::find(article, office).await?;
    let layout = Document::read(&text).lay_out(WIDTH, &LayoutOptions::default());
    if office.json() {
        let entries: Vec<Entry<'_>> = layout.links.iter().map(Entry::of).collect();
        output.json(&entries)?;
    } else if layout.links.is_empty() {
        output.note(format!("'{}' has no links.", article.title));
    } else {
        output.data(&table(&layout.links).to_string())?;
    }
    Ok(Answer::Done)
}

/// One link in JSON.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    text: &'a str,
    url: &'a str,
    kind: &'static str,
}

impl<'a> Entry<'a> {
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
            },
        }
    }
}

fn table(links: &[Link]) -> Table {
    let mut table = Table::new(&[
        ("kind", Side::Left),
        ("text", Side::Left),
        ("address", Side::Left),
    ]);
    for link in links {
        let entry = Entry::of(link);
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
