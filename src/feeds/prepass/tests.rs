//! The pass before the parser, on everything that is wrong with feeds.

use std::ops::Range;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::*;

fn is_well_formed(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_i64;
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => depth += 1,
            Ok(Event::End(_)) => depth -= 1,
            Ok(Event::Eof) => return depth == 0,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
}

fn items(text: &str) -> Vec<String> {
    let prepared = prepare(text).unwrap();
    assert!(is_well_formed(&prepared.text), "{}", prepared.text);
    let item = |range: &Range<usize>| prepared.text[range.clone()].to_owned();
    prepared.items.iter().map(item).collect()
}

#[test]
fn a_version_is_given_and_junk_around_the_root_left_out() {
    let text = "\n<b>Warning</b>: x <?xml version='1.0' encoding='koi8-r'?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss><channel/></rss><script>";
    let prepared = prepare(text).unwrap();
    assert!(
        prepared
            .text
            .starts_with("<rss version=\"2.0\" xmlns:atom=")
    );
    assert!(
        prepared.text.ends_with("<channel/></rss>"),
        "{}",
        prepared.text
    );
    assert_eq!(prepared.warnings, Vec::<String>::new());
    assert!(prepare("<html><body></body></html>").is_none());
}

#[test]
fn a_document_that_ends_in_the_middle_is_cut_at_its_last_complete_item() {
    let text = "<rss version='0.93'><channel><item><title>1</title></item><item><title>2</tit";
    let prepared = prepare(text).unwrap();
    assert!(
        prepared
            .text
            .ends_with("<item><title>1</title></item></channel></rss>")
    );
    assert!(prepared.warnings[0].contains("ends in the middle"));
    let cut_in_text = "<feed><entry><id>1</id></entry><entry><id>2";
    assert_eq!(items(cut_in_text), ["<entry><id>1</id></entry>"]);
}

#[test]
fn tags_that_do_not_match_are_mended() {
    let text = "<rss><channel><item><title>1<b></title></i></item><item><title>2</title><item><title>3</title></item></channel></rss>";
    assert_eq!(
        items(text),
        [
            "<item><title>1<b></b></title></item>",
            "<item><title>2</title></item>",
            "<item><title>3</title></item>"
        ]
    );
    assert!(prepare(text).unwrap().warnings[0].contains("not well formed"));
}

#[test]
fn ampersands_and_control_characters_are_no_obstacle() {
    let text = "<rss><channel><item><title>Q & A &nbsp;&bogus;\u{1b}[2J\u{0} 1 < 2</title><link>http://a/?b=1&c=2</link></item></channel></rss>";
    let expected = "<item><title>Q &amp; A \u{a0}&amp;bogus;[2J 1 &lt; 2</title><link>http://a/?b=1&amp;c=2</link></item>";
    assert_eq!(items(text), [expected]);
}

#[test]
fn a_channel_is_put_around_what_has_none() {
    let prepared = prepare("<rss><item>1</item></rss>").unwrap();
    assert!(
        prepared
            .text
            .ends_with("><channel><item>1</item></channel></rss>"),
        "{}",
        prepared.text
    );
    for empty in ["<rss/>", "<rss></rss>", "<rss> "] {
        let text = prepare(empty).unwrap().text;
        assert!(
            text.trim_end_matches(' ')
                .ends_with("<channel></channel></rss>"),
            "{text}"
        );
    }
}

#[test]
fn an_item_alone_has_what_is_around_it() {
    let rss = prepare("<rss><channel><title>t</title><item>1</item></channel></rss>").unwrap();
    let alone = rss.alone(&rss.items[0]);
    assert!(
        alone.starts_with("<rss ") && alone.ends_with("><channel><item>1</item></channel></rss>"),
        "{alone}"
    );
    let rdf =
        prepare("<rdf:RDF><channel><title>t</title></channel><item>1</item></rdf:RDF>").unwrap();
    let alone = rdf.alone(&rdf.items[0]);
    assert!(alone.ends_with("><item>1</item></rdf:RDF>"), "{alone}");
}

