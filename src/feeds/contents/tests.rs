//! Documents of every kind, and the real ones where they are at hand.

mod details;
mod dialects;
mod kept;

use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::articles::Markup;

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn document(text: &str) -> FetchedDocument {
    FetchedDocument {
        bytes: text.as_bytes().to_vec(),
        content_type: Some("text/xml".to_owned()),
        url: Some(Url::parse("https://example.org/feed.xml").unwrap()),
        name: "feed".to_owned(),
        manifest: None,
    }
}

fn contents(text: &str) -> Contents {
    read(document(text), "https://example.org/feed.xml", now()).unwrap()
}

fn rss(items: &str) -> String {
    format!(
        "<rss version='2.0'><channel><title>Forem: Jane</title><link>https://example.org/blog/</link><ttl>90</ttl>{items}</channel></rss>"
    )
}

#[test]
fn an_article_keeps_everything_its_feed_says() {
    let read = contents(&rss(
        "<item><title>Q&amp;A  in\n one line</title><dc:creator>Jane</dc:creator><pubDate>Thu, 14 Nov 2024 09:59:15 +0000</pubDate>
         <link>https://example.org/1</link><guid>https://example.org/1</guid><category>aws</category><category>aws</category>
         <description>&lt;p&gt;1 &amp;lt; 2&lt;/p&gt;</description></item>",
    ));
    assert_eq!(
        (read.title.as_deref(), read.ttl_minutes),
        (Some("Jane"), Some(90))
    );
    let article = &read.articles[0];
    assert_eq!(article.title, "Q&A in one line");
    assert_eq!(article.author.as_deref(), Some("Jane"));
    assert_eq!(
        article.published.unwrap().to_string(),
        "2024-11-14T09:59:15Z"
    );
    assert_eq!(article.link.as_deref(), Some("https://example.org/1"));
    assert_eq!(article.tags, ["aws"]);
    assert_eq!(
        (article.text.markup, article.text.source.as_str()),
        (Markup::Html, "<p>1 &lt; 2</p>")
    );
    assert_eq!(article.text.base.as_deref(), Some("https://example.org/1"));
    assert!(article.plain.contains("1 < 2"), "{}", article.plain);
}

#[test]
fn ids_stay_the_same_however_often_a_feed_is_read() {
    let text = rss(
        "<item><title>no guid, no link</title></item><item><link>/only/link</link></item><item><guid>g</guid><title>x</title></item>",
    );
    let ids = |contents: Contents| {
        contents
            .articles
            .into_iter()
            .map(|it| it.id)
            .collect::<Vec<_>>()
    };
    let (first, second) = (ids(contents(&text)), ids(contents(&text)));
    assert_eq!(first, second);
    assert_eq!(first.iter().collect::<HashSet<_>>().len(), 3);
    assert!(first.iter().all(|id| id.0.len() == 16));
}

#[test]
fn articles_that_share_a_guid_are_told_apart_and_copies_left_out() {
    let item = |link: &str| {
        format!(
            "<item><guid>same</guid><title>t</title><link>https://example.org/{link}</link></item>"
        )
    };
    let read = contents(&rss(&(item("1") + &item("2") + &item("2"))));
    assert_eq!(read.articles.len(), 2);
    assert_ne!(read.articles[0].id, read.articles[1].id);
    assert_eq!(
        read.warnings,
        [
            "2 articles share their guid with another one",
            "1 article is in the feed twice and was left out once"
        ]
    );
}

#[test]
fn an_article_that_is_in_its_feed_twice_is_taken_once() {
    let copy = "<item><guid>1</guid><title>t</title><description>words</description></item>";
    let read = contents(&rss(&copy.repeat(3)));
    let alone = contents(&rss(copy));
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.articles[0].id, alone.articles[0].id);
    let other = copy.replace("words", "other words");
    let apart = contents(&rss(&(copy.to_owned() + &other + &other)));
    assert_eq!(apart.articles.len(), 2, "another text is no copy");
    assert_eq!(apart.articles[0].id, alone.articles[0].id);
}

