//! `iacstone articles show|links|audit` on a store with an article in it.

use iacstone::articles::{ArticleId, Delivered, Delivery, FeedHealth, Markup, Text, Validators};
use iacstone::store::Store;
use serde_json::json;

use super::{Desk, Done};

const ID: &str = "0123456789abcdef";

/// A little of everything.
const ARTICLE: &str = "<h2>Why <code>power</code> matters</h2>\
    <p>See <a href=\"/first\">the first part</a>\u{1b}]0;owned\u{7}.</p>\
    <p><a href=\"https://lambda-power-tuning.show/#gAAAAQ==;AACAPwAAAEA=;AACAPwAAAEA=\"><img src=\"/chart.png\" alt=\"Chart\"></a></p>\
    <pre class=\"highlight python\"><code><span class=\"k\">if</span> a &lt; b:\n    c()\n</code></pre>\
    <iframe src=\"https://www.youtube.com/embed/abc\"></iframe>\
    <table><tr><th>Memory<th>Time<tr><td>128 MB<td>✅ 90</table>";

/// A desk whose store holds one article with this text.
fn desk(source: &str) -> Desk {
    desk_of("A blog", delivered(source))
}

/// A desk whose store holds this article of a feed with this title.
fn desk_of(feed_title: &str, article: Delivered) -> Desk {
    let desk = Desk::new();
    let threads = tokio::runtime::Runtime::new().unwrap();
    threads.block_on(async {
        let store = Store::open(&desk.home().join("data")).unwrap();
        let (feed, _) = store
            .feeds()
            .follow("https://blog.example/feed", None)
            .await
            .unwrap();
        let delivery = Delivery {
            health: FeedHealth::default(),
            validators: Validators::default(),
            address: None,
            title: Some(feed_title.to_owned()),
            articles: vec![article],
        };
        store.feeds().save_fetch(feed, delivery).await.unwrap();
        store.close().await.unwrap();
    });
    desk
}

fn delivered(source: &str) -> Delivered {
    Delivered {
        id: ArticleId(ID.to_owned()),
        title: "Power & price".to_owned(),
        author: Some("Jane Doe".to_owned()),
        first_seen: None,
        published: Some("2024-05-06T07:08:09Z".parse().unwrap()),
        link: Some("https://blog.example/post".to_owned()),
        tags: vec!["lambda".to_owned()],
        text: Text {
            markup: Markup::Html,
            source: source.to_owned(),
            base: Some("https://blog.example/post".to_owned()),
            enclosures: Vec::new(),
        },
        plain: String::new(),
        fingerprint: "1".to_owned(),
        essence: None,
    }
}

fn run(desk: &Desk, line: &[&str]) -> Done {
    let data = desk.home().join("data");
    let everywhere = ["--data-dir", data.to_str().unwrap()];
    desk.run(&[&everywhere, line].concat())
}

