//! Feeds in every dialect, as their authors declare it; and texts with articles of which none comes through.

use super::*;
use crate::feeds::limits::MOST_BYTES_OF_ITEM;

fn titles(text: &str) -> Vec<String> {
    let articles = contents(text).articles;
    articles.into_iter().map(|article| article.title).collect()
}

fn refused(text: &str) -> String {
    read(document(text), "s", now()).unwrap_err().to_string()
}

#[test]
fn any_default_namespace_on_the_root_is_its_dialect() {
    for namespace in [
        "http://backend.userland.com/rss2",
        "http://backend.userland.com/RSS2",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://my.netscape.com/rdf/simple/0.9/",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
        "http://purl.org/atom/ns#",
        "https://www.w3.org/2005/Atom",
        "http://www.w3.org/1999/xhtml",
        "urn:any",
    ] {
        let item = "<item><title>1</title><link>https://a.example/1</link></item>";
        let channel = "<channel><title>T</title></channel>";
        for text in [
            format!("<rss xmlns='{namespace}'><channel><title>T</title>{item}</channel></rss>"),
            format!("<rdf:RDF xmlns='{namespace}'>{channel}{item}</rdf:RDF>"),
            format!("<RDF xmlns='{namespace}'>{channel}{item}</RDF>"),
            format!(
                "<feed xmlns='{namespace}'><title>T</title><entry><title>1</title></entry></feed>"
            ),
            format!(
                "<a:feed xmlns:a='{namespace}'><a:title>T</a:title><a:entry><a:title>1</a:title></a:entry></a:feed>"
            ),
            format!("<rss><channel xmlns='{namespace}'><title>T</title>{item}</channel></rss>"),
            format!(
                "<feed><title>T</title><entry xmlns='{namespace}'><title>1</title></entry></feed>"
            ),
        ] {
            let read = contents(&text);
            assert_eq!(read.title.as_deref(), Some("T"), "{text}");
            assert_eq!(read.articles.len(), 1, "{text}");
            assert_eq!(read.articles[0].title, "1", "{text}");
            assert_eq!(read.warnings, Vec::<String>::new(), "{text}");
        }
    }
}

#[test]
fn elements_of_other_vocabularies_are_no_articles() {
    let text = "<rss xmlns:shop='urn:shop'><channel><title>T</title><shop:item>1</shop:item><item><title>2</title></item></channel></rss>";
    let read = contents(text);
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.warnings, Vec::<String>::new());
}

#[test]
fn an_entry_of_atom_03_has_its_date_and_its_text() {
    let entry = |dates: &str, content: &str| {
        format!(
            "<entry><title>1</title><link rel='alternate' href='https://a.example/1'/>{dates}{content}</entry>"
        )
    };
    let text = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title mode='escaped' type='text/html'>A &amp;amp; B</title>".to_owned()
        + &entry("<issued>2004-01-01T00:00:00Z</issued><modified>2004-02-01T00:00:00Z</modified>", "<content type='text/html' mode='escaped'>&lt;p&gt;body&lt;/p&gt;</content>")
        + &entry("<id>2</id><modified>2004-02-01T00:00:00Z</modified>", "<content type='application/xhtml+xml' mode='xml'><div>a <b>b</b></div></content>")
        + "</feed>";
    let read = contents(&text);
    assert_eq!(read.title.as_deref(), Some("A & B"));
    let found: Vec<_> = read
        .articles
        .iter()
        .map(|it| {
            (
                it.published.unwrap().to_string(),
                it.link.as_deref(),
                it.text.markup,
                it.text.source.as_str(),
            )
        })
        .collect();
    let link = Some("https://a.example/1");
    assert_eq!(
        found,
        [
            (
                "2004-01-01T00:00:00Z".to_owned(),
                link,
                Markup::Html,
                "<p>body</p>"
            ),
            (
                "2004-02-01T00:00:00Z".to_owned(),
                link,
                Markup::Html,
                "a <b>b</b>"
            ),
        ]
    );
}

