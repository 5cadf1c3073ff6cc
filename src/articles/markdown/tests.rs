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
