//! The whole of an article whose feed gives only its beginning: its page is fetched on request, and the article taken out
//! of it.

mod extract;

use url::Url;

use super::fetcher::{Fetcher, Journey, Stop};
use super::response::ResponseBody;
use super::visible::searchable;
use super::{FeedError, charset};
use crate::articles::{Article, ArticleId, FullText, Markup, Subscription, Text};
use crate::store::{Store, StoreError};

/// Why the whole text of an article could not be had. The feed's own text stays.
#[derive(Debug, thiserror::Error)]
pub enum FullTextError {
    /// The article names no page.
    #[error("this article has no link to a page: its feed gives none")]
    NoLink,
    /// The page did not come, or is none.
    #[error("the page '{0}' was not read: {sentence}", sentence = .1.once())]
    Page(String, FeedError),
    /// The page holds no article.
    #[error("no article was found on the page '{0}'; open it in a browser")]
    NoArticle(String),
    /// The page can only be taken for an attack or a fault.
    #[error("the page '{page}' was not read: {why}; open it in a browser")]
    TooMuch {
        /// Its address.
        page: String,
        /// What there is too much of.
        why: &'static str,
    },
    /// The page has less of it than the feed.
    #[error(
        "the page '{page}' has less of this article ({of_page} characters) than its feed ({of_feed}); the feed's text stays"
    )]
    Less {
        /// Its address.
        page: String,
        /// Characters found on the page.
        of_page: usize,
        /// Characters the feed gives.
        of_feed: usize,
    },
    /// The store refuses.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Fetches the page of an article and keeps what it says in place of the feed's text, which stays in the store. Gives
/// the address the page came from.
///
/// # Errors
/// [`FullTextError`]; then nothing has changed.
pub async fn fetch_full_text(
    store: &Store,
    fetcher: &Fetcher,
    id: &ArticleId,
) -> Result<String, FullTextError> {
    let (article, own) = store.articles().with_own_text(id).await?;
    let link = article.link.as_deref().ok_or(FullTextError::NoLink)?;
    let page = fetch(store, fetcher, &article, link).await?;
    let address = page.address.to_string();
    let unread = |error| FullTextError::Page(address.clone(), error);
    let full = fetcher.blocking(move || Ok(read(&page, own)));
    let full = full.await.map_err(unread)??;
    store.articles().keep_full_text(id, full).await?;
    Ok(address)
}

/// A page as it came.
struct Page {
    bytes: Vec<u8>,
    content_type: String,
    address: Url,
}

/// Fetches the page with what the feed may and knows: its login and its headers go to its own address only.
async fn fetch(
    store: &Store,
    fetcher: &Fetcher,
    article: &Article,
    link: &str,
) -> Result<Page, FullTextError> {
    let failed = |error| FullTextError::Page(link.to_owned(), error);
    let address = Url::parse(link).ok();
    let address = address.filter(|url| matches!(url.scheme(), "http" | "https"));
    let address = address.ok_or(FullTextError::NoLink)?;
    let feeds = store.feeds().subscriptions().await?;
    let feed = feeds.into_iter().find(|feed| feed.feed == article.feed);
    let mut journey = journey(fetcher, feed, address).await.map_err(failed)?;
    loop {
        let stop = fetcher.fetch(journey).await;
        match stop.map_err(|refusal| failed(refusal.error))? {
            Stop::Elsewhere(next) => journey = next,
            Stop::Answer(answer) => match answer.content {
                ResponseBody::Body(bytes, content_type, address) => {
                    return Ok(Page {
                        bytes,
                        content_type,
                        address,
                    });
                }
                ResponseBody::Unchanged => return Err(failed(FeedError::Status(304))),
            },
        }
    }
}

async fn journey(
    fetcher: &Fetcher,
    feed: Option<Subscription>,
    address: Url,
) -> Result<Journey, FeedError> {
    let source = feed.as_ref().and_then(|feed| Url::parse(&feed.source).ok());
    let may_be_near = feed.is_some_and(|feed| feed.near);
    let near = source.clone().filter(|_| may_be_near);
    let journey = Journey::to_page(near, address);
    let Some(source) = source else {
        return Ok(journey);
    };
    let login = fetcher.login(&source).await?;
    Ok(journey
        .with_login(login)
        .with_headers(fetcher.headers(&source)))
}

/// The article on a page, unless the feed gives more of it. Computes; it is called beside the event loop.
fn read(page: &Page, own: Text) -> Result<FullText, FullTextError> {
    let address = page.address.to_string();
    let html = charset::decode(&page.bytes, charset::charset(&page.content_type));
    let source = extract::article(&html, &address)?;
    let of_feed = searchable(&own).chars().count();
    let text = Text {
        markup: Markup::Html,
        source,
        base: Some(address.clone()),
        enclosures: own.enclosures,
    };
    let plain = searchable(&text);
    let of_page = plain.chars().count();
    if of_page < of_feed {
        return Err(FullTextError::Less {
            page: address,
            of_page,
            of_feed,
        });
    }
    Ok(FullText {
        base: address,
        source: text.source,
        plain,
    })
}
