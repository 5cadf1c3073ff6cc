//! Where links lead: a stored article opens in place, a power tuning opens as a chart, the rest goes to the browser.

use super::reader::OpenReason;
use super::{ArticlesPane, Over};
use crate::articles::{Link, LinkKind};
use crate::effect::{Outbox, ReaderJob, Severity, Visit};

impl ArticlesPane {
    /// Follows a link of the article that is read.
    pub(crate) fn follow(&mut self, link: &Link, out: &mut Outbox<'_>) {
        let Some(reading) = self.reader.view_mut() else {
            return;
        };
        if let Some(Over::Links(_)) = reading.uncover() {
            // The way back leads to where the link is.
            reading.page_mut().show(link.line);
        }
        if let Some(fragment) = reading.own_fragment(&link.url) {
            let left = reading.place();
            if reading.page_mut().go_to_fragment(fragment) {
                self.reader.remember(left);
            } else {
                let text = format!("This article has no heading '{fragment}'.");
                out.notice(Severity::Info, text);
            }
            return;
        }
        match link.kind {
            LinkKind::PowerTuning => out.visit(Visit::Chart(link.url.clone())),
            LinkKind::Web if is_web(&link.url) => {
                let job = ReaderJob::OpenLink(link.url.clone());
                let reason = OpenReason::Link(link.url.clone());
                self.reader.load(job, reason, out);
            }
            _ => browse(&link.url, out),
        }
    }
}

/// Opens an address in the browser; without one, copies it.
pub(super) fn browse(url: &str, out: &mut Outbox<'_>) {
    if is_web(url) {
        return out.browse(url.to_owned(), "the link");
    }
    let text = format!("'{url}' is no web address; only http and https are opened.");
    out.notice(Severity::Warning, text);
}

/// Whether a browser may be given this.
fn is_web(url: &str) -> bool {
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
