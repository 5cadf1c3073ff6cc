//! Headings, lists, quotations, code.

use super::{layout, show, text};
use crate::articles::{Document, LayoutOptions, TextRole};

#[test]
fn headings_show_their_level_and_make_the_outline() {
    let html = "<h1>One</h1><p>text</p><h2>\n  \n Two &amp; a <code>half</code>\n</h2><h3>Three</h3><h6>Six</h6>";
    insta::assert_snapshot!(show(html), @r"
    One
    ═══

    text

    Two & a half
    ────────────

    ### Three

    ###### Six
    ");
    let outline: Vec<(u8, String, usize)> = layout(html, 40)
        .headings
        .into_iter()
        .map(|heading| (heading.level, heading.text, heading.lines.start))
        .collect();
    let expected = [
        (1, "One", 0),
        (2, "Two & a half", 5),
        (3, "Three", 8),
        (6, "Six", 10),
    ];
    assert_eq!(
        outline,
        expected.map(|(level, text, line)| (level, text.to_owned(), line))
    );
}

#[test]
fn lists_nest_and_hang() {
    let html = "<p>before</p><ul><li>one that is long enough to be wrapped into a second line</li><li>two\
                <ul><li>deep<ol><li>deeper</li></ol></li></ul></li></ul><p>after</p>";
    insta::assert_snapshot!(show(html), @r"
    before

    • one that is long enough to be wrapped
      into a second line
    • two
      ◦ deep
        1. deeper

    after
    ");
}

#[test]
fn numbered_lists_start_restart_and_align() {
    let html = "<ol start=9><li>nine</li><li>ten</li></ol><p>between</p><ol><li>one</li><li value=5>five</li><li>six</li></ol>\
                <ol reversed start=2><li>two<li>one</ol>";
    insta::assert_snapshot!(show(html), @r"
     9. nine
    10. ten

    between

    1. one
    5. five
    6. six

    2. two
    1. one
    ");
}

#[test]
fn a_list_behind_the_text_after_a_stray_item_keeps_its_numbers() {
    let html = "<li>stray</li>text<ol start=4><li>four</li></ol>";
    insta::assert_snapshot!(show(html), @r"
    • stray

    text

    4. four
    ");
}

#[test]
fn loose_lists_have_room_between_items() {
    let html = "<ul><li><p>one</p></li><li><p>two</p><p>and more</p></li></ul>";
    insta::assert_snapshot!(show(html), @r"
    • one

    • two

      and more
    ");
}

#[test]
fn tasks_have_boxes_for_bullets() {
    let html = "<ul><li>[x] done <code>now</code></li><li>[ ] open</li><li>plain</li></ul>\
                <ul><li class='task-list-item'><input type='checkbox' checked> boxed</li></ul>";
    insta::assert_snapshot!(show(html), @r"
    [x] done now
    [ ] open
    •   plain

    [x] boxed
    ");
}

#[test]
fn quotations_have_bars_through_everything_in_them() {
    let html = "<blockquote><p>first<br>second</p><ul><li>item</li></ul><blockquote>inner</blockquote></blockquote><p>out</p>\
                <blockquote>alone</blockquote><blockquote>again</blockquote>";
    insta::assert_snapshot!(show(html), @r"
    │ first
    │ second
    │
    │ • item
    │
    │ │ inner

    out

    │ alone

    │ again
    ");
}

#[test]
fn details_and_definitions_are_set_in() {
    let html = "<details><summary>More</summary><p>inside</p></details><dl><dt>term<dd>meaning<dt>other<dd>sense</dl>";
    insta::assert_snapshot!(show(html), @r"
    ▾ More

      inside

    term
      meaning

    other
      sense
    ");
}

#[test]
fn code_is_exact_and_says_its_language() {
    let html = "<div class=\"highlight js-code-highlight\">\n<pre class=\"highlight python\"><code><span class=\"k\">if</span> <span class=\"n\">a</span><span class=\"p\">:</span>\n\
                \n    <span class=\"c1\"># &amp;lt; twice  \n</span>    b()\n</code></pre>\n\n</div>";
    let layout = layout(html, 40);
    assert_eq!(layout.code[0].text, "if a:\n\n    # &lt; twice  \n    b()");
    assert_eq!(layout.code[0].language.as_deref(), Some("python"));
    assert_eq!(layout.code[0].lines, 0..6);
    let roles: Vec<(&str, TextRole)> = layout.lines[1]
        .spans
        .iter()
        .map(|span| (span.text.as_str(), span.role))
        .collect();
    let expected = [
        ("if", TextRole::CodeKeyword),
        (" a", TextRole::Code),
        (":", TextRole::CodeOperator),
    ];
    assert_eq!(roles, expected);
    insta::assert_snapshot!(show(html), @r"
    ── python ──────────────────────────────
    if a:

        # &lt; twice  
        b()
    ────────────────────────────────────────
    ");
}

#[test]
fn languages_are_found_where_highlighters_name_them() {
    let cases = [
        (
            "<pre><code class='language-rust'>x</code></pre>",
            Some("rust"),
        ),
        ("<pre lang=go>x</pre>", Some("go")),
        (
            "<div class='highlight highlight-source-shell'><pre>x</pre></div>",
            Some("shell"),
        ),
        ("<pre class='highlight plaintext'>x</pre>", None),
        ("<pre>x</pre>", None),
        ("<pre class='language-<b>'>x</pre>", None),
    ];
    for (html, expected) in cases {
        assert_eq!(
            layout(html, 40).code[0].language.as_deref(),
            expected,
            "{html}"
        );
    }
}

#[test]
fn lines_that_are_too_wide_scroll_or_are_wrapped_with_a_mark() {
    let code = format!("let a = \"{}\";\n  b", "x".repeat(483));
    let html = format!("<ul><li>see<pre>{code}\n</pre></li></ul>");
    let scrolled = layout(&html, 40);
    assert!(
        scrolled.lines[3].wide && scrolled.lines[4].wide,
        "the whole block scrolls"
    );
    assert!(!scrolled.lines[0].wide && !scrolled.lines[2].wide);
    assert_eq!(scrolled.code[0].text, code);
    let options = LayoutOptions {
        wrap_code: true,
        ..LayoutOptions::default()
    };
    let wrapped = Document::read(&text(&html)).lay_out(40, &options);
    assert!(wrapped.lines.iter().all(|line| !line.wide));
    assert_eq!(wrapped.code[0].text, code, "copying gives the line in one");
    assert_eq!(wrapped.lines[4].spans[1].text, "↪ ");
    let joined: String = wrapped.lines[3..]
        .iter()
        .flat_map(|line| &line.spans)
        .filter(|span| span.role != TextRole::Frame)
        .map(|span| span.text.as_str())
        .collect();
    assert_eq!(joined, code.replace('\n', ""));
}

#[test]
fn trees_and_wide_characters_stay_straight() {
    let tree = "src\n├── main.rs\n│   └── 红楼梦.rs\n└── 🚀";
    let layout = layout(&format!("<pre>{tree}</pre>"), 40);
    assert_eq!(layout.code[0].text, tree);
    let shown: Vec<String> = layout.lines[1..5].iter().map(super::written).collect();
    assert_eq!(shown.join("\n"), tree);
}

#[test]
fn a_rule_parts_subjects() {
    insta::assert_snapshot!(show("<p>one</p><hr><p>two</p>"), @r"
    one

                     * * *

    two
    ");
}

#[test]
fn the_numbers_of_lines_are_no_code() {
    for html in [
        "<div class=chroma><table class=lntable><tr><td class=lntd><pre><code><span class=lnt>1\n</span><span class='lnt'>2\n</span></code></pre></td><td class=lntd><pre><code>a()\n  b()\n</code></pre></td></tr></table></div>",
        "<pre><code><span class=line><span class=ln>1</span><span class=cl>a()\n</span></span><span class=line><span class=ln>2</span><span class=cl>  b()\n</span></span></code></pre>",
        "<pre><code><table class=rouge-table><tr><td class='gutter gl'><pre class=lineno>1\n2\n</pre></td><td class=code><pre>a()\n  b()\n</pre></td></tr></table></code></pre>",
        "<table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre><span class=normal>1</span>\n2</pre></div></td><td class=code><div><pre>a()\n  b()\n</pre></div></td></tr></table>",
        "<pre><span class=linenos>1</span>a()\n<span class=linenos><a href=#x>2</a></span>  b()\n</pre>",
    ] {
        let code: Vec<String> = layout(html, 40)
            .code
            .into_iter()
            .map(|it| it.text)
            .filter(|it| !it.is_empty())
            .collect();
        assert_eq!(code, ["a()\n  b()"], "{html}");
        let audit = crate::articles::Audit::of(&text(html));
        assert_eq!(audit.code_lines.found, 2, "{html}");
        assert!(audit.is_whole(), "{html}");
    }
}

#[test]
fn lines_of_code_that_are_empty_elements_are_blank_lines() {
    let html = "<pre><code><div class=line>a()</div><div class=line></div><div class=line>  b()</div></code></pre>";
    assert_eq!(layout(html, 40).code[0].text, "a()\n\n  b()");
}
