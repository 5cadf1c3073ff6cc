//! The ways the address of a stored article may be written in a link to it.

use url::Url;

/// Parameters that tell where a reader came from; a name that ends in `_` stands for all that begin so.
const TRACKING: [&str; 8] = [
    "utm_", "mc_", "fbclid", "gclid", "dclid", "msclkid", "igshid", "ref_src",
];

/// The ways an address may be stored: as it is, without its fragment, without what only tells where a reader came from,
/// with and without a slash at the end of its path. Other parameters name another page.
pub(super) fn forms(link: &str) -> Vec<String> {
    let mut forms = vec![link.to_owned()];
    let Ok(mut url) = Url::parse(link) else {
        return forms;
    };
    let mut add = |url: &Url| {
        if !forms.iter().any(|known| known == url.as_str()) {
            forms.push(url.as_str().to_owned());
        }
    };
    url.set_fragment(None);
    add(&url);
    let kept = url.query().map(|query| {
        let pairs = query.split('&').filter(|pair| !is_tracking(pair));
        pairs.collect::<Vec<_>>().join("&")
    });
    url.set_query(kept.as_deref().filter(|query| !query.is_empty()));
    add(&url);
    let path = match url.path().strip_suffix('/') {
        Some(path) => path.to_owned(),
        None => format!("{}/", url.path()),
    };
    url.set_path(&path);
    add(&url);
    forms
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair);
    TRACKING
        .iter()
        .any(|known| name == *known || (known.ends_with('_') && name.starts_with(known)))
}

#[cfg(test)]
mod tests {
    use super::forms;

    #[test]
    fn an_address_is_looked_for_in_the_ways_it_may_be_stored() {
        assert_eq!(
            forms("https://a.example/b/?utm_source=1#c"),
            [
                "https://a.example/b/?utm_source=1#c",
                "https://a.example/b/?utm_source=1",
                "https://a.example/b/",
                "https://a.example/b",
            ]
        );
        assert_eq!(
            forms("https://a.example/b"),
            ["https://a.example/b", "https://a.example/b/"]
        );
        assert_eq!(
            forms("https://a.example"),
            ["https://a.example", "https://a.example/"]
        );
        assert_eq!(forms("no address"), ["no address"]);
    }

    #[test]
    fn a_parameter_that_names_another_page_is_kept() {
        let forms = forms("https://a.example/?p=12&fbclid=x");
        assert!(forms.contains(&"https://a.example/?p=12".to_owned()));
        assert!(forms.iter().all(|form| form.contains("?p=12")), "{forms:?}");
    }
}
