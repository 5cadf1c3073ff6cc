//! What a server answers: a feed, a redirect, or why there is none.

use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED, LOCATION,
    RETRY_AFTER,
};
use url::Url;

use super::limits::MOST_BYTES;
use super::schedule::{Wishes, max_age, retry_after};
use super::unpack::inflate;
use super::wall::{self, wall};
use super::{FeedError, failure};
use crate::articles::Validators;
use crate::planted::{Planted, is_planted};

/// What a server answered, whatever it was.
#[derive(Debug)]
pub(super) struct FetchResponse {
    /// Its status.
    pub(super) status: u16,
    /// How long it wants to be left alone.
    pub(super) wishes: Wishes,
    /// Where permanent redirects led, if there were any.
    pub(super) moved_to: Option<Url>,
    /// What it is known by.
    pub(super) validators: Validators,
    /// The body.
    pub(super) content: ResponseBody,
}

/// The body of an answer.
#[derive(Debug)]
pub(super) enum ResponseBody {
    /// The feed is as it was.
    Unchanged,
    /// The feed, its content type and the address it came from.
    Body(Vec<u8>, String, Url),
}

/// Why there is no feed, and how long the server wants to be left alone.
#[derive(Debug)]
pub(super) struct FetchRefusal {
    /// What happened.
    pub(super) error: FeedError,
    /// The status, when there was an answer.
    pub(super) status: Option<u16>,
    /// What the answer wished.
    pub(super) wishes: Wishes,
}

impl From<FeedError> for FetchRefusal {
    fn from(error: FeedError) -> Self {
        Self {
            error,
            status: None,
            wishes: Wishes::default(),
        }
    }
}

/// Where an answer redirects to.
pub(super) fn redirect(response: &Response, from: &Url) -> Result<Option<Url>, FeedError> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = header(response, &LOCATION).unwrap_or_default();
    let mut next = from
        .join(&location)
        .map_err(|_wrong| FeedError::Redirect(location.clone()))?;
    next.set_fragment(None);
    match (from.scheme(), next.scheme()) {
        _ if location.is_empty() => Err(FeedError::Redirect(location)),
        ("https", "http") => Err(FeedError::Downgrade(String::from(next))),
        (_, "http" | "https") => Ok(Some(next)),
        _ => Err(FeedError::Redirect(location)),
    }
}

pub(super) async fn answer(
    response: Response,
    (url, moved_to): (Url, Option<Url>),
    old: Option<Validators>,
    now: Timestamp,
) -> Result<FetchResponse, FetchRefusal> {
    let status = response.status().as_u16();
    let wishes = wishes(&response, now);
    let refused = |error| FetchRefusal {
        error,
        status: Some(status),
        wishes,
    };
    let new = Validators {
        of: Some(String::from(url.clone())),
        etag: header(&response, &ETAG),
        last_modified: header(&response, &LAST_MODIFIED),
    };
    let content_type = header(&response, &CONTENT_TYPE).unwrap_or_default();
    let (validators, content) = match (status, old) {
        (304, Some(old)) if old.is_any() => (renewed(new, old), ResponseBody::Unchanged),
        (200, _) => {
            let content = content(response, content_type, url)
                .await
                .map_err(refused)?;
            (new, content)
        }
        (410, _) => return Err(refused(FeedError::Gone)),
        _ => return Err(refused(refusal(status, response, &url).await)),
    };
    Ok(FetchResponse {
        status,
        wishes,
        moved_to,
        validators,
        content,
    })
}

/// The body of an answer with a feed.
async fn content(
    response: Response,
    content_type: String,
    url: Url,
) -> Result<ResponseBody, FeedError> {
    let packed = header(&response, &CONTENT_ENCODING);
    let mut body = body(response, url.host_str().unwrap_or_default()).await?;
    if packed.as_deref() == Some("deflate") {
        body = inflate(&body)?;
    }
    Ok(ResponseBody::Body(body, content_type, url))
}

/// What an answer without a feed means.
async fn refusal(status: u16, mut response: Response, url: &Url) -> FeedError {
    let headers = response.headers().clone();
    let mut page = Vec::new();
    while page.len() < wall::LOOKED_AT {
        let Ok(Some(chunk)) = response.chunk().await else {
            break;
        };
        page.extend_from_slice(&chunk);
    }
    match (wall(status, &headers, &page), status) {
        (Some(wall), _) => FeedError::BotWall {
            host: url.host_str().unwrap_or_default().to_owned(),
            wall,
        },
        (None, 429 | 503) => FeedError::Busy(status),
        (None, _) => FeedError::Status(status),
    }
}

fn wishes(response: &Response, now: Timestamp) -> Wishes {
    let text = |name: &HeaderName| header(response, name);
    Wishes {
        max_age: text(&CACHE_CONTROL).as_deref().and_then(max_age),
        retry_after: text(&RETRY_AFTER)
            .filter(|_| !is_planted(Planted::NoRetryAfter))
            .and_then(|value| retry_after(&value, now)),
        ttl: None,
    }
}

/// An answer without a body may leave out what has not changed.
fn renewed(new: Validators, old: Validators) -> Validators {
    Validators {
        etag: new.etag.or(old.etag),
        last_modified: new.last_modified.or(old.last_modified),
        ..new
    }
}

/// The body, decompressed piece by piece: a bomb is told before it fills the memory.
async fn body(mut response: Response, host: &str) -> Result<Vec<u8>, FeedError> {
    let too_large = || FeedError::TooLarge(MOST_BYTES >> 20);
    let announced = response.content_length().unwrap_or_default();
    if announced > MOST_BYTES as u64 {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| failure::of(&error, host))?
    {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn header(response: &Response, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    Some(value.trim().to_owned())
}
