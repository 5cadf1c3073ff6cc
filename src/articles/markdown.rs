//! Writes an article as Markdown.

use super::document::Document;

/// The article in the dialect of GitHub.
pub(super) fn write(document: &Document) -> String {
    document.plain_text()
}
