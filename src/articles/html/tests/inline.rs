//! Running text: looks, entities, formulas, white space.

use super::{layout, show};
use crate::articles::TextRole;

/// The pieces of the first line, with their looks.
fn pieces(html: &str) -> Vec<(String, TextRole)> {
    let line = layout(html, 80).lines.swap_remove(0);
    line.spans
        .into_iter()
        .map(|span| (span.text, span.role))
        .collect()
}

#[test]
fn looks_are_kept() {
    let html = "<p>a <b>strong</b> <em>word</em>, <code>code</code>, <s>gone</s>, <kbd>Ctrl</kbd>+<kbd>C</kbd></p>";
    let expected = [
        ("a ", TextRole::Body),
        ("strong ", TextRole::Strong),
        ("word", TextRole::Emphasis),
        (", ", TextRole::Body),
        ("code", TextRole::Literal),
        (", ", TextRole::Body),
        ("gone", TextRole::Deleted),
        (", ", TextRole::Body),
        ("[Ctrl]", TextRole::Keyboard),
        ("+", TextRole::Body),
        ("[C]", TextRole::Keyboard),
    ];
    let pieces = pieces(html);
    let texts: Vec<&str> = pieces.iter().map(|(text, _)| text.trim()).collect();
    let wanted: Vec<&str> = expected.iter().map(|(text, _)| text.trim()).collect();
    let of = |role: TextRole| pieces.iter().filter(|(_, it)| *it == role).count();
    assert!(texts.concat() == wanted.concat(), "{pieces:?}");
    for role in [
        TextRole::Strong,
        TextRole::Emphasis,
        TextRole::Literal,
        TextRole::Deleted,
    ] {
        assert_eq!(of(role), 1, "{role:?}: {pieces:?}");
    }
    assert_eq!(of(TextRole::Keyboard), 2);
}

#[test]
fn a_key_that_is_a_bracket_stands_without_brackets() {
    let html = "<p>press <kbd>[</kbd> or <kbd>]</kbd>, then <kbd>x</kbd></p>";
    let pieces = pieces(html);
    let text: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(text, "press [ or ], then [x]");
    let keys = pieces
        .iter()
        .filter(|(_, role)| *role == TextRole::Keyboard);
    let keys: Vec<&str> = keys.map(|(text, _)| text.as_str()).collect();
    assert_eq!(keys, ["[", "]", "[x]"]);
}

#[test]
fn entities_are_decoded_once() {
    assert_eq!(
        show("<p>&lt;b&gt; &amp;lt; &copy; &#x1F680; a&nbsp;b</p>"),
        "<b> &lt; © 🚀 a b"
    );
}

#[test]
fn white_space_is_one_space_and_breaks_are_kept() {
    assert_eq!(
        show("<p>\n one\n\t two<br>\n three </p><p>&nbsp;</p>\n<p></p>four"),
        "one two\nthree\n\nfour"
    );
}

#[test]
fn raised_and_lowered_numbers_say_so() {
    assert_eq!(
        show("<p>10<sup>-6</sup> H<sub>2</sub>O 1<sup>st</sup></p>"),
        "10^-6 H_2O 1st"
    );
}

#[test]
fn formulas_are_shown_once() {
    let whole = "<p>See <span class=katex><span class=katex-mathml><math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow>\
                 <annotation encoding='application/x-tex'>E = mc^2</annotation></semantics></math></span>\
                 <span class=katex-html aria-hidden=true><span>E</span><span>=mc2</span></span></span> here.</p>";
    assert_eq!(show(whole), "See E = mc^2 here.");
    let stripped = "<div class=katex-element><span class=katex-display><span class=katex><span class=katex-mathml>E=mc2E = mc^2</span>\
                    <span class=katex-html>E\u{200b}=mc2</span></span></span></div><p>after</p>";
    assert_eq!(show(stripped), "E = mc^2\n\nafter");
    assert_eq!(
        show("<p><math><mi>x</mi></math> and <span class=katex>y<p>next</p>"),
        "x and y\n\nnext"
    );
}

#[test]
fn wide_characters_wrap_where_they_may() {
    let line = "红".repeat(19);
    let shown = show(&format!("<p>{line}楼。梦</p>"));
    let expected = format!("{}\n红楼。梦", "红".repeat(18));
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines.iter().all(|line| !line.starts_with('。')), "{shown}");
    assert!(lines[0].chars().count() <= 20);
    assert_eq!(
        shown.replace('\n', "").chars().count(),
        expected.replace('\n', "").chars().count()
    );
}

#[test]
fn ruby_is_put_in_brackets() {
    assert_eq!(
        show("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>"),
        "漢字(かんじ)"
    );
}

#[test]
fn marks_stand_for_looks_where_there_are_none() {
    use crate::articles::{Document, LayoutOptions};
    let options = LayoutOptions {
        marks: true,
        ascii: true,
        ..LayoutOptions::default()
    };
    let html = "<ul><li><code>a</code> <del>b</del> <a href=https://x.example><img src=https://y.example/z.png></a></li></ul>";
    let layout = Document::read(&super::text(html)).lay_out(70, &options);
    assert_eq!(
        super::written(&layout.lines[0]),
        "  * `a` ~~b~~ [image: z.png] -> x.example"
    );
}
