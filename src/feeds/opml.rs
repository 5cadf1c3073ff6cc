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
/// Folders inside each other that are told apart.
const DEEPEST_FOLDER: usize = 4;

/// One feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its source.
    pub source: String,
    /// Its title, when the list has one.
    pub title: Option<String>,
    /// The names of the folders it is in, outermost first, parted by `/`.
    pub folder: Option<String>,
}

/// The feeds of a list in its order with the folders they are in, each once; in any encoding.
///
/// # Errors
/// [`FeedError::NoList`] when it is no OPML, [`FeedError::CutList`] when it ends in the middle, [`FeedError::TooMany`] when nobody can have written it.
pub fn import(list: &[u8]) -> Result<Vec<Outline>, FeedError> {
    let text = charset::decode(list, None);
    let mut reader = OutlineReader::default();
    let mut is_opml = false;
    for piece in Pieces::of(&text) {
        if matches!(piece, MarkupPiece::Unfinished) && is_opml {
            return Err(FeedError::CutList);
        }
        is_opml |= piece.name().eq_ignore_ascii_case("opml");
        let is_outline = is_opml && piece.name().eq_ignore_ascii_case("outline");
        if !is_outline || reader.outlines.len() > MOST {
            continue;
        }
        match piece {
            MarkupPiece::Start(tag) => reader.start(tag, true),
            MarkupPiece::Empty(tag) => reader.start(tag, false),
            MarkupPiece::End(_) => reader.folders.close(),
            _ => {}
        }
    }
    let outlines = reader.outlines;
    if !is_opml {
        return Err(FeedError::NoList);
    }
    if outlines.len() > MOST {
        return Err(FeedError::TooMany(MOST));
    }
    Ok(outlines)
}

/// A list being read.
#[derive(Debug, Default)]
struct OutlineReader {
    outlines: Vec<Outline>,
    known: HashSet<String>,
    folders: Folders,
}

impl OutlineReader {
    /// An outline begins: a feed, or a folder that is open until its end.
    fn start(&mut self, tag: &str, is_open: bool) {
        let value = |name| {
            attribute(tag, name)
                .map(entities::decode)
                .filter(|value| !value.trim().is_empty())
        };
        let title = value("title")
            .or_else(|| value("text"))
            .map(|title| one_line(&title, LONGEST_TITLE));
        let Some(source) = value("xmlUrl") else {
            if is_open {
                self.folders.open(title);
            }
            return;
        };
        let (source, folder) = (source.trim().to_owned(), self.folders.path());
        if is_open {
            self.folders.open(None);
        }
        if self.known.insert(source.clone()) {
            self.outlines.push(Outline {
                source,
                title,
                folder,
            });
        }
    }
}

/// The folders around a feed of a list.
#[derive(Debug, Default)]
struct Folders {
    /// The name of each open outline; none of one that is no folder.
    open: Vec<Option<String>>,
}

impl Folders {
    fn open(&mut self, name: Option<String>) {
        self.open.push(name);
    }

    fn close(&mut self) {
        self.open.pop();
    }

    /// Their names, as far as they go deep enough to be told apart.
    fn path(&self) -> Option<String> {
        let names = self.open.iter().flatten().take(DEEPEST_FOLDER);
        let names: Vec<String> = names.map(|name| name.replace('/', "-")).collect();
        (!names.is_empty()).then(|| names.join("/"))
    }
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
    let mut sorted: Vec<&Outline> = feeds.iter().collect();
    // Stable: within a folder they stay in their order.
    sorted.sort_by_key(|feed| feed.folder.as_deref());
    let mut open: Vec<&str> = Vec::new();
    for feed in sorted {
        let path = feed.folder.as_deref().unwrap_or_default();
        let path: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        go_into(writer, &mut open, &path)?;
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
    go_into(writer, &mut open, &[])?;
    writer.write_event(Event::End(BytesEnd::new("body")))?;
    writer.write_event(Event::End(BytesEnd::new("opml")))
}

/// Closes and opens folders on the way from one to another.
fn go_into<'a>(
    writer: &mut Writer<Vec<u8>>,
    open: &mut Vec<&'a str>,
    path: &[&'a str],
) -> std::io::Result<()> {
    let pairs = open.iter().zip(path);
    let shared = pairs.take_while(|(one, other)| one == other).count();
    while open.len() > shared {
        open.pop();
        writer.write_event(Event::End(BytesEnd::new("outline")))?;
    }
    for name in path.iter().skip(shared) {
        let named = allowed(name);
        let outline = BytesStart::new("outline");
        let attributes = [("text", &*named), ("title", &*named)];
        writer.write_event(Event::Start(outline.with_attributes(attributes)))?;
        open.push(name);
    }
    Ok(())
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
        let outline = |source: &str, title: &str, folder: Option<&str>| Outline {
            source: source.to_owned(),
            title: Some(title.to_owned()),
            folder: folder.map(str::to_owned),
        };
        assert_eq!(
            found,
            [
                outline("https://a.example/?a=1&b=2", "Q&A \"x\"", Some("Folder")),
                outline("https://b.example/", "T", None)
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
        fn what_is_exported_is_imported_as_it_was(titles in prop::collection::vec("[ -~é日<&\"']{0,20}", 0..6), folder in "[a-c]( [a-c])?(/[a-c])?") {
            let feeds: Vec<Outline> = titles.iter().enumerate().map(|(n, title)| {
                let title = one_line(title, LONGEST_TITLE);
                let source = format!("https://a.example/?n={n}&x='\"<");
                let folder = (n > 2).then(|| folder.clone());
                Outline { title: Some(if title.is_empty() { source.clone() } else { title }), source, folder }
            }).collect();
            prop_assert_eq!(import(export(&feeds).unwrap().as_bytes()).unwrap(), feeds);
        }
    }
}