#[test]
fn a_type_the_parser_does_not_know_costs_no_entry() {
    for (title, expected) in [
        (
            "<title type='application/xhtml+xml'><div xmlns='http://www.w3.org/1999/xhtml'>A &amp; B</div></title>",
            "A & B",
        ),
        ("<title type='text/plain'>A &amp; B</title>", "A & B"),
        ("<title type='text/markdown'>A</title>", "A"),
        ("<title type='html'>\n <i>A</i> B</title>", "A B"),
        ("<title>A <i>B</i></title>", "A B"),
        (
            "<title>A</title><content type='application/xml'><x/></content>",
            "A",
        ),
        ("<title>A</title><content type='text/plain'/>", "A"),
        (
            "<title>A</title><content type='no/type/at all'>x</content>",
            "A",
        ),
        (
            "<title>A</title><content type='text' src='https://a.example/x'> </content>",
            "A",
        ),
        (
            "<title>A</title><media:title type='text/html'>B</media:title>",
            "A",
        ),
        ("<title xml:base='http://['>A</title>", "A"),
    ] {
        let feed = format!(
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry>{title}</entry></feed>"
        );
        let read = contents(&feed);
        assert_eq!(read.articles.len(), 1, "{title}");
        assert_eq!(read.articles[0].title, expected, "{title}");
        assert_eq!(read.warnings, Vec::<String>::new(), "{title}");
    }
}

#[test]
fn an_item_of_rss_1_is_linked_by_its_name_and_kept_without_one() {
    let text = "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel>
        <item rdf:about='https://a.example/?a=1&amp;b=2'><title>named</title></item>
        <item rdf:about='https://a.example/name'><title>both</title><link>https://a.example/link</link></item>
        <item><title>neither</title></item></rdf:RDF>";
    let read = contents(text);
    let found: Vec<_> = read
        .articles
        .iter()
        .map(|it| (it.title.as_str(), it.link.as_deref()))
        .collect();
    assert_eq!(
        found,
        [
            ("named", Some("https://a.example/?a=1&b=2")),
            ("both", Some("https://a.example/link")),
            ("neither", None)
        ]
    );
    assert_eq!(read.warnings, Vec::<String>::new());
}

#[test]
fn items_are_found_wherever_the_author_put_them() {
    let item = |title: &str| {
        format!("<item><title>{title}</title><link>https://a.example/{title}</link></item>")
    };
    let (one, two) = (item("1"), item("2"));
    for text in [
        format!("<rss><channel><title>T</title>{one}</channel>{two}</rss>"),
        format!("<rss><channel><title>T</title></channel><channel>{one}{two}</channel></rss>"),
        format!("<rss><channel><title>T</title><items>{one}{two}</items></channel></rss>"),
        format!("<rdf:RDF><channel><title>T</title>{one}{two}</channel></rdf:RDF>"),
    ] {
        assert_eq!(titles(&text), ["1", "2"], "{text}");
        assert_eq!(contents(&text).title.as_deref(), Some("T"), "{text}");
    }
}

#[test]
fn a_text_with_articles_of_which_none_comes_through_is_refused() {
    let large = "x".repeat(MOST_BYTES_OF_ITEM);
    for (text, why) in [
        (
            "<rss><channel><title>T</title><Item>1</Item></channel></rss>".to_owned(),
            "cannot be read",
        ),
        (
            "<feed><title>T</title><item><title>1</title></item></feed>".to_owned(),
            "cannot be read",
        ),
        (
            "<rss><channel><title>T</title><item/></channel></rss>".to_owned(),
            "without anything inside",
        ),
        (
            "<rss><channel><title>T</title><item><title>1".to_owned(),
            "ends in the middle",
        ),
        (rss(&format!("<item>{large}</item>")), "above 2 MiB"),
        (
            "{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[1]}".to_owned(),
            "no JSON object",
        ),
    ] {
        let sentence = refused(&text);
        assert!(
            sentence.starts_with("the feed cannot be read (it has 1 article, which was left out: "),
            "{sentence}"
        );
        assert!(sentence.contains(why), "{sentence}");
    }
    assert!(
        refused("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":{}}")
            .contains("no list 'items'")
    );
}

#[test]
fn articles_that_are_lost_are_told() {
    let text = "<rss><channel><title>T</title><item><title>1</title></item><entry><title>2</title></entry></channel></rss>";
    let read = contents(text);
    assert_eq!(read.articles.len(), 1);
    assert_eq!(read.warnings, ["1 article cannot be read and was left out"]);
}

#[test]
fn a_document_that_shares_only_its_root_is_no_feed() {
    let ontology = "<rdf:RDF xmlns:owl='http://www.w3.org/2002/07/owl#'><owl:Ontology/></rdf:RDF>";
    for text in [ontology, "<feed><product/></feed>", "<rss/>"] {
        assert!(refused(text).contains("XML of another kind"), "{text}");
    }
    let empty = "<rss><channel><title>T</title></channel></rss>";
    assert_eq!(contents(empty).articles.len(), 0);
}
