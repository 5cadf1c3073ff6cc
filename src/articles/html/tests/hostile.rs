//! What nobody should write: broken, endless and deep markup. Properties hold for anything.

use proptest::prelude::*;

use super::{layout, show, text};
use crate::articles::{Document, LayoutOptions, Markup, PageLayout, Text, TextRole};
use crate::text::width;

#[test]
fn a_million_nested_tags_are_read() {
    for tag in [
        "<div>",
        "<b>",
        "<blockquote>",
        "<ul><li>",
        "<table><tr><td>",
        "<span class=katex>",
    ] {
        let html = format!("{}end", tag.repeat(100_000));
        assert!(show(&html).contains("end"), "{tag}");
    }
}

#[test]
fn depth_never_takes_more_than_half_of_the_page() {
    let layout = layout(&format!("{}text text text", "<ul><li>".repeat(40)), 40);
    let line: String = layout.lines[0]
        .spans
        .iter()
        .map(|span| span.text.as_str())
        .collect();
    assert!(line.ends_with("text text text"), "{line}");
    assert!(line.find("text").unwrap() <= 40, "{line}");
}

#[test]
fn what_is_never_closed_ends_with_the_article() {
    for html in [
        "<pre>a",
        "<a href=/x>a",
        "<table><tr><td>a",
        "<ul><li>a",
        "<span class=katex>a",
        "<h2>a",
        "<div class=ltag>a",
    ] {
        assert!(show(html).contains('a'), "{html}");
    }
}

#[test]
fn ends_without_beginnings_do_no_harm() {
    assert_eq!(
        show("</ul></li></table></a></pre></b></details></h2>text</kbd></q></sup>"),
        "text”"
    );
    assert_eq!(show("<li>alone</li><p>after</p>"), "• alone\n\nafter");
}

/// Pieces that markup is made of, and pieces that break it.
fn markup() -> impl Strategy<Value = String> {
    let tags = [
        "<p>",
        "</p>",
        "<br>",
        "<ul>",
        "</ul>",
        "<ol start=99>",
        "<li>",
        "</li>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<span class=k>",
        "</span>",
        "<a href=https://x.example/y>",
        "</a>",
        "<img src=/p alt=alt>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "</td>",
        "<h1>",
        "</h1>",
        "<h4>",
        "<details>",
        "<summary>",
        "</details>",
        "<hr>",
        "<kbd>",
        "<sup>",
        "<dl><dt>",
        "<dd>",
        "<iframe src=https://youtube.com/embed/x>",
        "<div class=ltag>",
        "</div>",
        "<span class=katex>",
        "<div class=gist-liquid-tag>",
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "&lt;",
        "&",
        "\n",
        " ",
        "[x] ",
        "<b>",
        "</b>",
        "<",
        ">",
        "</",
        "<input type=checkbox>",
        "<table role=none>",
        "<caption>",
        "</caption>",
        "<video>",
        "<source src=/v>",
    ];
    let piece = prop_oneof![
        6 => prop::sample::select(tags.to_vec()).prop_map(str::to_owned),
        2 => "[a-z]{1,12}",
        1 => "[红楼。「🚀👍🏽🇩🇪e\u{301}\u{200d}\u{202e}क\u{94d}ष\u{1b}\u{7}\u{a0}—-]{1,8}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn columns(line: &crate::articles::Line) -> usize {
    line.spans.iter().map(|span| width(&span.text)).sum()
}

/// Whether only tabs and line breaks are left of control characters.
fn is_harmless(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() || matches!(c, '\n' | '\t'))
}

/// What must be true of every layout.
fn check(layout: &PageLayout, page: usize) -> Result<(), TestCaseError> {
    for line in &layout.lines {
        prop_assert!(
            line.wide || columns(line) <= page,
            "{} columns on {page}: {line:?}",
            columns(line)
        );
        for span in &line.spans {
            prop_assert!(!span.text.is_empty());
            prop_assert!(!span.text.chars().any(char::is_control), "{span:?}");
            prop_assert!(span.link.is_none_or(|link| link < layout.links.len()));
        }
    }
    for link in &layout.links {
        let line = layout.lines.get(link.line);
        prop_assert!(line.is_some(), "{link:?}");
        prop_assert!(!link.text.chars().any(char::is_control));
        prop_assert!(
            link.url.bytes().all(|byte| byte.is_ascii_graphic()),
            "{link:?}"
        );
    }
    for anchor in layout.headings.iter().chain(&layout.code) {
        prop_assert!(
            anchor.lines.start < anchor.lines.end && anchor.lines.end <= layout.lines.len()
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_markup_breaks_the_page(html in markup(), page in 8_usize..100, wrap_code: bool, ascii: bool, marks: bool) {
        let document = Document::read(&text(&html));
        let options = LayoutOptions { wrap_code, ascii, marks };
        let layout = document.lay_out(page, &options);
        check(&layout, page)?;
        prop_assert!(!wrap_code || layout.lines.iter().all(|line| !line.wide));
        prop_assert!(is_harmless(&document.markdown()) && is_harmless(&document.plain_text()));
    }

    #[test]
    fn no_text_breaks_the_page(source in "(\\PC|\n){0,400}", page in 8_usize..60, html: bool) {
        let markup = if html { Markup::Html } else { Markup::Plain };
        let document = Document::read(&Text { markup, source, base: None, enclosures: Vec::new() });
        check(&document.lay_out(page, &LayoutOptions::default()), page)?;
        prop_assert!(is_harmless(&document.markdown()));
    }

    #[test]
    fn code_is_what_was_written(code in "[a-z<>&\"' \t\n红🚀{}#;/]{0,200}", tokens: bool) {
        prop_assume!(!code.trim().is_empty());
        let escaped = code.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
        let body = if tokens {
            let words: Vec<&str> = escaped.split_inclusive(' ').collect();
            format!("<span class=\"nf\">{}</span>", words.join("</span><span class=\"nf\">"))
        } else {
            escaped
        };
        let html = format!("<div class=\"highlight\"><pre class=\"highlight x\"><code>{body}\n</code></pre></div>");
        let layout = layout(&html, 40);
        prop_assert_eq!(&layout.code[0].text, &code);
        let lines = &layout.lines[layout.code[0].lines.clone()];
        let shown: Vec<String> = lines.iter().filter(|line| line.spans.iter().all(|span| span.role != TextRole::Frame))
            .map(super::written).collect();
        prop_assert_eq!(shown.join("\n"), code.replace('\t', "    "));
    }

    #[test]
    fn every_word_of_prose_is_shown(words in prop::collection::vec("[a-z红]{1,14}", 1..60), page in 8_usize..60) {
        let html = format!("<blockquote><p>{}</p></blockquote>", words.join(" "));
        let layout = layout(&html, page);
        let shown: String = layout.lines.iter().flat_map(|line| &line.spans)
            .filter(|span| span.role != TextRole::Frame).map(|span| span.text.replace(' ', "")).collect();
        prop_assert_eq!(shown, words.concat());
    }
}
