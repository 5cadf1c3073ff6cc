//! Feeds and articles on the command line.

use serde_json::Value;

use super::{Desk, Done};

const FEED: &str = "<rss version='2.0'><channel><title>DEV Community: Jane</title>
    <item><title>Cold starts</title><guid>1</guid><link>https://example.org/1</link><category>lambda</category>
    <pubDate>Thu, 14 Nov 2024 09:59:15 +0000</pubDate><description>&lt;p&gt;What a measurement misses&lt;/p&gt;</description></item>
    <item><title>Tracing topics</title><guid>2</guid><pubDate>Thu, 16 May 2019 09:59:15 +0000</pubDate></item>
    </channel></rss>";

impl Desk {
    fn titles(&self, line: &[&str]) -> Vec<String> {
        let listed = self.run(line).json();
        let title = |entry: &Value| entry["title"].as_str().unwrap().to_owned();
        listed.as_array().unwrap().iter().map(title).collect()
    }
}

fn reader() -> Desk {
    let desk = Desk::new();
    desk.file("jane.txt", FEED);
    desk.run(&["feeds", "add", "jane.txt", "--offline"])
        .ends(0, "Following 'Jane'");
    desk
}

#[test]
fn the_first_feeds_are_there_and_stay_removed() {
    let desk = Desk::new();
    let urls = |done: &Done| {
        let listed = done.json();
        let url = |feed: &Value| feed["url"].as_str().unwrap().to_owned();
        listed
            .as_array()
            .unwrap()
            .iter()
            .map(url)
            .collect::<Vec<_>>()
    };
    let first = urls(&desk.run(&["feeds", "list", "--json"]));
    assert_eq!(first.len(), 4);
    assert!(first.contains(&"https://dev.to/feed/alexcasalboni".to_owned()));
    desk.run(&["feeds", "remove", "alexcasalboni"])
        .ends(0, "Removed");
    assert_eq!(urls(&desk.run(&["feeds", "list", "--json"])).len(), 3);
    desk.run(&["feeds", "remove", "forem.com"])
        .ends(1, "can be any of these feeds");
    desk.run(&["feeds", "remove", "nobody"])
        .ends(1, "there is no feed 'nobody'");
}

#[test]
fn offline_nothing_is_asked_and_that_is_said_and_the_demo_has_a_server_of_its_own() {
    let desk = Desk::new();
    desk.run(&["feeds", "refresh", "--offline"])
        .ends(0, "4 feeds were not asked, for iacstone is offline");
    desk.run(&["feeds", "refresh", "--demo"])
        .ends(0, "4 articles new");
    let added = desk.run(&["feeds", "add", "https://example.org/feed", "--offline"]);
    added.ends(0, "it was not fetched, for iacstone is offline");
    let listed = desk.run(&["feeds", "list", "--json"]).json();
    assert!(
        listed
            .as_array()
            .unwrap()
            .iter()
            .all(|feed| feed["error"].is_null() && feed["last_fetch"].is_null())
    );
}

#[test]
fn a_file_is_followed_whatever_its_name_says() {
    let desk = reader();
    let listed = desk.run(&["articles", "list", "--json"]).json();
    let first = &listed[0];
    assert_eq!(first["title"], "Cold starts");
    assert_eq!(
        first["feed"],
        desk.home()
            .join("jane.txt")
            .canonicalize()
            .unwrap()
            .to_str()
            .unwrap()
    );
    assert_eq!(
        (first["published"].as_str(), &first["tags"]),
        (Some("2024-11-14T09:59:15Z"), &serde_json::json!(["lambda"]))
    );
    for key in ["id", "author", "link", "read", "starred", "also"] {
        assert!(first.get(key).is_some(), "{key}");
    }
    let refreshed = desk.run(&["feeds", "refresh", "jane", "--json"]).json();
    assert_eq!(
        (&refreshed[0]["outcome"], &refreshed[0]["new"]),
        (&"fetched".into(), &0.into())
    );
}