#[test]
fn articles_that_share_a_guid_keep_their_ids_when_the_feed_moves_on() {
    for named in ["<guid>same</guid>", "<link>https://example.org/</link>"] {
        let item = |title: &str| format!("<item>{named}<title>{title}</title></item>");
        let ids = |titles: &[&str]| -> Vec<(String, String)> {
            let items: String = titles.iter().map(|title| item(title)).collect();
            let articles = contents(&rss(&items)).articles;
            articles.into_iter().map(|it| (it.title, it.id.0)).collect()
        };
        let (before, after) = (ids(&["b", "a"]), ids(&["c", "b"]));
        assert_eq!(before[0], after[1], "{named}");
    }
}

#[test]
fn links_that_do_not_lead_to_the_web_are_left_out() {
    let item = |link: &str| format!("<item><title>{link}</title><link>{link}</link></item>");
    let read = contents(&rss(&(item("javascript:alert(1)")
        + &item("file:///etc/passwd")
        + &item("/relative")
        + &item(" https://a.example/ "))));
    let links: Vec<_> = read.articles.iter().map(|it| it.link.as_deref()).collect();
    assert_eq!(
        links,
        [
            None,
            None,
            Some("https://example.org/relative"),
            Some("https://a.example/")
        ]
    );
    assert_eq!(
        read.warnings,
        ["2 links that do not lead to the web were left out"]
    );
}

#[test]
fn dates_that_cannot_be_are_left_out() {
    let item = |date: &str| format!("<item><title>{date}</title><pubDate>{date}</pubDate></item>");
    let dates = [
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "yesterday",
        "2024-05-01T10:00:00+02:00",
    ];
    let read = contents(&rss(&dates.map(item).concat()));
    let found: Vec<_> = read
        .articles
        .iter()
        .map(|it| it.published.map(|date| date.to_string()))
        .collect();
    assert_eq!(
        found,
        [None, None, None, Some("2024-05-01T08:00:00Z".to_owned())]
    );
    assert_eq!(
        read.warnings,
        ["3 dates that cannot be or cannot be read were left out"]
    );
}

#[test]
fn titles_are_cut_and_made_up_where_there_is_none() {
    let long = "long ".repeat(20_000);
    let read = contents(&rss(&format!(
        "<item><title>{long}</title></item><item><description>&lt;h1&gt;First words&lt;/h1&gt;</description></item><item><link>https://a.example/x</link></item><item><author> </author></item>"
    )));
    let titles: Vec<_> = read
        .articles
        .iter()
        .map(|it| it.title.chars().take(20).collect::<String>())
        .collect();
    assert_eq!(
        titles,
        [
            "long long long long ",
            "First words",
            "https://a.example/x",
            "Untitled"
        ]
    );
    assert!(read.articles[0].title.chars().count() <= LONGEST_TITLE);
}

#[test]
fn other_formats_are_read_as_well() {
    let atom = contents(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title type='html'>A &amp;amp; B</title><entry><id>1</id><title type='html'>&lt;b&gt;Bold&lt;/b&gt;</title><updated>2024-01-02T03:04:05Z</updated><content type='text'>5 &lt; 6</content></entry></feed>",
    );
    let article = &atom.articles[0];
    assert_eq!(
        (atom.title.as_deref(), article.title.as_str()),
        (Some("A & B"), "Bold")
    );
    assert_eq!(
        (article.text.markup, article.text.source.as_str()),
        (Markup::Plain, "5 < 6")
    );
    let json = contents(
        "{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"J\",\"items\":[{\"id\":1,\"content_html\":\"<p>x</p>\",\"url\":\"https://a.example/\"}]}",
    );
    assert_eq!(
        (json.articles.len(), json.articles[0].text.markup),
        (1, Markup::Html)
    );
    let rdf = contents(
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><title>R</title></channel><item><title>1</title><link>https://a.example/</link><description>a &lt;br/&gt; b</description></item></rdf:RDF>",
    );
    assert_eq!(
        (rdf.articles.len(), rdf.articles[0].text.markup),
        (1, Markup::Html)
    );
}

