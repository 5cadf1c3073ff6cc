//! What of an entry the parser passes over or mixes up: enclosures of every kind, subjects, authors of recordings, and
//! what addresses are relative to.

use super::entities;
use super::limits::{LONGEST_LINK, MOST_TAGS};
use super::markup::{MarkupPiece, Pieces, attribute, local};
use crate::articles::Enclosure;

/// Enclosures of an entry that are kept.
const MOST_ENCLOSURES: usize = 64;

/// Bytes of a text that is kept.
const LONGEST_WORDS: usize = 1 << 10;

/// What an entry has beside what the parser finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct EntryExtras {
    /// What comes with it; addresses as written.
    pub(super) enclosures: Vec<Enclosure>,
    /// What it is about.
    pub(super) subjects: Vec<String>,
    /// Who made its recording.
    pub(super) author: Option<String>,
    /// What its recording is called.
    pub(super) title: Option<String>,
    /// Whether its guid looks like a link and is none.
    pub(super) guid_is_no_link: bool,
    /// What its addresses are relative to, each to the one before.
    pub(super) bases: Vec<String>,
}

impl EntryExtras {
    /// Looks through the text of an item, which is well formed.
    pub(super) fn of_item(item: &str) -> Self {
        let mut reader = ExtrasReader::default();
        for piece in Pieces::of(item) {
            reader.take(&piece);
        }
        reader.finish()
    }

    /// Adds an enclosure, once.
    pub(super) fn enclose(&mut self, enclosure: Enclosure) {
        let known = self.enclosures.iter().any(|it| it.url == enclosure.url);
        let fits = !enclosure.url.is_empty() && enclosure.url.len() <= LONGEST_LINK;
        if fits && !known && self.enclosures.len() < MOST_ENCLOSURES {
            self.enclosures.push(enclosure);
        }
    }
}

#[derive(Debug, Default)]
struct ExtrasReader<'a> {
    extras: EntryExtras,
    /// The open elements.
    open: Vec<&'a str>,
    /// What the open element says, where that counts.
    words: Option<String>,
    /// How long its recordings play that do not say so.
    seconds: Option<u64>,
}

impl<'a> ExtrasReader<'a> {
    fn take(&mut self, piece: &MarkupPiece<'a>) {
        match piece {
            MarkupPiece::Start(tag) => {
                self.tag(piece.name(), tag);
                self.words = is_wanted(piece.name()).then(String::new);
                self.open.push(piece.name());
            }
            MarkupPiece::Empty(tag) => self.tag(piece.name(), tag),
            MarkupPiece::Text(text) => self.push(&entities::decode(text)),
            MarkupPiece::Verbatim(text) => self.push(text),
            MarkupPiece::End(_) => {
                self.open.pop();
                if let Some(words) = self.words.take() {
                    self.say(piece.name(), words.trim());
                }
            }
            MarkupPiece::Doctype(_) | MarkupPiece::Aside | MarkupPiece::Unfinished => {}
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(words) = self
            .words
            .as_mut()
            .filter(|words| words.len() < LONGEST_WORDS)
        {
            words.push_str(
                text.get(..text.floor_char_boundary(LONGEST_WORDS))
                    .unwrap_or(text),
            );
        }
    }

    fn tag(&mut self, name: &str, tag: &str) {
        let depth = self.open.len();
        if depth <= 1
            && let Some(base) = value(tag, "xml:base")
        {
            self.extras.bases.push(base);
        }
        let address = match (family(name), local(name)) {
            (Family::Own, "enclosure")
            | (Family::Media, "content" | "player" | "thumbnail")
            | (Family::Podcast, "transcript" | "chapters") => "url",
            (Family::Own, "content") if depth == 1 => "src",
            (Family::Own, "link") if value(tag, "rel").as_deref() == Some("enclosure") => "href",
            (Family::Own, "guid") => {
                let says = value(tag, "isPermaLink");
                self.extras.guid_is_no_link =
                    says.is_some_and(|it| it.eq_ignore_ascii_case("false"));
                return;
            }
            _ => return,
        };
        if let Some(url) = value(tag, address) {
            self.extras.enclose(enclosure(local(name), tag, url));
        }
    }

    /// An element says something.
    fn say(&mut self, name: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        let in_media = self
            .open
            .last()
            .is_some_and(|it| family(it) == Family::Media);
        let words = words.to_owned();
        match (family(name), local(name)) {
            (Family::DublinCore, _) if self.extras.subjects.len() < MOST_TAGS => {
                self.extras.subjects.push(words);
            }
            (Family::Itunes, "author") => self.extras.author = Some(words),
            (Family::Itunes, "duration") => self.seconds = seconds(&words),
            (Family::Media, _) if in_media => {
                if let Some(last) = self.extras.enclosures.last_mut() {
                    last.title.get_or_insert(words);
                }
            }
            (Family::Media, "title") => self.extras.title = Some(words),
            _ => {}
        }
    }

    fn finish(mut self) -> EntryExtras {
        let plays = |it: &&mut Enclosure| {
            let kind = it.media_type.as_deref().unwrap_or("audio");
            it.seconds.is_none() && (kind.starts_with("audio") || kind.starts_with("video"))
        };
        for enclosure in self.extras.enclosures.iter_mut().filter(plays) {
            enclosure.seconds = self.seconds;
        }
        self.extras
    }
}

/// Whose vocabulary an element is of, by the prefix that everybody gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Own,
    Media,
    Itunes,
    Podcast,
    DublinCore,
    Other,
}