#[test]
fn articles_are_listed_by_what_they_have_in_common() {
    let desk = reader();
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--tag", "LAMBDA"]),
        ["Cold starts"]
    );
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--before", "2020"]),
        ["Tracing topics"]
    );
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--limit", "1", "--skip", "1"]),
        ["Tracing topics"]
    );
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--feed", "jane"])
            .len(),
        2
    );
    let table = desk.run(&["articles", "list"]).stdout;
    assert!(
        table.contains("2024-11-14  unread") && table.contains("Cold starts"),
        "{table}"
    );
    desk.run(&["articles", "list", "--since", "soon"])
        .ends(2, "give a date such as 2024");
    desk.run(&["articles", "list", "--feed", "nobody"])
        .ends(1, "there is no feed 'nobody'");
}

#[test]
fn a_search_gives_the_place_of_the_hit() {
    let desk = reader();
    let found = desk
        .run(&["articles", "search", "measurement", "tag:lambda", "--json"])
        .json();
    assert_eq!(found.as_array().unwrap().len(), 1);
    assert!(
        found[0]["snippet"]
            .as_str()
            .unwrap()
            .contains("measurement misses")
    );
    desk.run(&["articles", "search", "is:blue"])
        .ends(2, "use is:unread");
    desk.run(&["articles", "search", "absent"])
        .ends(0, "Nothing was found");
}

#[test]
fn marks_are_put_and_taken_back() {
    let desk = reader();
    let id = desk.run(&["articles", "list", "--json"]).json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let changed = desk.run(&["articles", "mark", &id[..6], "--star", "--json"]);
    assert_eq!(changed.json()["changed"], serde_json::json!([id]));
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--starred"]),
        ["Cold starts"]
    );
    desk.run(&["articles", "mark", "https://example.org/1", "--read"])
        .ends(0, "1 article is read now");
    assert_eq!(
        desk.titles(&["articles", "list", "--json", "--unread"]),
        ["Tracing topics"]
    );
    desk.run(&["articles", "mark", "--all", "--read"])
        .ends(0, "1 article is read now");
    desk.run(&["articles", "mark", "--above", &id, "--not-read"])
        .ends(0, "1 article is not read now");
    desk.run(&["articles", "mark", "ffff", "--read"])
        .ends(1, "there is no article 'ffff'");
    desk.run(&["articles", "mark", &id]).ends(2, "--read");
    desk.run(&["articles", "mark", "--read"])
        .ends(2, "required");
}