#[test]
fn show_prints_the_article_as_the_reader_shows_it() {
    let done = run(&desk(ARTICLE), &["articles", "show", ID, "--width", "44"]);
    let expected = "\
Power & price
═════════════
Jane Doe · 2024-05-06 · lambda
https://blog.example/post

Why `power` matters
───────────────────

See the first part.

[image: Chart] → power tuning chart

── python ──────────────────────────────────
if a < b:
    c()
────────────────────────────────────────────

[video: https://www.youtube.com/watch?v=abc]

Memory │ Time
───────┼──────
128 MB │ ✅ 90
";
    assert_eq!(done.stdout, expected);
    assert_eq!(done.code, Some(0));
}

#[test]
fn show_takes_the_beginning_of_an_id_and_draws_in_ascii() {
    let done = run(
        &desk(ARTICLE),
        &["articles", "show", "0123", "--width", "44", "--ascii"],
    );
    assert!(done.stdout.contains("\n-- python --------"), "{done:?}");
    assert!(
        done.stdout.contains("[image: Chart] -> power tuning chart"),
        "{done:?}"
    );
    assert!(
        done.stdout.contains("\nMemory | Time\n-------+------\n"),
        "{done:?}"
    );
}

#[test]
fn show_prints_markdown_and_json() {
    let desk = desk(ARTICLE);
    let done = run(&desk, &["articles", "show", ID, "--format", "markdown"]);
    assert!(done.stdout.starts_with("# Power & price\n\nJane Doe · 2024-05-06 · lambda\\\n<https://blog.example/post>\n\n## Why `power` matters\n"), "{done:?}");
    assert!(
        done.stdout
            .contains("\n```python\nif a < b:\n    c()\n```\n"),
        "{done:?}"
    );
    let json = run(&desk, &["articles", "show", ID, "--format", "json"]).json();
    assert_eq!(
        json["headings"],
        json!([{"text": "Why power matters", "lines": [0, 2], "level": 2}])
    );
    assert_eq!(json["code"][0]["text"], "if a < b:\n    c()");
    assert_eq!(
        json["lines"][0]["spans"][1],
        json!({"text": "power", "role": "literal"})
    );
}

#[test]
fn links_are_listed_with_their_kinds() {
    let json = run(&desk(ARTICLE), &["articles", "links", ID, "--json"]).json();
    let expected = json!([
        {"text": "the first part", "url": "https://blog.example/first", "kind": "web"},
        {"text": "Chart", "url": "https://lambda-power-tuning.show/#gAAAAQ==;AACAPwAAAEA=;AACAPwAAAEA=", "kind": "power-tuning"},
        {"text": "Chart", "url": "https://blog.example/chart.png", "kind": "image"},
        {"text": "https://www.youtube.com/watch?v=abc", "url": "https://www.youtube.com/watch?v=abc", "kind": "video"},
    ]);
    assert_eq!(json, expected);
}

#[test]
fn audit_counts_what_is_there_and_what_is_shown() {
    let done = run(&desk(ARTICLE), &["articles", "audit", "blog.example"]);
    let expected = "\
what        found  shown
articles        1      1
code lines      2      2
links           2      2
images          1      1
embeds          1      1
enclosures      0      0
tables          1      1
";
    assert_eq!((done.stdout.as_str(), done.code), (expected, Some(0)));
}

#[test]
fn audit_says_what_is_missing() {
    let done = run(
        &desk("<p hidden><a href=/x>x</a></p>"),
        &["articles", "audit", "blog", "--json"],
    );
    done.ends(3, "'Power & price' (0123456789abcdef) is not shown whole");
    assert_eq!(done.json()["links"], json!({"found": 1, "shown": 0}));
}

#[test]
fn an_article_that_is_not_there_is_named() {
    run(&desk(ARTICLE), &["articles", "show", "ffff"]).ends(1, "ffff");
    run(&desk(ARTICLE), &["articles", "audit", "nowhere"]).ends(1, "nowhere");
}

#[test]
fn the_code_of_a_plain_text_is_counted() {
    let desk = Desk::new();
    let text = "This is how it begins:\nimport json\ndef handler(event):\nreturn event\nAnd this is how it ends.\n";
    desk.file("plain.txt", text);
    desk.run(&["feeds", "add", "plain.txt"])
        .ends(0, "1 article");
    let audit = desk.run(&["articles", "audit", "plain", "--json"]);
    audit.ends(0, "");
    assert_eq!(audit.json()["code_lines"], json!({"found": 3, "shown": 3}));
}

#[test]
fn a_title_that_is_not_ours_is_not_told_as_ours() {
    let desk = desk(ARTICLE);
    let listed = run(&desk, &["articles", "list", "--json"]).json();
    assert!(listed[0]["title_by"].is_null());
    let json = run(&desk, &["articles", "show", ID, "--json"]).json();
    assert!(json["title_by"].is_null());
}

#[test]
fn a_title_from_the_bundled_manifest_says_whose_it_is() {
    let article = Delivered {
        title: "Tracing SNS topics with X-Ray".to_owned(),
        ..delivered(ARTICLE)
    };
    let desk = desk_of("Web articles", article);
    for line in [&["articles", "list"][..], &["articles", "search", "x-ray"]] {
        let listed = run(&desk, &[line, &["--json"]].concat()).json();
        assert_eq!(listed[0]["title_by"], "iacstone", "{line:?}");
    }
    let json = run(&desk, &["articles", "show", ID, "--json"]).json();
    assert_eq!(json["title_by"], "iacstone");
    let page = run(&desk, &["articles", "show", ID]).stdout;
    let note = "═\ntitle by iacstone; the document has none\nJane Doe";
    assert!(page.contains(note), "{page}");
}

#[test]
fn articles_are_exported_as_files_and_none_is_overwritten() {
    let desk = Desk::new();
    desk.file(
        "in.xml",
        "<rss version='2.0'><channel><title>F</title><item><title>../One: two</title><guid>1</guid><description>Words &lt;b&gt;x&lt;/b&gt;</description></item></channel></rss>",
    );
    desk.run(&["feeds", "add", "in.xml", "--folder", "a / b"])
        .ends(0, "");
    let listed = desk.run(&["feeds", "list", "--json"]).json();
    let feeds = listed.as_array().unwrap();
    assert!(
        feeds.iter().any(|feed| feed["folder"] == "a/b"),
        "{feeds:?}"
    );
    desk.run(&["articles", "export", "out", "--search", "words"])
        .ends(0, "Wrote 1 article to 'out'");
    let again = desk.run(&["articles", "export", "out", "--feed", "in.xml", "--json"]);
    again.ends(3, "1 were there already");
    let name = again.json()["there_already"][0]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(name.starts_with("one-two-"), "{name}");
    let text = std::fs::read_to_string(desk.home().join("out").join(&name)).unwrap();
    assert!(
        text.starts_with("---\ntitle: \"../One: two\"\nid: "),
        "{text}"
    );
    assert!(
        text.ends_with("---\n\n# ../One: two\n\nWords **x**\n"),
        "{text}"
    );
}

#[test]
fn the_page_of_an_article_is_shown_on_request() {
    let desk = Desk::new();
    let demo = |line: &[&str]| desk.run(&[&["--demo", "--data-dir", "demo"], line].concat());
    demo(&["feeds", "add", "https://demo.iacstone.example/numbers.json"]).ends(0, "2 articles");
    let article = "https://demo.iacstone.example/numbers/1769";
    demo(&["articles", "full-text", article]).ends(
        0,
        "is that of https://demo.iacstone.example/numbers/1769 now",
    );
    let shown = demo(&["articles", "show", article]).stdout;
    assert!(
        shown.contains("the text of its page") && shown.contains("iacstone tune thumbnail"),
        "{shown}"
    );
    let undone = demo(&["articles", "full-text", article, "--undo", "--json"]).json();
    assert_eq!(undone["full_text"], json!(false));
    demo(&["articles", "full-text", article, "--undo"]).ends(0, "that of its feed already");
    demo(&[
        "articles",
        "full-text",
        "https://demo.iacstone.example/numbers/5",
    ])
    .ends(1, "the server answers 404");
}
