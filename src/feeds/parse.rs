//! A feed of any format as plain data. The parser underneath may refuse one item or panic on it: the others stay.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::SystemTime;

use feed_rs::model;
use feed_rs::parser::Builder;
use jiff::Timestamp;

use super::FeedError;
use super::extras::EntryExtras;
use super::prepared::Prepared;
use super::prepass::prepare;
use super::root::LONGEST_BASE;
use super::{date, json, sniff::DocumentKind};
use crate::text::counted;

/// A feed as its parser understood it.
#[derive(Debug)]
pub(super) struct Parsed {
    /// The feed with its items.
    pub(super) feed: model::Feed,
    /// What its items have beside that, item for item.
    pub(super) extras: Vec<EntryExtras>,
    /// What its addresses are relative to, as it says itself.
    pub(super) base: Option<String>,
    /// How many items its text has, read or not.
    pub(super) seen: usize,
    /// Whether the text ends in the middle.
    pub(super) cut: bool,
    /// What was mended or left out.
    pub(super) warnings: Vec<String>,
}

/// Reads a feed. `base` is the address relative links are relative to.
///
/// # Errors
/// [`FeedError::Unreadable`] when there is nothing of a feed in it.
pub(super) fn parse(
    text: &str,
    kind: DocumentKind,
    base: Option<&str>,
) -> Result<Parsed, FeedError> {
    if kind == DocumentKind::Json {
        return parse_json(text, base);
    }
    let sentence = "it has no element 'rss', 'feed' or 'rdf:RDF'";
    let none = || FeedError::Unreadable(sentence.to_owned());
    parse_xml(prepare(text).ok_or_else(none)?, base)
}

fn parse_json(text: &str, base: Option<&str>) -> Result<Parsed, FeedError> {
    let mended = json::mended(text)?;
    Ok(Parsed {
        feed: read(&mended.text, base).map_err(FeedError::Unreadable)?,
        extras: mended.extras,
        base: None,
        seen: mended.seen,
        cut: false,
        warnings: mended.warnings,
    })
}

fn parse_xml(prepared: Prepared, base: Option<&str>) -> Result<Parsed, FeedError> {
    match read(&prepared.text, base) {
        Ok(feed) if feed.entries.len() >= prepared.items.len() => {
            // Where the parser found more, nobody knows which is which.
            let is_even = feed.entries.len() == prepared.items.len();
            let extras = prepared.extras().filter(|_| is_even).collect();
            Ok(Parsed {
                feed,
                extras,
                base: prepared.base(),
                seen: prepared.seen,
                cut: prepared.cut,
                warnings: prepared.warnings,
            })
        }
        // Some of them it passed over without a word.
        Ok(feed) => Ok(one_by_one(prepared, feed, base)),
        Err(why) => {
            let head = head(&prepared, base).ok_or(FeedError::Unreadable(why))?;
            Ok(one_by_one(prepared, head, base))
        }
    }
}

/// What is known of a feed without its items.
fn head(prepared: &Prepared, base: Option<&str>) -> Option<model::Feed> {
    let head = read(&prepared.head(), base).or_else(|_| read(&prepared.bare(), base));
    let first = || {
        let first = prepared.items.first()?;
        alone(prepared, first, base)
    };
    head.ok().or_else(first)
}

/// Bytes of items that are read alone, with what is around each.
const MOST_BYTES_ALONE: usize = 64 << 20;

/// Reads every item alone, so that one the parser refuses or passes over costs only itself.
fn one_by_one(prepared: Prepared, mut feed: model::Feed, base: Option<&str>) -> Parsed {
    let (mut refused, mut entries, mut extras) = (0, Vec::new(), Vec::new());
    let mut room = MOST_BYTES_ALONE;
    for item in &prepared.items {
        room = room.saturating_sub(prepared.length_alone(item));
        let alone = (room > 0).then(|| alone(&prepared, item, base)).flatten();
        match alone {
            Some(mut alone) => {
                extras.resize(entries.len(), EntryExtras::default());
                extras.push(EntryExtras::of_item(prepared.item(item)));
                entries.append(&mut alone.entries);
            }
            None => refused += 1,
        }
    }
    feed.entries = entries;
    let (one, many) = (
        "article cannot be read and was left out",
        "articles cannot be read and were left out",
    );
    let base = prepared.base();
    let mut warnings = prepared.warnings;
    warnings.extend(counted(refused, one, many));
    Parsed {
        feed,
        extras,
        base,
        seen: prepared.seen,
        cut: prepared.cut,
        warnings,
    }
}

/// The feed with one item of it, if the parser takes that.
fn alone(prepared: &Prepared, item: &Range<usize>, base: Option<&str>) -> Option<model::Feed> {
    let read = |text: String| {
        read(&text, base)
            .ok()
            .filter(|feed| !feed.entries.is_empty())
    };
    read(prepared.alone(item)).or_else(|| prepared.alone_in_rss(item).and_then(read))
}

