//! Where links lead: a stored article opens in place, a power tuning opens as a chart, the rest goes to the browser.

use super::open::OpenReason;
use super::pending::ArticlesPendingJob;
use super::{ArticlesPane, Over};
use crate::articles::{Link, LinkKind};
use crate::effect::{Job, Outbox, ReaderJob, Severity, Visit};

impl ArticlesPane {
    /// Follows a link of the article that is read.
    pub(crate) fn follow(&mut self, link: &Link, out: &mut Outbox<'_>) {
        let Some(reading) = &mut self.reading else {
            return;
        };
        if let Some(Over::Links(_)) = reading.over.take() {
            // The way back leads to where the link is.
            reading.show(link.line);
        }
        if let Some(fragment) = reading.own_fragment(&link.url) {
            if !reading.go_to_fragment(fragment) {
                let text = format!("This article has no heading '{fragment}'.");
                out.notice(Severity::Info, text);
            }
            return;
        }
        match link.kind {
            LinkKind::PowerTuning => out.visit(Visit::Chart(link.url.clone())),
            LinkKind::Web if is_web(&link.url) => {
                let url = link.url.clone();
                self.load(ReaderJob::OpenLink(url.clone()), OpenReason::Link(url), out);
            }
            _ => self.browse(&link.url, out),
        }
    }

    /// Opens an address in the browser; without one, copies it.
    pub(super) fn browse(&mut self, url: &str, out: &mut Outbox<'_>) {
        if !is_web(url) {
            let text = format!("'{url}' is no web address; only http and https are opened.");
            return out.notice(Severity::Warning, text);
        }
        match &out.context.browser {
            Some(browser) => {
                let command = browser.command(url);
                let task = out.spawn(Job::Reader(ReaderJob::Browse(command)));
                self.pending.add(task, ArticlesPendingJob::Browse);
            }
            None => out.copy(
                url.to_owned(),
                "the link: no browser opens on this screen".to_owned(),
            ),
        }
    }

    pub(super) fn open_in_browser(&mut self, out: &mut Outbox<'_>) {
        if let Some(link) = self.link_or_say(out) {
            self.browse(&link, out);
        }
    }

    pub(super) fn copy_article_link(&self, out: &mut Outbox<'_>) {
        if let Some(link) = self.link_or_say(out) {
            out.copy(link, "the article's link".to_owned());
        }
    }

    fn link_or_say(&self, out: &mut Outbox<'_>) -> Option<String> {
        let article = self.current()?;
        if article.link.is_none() {
            out.notice(
                Severity::Info,
                "This article has no link: its document names none.",
            );
        }
        article.link.clone()
    }
}

/// Whether a browser may be given this.
pub(super) fn is_web(url: &str) -> bool {
    let scheme = url
        .split_once("://")
        .map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::is_web;

    #[test]
    fn only_http_and_https_are_web_addresses() {
        assert!(is_web("https://a.example/b") && is_web("HTTP://a.example"));
        for url in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "mailto:a@b.example",
            "//a.example",
            "--help",
            "",
        ] {
            assert!(!is_web(url), "{url}");
        }
    }
}