#[test]
fn what_is_no_feed_is_named() {
    let error = |text: &str| read(document(text), "s", now()).unwrap_err().to_string();
    let page = "<html><link rel=alternate type=application/rss+xml href=/rss>";
    assert_eq!(
        error(page),
        "this is a web page and no feed; its feed is 'https://example.org/rss'"
    );
    assert!(error("").contains("an empty document"));
    assert!(error("<opml/>").contains("XML of another kind"));
    assert!(error("\0\u{1}\u{2}").contains("something else than text"));
    assert!(error("just words").contains("plain text"));
}

#[test]
fn entities_a_document_declares_expand_to_nothing() {
    let bomb = "<!DOCTYPE rss [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]>".to_owned()
        + &rss("<item><title>&b; &f;</title></item>");
    assert_eq!(contents(&bomb).articles[0].title, "&b; &f;");
}

#[test]
fn a_file_is_read_with_the_manifest_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.txt");
    std::fs::write(&path, "one\nfirst <region>\ntwo\nsecond\nend\nrest").unwrap();
    let whole = read(load(&path).unwrap(), "s", now()).unwrap();
    assert_eq!(
        (whole.articles.len(), whole.title.as_deref()),
        (1, Some("notes"))
    );
    std::fs::write(folder.path().join("notes.toml"), "last-line='end'\n[[article]]\ntitle='A'\nfirst-line='one'\n[[article]]\ntitle='B'\nfirst-line='two'").unwrap();
    let split = read(load(&path).unwrap(), "s", now()).unwrap();
    let texts: Vec<_> = split
        .articles
        .iter()
        .map(|it| (it.title.as_str(), it.text.source.as_str()))
        .collect();
    assert_eq!(
        texts,
        [("A", "one\nfirst <region>"), ("B", "two\nsecond\nend")]
    );
    std::fs::write(
        folder.path().join("notes.toml"),
        "[[article]]\ntitle='A'\nfirst-line='gone'",
    )
    .unwrap();
    let error = read(load(&path).unwrap(), "s", now())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("notes.toml' is wrong: the first line of 'A'"),
        "{error}"
    );
}

#[test]
fn of_an_endless_text_the_beginning_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.txt");
    std::fs::write(&path, "a line of text\n".repeat(200_000)).unwrap();
    let read = read(load(&path).unwrap(), "s", now()).unwrap();
    let text = &read.articles[0].text.source;
    assert!(text.len() <= 2 << 20 && text.len() > 2_000_000);
    assert!(text.ends_with("a line of text"));
    assert_eq!(
        read.warnings,
        ["of 'log' only the first 2 MiB are kept; a manifest beside the text can split it"]
    );
}

#[test]
#[expect(clippy::print_stderr, reason = "a check that is skipped says so")]
fn the_real_documents_have_the_articles_they_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.exists() {
        return eprintln!("skipped: the real documents are not here");
    }
    for (name, articles, texts) in [
        ("001-briancaffey.rss.xml", 12, 11),
        ("002-web-articles.txt", 19, 19),
        ("003-alexcasalboni.rss.xml", 9, 9),
    ] {
        let read = read(load(&folder.join(name)).unwrap(), name, now()).unwrap();
        assert_eq!(read.articles.len(), articles, "{name}");
        let essences: HashSet<_> = read
            .articles
            .iter()
            .map(|it| it.essence.clone().unwrap())
            .collect();
        assert_eq!(essences.len(), texts, "{name}");
        assert_eq!(read.warnings, Vec::<String>::new(), "{name}");
    }
}

proptest! {
    #[test]
    fn no_bytes_are_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let document = FetchedDocument { bytes, ..document("") };
        let _ = read(document, "s", now());
    }

    #[test]
    fn no_broken_feed_is_a_panic(cut in 0..600_usize, at in 0..600_usize, byte in any::<u8>()) {
        let mut bytes = rss("<item><title>Q&amp;A</title><guid>1</guid><link>https://a.example</link><pubDate>Thu, 14 Nov 2024 09:59:15 +0000</pubDate><media:group><media:title>x</media:title></media:group><itunes:duration>1:2</itunes:duration><author>a@b.example (é)</author><description>&lt;p&gt;</description></item>").into_bytes();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut.max(1));
        let _ = read(FetchedDocument { bytes, ..document("") }, "s", now());
    }
}
