//! Titles that iacstone gave: those of the manifests it comes with, for documents whose articles have none.

use super::{Article, Feed};

/// The manifests whose titles are our own. Each title is on a line of its own, that of the whole first.
const MANIFESTS: [&str; 1] = [include_str!("../../assets/documents/web-articles.toml")];

/// Who gave the titles of these manifests.
const US: &str = "iacstone";

impl Article {
    /// Who gave the article its title, if that is not its document. `feed` is the one it came by.
    #[must_use]
    pub fn title_by(&self, feed: Option<&Feed>) -> Option<&'static str> {
        let feed = feed.filter(|feed| feed.id == self.feed)?;
        let is_ours = |manifest: &&str| {
            let mut titles = titles(manifest);
            titles.next() == Some(&feed.title) && titles.any(|title| title == self.title)
        };
        MANIFESTS.iter().any(is_ours).then_some(US)
    }

    /// A sentence that says who gave the article its title, if that is not its document.
    #[must_use]
    pub fn title_note(&self, feed: Option<&Feed>) -> Option<String> {
        let by = self.title_by(feed)?;
        Some(format!("title by {by}; the document has none"))
    }
}

/// The titles of a manifest in their order.
fn titles(manifest: &str) -> impl Iterator<Item = &str> {
    let lines = manifest.lines();
    lines.filter_map(|line| line.strip_prefix("title = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::fixture;

    /// Titles as a reader of TOML has them: that of the whole, then those of the articles.
    fn read(manifest: &str) -> Vec<String> {
        let table: toml::Table = manifest.parse().unwrap();
        let title = |value: &toml::Value| value["title"].as_str().unwrap().to_owned();
        let whole = table["title"].as_str().unwrap().to_owned();
        let articles = table["article"].as_array().unwrap().iter().map(title);
        std::iter::once(whole).chain(articles).collect()
    }

    #[test]
    fn every_title_of_every_bundled_manifest_is_known() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/documents");
        let files = std::fs::read_dir(folder).unwrap().count();
        assert_eq!(files, MANIFESTS.len());
        for manifest in MANIFESTS {
            assert_eq!(titles(manifest).collect::<Vec<_>>(), read(manifest));
        }
    }

    #[test]
    fn only_titles_of_the_bundled_manifest_in_its_document_are_ours() {
        let mut feed = fixture::feeds().remove(0);
        feed.title = "Web articles".to_owned();
        let title = "Tracing SNS topics with X-Ray";
        let ours = fixture::article("a", feed.id.0, title, None);
        assert_eq!(ours.title_by(Some(&feed)), Some("iacstone"));
        assert_eq!(ours.title_by(None), None);
        let other = fixture::article("a", feed.id.0, "Tracing", None);
        assert_eq!(other.title_by(Some(&feed)), None);
        feed.title = "Ada on Queues".to_owned();
        assert_eq!(ours.title_by(Some(&feed)), None);
    }
}
