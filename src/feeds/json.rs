//! JSON Feed, as its parser wants it: what has the wrong type is put right or left out.

use std::time::Duration;

use serde_json::{Map, Value};

use super::FeedError;
use super::extras::EntryExtras;
use super::limits::MOST_ITEMS;
use crate::articles::Enclosure;
use crate::text::counted;

/// Authors of a feed or an article that are kept, and the bytes of their names.
const MOST_AUTHORS: usize = 16;
const LONGEST_AUTHOR: usize = 512;

/// Values a document may have: ten thousand articles have a third of them, and each takes many times its length in
/// memory.
const MOST_VALUES: usize = 500_000;

const OF_FEED: [&str; 7] = [
    "title",
    "home_page_url",
    "feed_url",
    "language",
    "description",
    "icon",
    "favicon",
];
const OF_ITEM: [&str; 9] = [
    "id",
    "url",
    "external_url",
    "title",
    "content_html",
    "content_text",
    "summary",
    "date_published",
    "date_modified",
];

/// A feed as its parser wants it.
#[derive(Debug)]
pub(super) struct Mended {
    /// The feed with nothing in it but what the parser knows, in the types it knows.
    pub(super) text: String,
    /// What its items have beside that, item for item.
    pub(super) extras: Vec<EntryExtras>,
    /// How many items it had before any was left out.
    pub(super) seen: usize,
    /// What was left out, for the user.
    pub(super) warnings: Vec<String>,
}

/// Puts right what has the wrong type, or leaves it out.
///
/// # Errors
/// [`FeedError::Unreadable`] when it is no JSON object, one without a list of items, or one of far too many values.
pub(super) fn mended(text: &str) -> Result<Mended, FeedError> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if values(text) > MOST_VALUES {
        let why = format!("it has more than {MOST_VALUES} values");
        return Err(FeedError::Unreadable(why));
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| FeedError::Unreadable(error.to_string()))?;
    let Value::Object(given) = value else {
        return Err(FeedError::Unreadable("it is no JSON object".to_owned()));
    };
    let mut feed = texts(&given, &OF_FEED);
    feed.insert(
        "version".to_owned(),
        Value::from("https://jsonfeed.org/version/1.1"),
    );
    feed.entry("title").or_insert_with(|| Value::from(""));
    feed.insert("authors".to_owned(), authors(&given));
    let Some(items) = given.get("items").and_then(Value::as_array) else {
        return Err(FeedError::Unreadable("it has no list 'items'".to_owned()));
    };
    let first = items.get(..MOST_ITEMS).unwrap_or(items);
    let kept: Vec<Value> = first.iter().filter_map(item).collect();
    let (seen, odd) = (items.len(), first.len() - kept.len());
    let warnings = [
        surplus(seen - first.len()),
        counted(odd, NO_OBJECT, NO_OBJECTS),
    ];
    feed.insert("items".to_owned(), Value::from(kept));
    let extras = first.iter().filter_map(Value::as_object).map(extras);
    Ok(Mended {
        extras: extras.collect(),
        text: Value::Object(feed).to_string(),
        seen,
        warnings: warnings.into_iter().flatten().collect(),
    })
}

const NO_OBJECT: &str = "article that is no JSON object was left out";
const NO_OBJECTS: &str = "articles that are no JSON objects were left out";

fn surplus(count: usize) -> Option<String> {
    let which = format!("after the first {MOST_ITEMS}");
    let one = format!("article {which} was left out");
    counted(count, &one, &format!("articles {which} were left out"))
}

/// How many values a text has at most: what is no value is between them.
fn values(text: &str) -> usize {
    let (mut count, mut quoted, mut escaped) = (0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b',' | b'[' | b'{' => count += usize::from(!quoted),
            _ => {}
        }
    }
    count
}

fn item(value: &Value) -> Option<Value> {
    let given = value.as_object()?;
    let mut item = texts(given, &OF_ITEM);
    item.insert("authors".to_owned(), authors(given));
    let tags = given
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    item.insert("tags".to_owned(), tags.filter_map(text).collect());
    Some(Value::Object(item))
}

