//! Videos, tweets, gists, cards, and what they leave behind in feeds.

use super::{layout, show, text};
use crate::articles::{LinkKind, TextRole};

#[test]
fn frames_have_their_address() {
    let html = "<p>before<iframe src='https://www.youtube.com/embed/abc'>\n</iframe>after</p>\
                <iframe src='https://player.vimeo.com/video/1'></iframe><iframe src='https://pen.example/1'></iframe>\
                <video controls><source src=/film.mp4>Your browser cannot.</video>";
    insta::assert_snapshot!(show(html), @r"
    before

    [video:
    https://www.youtube.com/watch?v=abc]

    after

    [video: https://vimeo.com/1]

    [embed: https://pen.example/1]

    [video: https://blog.example/film.mp4]
    ");
}

#[test]
fn a_document_in_an_attribute_is_part_of_the_article() {
    let html = "<p><b>before<iframe srcdoc=\"&lt;ul&gt;&lt;li&gt;one &lt;a href='/x'&gt;two&lt;/a&gt;\" src=https://other.example>no</iframe></b></p><p>after";
    assert_eq!(show(html), "before\n\n• one two\n\nno\n\nafter");
    assert_eq!(layout(html, 40).links[0].url, "https://blog.example/x");
    let mut nested = "<p>deep</p>".to_owned();
    for _ in 0..40 {
        let quoted = nested
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('"', "&quot;");
        nested = format!("<iframe srcdoc=\"{quoted}\"></iframe>");
        if nested.len() > 1 << 20 {
            break;
        }
    }
    assert_eq!(show(&nested), "", "only so many documents are read");
}

#[test]
fn the_script_of_a_tweet_does_not_leak() {
    let html = "<p><iframe class=\"tweet-embed\" id=\"tweet-12-3\" src=\"https://platform.twitter.com/embed/Tweet.html?id=12\">\n</iframe>\n\n\
                // Detect dark theme\n  var iframe = document.getElementById('tweet-12-3');\n  if (document.body.className.includes('dark-theme')) {\n\
                iframe.src = \"https://platform.twitter.com/embed/Tweet.html?id=12&amp;theme=dark\"\n  }\n\n</p><p>Then this.</p>";
    assert_eq!(
        show(html),
        "[tweet: https://twitter.com/i/status/12]\n\nThen this."
    );
    assert_eq!(layout(html, 40).links[0].kind, LinkKind::Tweet);
}

#[test]
fn gists_have_a_place_even_when_the_feed_lost_them() {
    let html = "<p>so:</p><div class=\"ltag_gist-liquid-tag\">\n  \n</div><p>or</p><script src=https://gist.github.com/me/1.js></script>";
    assert_eq!(
        show(html),
        "so:\n\n[gist]\n\nor\n\n[gist: https://gist.github.com/me/1]"
    );
    let links = layout(html, 40).links;
    assert_eq!(
        links[0].url, "https://blog.example/post",
        "only the article's page shows it"
    );
    assert!(links.iter().all(|link| link.kind == LinkKind::Gist));
}

#[test]
fn a_readme_is_a_card_with_an_outline_of_its_own() {
    let html = "<h2>Code</h2><div class=\"ltag-github-readme-tag\"><div class=readme-overview><h2>\n\
                <img src=https://x.example/logo.svg alt=\"GitHub logo\"> <a href=https://github.com/me>me</a> / <a href=https://github.com/me/it>it</a></h2>\
                <h3>What it is</h3></div><div class=ltag-github-body><div id=readme><h1>It</h1><ul><li>fast</li></ul></div></div></div><p>after</p>";
    insta::assert_snapshot!(show(html), @r"
    Code
    ────

    ┃ GitHub: me / it
    ┃
    ┃ What it is
    ┃
    ┃ It
    ┃
    ┃ • fast

    after
    ");
    assert_eq!(layout(html, 40).headings.len(), 1);
}

#[test]
fn scripts_styles_and_hidden_parts_are_not_shown() {
    let html = "<style>p > a {}</style><script>if (a < b) { '<p>no</p>' }</script><p hidden>no</p><p style='display: none'>no</p>\
                <svg><title>no</title></svg><template><p>no</p></template><textarea>no <b></textarea><p>yes</p>";
    assert_eq!(show(html), "yes");
}

#[test]
fn placeholders_are_what_the_program_adds() {
    let layout = layout("<img src=/a.png alt=alt>", 40);
    let roles: Vec<TextRole> = layout.lines[0].spans.iter().map(|span| span.role).collect();
    assert_eq!(roles, [TextRole::Frame, TextRole::Link, TextRole::Frame]);
}

#[test]
fn sounds_and_films_that_only_have_a_number_are_shown() {
    let html =
        "<audio controls><source src=/talk.mp3></audio><lite-youtube videoid='a1b'></lite-youtube>";
    assert_eq!(
        show(html),
        "[audio: https://blog.example/talk.mp3]\n\n[video:\nhttps://www.youtube.com/watch?v=a1b]"
    );
    assert!(crate::articles::Audit::of(&text(html)).is_whole());
}

#[test]
fn a_picture_with_a_set_of_sizes_leads_to_the_first() {
    let links = layout("<img srcset='/s.png 1x, /l.png 2x' alt=A>", 40).links;
    assert_eq!(links[0].url, "https://blog.example/s.png");
}
