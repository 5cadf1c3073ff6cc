//! Walls against bots: what stands before a server and lets only browsers through.

use reqwest::header::HeaderMap;

/// Bytes of a refusal that are looked at.
pub(super) const LOOKED_AT: usize = 64 << 10;

/// What the wall is known by that gave an answer without a feed, if one did.
pub(super) fn wall(status: u16, headers: &HeaderMap, body: &[u8]) -> Option<&'static str> {
    if !matches!(status, 401 | 403 | 429 | 503) {
        return None;
    }
    let value = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_ascii_lowercase()
    };
    if headers.contains_key("cf-mitigated") {
        return Some("Cloudflare's challenge");
    }
    let page = body.get(..body.len().min(LOOKED_AT)).unwrap_or_default();
    let page = String::from_utf8_lossy(page).to_ascii_lowercase();
    let marks = [
        ("/cdn-cgi/challenge-platform", "Cloudflare's challenge"),
        ("just a moment...", "Cloudflare's challenge"),
        ("attention required! | cloudflare", "Cloudflare"),
        ("_incapsula_resource", "Imperva"),
        ("captcha-delivery.com", "DataDome"),
        ("px-captcha", "HUMAN"),
        ("anubis_challenge", "Anubis"),
    ];
    let marked = marks.iter().find(|(mark, _)| page.contains(mark));
    let server = || match status {
        403 if value("server") == "cloudflare" => Some("Cloudflare"),
        403 if headers.contains_key("x-datadome") => Some("DataDome"),
        403 if value("server").starts_with("akamaighost") => Some("Akamai"),
        _ => None,
    };
    marked.map(|(_, name)| *name).or_else(server)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        pairs.collect()
    }

    #[test]
    fn a_wall_is_known_by_its_marks() {
        let cloudflare = headers(&[("server", "cloudflare")]);
        let mitigated = headers(&[("cf-mitigated", "challenge")]);
        let none = HeaderMap::new();
        assert_eq!(wall(403, &cloudflare, b"no"), Some("Cloudflare"));
        assert_eq!(wall(503, &mitigated, b""), Some("Cloudflare's challenge"));
        let page = b"<title>Just a moment...</title>";
        assert_eq!(wall(403, &none, page), Some("Cloudflare's challenge"));
        assert_eq!(wall(403, &none, b"<h1>Forbidden</h1>"), None);
        assert_eq!(wall(503, &cloudflare, b"overloaded"), None);
        assert_eq!(wall(200, &mitigated, page), None);
    }
}
