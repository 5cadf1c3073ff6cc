//! Tests of writing Markdown.

use crate::articles::{Document, Markup, Text};

fn markdown(html: &str) -> String {
    let text = Text {
        markup: Markup::Html,
        source: html.to_owned(),
        base: Some("https://blog.example/post".to_owned()),
        enclosures: Vec::new(),
    };
    Document::read(&text).markdown()
}

#[test]
fn running_text_keeps_its_looks_and_links() {
    let html = "<p>A <b>bold </b>word, <em>leaning</em>, <code>a`b</code>, <del>gone</del>, <kbd>Esc</kbd> and \
                <a href='/x(1)'>a <b>link</b></a><br>next *line*</p>";
    assert_eq!(
        markdown(html),
        "A **bold** word, *leaning*, ``a`b``, ~~gone~~, <kbd>Esc</kbd> and [a link](https://blog.example/x%281%29)\\\nnext \\*line\\*\n"
    );
}

#[test]
fn blocks_keep_their_structure() {
    let html = "<h2>Title</h2><ul><li>one<ul><li>deep</li></ul></li><li>[x] two</li></ul><ol start=3><li><p>a</p><p>b</p></li></ol>\
                <blockquote><p>said</p><p>done</p></blockquote><hr><pre class='highlight rust'><code>fn a() {\n\t``` }\n</code></pre>";
    insta::assert_snapshot!(markdown(html), @r"
    ## Title

    - one
      - deep
    - [x] two

    3. a

       b

    > said
    >
    > done

    ---

    ````rust
    fn a() {
    	``` }
    ````
    ");
}

#[test]
fn pictures_and_embeds_are_links() {
    let html = "<p><img src=/a.png alt='A [b]'></p><iframe src='https://www.youtube.com/embed/x'></iframe>\
                <p><a href='/there'><img src=/b.png alt=b></a></p>";
    insta::assert_snapshot!(markdown(html), @r"
    ![A \[b\]](https://blog.example/a.png)

    [video](https://www.youtube.com/watch?v=x)

    ![b](https://blog.example/b.png) [→ blog.example](https://blog.example/there)
    ");
}

#[test]
fn tables_have_heads() {
    let html = "<table><tr><th>a<th>b</tr><tr><td>1 | 2<td>x<br>y</tr></table><table><tr><td>only<td>cells</tr></table>";
    insta::assert_snapshot!(markdown(html), @r"
    | a | b |
    | --- | --- |
    | 1 \| 2 | x<br>y |

    |  |  |
    | --- | --- |
    | only | cells |
    ");
}

#[test]
fn text_is_not_taken_for_signs() {
    assert_eq!(markdown("<p># not a heading</p>"), "\\# not a heading\n");
    assert_eq!(markdown("<p>1. not an item</p>"), "1\\. not an item\n");
    assert_eq!(markdown("<p>&lt;b&gt; &amp;amp;</p>"), "\\<b> &amp;amp;\n");
}

#[test]
fn code_keeps_the_blanks_at_the_ends_of_its_lines() {
    let html = "<ul><li><pre>a  \n\n  b\t</pre></li></ul>";
    assert_eq!(markdown(html), "- ```\n  a  \n\n    b\t\n  ```\n");
}

#[test]
fn neighbouring_lists_stay_two() {
    assert_eq!(
        markdown("<ul><li>a</ul><ul><li>b</ul><p>p</p><ul><li>c</ul>"),
        "- a\n\n* b\n\np\n\n- c\n"
    );
    assert_eq!(
        markdown("<ol><li>a<li>b<li value=7>c<li>d</ol><ol><li>e</ol><ol start=-2><li>f</ol>"),
        "1. a\n2. b\n7) c\n8) d\n\n1. e\n\n- -2\\. f\n"
    );
}

#[test]
fn a_definition_stands_as_an_item_under_its_term() {
    let html = "<dl><dt>cold start<dd>a new environment<dt>warm start<dd>one that is there</dl>";
    insta::assert_snapshot!(markdown(html), @r"
    **cold start**

    - a new environment

    **warm start**

    - one that is there
    ");
}

#[test]
fn notes_lead_there_and_back() {
    let html = "<p>So it is<sup id=fnref1><a href='#fn1'>1</a></sup>.</p><h2 id=notes>Notes</h2><ol><li id=fn1><p>Here. \
                <a href='https://blog.example/post#fnref1'>back</a></li></ol><p><a href='#nowhere'>no</a>";
    insta::assert_snapshot!(markdown(html), @r#"
    So it is<a id="fnref1"></a>[\^1](#fn1).

    ## Notes

    1. <a id="fn1"></a>Here. [back](#fnref1)

    [no](https://blog.example/post#nowhere)
    "#);
}

/// What a browser would get of a text in Markdown.
fn rendered(markdown: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let dialect =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, dialect));
    out
}

#[test]
fn saved_markdown_is_the_same_document_again() {
    for html in [
        "<p>a<b>(b)</b>c <em>d</em><b>e</b> <b>“f”</b>g <b>h</b><em>i</em> x<code>` y</code> <s>k</s>!<a href=/x>l</a> m&amp;lt;n</p>",
        "<p>one<br># two<br>- three<br>4. four<br>5)<br>+ six<br>&gt; seven<br>= eight</p><h2>C#</h2><h3>F #</h3>",
        "<ul><li>a<ul><li>b<li>c</ul><li>[x] d<li><p>e</p><p>f</p></ul><ul><li>g</ul><ol><li>h</ol><ol start=4><li>i</ol>",
        "<blockquote><p>q</p><ul><li>r</ul><pre>s  \n\nt ```</pre></blockquote><blockquote>u</blockquote><hr>",
        "<table><tr><th>a|b<th>c</tr><tr><td><code>d|e</code><td>f<br>g</tr></table><ul><li><hr><li><ul><li>deep</ul></ul>",
        "<p>x<a id=up></a><a href='#down'>1</a></p><p id=down>y <a href='#up'>back</a> <kbd>Esc</kbd> <img src=/z.png alt='p [q]'>",
        "<dl><dt>term<dd>meaning</dl><p>snake_case_name *star* ~tilde~ [x] `tick` \\ back&nbsp;</p>",
    ] {
        let written = markdown(html);
        let again = markdown(&rendered(&written));
        assert_eq!(again, written, "of {html}\nrendered {}", rendered(&written));
    }
}