#[test]
fn what_cannot_be_followed_says_why_and_is_not_followed() {
    let desk = Desk::new();
    desk.file("page.html", "<!doctype html><title>x</title>");
    desk.file("empty.xml", "");
    for (source, words) in [
        ("missing.xml", "'missing.xml' cannot be read"),
        ("dev.to/feed/x", "write 'https://dev.to/feed/x'"),
        ("ftp://example.org/", "begins with https://"),
        ("page.html", "this is a web page and no feed"),
        ("empty.xml", "an empty document"),
    ] {
        desk.run(&["feeds", "add", source]).ends(1, words);
    }
    assert_eq!(
        desk.run(&["feeds", "list", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        4
    );
    desk.file("good.xml", FEED);
    desk.run(&["feeds", "add", "empty.xml", "good.xml"])
        .ends(3, "an empty document");
}

#[test]
fn a_page_is_as_wide_as_asked_for_and_nothing_of_it_is_lost() {
    let desk = Desk::new();
    let title = "A title of many words that goes on and on";
    desk.file(
        "a.xml",
        &format!(
            "<rss><channel><item><title>{title}</title><link>https://example.org/a-long-address</link><author>Jane Doe and others</author><category>one</category><category>two</category></item></channel></rss>"
        ),
    );
    desk.run(&["feeds", "add", "a.xml"]).ends(0, "1 article");
    let id = desk.run(&["articles", "list", "--json"]).json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let page = desk.run(&["articles", "show", &id, "--width", "12"]).stdout;
    let is_address = |line: &&str| *line == "https://example.org/a-long-address";
    assert_eq!(page.lines().filter(is_address).count(), 1, "{page}");
    let mut prose = page.lines().filter(|line| !is_address(line));
    assert!(prose.all(|line| line.chars().count() <= 12), "{page}");
    let words: Vec<&str> = page.split_whitespace().collect();
    assert!(words.join(" ").starts_with(title), "{page}");
    assert!(page.contains("others") && page.contains("two"), "{page}");
}

#[test]
fn an_audit_of_nothing_says_so() {
    let audit = Desk::new().run(&["articles", "audit", "alexcasalboni"]);
    audit.ends(1, "there is no feed");
    let desk = Desk::new();
    desk.run(&["feeds", "list"]).ends(0, "");
    desk.run(&["articles", "audit", "alexcasalboni"])
        .ends(0, "'alexcasalboni' has no articles yet");
}

#[test]
fn a_long_list_is_told_in_short() {
    let desk = Desk::new();
    let near: String = (0..50)
        .map(|n| format!("<outline xmlUrl='http://10.0.0.{n}/'/>"))
        .collect::<Vec<_>>()
        .concat();
    let list = format!("<opml>{near}<outline xmlUrl='https://a.example/'/></opml>");
    let done = desk.feed(&["feeds", "import", "-"], &list);
    done.ends(3, "50 feeds were passed over");
    done.ends(3, "10.0.0.1, ");
    done.ends(3, " and 30 more; ");
    assert_eq!(done.stderr.matches("passed over").count(), 1);
}

#[test]
fn lists_of_feeds_come_and_go_without_what_is_near() {
    let desk = Desk::new();
    desk.file("in.opml", "<opml version='2.0'><body><outline text='A &amp; B' xmlUrl='https://a.example/feed'/>
        <outline xmlUrl='http://127.0.0.1:8080/'/><outline xmlUrl='http://localhost/'/><outline xmlUrl='/etc/passwd'/>
        <outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='http://169.254.169.254/'/></body></opml>");
    desk.run(&["feeds", "import", "in.opml"])
        .ends(3, "1 feed is new");
    let exported = desk.run(&["feeds", "export"]);
    assert!(
        exported
            .stdout
            .contains("title=\"A &amp; B\" xmlUrl=\"https://a.example/feed\""),
        "{exported:?}"
    );
    let other = Desk::new();
    other
        .feed(&["feeds", "import", "-"], &exported.stdout)
        .ends(0, "1 feed is new, 4 followed already");
    desk.run(&["feeds", "export", "out.opml"])
        .ends(0, "5 feeds were written");
    desk.run(&["feeds", "export", "out.opml"])
        .ends(1, "out.opml");
    desk.file("no.opml", "<rss/>");
    desk.run(&["feeds", "import", "no.opml"])
        .ends(1, "it has no element 'opml'");
    desk.file(
        "cut.opml",
        "<opml version='2.0'><body><outline xmlUrl='https://c.example/'/><outline",
    );
    desk.run(&["feeds", "import", "cut.opml"])
        .ends(1, "the list ends in the middle");
}

#[test]
fn nothing_a_feed_says_reaches_the_terminal_as_a_command() {
    let desk = Desk::new();
    desk.file("evil.xml", "<rss><channel><title>\u{1b}]0;owned\u{7}T</title><item><title>&#x1b;[2Jx\u{202e}y \u{9b}31m</title></item></channel></rss>");
    let added = desk.run(&["feeds", "add", "evil.xml"]);
    let listed = desk.run(&["articles", "list"]);
    let feeds = desk.run(&["feeds", "list"]);
    for text in [added.stderr, listed.stdout, feeds.stdout] {
        assert!(
            !text
                .chars()
                .any(|c| c != '\n' && (c.is_control() || c == '\u{202e}')),
            "{text:?}"
        );
    }
}
