//! OPML 2.0: lists of feeds, as every reader reads and writes them.

use std::borrow::Cow;
use std::collections::HashSet;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::markup::{MarkupPiece, Pieces, attribute};
use super::visible::one_line;
use super::{FeedError, charset, entities};

/// Most feeds a list may have.
const MOST: usize = 10_000;
const LONGEST_TITLE: usize = 300;

/// One feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its source.
    pub source: String,
    /// Its title, when the list has one.
    pub title: Option<String>,
}

/// The feeds of a list in its order, whatever folders they are in, each once; in any encoding.
///
/// # Errors
/// [`FeedError::Unreadable`] when it is no OPML, [`FeedError::TooMany`] when nobody can have written it.
pub fn import(list: &[u8]) -> Result<Vec<Outline>, FeedError> {
    let text = charset::decode(list, None);
    let (mut outlines, mut known) = (Vec::new(), HashSet::new());
    let mut is_opml = false;
    for piece in Pieces::of(&text) {
        let (MarkupPiece::Start(tag) | MarkupPiece::Empty(tag)) = piece else {
            continue;
        };
        is_opml |= piece.name().eq_ignore_ascii_case("opml");
        if !is_opml || !piece.name().eq_ignore_ascii_case("outline") || outlines.len() > MOST {
            continue;
        }
        let value = |name| {
            attribute(tag, name)
                .map(entities::decode)
                .filter(|value| !value.trim().is_empty())
        };
        let Some(source) = value("xmlUrl") else {
            continue;
        };
        let title = value("title")
            .or_else(|| value("text"))
            .map(|title| one_line(&title, LONGEST_TITLE));
        let source = source.trim().to_owned();
        if known.insert(source.clone()) {
            outlines.push(Outline { source, title });
        }
    }
    if !is_opml {
        return Err(FeedError::Unreadable("it has no element 'opml'".to_owned()));
    }
    if outlines.len() > MOST {
        return Err(FeedError::TooMany(MOST));
    }
    Ok(outlines)
}

/// A list of feeds.
///
/// # Errors
/// [`FeedError::Internal`] when the memory for it cannot be written.
pub fn export(feeds: &[Outline]) -> Result<String, FeedError> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    write(&mut writer, feeds).map_err(|error| FeedError::internal(&error))?;
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    Ok(text)
}

fn write(writer: &mut Writer<Vec<u8>>, feeds: &[Outline]) -> std::io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(
        BytesStart::new("opml").with_attributes([("version", "2.0")]),
    ))?;
    writer.write_event(Event::Start(BytesStart::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("title")))?;
    writer.write_event(Event::Text(BytesText::new("Feeds of iacstone")))?;
    writer.write_event(Event::End(BytesEnd::new("title")))?;
    writer.write_event(Event::End(BytesEnd::new("head")))?;
    writer.write_event(Event::Start(BytesStart::new("body")))?;
    for feed in feeds {
        let source = allowed(&feed.source);
        let title = feed
            .title
            .as_deref()
            .map_or_else(|| source.clone(), allowed);
        let outline = BytesStart::new("outline");
        let attributes = [
            ("type", "rss"),
            ("text", &*title),
            ("title", &*title),
            ("xmlUrl", &*source),
        ];
        writer.write_event(Event::Empty(outline.with_attributes(attributes)))?;
    }
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))
}

/// A text without what XML forbids.
fn allowed(text: &str) -> Cow<'_, str> {
    if text.contains(entities::is_forbidden) {
        return Cow::Owned(text.replace(entities::is_forbidden, ""));
    }
    Cow::Borrowed(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn feeds_are_found_in_every_folder_and_once() {
        let list = "<?xml version='1.0'?><opml version='1.1'><head/><body><outline text='Folder'>
            <outline type='rss' text='Q&amp;A &quot;x&quot;' xmlurl='https://a.example/?a=1&amp;b=2'/>
            <outline text=\"No feed\"/></outline><outline xmlUrl=' https://a.example/?a=1&amp;b=2 '/>
            <outline xmlUrl='https://b.example/' title='T' text='t'>";
        let found = import(list.as_bytes()).unwrap();
        let outline = |source: &str, title: &str| Outline {
            source: source.to_owned(),
            title: Some(title.to_owned()),
        };
        assert_eq!(
            found,
            [
                outline("https://a.example/?a=1&b=2", "Q&A \"x\""),
                outline("https://b.example/", "T")
            ]
        );
        assert!(import(b"<rss/>").is_err());
        let many: Vec<String> = (0..=MOST)
            .map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>"))
            .collect();
        let many = many.concat();
        let error = import(format!("<opml>{many}").as_bytes()).unwrap_err();
        assert!(error.to_string().contains("more than 10000"), "{error}");
        let latin =
            b"<?xml version='1.0' encoding='ISO-8859-1'?><opml><outline text='caf\xe9' xmlUrl='https://a.example/'/>";
        assert_eq!(import(latin).unwrap()[0].title.as_deref(), Some("café"));
    }

    proptest! {
        #[test]
        fn what_is_exported_is_imported_as_it_was(titles in prop::collection::vec("[ -~é日<&\"']{0,20}", 0..6)) {
            let feeds: Vec<Outline> = titles.iter().enumerate().map(|(n, title)| {
                let title = one_line(title, LONGEST_TITLE);
                let source = format!("https://a.example/?n={n}&x='\"<");
                Outline { title: Some(if title.is_empty() { source.clone() } else { title }), source }
            }).collect();
            prop_assert_eq!(import(export(&feeds).unwrap().as_bytes()).unwrap(), feeds);
        }
    }
}