/// Ids are ours to give: the parser leaves them empty.
fn read(text: &str, base: Option<&str>) -> Result<model::Feed, String> {
    let is_base = |base: &&str| base.starts_with("http") && base.len() <= LONGEST_BASE;
    let base = base.filter(|base| is_base(base) && url::Url::parse(base).is_ok());
    let parser = || {
        let builder = Builder::new().sanitize_content(false).base_uri(base);
        let builder = builder.id_generator(|_, _, _| String::new());
        builder.timestamp_parser(moment).build()
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| parser().parse(text.as_bytes())));
    match outcome {
        Ok(Ok(feed)) => Ok(feed),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the parser fails on it".to_owned()),
    }
}

/// A date as the parser keeps it. One that cannot be read becomes one that cannot be, so that it is told.
fn moment<T: From<SystemTime>>(written: &str) -> Option<T> {
    let at = date::published(written).unwrap_or(Timestamp::MIN);
    (!written.trim().is_empty()).then(|| SystemTime::from(at).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(text: &str) -> (Vec<String>, Vec<String>) {
        let parsed = parse(text, DocumentKind::Xml, None).unwrap();
        let title = |entry: &model::Entry| entry.title.clone().unwrap().content;
        (
            parsed.feed.entries.iter().map(title).collect(),
            parsed.warnings,
        )
    }

    #[test]
    fn an_item_the_parser_refuses_costs_only_itself() {
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>
            <entry><title>1</title></entry><entry><title>2</title><media:title/></entry>
            <entry><title>3</title></entry></feed>";
        let (found, warnings) = titles(atom);
        assert_eq!(found, ["1", "3"]);
        assert_eq!(warnings, ["1 article cannot be read and was left out"]);
    }

    /// The parser calls itself for each of these: ten times as many as it may overflow the stack of a test, and of a
    /// thread of the program.
    #[test]
    fn elements_inside_each_other_do_not_overflow_the_stack() {
        for tag in [
            "<media:group>",
            "<media:content url='https://a.example/x'>",
            "<source>",
            "<content>",
            "<itunes:category>",
            "<media:group><media:content>",
        ] {
            let rss = format!("<rss><channel><item><title>1</title>{}", tag.repeat(20_000));
            let atom = format!("<feed><entry><title>1</title>{}", tag.repeat(20_000));
            for text in [rss + "</item>", atom + "</entry>"] {
                assert_eq!(titles(&text).0, ["1"], "{tag}");
            }
        }
    }

    #[test]
    fn what_is_around_a_group_is_not_copied_into_each() {
        let text = format!(
            "<rss><channel><item><title>1</title><media:description>{}</media:description>{}</item></channel></rss>",
            "x".repeat(100_000),
            "<media:group><media:content url='https://a.example/x'/></media:group>".repeat(20_000)
        );
        let parsed = parse(&text, DocumentKind::Xml, None).unwrap();
        assert_eq!(parsed.feed.entries[0].media.len(), 1);
        assert_eq!(parsed.warnings, Vec::<String>::new());
    }

    #[test]
    fn a_base_without_end_is_not_put_before_every_link() {
        let base = format!("https://a.example/{}/", "x".repeat(10_000));
        let links = "<link href='y'/>".repeat(1000);
        let text = format!(
            "<feed xml:base='{base}'><entry xml:base='{base}'><title>1</title>{links}</entry></feed>"
        );
        let parsed = parse(&text, DocumentKind::Xml, Some(&base)).unwrap();
        let longest = parsed.feed.entries[0]
            .links
            .iter()
            .map(|link| link.href.len())
            .max();
        assert_eq!(longest, Some(1));
    }

    /// Each of the items would be read with all of what is around it: gigabytes of it.
    #[test]
    fn endless_names_and_attributes_are_not_copied_around_every_item() {
        let refused = "<entry><title>2</title><media:title/></entry>";
        let items = refused.repeat(5000);
        let endless = "x".repeat(1 << 20);
        let named = format!("<feed><{endless}><entry><title>1</title></entry>{items}");
        let parsed = parse(&named, DocumentKind::Xml, None).unwrap();
        assert!(parsed.feed.entries.len() <= 1);
        let rss = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom' x='{endless}'><entry><title>1</title></entry>{items}</feed>"
        );
        assert_eq!(titles(&rss).0, ["1"]);
        let prepared = prepare(&rss).unwrap();
        assert!(prepared.length_alone(&prepared.items[0]) < 2000);
        assert_eq!(
            prepared.length_alone(&prepared.items[0]),
            prepared.alone(&prepared.items[0]).len()
        );
    }

    #[test]
    fn a_prefix_that_is_not_declared_is_understood() {
        let rss = "<rss><channel><item><title>1</title><dc:creator>Jane</dc:creator></item></channel></rss>";
        let parsed = parse(rss, DocumentKind::Xml, None).unwrap();
        assert_eq!(
            parsed.feed.entries[0].authors[0].name.as_deref(),
            Some("Jane")
        );
        assert_eq!(parsed.feed.entries[0].id, "", "no id is made up");
    }
}
