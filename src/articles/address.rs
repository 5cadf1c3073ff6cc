//! Where links, pictures and embeds lead: joined with the article's own address, freed of proxies, harmless.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use url::Url;

use super::LinkKind;
use crate::power::link::codec;

/// The longest address that is kept; data hidden in longer ones is no link.
const MAX_BYTES: usize = 64 * 1024;
/// How often a proxied address may itself be proxied.
const MAX_PROXIES: usize = 4;

/// An address as it may be shown and listed: without its password.
#[must_use]
pub fn without_password(address: &str) -> Cow<'_, str> {
    let Some(mut url) = Url::parse(address.trim())
        .ok()
        .filter(|url| url.password().is_some())
    else {
        return Cow::Borrowed(address);
    };
    match url.set_password(None) {
        Ok(()) => Cow::Owned(url.into()),
        Err(()) => Cow::Borrowed(""),
    }
}

/// The base of relative links.
pub(super) fn base(text: Option<&str>) -> Option<Url> {
    Url::parse(text?.trim()).ok().filter(is_web)
}

/// Where `href` leads; none when that is no place to open from an article: a script, a file, data.
pub(super) fn link(href: &str, base: Option<&Url>) -> Option<String> {
    resolve(href, base, |url| is_web(url) || url.scheme() == "mailto")
}

/// Where a picture or an embed really is: its proxy taken away.
pub(super) fn source(src: &str, base: Option<&Url>) -> Option<String> {
    resolve(src, base, is_web).map(|url| original(&url))
}

/// What a link leads to. Only a link that holds curves is one of power tuning.
pub(super) fn kind(url: &str) -> LinkKind {
    if host(url).as_deref() == Some("lambda-power-tuning.show") && codec::decode(url).is_ok() {
        LinkKind::PowerTuning
    } else {
        LinkKind::Web
    }
}

/// The host of an address without `www.`.
pub(super) fn host(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The last part of an address's path, decoded: the name of a file.
pub(super) fn file_name(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    let name = url.path_segments()?.rfind(|part| !part.is_empty())?;
    Some(percent_decode_str(name).decode_utf8_lossy().into_owned())
}

/// Something embedded: what it is, and the page a person would open to see it.
pub(super) fn embed(url: &str) -> (LinkKind, String) {
    let Some(parsed) = Url::parse(url).ok() else {
        return (LinkKind::Web, url.to_owned());
    };
    let path: Vec<&str> = parsed.path_segments().into_iter().flatten().collect();
    let watch = |id: &str| format!("https://www.youtube.com/watch?v={id}");
    match (host(url).as_deref().unwrap_or_default(), path.as_slice()) {
        ("youtube.com" | "youtube-nocookie.com", ["embed", id, ..]) if !id.is_empty() => {
            (LinkKind::Video, watch(id))
        }
        ("player.vimeo.com", ["video", id, ..]) => {
            (LinkKind::Video, format!("https://vimeo.com/{id}"))
        }
        ("youtube.com" | "youtu.be" | "vimeo.com" | "player.twitch.tv" | "loom.com", _) => {
            (LinkKind::Video, url.to_owned())
        }
        ("platform.twitter.com" | "platform.x.com", _) => (LinkKind::Tweet, tweet(&parsed, url)),
        ("gist.github.com", _) => {
            let page = url.split(['?', '#']).next().unwrap_or(url);
            let page = page.strip_suffix(".js").unwrap_or(page);
            (LinkKind::Gist, page.to_owned())
        }
        _ => (LinkKind::Web, url.to_owned()),
    }
}

fn tweet(frame: &Url, url: &str) -> String {
    let id = frame.query_pairs().find(|(key, _)| key == "id");
    id.map_or_else(
        || url.to_owned(),
        |(_, id)| {
            let id: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
            format!("https://twitter.com/i/status/{id}")
        },
    )
}

fn resolve(text: &str, base: Option<&Url>, allowed: impl Fn(&Url) -> bool) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_BYTES {
        return None;
    }
    let url = match (Url::parse(text), base) {
        (Ok(url), _) => url,
        (Err(_), Some(base)) => base.join(text).ok()?,
        (Err(_), None) => Url::parse(&format!("https:{text}"))
            .ok()
            .filter(|_| text.starts_with("//"))?,
    };
    // As the author wrote it where that is harmless: percent signs and the like may matter to the other side.
    let verbatim = text.contains("://") && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !allowed(&url) {
        return None;
    }
    Some(if verbatim {
        text.to_owned()
    } else {
        url.into()
    })
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// The address a proxy for pictures was given; the address itself when it is no proxy's.
pub(super) fn original(url: &str) -> String {
    let mut url = url.to_owned();
    for _ in 0..MAX_PROXIES {
        match unproxied(&url) {
            Some(inner) => url = inner,
            None => break,
        }
    }
    url
}

/// The address in the path of another one, in plain, percent-encoded or hexadecimal.
fn unproxied(url: &str) -> Option<String> {
    let host = host(url)?;
    let (_, path) = url.split_once("://")?;
    let inner = match host.as_str() {
        // An archive keeps what is gone elsewhere.
        "web.archive.org" => return None,
        "camo.githubusercontent.com" => {
            let digits = path.split(['?', '#']).next()?.rsplit('/').next()?;
            String::from_utf8(bytes(digits)?).ok()?
        }
        _ => {
            let path = path.split(['?', '#']).next()?;
            let at = |scheme: &str| path.rfind(scheme).map(|at| at + 1);
            let start = ["/https:", "/http:", "/https%3A", "/http%3A", "/https%3a"];
            let inner = path.get(start.into_iter().filter_map(at).max()?..)?;
            let decoded = percent_decode_str(inner).decode_utf8().ok()?;
            decoded.contains("://").then(|| decoded.into_owned())?
        }
    };
    let parsed = Url::parse(&inner).ok().filter(is_web)?;
    if inner.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(inner);
    }
    Some(parsed.into())
}

