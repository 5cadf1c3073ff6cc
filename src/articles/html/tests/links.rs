//! Links and pictures.

use super::{layout, show};
use crate::articles::LinkKind;

/// Text, address and kind of every link.
fn links(html: &str) -> Vec<(String, String, LinkKind)> {
    let links = layout(html, 40).links.into_iter();
    links.map(|link| (link.text, link.url, link.kind)).collect()
}

fn link(text: &str, url: &str, kind: LinkKind) -> (String, String, LinkKind) {
    (text.to_owned(), url.to_owned(), kind)
}

#[test]
fn links_are_listed_in_order_with_their_lines() {
    let html = "<p><a href=/a>first\n <b>link</b></a></p><p>and <a href='https://x.example/?q=1&amp;r=2'>second</a></p>";
    let expected = [
        link("first link", "https://blog.example/a", LinkKind::Web),
        link("second", "https://x.example/?q=1&r=2", LinkKind::Web),
    ];
    assert_eq!(links(html), expected);
    let layout = layout(html, 40);
    assert_eq!(layout.links[1].line, 2);
    assert_eq!(layout.lines[2].spans[1].link, Some(1));
}

#[test]
fn what_is_no_page_stays_text() {
    let html = "<p><a href='javascript:alert(1)'>one</a> <a href='file:///etc/passwd'>two</a> <a href='data:,x'>three</a></p>";
    assert_eq!(links(html), []);
    assert_eq!(show(html), "one two three");
}

#[test]
fn a_picture_that_links_to_itself_is_one_link() {
    let proxied = "https://media.example/dynamic/image/width=800/https%3A%2F%2Fup.example%2Fp.png";
    let html = format!(
        "<p><a href='{proxied}' class='article-body-image-wrapper'><img src='{proxied}' alt='A picture'></a></p>"
    );
    assert_eq!(
        links(&html),
        [link(
            "A picture",
            "https://up.example/p.png",
            LinkKind::Image
        )]
    );
    assert_eq!(show(&html), "[image: A picture]");
}

#[test]
fn a_picture_that_links_elsewhere_shows_where() {
    let run = "https://lambda-power-tuning.show/#gAAAAQ==;AACAPwAAAEA=;AACAPwAAAEA=";
    let html = format!(
        "<p><a href='{run}'><img src=/chart.png alt=Chart></a></p><p><a href=https://x.example/y><img src=/z.png></a></p>"
    );
    let expected = [
        link("Chart", run, LinkKind::PowerTuning),
        link("Chart", "https://blog.example/chart.png", LinkKind::Image),
        link("z.png", "https://x.example/y", LinkKind::Web),
        link("z.png", "https://blog.example/z.png", LinkKind::Image),
    ];
    assert_eq!(links(&html), expected);
    assert_eq!(
        show(&html),
        "[image: Chart] → power tuning chart\n\n[image: z.png] → x.example"
    );
}

#[test]
fn captions_do_not_run_into_their_pictures() {
    assert_eq!(
        show("<p><img src=/a.png alt=a>A caption</p>"),
        "[image: a]\nA caption"
    );
    assert_eq!(
        show(
            "<p><b>in</b> <img src=/a.png alt=a>it <img src=/b.png alt=b><img src=/c.png alt=c>.</p>"
        ),
        "in [image: a] it [image: b] [image: c]."
    );
}

#[test]
fn links_without_text_say_where_they_lead() {
    assert_eq!(
        show("<p>x <a href=https://x.example/y></a> y<a href='#z' id=w></a></p>"),
        "x https://x.example/y y"
    );
}

#[test]
fn pictures_without_an_address_have_a_place_and_no_link() {
    let html = "<p><img src='data:image/png;base64,AAAA' alt=logo><img alt=''><img src=/dot.gif width=1 height=1></p>";
    assert_eq!(links(html), []);
    assert_eq!(show(html), "[image: logo] [image]");
}

#[test]
fn texts_and_addresses_are_harmless() {
    let html = "<p><a href='https://x.example/\u{1b}]52;c;x\u{7}'>a\u{1b}[2J\u{202e}b</a><img src=/p.png alt='\u{1b}[31mred\u{7}'></p>";
    for (text, url, _) in links(html) {
        assert!(!text.chars().any(char::is_control), "{text:?}");
        assert!(url.bytes().all(|byte| byte.is_ascii_graphic()), "{url:?}");
    }
}

#[test]
fn links_in_code_and_pictures_in_code_are_kept() {
    let html = "<pre>see <a href=/x>this</a>\n<img src=/p.png alt=p></pre>";
    assert_eq!(layout(html, 40).code[0].text, "see this");
    assert_eq!(links(html).len(), 2);
    assert!(show(html).ends_with("[image: p]"));
}

#[test]
fn what_is_embedded_in_a_link_leads_where_it_says() {
    let html = "<a href='#'><iframe src='https://www.youtube.com/embed/x'></iframe></a><p><a href='https://other.example'>y</a></p>";
    let told = links(html);
    let urls: Vec<&str> = told.iter().map(|(_, url, _)| &**url).collect();
    assert_eq!(urls.last(), Some(&"https://other.example"), "{urls:?}");
    let layout = layout(html, 60);
    for (number, link) in layout.links.iter().enumerate() {
        let line = &layout.lines[link.line];
        let spans = line.spans.iter().filter(|span| span.link == Some(number));
        let shown: String = spans.map(|span| &*span.text).collect();
        assert_eq!(
            shown.contains("youtube"),
            link.url.contains("youtube"),
            "'{shown}' leads to {}",
            link.url
        );
    }
}

#[test]
fn an_anchor_without_end_hides_nothing_behind_it() {
    assert_eq!(
        show("<a class=anchor id=x><h2>Title</h2><p>text <a href=/y>link</a></p>"),
        "Title\n─────\n\ntext link"
    );
    assert_eq!(
        show("<p><a class=anchor href='#s'>#</a>a <a class=anchor>b<a href=/y>link</a></p>"),
        "a blink"
    );
}

#[test]
fn an_anchor_that_is_the_heading_is_shown() {
    let html =
        "<h2><a class=anchor href='#s'>Set up</a></h2><h3><a class=anchor href='#t'>¶</a>More</h3>";
    let headings = layout(html, 40).headings;
    let told: Vec<&str> = headings.iter().map(|heading| &*heading.text).collect();
    assert_eq!(told, ["Set up", "More"]);
}

#[test]
fn hidden_parts_end_where_their_end_tag_may_be_left_out() {
    assert_eq!(show("<p hidden>a<p>b</p>"), "b");
    assert_eq!(show("<div><p hidden>a</div><p>b</p>"), "b");
    assert_eq!(
        show("<ul><li hidden>a<ul><li>deep</ul><li>b</ul><p>c</p>"),
        "• b\n\nc"
    );
}

#[test]
fn what_an_article_says_its_links_are_relative_to_counts() {
    let found = links("<base href='https://other.example/x/'><a href=y>one</a>");
    assert_eq!(
        found,
        [link("one", "https://other.example/x/y", LinkKind::Web)]
    );
}