#[test]
fn articles_that_are_too_large_or_too_many_are_left_out() {
    let large = "x".repeat(MOST_BYTES_OF_ITEM);
    let text = format!("<rss><channel><item>{large}</item><item>2</item></channel></rss>");
    let prepared = prepare(&text).unwrap();
    assert_eq!(
        (prepared.items.len(), prepared.warnings.as_slice()),
        (1, &["1 article above 2 MiB was left out".to_owned()][..])
    );
    let many = format!(
        "<rss><channel>{}</channel></rss>",
        "<item>a</item>".repeat(MOST_ITEMS + 5)
    );
    let prepared = prepare(&many).unwrap();
    assert_eq!(prepared.items.len(), MOST_ITEMS);
    assert!(prepared.warnings[0].contains("5 articles after the first 10000"));
}

#[test]
fn articles_without_anything_and_megabytes_beside_them_are_left_out() {
    let text = format!(
        "<rss><channel>{}{}<item>1</item></channel></rss>",
        "<item/>".repeat(5),
        format!("<link>{}</link>", "a".repeat(100)).repeat(MOST_BYTES_OF_ITEM / 100)
    );
    let prepared = prepare(&text).unwrap();
    assert!(is_well_formed(&prepared.text));
    assert!(prepared.text.len() < MOST_BYTES_OF_ITEM + 1000);
    assert_eq!(prepared.items.len(), 1);
    assert!(!prepared.text.contains("<item/>"));
    assert!(
        prepared.warnings[0].contains("beside its articles"),
        "{:?}",
        prepared.warnings
    );
    assert_eq!(
        (prepared.warnings.last().unwrap().as_str(), prepared.seen),
        ("5 articles without anything inside were left out", 6)
    );
}

#[test]
fn an_item_in_a_place_of_its_own_is_read_where_its_dialect_has_items() {
    let outside = prepare("<rss><channel><title>t</title></channel><item>1</item></rss>").unwrap();
    let alone = outside.alone(&outside.items[0]);
    assert!(
        alone.ends_with("><channel><item>1</item></channel></rss>"),
        "{alone}"
    );
    assert!(is_well_formed(&outside.head()), "{}", outside.head());
    let inside = prepare("<rdf:RDF><channel><item>1</item></channel></rdf:RDF>").unwrap();
    let alone = inside.alone(&inside.items[0]);
    assert!(alone.ends_with("><item>1</item></rdf:RDF>"), "{alone}");
    assert!(is_well_formed(&inside.head()), "{}", inside.head());
}

#[test]
fn a_million_elements_that_never_close_take_no_time_worth_mentioning() {
    let deep = format!(
        "<rss><channel><item>{}</item>",
        "<a><b></c>".repeat(300_000)
    );
    let prepared = prepare(&deep).unwrap();
    assert!(is_well_formed(&prepared.text));
}

proptest! {
    #[test]
    fn what_comes_out_is_always_well_formed(parts in prop::collection::vec(part(), 0..30)) {
        let text = format!("<rss>{}", parts.concat());
        let prepared = prepare(&text).unwrap();
        prop_assert!(is_well_formed(&prepared.text), "{}", prepared.text);
        for item in &prepared.items {
            prop_assert!(is_well_formed(&prepared.alone(item)));
        }
    }
}

fn part() -> impl Strategy<Value = String> {
    let fixed = [
        "<item>",
        "</item>",
        "<channel>",
        "</channel>",
        "<a b='c'>",
        "</a>",
        "<br/>",
        "<![CDATA[ <x> ]]>",
        "<![CDATA[",
        "<!-- c -->",
        "<!--",
        "&",
        "&amp;",
        "&nbsp;",
        "<",
        ">",
        "\"",
        "'",
        "</rss>",
        "<a b=\"&<>\">",
        "<?x?>",
        "<?",
        "\u{b}",
        "é",
        "]]>",
    ];
    prop_oneof![
        prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        "[ -~]{0,6}"
    ]
}