/// The bytes that pairs of hexadecimal digits stand for.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = digits.as_bytes().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| {
        let pair = std::str::from_utf8(pair).ok()?;
        u8::from_str_radix(pair, 16).ok()
    };
    match rest {
        [] => pairs.iter().map(byte).collect(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Option<Url> {
        base(Some("https://blog.example/posts/first"))
    }

    #[test]
    fn relative_links_are_joined_with_the_base() {
        let site = site();
        let cases = [
            ("second", "https://blog.example/posts/second"),
            ("/about", "https://blog.example/about"),
            ("#notes", "https://blog.example/posts/first#notes"),
            ("//cdn.example/x", "https://cdn.example/x"),
            (" https://other.example ", "https://other.example"),
        ];
        for (href, expected) in cases {
            assert_eq!(
                link(href, site.as_ref()).as_deref(),
                Some(expected),
                "{href}"
            );
        }
        assert_eq!(link("second", None), None);
        assert_eq!(
            link("//cdn.example/x", None).as_deref(),
            Some("https://cdn.example/x")
        );
    }

    #[test]
    fn what_is_no_page_is_no_link() {
        for href in [
            "javascript:alert(1)",
            "JAVASCRIPT:alert(1)",
            " java\nscript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "vbscript:x",
            "ssh://host",
            "",
        ] {
            assert_eq!(link(href, site().as_ref()), None, "{href}");
        }
        assert!(link("mailto:me@example.com", None).is_some());
    }

    #[test]
    fn addresses_hold_printable_characters_only() {
        let url = link("https://x.example/a\u{202e}b\u{1b}]52;c\u{7}", None).unwrap();
        assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url}");
    }

    #[test]
    fn proxies_of_pictures_are_seen_through() {
        let cases = [
            (
                "https://media2.dev.to/dynamic/image/width=800%2Cfit=cover/https%3A%2F%2Fuploads.example%2Fa%2Fb.png",
                "https://uploads.example/a/b.png",
            ),
            (
                "https://res.cloudinary.com/x/image/fetch/s--q--/c_limit/https://uploads.example/b.png",
                "https://uploads.example/b.png",
            ),
            (
                "https://camo.githubusercontent.com/0a1b/68747470733a2f2f782e6578616d706c652f61",
                "https://x.example/a",
            ),
            (
                "https://one.example/i/https%3A%2F%2Ftwo.example%2Fi%2Fhttps%253A%252F%252Fx.example%252Fa.png",
                "https://x.example/a.png",
            ),
            ("https://x.example/plain.png", "https://x.example/plain.png"),
            (
                "https://web.archive.org/web/2020/https://x.example/a.png",
                "https://web.archive.org/web/2020/https://x.example/a.png",
            ),
            (
                "https://x.example/i/https%3A%2F%2F",
                "https://x.example/i/https%3A%2F%2F",
            ),
        ];
        for (proxied, expected) in cases {
            assert_eq!(original(proxied), expected);
        }
    }

    #[test]
    fn embeds_lead_to_pages_for_people() {
        let cases = [
            (
                "https://www.youtube.com/embed/abc?rel=0",
                LinkKind::Video,
                "https://www.youtube.com/watch?v=abc",
            ),
            (
                "https://player.vimeo.com/video/12",
                LinkKind::Video,
                "https://vimeo.com/12",
            ),
            (
                "https://platform.twitter.com/embed/Tweet.html?id=12&theme=dark",
                LinkKind::Tweet,
                "https://twitter.com/i/status/12",
            ),
            (
                "https://gist.github.com/me/12.js?file=a",
                LinkKind::Gist,
                "https://gist.github.com/me/12",
            ),
            (
                "https://pen.example/12",
                LinkKind::Web,
                "https://pen.example/12",
            ),
        ];
        for (url, kind, page) in cases {
            assert_eq!(embed(url), (kind, page.to_owned()));
        }
    }

    #[test]
    fn only_a_link_with_data_is_one_of_power_tuning() {
        let whole = "https://lambda-power-tuning.show/#gAAAAQ==;AACAPwAAAEA=;AACAPwAAAEA=";
        assert_eq!(kind(whole), LinkKind::PowerTuning);
        assert_eq!(kind("https://lambda-power-tuning.show/"), LinkKind::Web);
        assert_eq!(kind("https://lambda-power-tuning.show/#x"), LinkKind::Web);
    }
}
