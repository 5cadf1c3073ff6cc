//! Pages of lists: `MaxItems`, `Marker`, `NextMarker`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::errors::ApiError;
use super::request::WireRequest;

/// The most items of one page.
const LARGEST_PAGE: usize = 50;

/// One page of a list sorted by key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ListPage<T> {
    pub(super) items: Vec<T>,
    /// The marker of the next page, if there is one.
    pub(super) next: Option<String>,
}

impl<T> ListPage<T> {
    /// Cuts the page behind a token out of items in ascending or descending order of their keys; `None` when
    /// the token is none.
    pub(super) fn after(
        items: Vec<(String, T)>,
        descending: bool,
        token: Option<&str>,
        size: usize,
    ) -> Option<Self> {
        let after = match token.filter(|token| !token.is_empty()) {
            Some(token) => Some(decode(token).ok()?),
            None => None,
        };
        let behind = |key: &str| {
            after
                .as_deref()
                .is_none_or(|after| if descending { key < after } else { key > after })
        };
        Some(cut(items, behind, size))
    }
}

/// Cuts the page a call asks for out of items sorted by key.
///
/// The marker names the last key of the page before, so items that come and go move nothing.
pub(super) fn page<T>(
    call: &WireRequest,
    items: Vec<(String, T)>,
) -> Result<ListPage<T>, ApiError> {
    let marker = call.query.get("Marker").filter(|marker| !marker.is_empty());
    let after = marker.map(|marker| decode(marker)).transpose()?;
    let behind = |key: &str| after.as_deref().is_none_or(|after| key > after);
    Ok(cut(items, behind, size(call)?))
}

fn size(call: &WireRequest) -> Result<usize, ApiError> {
    let Some(text) = call.query.get("MaxItems") else {
        return Ok(LARGEST_PAGE);
    };
    match text.parse::<usize>() {
        Ok(size @ 1..=10_000) => Ok(size.min(LARGEST_PAGE)),
        _ => Err(ApiError::constraint(
            text,
            "maxItems",
            "have value between 1 and 10000",
        )),
    }
}

fn decode(marker: &str) -> Result<String, ApiError> {
    STANDARD
        .decode(marker)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| ApiError::invalid(format!("Invalid Marker: '{marker}'")))
}

fn cut<T>(items: Vec<(String, T)>, behind: impl Fn(&str) -> bool, size: usize) -> ListPage<T> {
    let mut left = items.into_iter().filter(|(key, _)| behind(key)).peekable();
    let (mut kept, mut last) = (Vec::new(), None);
    for (key, item) in left.by_ref().take(size) {
        last = Some(key);
        kept.push(item);
    }
    let next = left.peek().and(last).map(|key| STANDARD.encode(key));
    ListPage { items: kept, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<(String, u8)> {
        vec![("a".into(), 1), ("b".into(), 2), ("c".into(), 3)]
    }

    #[test]
    fn pages_join_up_to_the_whole_list() {
        let first = ListPage::after(items(), false, None, 2).unwrap();
        assert_eq!(first.items, [1, 2]);
        let second = ListPage::after(items(), false, first.next.as_deref(), 2).unwrap();
        assert_eq!((second.items, second.next), (vec![3], None));
    }

    #[test]
    fn descending_pages_join_up_too() {
        let items = || items().into_iter().rev().collect::<Vec<_>>();
        let first = ListPage::after(items(), true, None, 2).unwrap();
        assert_eq!(first.items, [3, 2]);
        let second = ListPage::after(items(), true, first.next.as_deref(), 2).unwrap();
        assert_eq!((second.items, second.next), (vec![1], None));
    }

    #[test]
    fn a_full_last_page_has_no_marker() {
        assert_eq!(cut(items(), |_| true, 3).next, None);
        assert!(ListPage::after(items(), false, Some("%%%"), 3).is_none());
    }
}