/// What comes with an item.
fn extras(given: &Map<String, Value>) -> EntryExtras {
    let attached = given.get("attachments").and_then(Value::as_array);
    let mut extras = EntryExtras::default();
    for attachment in attached.into_iter().flatten() {
        let words = |key: &str| attachment.get(key)?.as_str().map(str::to_owned);
        let number = |key: &str| {
            let value = attachment.get(key)?;
            let part = || Duration::try_from_secs_f64(value.as_f64()?).ok();
            let whole = value.as_u64().or_else(|| Some(part()?.as_secs()));
            whole.filter(|number| *number > 0)
        };
        extras.enclose(Enclosure {
            url: words("url").unwrap_or_default(),
            media_type: words("mime_type"),
            bytes: number("size_in_bytes"),
            seconds: number("duration_in_seconds"),
            title: words("title"),
        });
    }
    extras
}

fn authors(given: &Map<String, Value>) -> Value {
    let many = given
        .get("authors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let all = given
        .get("author")
        .into_iter()
        .chain(many)
        .filter_map(Value::as_object);
    all.take(MOST_AUTHORS).map(author).collect()
}

/// Without what is too long to be a name: the parser gives the feed's authors to every article.
fn author(given: &Map<String, Value>) -> Value {
    let mut author = texts(given, &["name", "url"]);
    author.retain(|_, value| {
        value
            .as_str()
            .is_some_and(|text| text.len() <= LONGEST_AUTHOR)
    });
    Value::Object(author)
}

fn texts(given: &Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    let pair = |key: &&str| Some(((*key).to_owned(), text(given.get(*key)?)?));
    keys.iter().filter_map(pair).collect()
}

fn text(value: &Value) -> Option<Value> {
    match value {
        Value::String(_) => Some(value.clone()),
        Value::Number(number) => Some(Value::from(number.to_string())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_types_are_put_right_or_left_out() {
        let text = r#"{"title": 5, "items": [{"id": 7, "title": null, "tags": ["a", 1, {}], "author": {"name": "J"}}, "x"]}"#;
        let mended: Value = serde_json::from_str(&mended(text).unwrap().text).unwrap();
        assert_eq!(mended["title"], "5");
        assert_eq!(mended["items"].as_array().unwrap().len(), 1);
        assert_eq!(mended["items"][0]["id"], "7");
        assert_eq!(mended["items"][0]["tags"], serde_json::json!(["a", "1"]));
        assert_eq!(mended["items"][0]["authors"][0]["name"], "J");
    }

    #[test]
    fn attachments_are_kept_with_their_items() {
        let text = r#"{"items": [{"id": 1}, 5, {"id": 2, "attachments": [{"url": "https://a.example/x.mp3",
            "mime_type": "audio/mpeg", "size_in_bytes": 70, "duration_in_seconds": 63.5, "title": "X"}, {}, 3]}]}"#;
        let extras = mended(text).unwrap().extras;
        assert_eq!(extras[0].enclosures, []);
        let expected = Enclosure {
            url: "https://a.example/x.mp3".to_owned(),
            media_type: Some("audio/mpeg".to_owned()),
            bytes: Some(70),
            seconds: Some(63),
            title: Some("X".to_owned()),
        };
        assert_eq!(extras[1].enclosures, [expected]);
    }

    #[test]
    fn what_is_no_object_is_told() {
        assert!(mended("[1]").is_err());
        assert!(mended(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn names_without_end_are_not_given_to_every_article() {
        let long = "x".repeat(LONGEST_AUTHOR + 1);
        let text = format!(
            r#"{{"authors": [{{"name": "{long}", "url": "https://a.example"}}], "items": []}}"#
        );
        let mended: Value = serde_json::from_str(&mended(&text).unwrap().text).unwrap();
        assert_eq!(
            mended["authors"],
            serde_json::json!([{"url": "https://a.example"}])
        );
    }

    #[test]
    fn a_document_of_millions_of_values_is_refused_before_it_fills_the_memory() {
        assert_eq!(values(r#"{"a": [1, "b,{[\",", {}]}"#), 5);
        let many = format!("{{\"items\":[{}1]}}", "{},".repeat(MOST_VALUES));
        let error = mended(&many).unwrap_err().to_string();
        assert!(error.contains("more than 500000 values"), "{error}");
    }
}
