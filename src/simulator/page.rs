//! Pages of lists: `MaxItems`, `Marker`, `NextMarker`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::errors::ApiError;
use super::wire::Call;

/// The most items of one page.
const LARGEST_PAGE: usize = 50;

/// One page of a list sorted by key.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// The marker of the next page, if there is one.
    pub(super) next: Option<String>,
}

/// Cuts the page a call asks for out of items sorted by key.
///
/// The marker names the last key of the page before, so items that come and go move nothing.
pub(super) fn page<T>(call: &Call, items: Vec<(String, T)>) -> Result<Page<T>, ApiError> {
    let marker = call.query.get("Marker").filter(|marker| !marker.is_empty());
    let after = marker.map(|marker| decode(marker)).transpose()?;
    Ok(cut(items, after.as_deref(), size(call)?))
}

fn size(call: &Call) -> Result<usize, ApiError> {
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

fn cut<T>(items: Vec<(String, T)>, after: Option<&str>, size: usize) -> Page<T> {
    let mut left = items
        .into_iter()
        .filter(|(key, _)| after.is_none_or(|after| key.as_str() > after))
        .peekable();
    let (mut kept, mut last) = (Vec::new(), None);
    for (key, item) in left.by_ref().take(size) {
        last = Some(key);
        kept.push(item);
    }
    let next = left.peek().and(last).map(|key| STANDARD.encode(key));
    Page { items: kept, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<(String, u8)> {
        vec![("a".into(), 1), ("b".into(), 2), ("c".into(), 3)]
    }

    #[test]
    fn pages_join_up_to_the_whole_list() {
        let first = cut(items(), None, 2);
        assert_eq!(first.items, [1, 2]);
        let marker = decode(&first.next.unwrap()).unwrap();
        let second = cut(items(), Some(&marker), 2);
        assert_eq!((second.items, second.next), (vec![3], None));
    }

    #[test]
    fn a_full_last_page_has_no_marker() {
        assert_eq!(cut(items(), None, 3).next, None);
        assert!(decode("%%%").is_err());
    }
}
