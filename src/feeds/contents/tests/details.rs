//! What an entry has beside its text: titles, authors, subjects, dates, enclosures, addresses.

use super::*;
use crate::articles::{Document, Enclosure};

fn item(inside: &str) -> Delivered {
    contents(&rss(&format!("<item>{inside}</item>")))
        .articles
        .remove(0)
}

fn entry(inside: &str) -> Delivered {
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/blog/'><title>T</title><entry><title>1</title>{inside}</entry></feed>"
    );
    contents(&feed).articles.remove(0)
}

#[test]
fn titles_are_decoded_once_and_lose_only_known_tags() {
    for (written, expected) in [
        ("<![CDATA[It&#8217;s Q&amp;A]]>", "It’s Q&A"),
        (
            "Profit &amp;amp; loss &amp;#8211; 2026",
            "Profit & loss – 2026",
        ),
        (
            "Vec&lt;String&gt; in &lt;b&gt;bold&lt;/b&gt;",
            "Vec<String> in bold",
        ),
        ("5 &lt; 6", "5 < 6"),
        ("if a &lt;b", "if a <b"),
    ] {
        assert_eq!(
            item(&format!("<title>{written}</title>")).title,
            expected,
            "{written}"
        );
    }
    let atom = "<title>x</title><title type='text'>&amp;amp; &lt;b&gt;</title>";
    assert_eq!(entry(atom).title, "&amp; <b>", "Atom says what is plain");
    let feed =
        contents("<rss><channel><title><![CDATA[Tom&#8217;s Vec<T>]]></title></channel></rss>");
    assert_eq!(feed.title.as_deref(), Some("Tom’s Vec<T>"));
    assert_eq!(item("<media:title>A talk</media:title>").title, "A talk");
    assert_eq!(
        item("<enclosure url='https://a.example/6.mp3'/>").title,
        "6.mp3"
    );
}

#[test]
fn authors_and_subjects_are_found_wherever_they_stand() {
    let author = |written: &str| item(&format!("<title>1</title>{written}")).author;
    for (written, expected) in [
        ("<author>jane@a.example (Jane Doe)</author>", "Jane Doe"),
        (
            "<author>Jane Doe &lt;jane@a.example&gt;</author>",
            "Jane Doe",
        ),
        ("<author>jane@a.example</author>", "jane@a.example"),
        (
            "<itunes:author>Jane &amp; Max</itunes:author>",
            "Jane & Max",
        ),
        (
            "<dc:creator>Jane</dc:creator><itunes:author>Radio</itunes:author>",
            "Jane",
        ),
    ] {
        assert_eq!(author(written).as_deref(), Some(expected), "{written}");
    }
    let tagged = item(
        "<title>1</title><category>aws</category><dc:subject>go</dc:subject><dc:subject>aws</dc:subject>",
    );
    assert_eq!(tagged.tags, ["aws", "go"]);
    let rdf = "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><title>R</title></channel><item><title>1</title><link>https://a.example/</link><dc:subject>go</dc:subject></item></rdf:RDF>";
    assert_eq!(contents(rdf).articles[0].tags, ["go"]);
}

#[test]
fn a_guid_that_is_no_link_is_none() {
    let named = |attribute: &str| {
        item(&format!(
            "<title>1</title><guid {attribute}>https://a.example/?p=1</guid>"
        ))
        .link
    };
    assert_eq!(named("isPermaLink='false'"), None);
    for attribute in ["", "isPermaLink='true'"] {
        assert_eq!(named(attribute).as_deref(), Some("https://a.example/?p=1"));
    }
}

#[test]
fn addresses_are_relative_to_what_the_feed_says() {
    for (inside, expected) in [
        ("", "https://b.example/blog/"),
        (
            "<link href='https://c.example/1'/>",
            "https://b.example/blog/",
        ),
        (
            "<content type='html' xml:base='2026/'>x</content>",
            "https://b.example/blog/2026/",
        ),
        (
            "<content type='html' xml:base='https://d.example/'>x</content>",
            "https://d.example/",
        ),
    ] {
        assert_eq!(
            entry(inside).text.base.as_deref(),
            Some(expected),
            "{inside}"
        );
    }
    assert_eq!(
        item("<title>1</title>").text.base.as_deref(),
        Some("https://example.org/blog/")
    );
}

