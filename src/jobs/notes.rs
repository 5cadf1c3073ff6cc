//! The bundled notes: a short manual in articles, there from the first start on, without a network.

use crate::articles::{Markup, Text};
use crate::feeds::{self, Note};
use crate::store::{Store, StoreError};

/// What the notes are called among the feeds.
const TITLE: &str = "Notes on iacstone";

/// Name, title, tags and text of each, in the order they are read.
const NOTES: [(&str, &str, &[&str], &str); 7] = [
    (
        "welcome",
        "What iacstone is",
        &["iacstone"],
        include_str!("../../assets/notes/welcome.html"),
    ),
    (
        "reading-a-chart",
        "Reading a power-tuning chart",
        &["lambda", "tuning"],
        include_str!("../../assets/notes/reading-a-chart.html"),
    ),
    (
        "six-patterns",
        "Six shapes of cost and speed",
        &["lambda", "tuning"],
        include_str!("../../assets/notes/six-patterns.html"),
    ),
    (
        "tailing",
        "Tailing logs without loss",
        &["cloudwatch", "logs"],
        include_str!("../../assets/notes/tailing.html"),
    ),
    (
        "bastion",
        "Working on a bastion",
        &["iacstone", "ssh"],
        include_str!("../../assets/notes/bastion.html"),
    ),
    (
        "rosetta",
        "One cloud in three tongues",
        &["cdk", "terraform", "pulumi"],
        include_str!("../../assets/notes/rosetta.html"),
    ),
    (
        "keys",
        "Keys",
        &["iacstone"],
        include_str!("../../assets/notes/keys.html"),
    ),
];

/// Brings the feeds of a first start and the notes into the store, unless they are there or the user removed them.
///
/// # Errors
/// [`StoreError`].
pub async fn furnish(store: &Store, in_demo: bool) -> Result<(), StoreError> {
    feeds::follow_first(store, in_demo).await?;
    feeds::keep_notes(store, TITLE, &notes()).await
}

/// The bundled notes.
fn notes() -> Vec<Note> {
    let note = |(name, title, tags, source): (&str, &str, &[&str], &str)| Note {
        name: name.to_owned(),
        title: title.to_owned(),
        tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
        text: Text {
            markup: Markup::Html,
            source: source.to_owned(),
            base: None,
            enclosures: Vec::new(),
        },
    };
    NOTES.into_iter().map(note).collect()
}

#[cfg(test)]
mod tests;