fn family(name: &str) -> Family {
    match name.split_once(':').map(|(prefix, _)| prefix) {
        None | Some("atom") => Family::Own,
        Some("media") => Family::Media,
        Some("itunes") => Family::Itunes,
        Some("podcast") => Family::Podcast,
        Some("dc") => Family::DublinCore,
        Some(_) => Family::Other,
    }
}

/// Whether the words of an element count.
fn is_wanted(name: &str) -> bool {
    match family(name) {
        Family::DublinCore => local(name) == "subject",
        Family::Itunes => matches!(local(name), "author" | "duration"),
        Family::Media => matches!(local(name), "title" | "description"),
        _ => false,
    }
}

/// The value of an attribute, decoded; none when it is blank.
fn value(tag: &str, name: &str) -> Option<String> {
    let value = entities::decode(attribute(tag, name)?);
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

fn enclosure(name: &str, tag: &str, url: String) -> Enclosure {
    let size = value(tag, "length").or_else(|| value(tag, "fileSize"));
    let size = size.and_then(|size| size.replace([',', '.', ' '], "").parse().ok());
    let medium = value(tag, "medium").or_else(|| (name == "thumbnail").then(|| "image".to_owned()));
    Enclosure {
        url,
        media_type: value(tag, "type").or(medium),
        bytes: size.filter(|size| *size > 0),
        seconds: value(tag, "duration").as_deref().and_then(seconds),
        title: value(tag, "title"),
    }
}

/// `1:02:03`, `62:03`, `3723`, `3723.4`, in seconds.
pub(super) fn seconds(written: &str) -> Option<u64> {
    let whole = written.trim().split('.').next().unwrap_or_default();
    let parts: Option<Vec<u64>> = whole
        .split(':')
        .map(|part| part.trim().parse().ok())
        .collect();
    let parts = parts.filter(|parts| parts.len() <= 3)?;
    let add = |sum: u64, part: &u64| sum.checked_mul(60)?.checked_add(*part);
    parts.iter().try_fold(0, add).filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(item: &str) -> Vec<String> {
        let enclosures = EntryExtras::of_item(item).enclosures;
        let show = |it: &Enclosure| {
            let kind = it.media_type.as_deref().unwrap_or("-");
            let title = it.title.as_deref().unwrap_or("-");
            format!("{} {kind} {:?} {:?} {title}", it.url, it.bytes, it.seconds)
        };
        enclosures.iter().map(show).collect()
    }

    #[test]
    fn enclosures_of_every_kind_are_found() {
        for (item, expected) in [
            (
                "<enclosure url='a.mp3?x&amp;y' length='62,447' type='audio/mpeg'/><itunes:duration>1:02:03</itunes:duration>",
                "a.mp3?x&y audio/mpeg Some(62447) Some(3723) -",
            ),
            (
                "<enclosure url='a.jpg' length='0' type='image/jpeg'/><itunes:duration>9</itunes:duration>",
                "a.jpg image/jpeg None None -",
            ),
            (
                "<media:content url='a.png' medium='image'><media:description>A <![CDATA[cat]]></media:description></media:content>",
                "a.png image None None A cat",
            ),
            (
                "<media:content url='a.mp4' type='video/mp4' fileSize='7' duration='63'/>",
                "a.mp4 video/mp4 Some(7) Some(63) -",
            ),
            ("<media:thumbnail url='t.jpg'/>", "t.jpg image None None -"),
            ("<media:player url='p'/>", "p - None None -"),
            (
                "<podcast:transcript url='t.vtt' type='text/vtt'/>",
                "t.vtt text/vtt None None -",
            ),
            (
                "<link rel='enclosure' href='a.pdf' type='application/pdf' title='Slides'/>",
                "a.pdf application/pdf None None Slides",
            ),
            (
                "<content src='full.html' type='text/html'/>",
                "full.html text/html None None -",
            ),
        ] {
            assert_eq!(shown(&format!("<item>{item}</item>")), [expected], "{item}");
        }
        let twice = "<item><enclosure url='a'/><enclosure url='a'/><enclosure url='b'/><enclosure url=''/></item>";
        assert_eq!(shown(twice).len(), 2);
        let many: Vec<_> = (0..99)
            .map(|at| format!("<enclosure url='{at}'/>"))
            .collect();
        let many = many.concat();
        assert_eq!(
            shown(&format!("<item>{many}</item>")).len(),
            MOST_ENCLOSURES
        );
        assert!(shown("<item><link href='x'/><link rel='self' href='y'/></item>").is_empty());
    }

    #[test]
    fn what_else_the_parser_passes_over_is_found() {
        let item = "<item xml:base='https://a.example/x/'><dc:subject>one</dc:subject><dc:subject>two</dc:subject>\
            <itunes:author>Jane &amp; Max</itunes:author><media:title>T</media:title>\
            <guid isPermaLink='false'>https://a.example/1</guid><content xml:base='y/'><p xml:base='z'/></content></item>";
        let extras = EntryExtras::of_item(item);
        assert_eq!(extras.subjects, ["one", "two"]);
        assert_eq!(extras.author.as_deref(), Some("Jane & Max"));
        assert_eq!(extras.title.as_deref(), Some("T"));
        assert!(extras.guid_is_no_link);
        assert_eq!(extras.bases, ["https://a.example/x/", "y/"]);
    }

    #[test]
    fn lengths_are_read_in_every_form() {
        for (written, expected) in [
            ("1:02:03", Some(3723)),
            ("62:03", Some(3723)),
            (" 3723.9 ", Some(3723)),
            ("0", None),
            ("an hour", None),
            ("1:2:3:4", None),
            ("99999999999999999999:1", None),
        ] {
            assert_eq!(seconds(written), expected, "{written}");
        }
    }
}