#[test]
fn plain_content_keeps_its_lines_and_its_addresses_are_links() {
    let article =
        entry("<content type='text/plain'>One\nTwo &lt;b&gt; https://a.example/x</content>");
    assert_eq!(article.text.markup, Markup::Lines);
    let markdown = Document::read(&article.text).markdown();
    assert_eq!(
        markdown,
        "One\\\nTwo \\<b> [https://a.example/x](https://a.example/x)\n"
    );
    assert_eq!(
        entry("<content type='text'>one line</content>").text.markup,
        Markup::Plain
    );
}

#[test]
fn a_picture_in_base64_is_no_text() {
    let article = entry("<content type='image/png'>iVBORw0KGgo=</content>");
    assert_eq!(article.text.source, "[image]");
}

#[test]
fn enclosures_of_every_dialect_come_with_the_article() {
    let sound = "https://cdn.example/1.mp3";
    let rss = item(&format!(
        "<title>1</title><enclosure url='{sound}' length='7' type='audio/mpeg'/><itunes:duration>1:01</itunes:duration>"
    ));
    let expected = Enclosure {
        url: sound.to_owned(),
        media_type: Some("audio/mpeg".to_owned()),
        bytes: Some(7),
        seconds: Some(61),
        title: None,
    };
    assert_eq!(rss.text.enclosures, [expected]);
    let urls = |article: Delivered| -> Vec<String> {
        article
            .text
            .enclosures
            .into_iter()
            .map(|it| it.url)
            .collect()
    };
    assert_eq!(
        urls(entry("<link rel='enclosure' href='a.mp3'/>")),
        ["https://b.example/blog/a.mp3"]
    );
    assert_eq!(
        urls(entry(
            "<content src='https://a.example/full' type='text/html'/>"
        )),
        ["https://a.example/full"]
    );
    let group = "<title>1</title><media:group><media:content url='https://a.example/v.mp4' type='video/mp4'/><media:thumbnail url='https://a.example/t.jpg'/></media:group>";
    assert_eq!(
        urls(item(group)),
        ["https://a.example/v.mp4", "https://a.example/t.jpg"]
    );
    let shown = "<title>1</title><description>&lt;img src='https://a.example/t.jpg'&gt;</description><media:thumbnail url='https://a.example/t.jpg'/>";
    assert_eq!(
        urls(item(shown)),
        Vec::<String>::new(),
        "the text has the picture"
    );
    assert_eq!(
        urls(item("<title>1</title><enclosure url='javascript:x'/>")),
        Vec::<String>::new()
    );
    let json = r#"{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"attachments":[{"url":"https://a.example/j.mp3","mime_type":"audio/mpeg"}]}]}"#;
    assert_eq!(
        urls(contents(json).articles.remove(0)),
        ["https://a.example/j.mp3"]
    );
}

#[test]
fn enclosures_stay_with_their_entries_where_one_cannot_be_read() {
    let sound = |name: &str| format!("<link rel='enclosure' href='https://a.example/{name}'/>");
    let feed = format!(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><title>1</title>{}</entry><entry><title>2</title><media:title/>{}</entry><entry><title>3</title>{}</entry></feed>",
        sound("1"),
        sound("2"),
        sound("3")
    );
    let found: Vec<_> = contents(&feed)
        .articles
        .into_iter()
        .map(|it| (it.title, it.text.enclosures[0].url.clone()))
        .collect();
    let expected = [("1", "https://a.example/1"), ("3", "https://a.example/3")];
    assert_eq!(
        found,
        expected.map(|(title, url)| (title.to_owned(), url.to_owned()))
    );
}

#[test]
fn a_date_that_can_be_goes_before_one_that_cannot() {
    let dated = entry("<published>2024-02-30</published><updated>2024-03-01</updated>");
    assert_eq!(dated.published.unwrap().to_string(), "2024-03-01T00:00:00Z");
    let undated = entry("<published>soon</published>");
    assert_eq!((undated.published, undated.first_seen), (None, Some(now())));
}
