//! Cookies on the way to one feed: a redirect may set one and send away again whoever comes without it. They are kept for
//! that way only, and sent to nobody but the host that set them.

use reqwest::Response;
use reqwest::header::{HeaderValue, SET_COOKIE};
use url::Url;

/// The most cookies that are kept, and the longest, in bytes.
const MOST: usize = 20;
const LONGEST: usize = 4096;

/// The cookies that were set on the way.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Cookie>);

#[derive(Debug)]
struct Cookie {
    /// Scheme, host and port that set it.
    origin: url::Origin,
    name: String,
    value: String,
}

impl Cookies {
    /// Keeps what an answer from this address sets.
    pub(super) fn keep(&mut self, response: &Response, from: &Url) {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().ok().and_then(|it| it.split(';').next());
            let Some((name, value)) = pair.and_then(|pair| pair.split_once('=')) else {
                continue;
            };
            let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
            let origin = from.origin();
            self.0
                .retain(|kept| kept.name != name || kept.origin != origin);
            if self.0.len() < MOST && !name.is_empty() && name.len() + value.len() <= LONGEST {
                self.0.push(Cookie {
                    origin,
                    name,
                    value,
                });
            }
        }
    }

    /// What is sent to this address.
    pub(super) fn header(&self, to: &Url) -> Option<HeaderValue> {
        let own = self.0.iter().filter(|cookie| cookie.origin == to.origin());
        let pairs: Vec<String> = own.map(|it| format!("{}={}", it.name, it.value)).collect();
        if pairs.is_empty() {
            return None;
        }
        let mut header = HeaderValue::from_str(&pairs.join("; ")).ok()?;
        header.set_sensitive(true);
        Some(header)
    }
}
