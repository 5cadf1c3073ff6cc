//! `--json` of every command: nothing in it controls a terminal or hides, and it is read back as it was.

use super::{Desk, Site};

/// What a terminal obeys, what reorders, what is not drawn.
const HIDDEN: &str =
    "a\u{9b}2Jb\u{7f}c\u{202e}d\u{2066}e\u{200b}f\u{feff}g\u{ad}h\u{200d}i\u{e0041}j\u{2028}k";

fn is_hidden(character: char) -> bool {
    (character.is_control() && character != '\n')
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[test]
fn no_json_hides_anything() {
    let (desk, site) = (Desk::new(), Site::fast());
    let now_ms = site.account.now_ms();
    for stream in ["a", "b"] {
        site.account
            .put_event("/test/hidden", stream, now_ms - 5_000, now_ms, HIDDEN);
    }
    let item = format!(
        "<item><title>page {HIDDEN}</title><link>https://x.example/p</link><description>{HIDDEN} &lt;a href='/q'&gt;{HIDDEN}&lt;/a&gt;</description></item>"
    );
    let feed = format!("<rss version='2.0'><channel><title>{HIDDEN}</title>{item}</channel></rss>");
    desk.file("feed.xml", &feed);
    desk.run(&["feeds", "add", "feed.xml"]).ends(0, "");
    let listed = desk.run(&["articles", "list", "--json"]).json();
    let id = listed[0]["id"].as_str().unwrap();
    let commands: [&[&str]; 18] = [
        &["tail", "/test/hidden", "--no-follow"],
        &["groups"],
        &["functions"],
        &["stats", "no-op"],
        &["doctor"],
        &["tune", "no-op", "--num", "5", "--powers", "128,256"],
        &["runs", "list"],
        &["chart", "no-op"],
        &["config", "show"],
        &["config", "path"],
        &["feeds", "add", "feed.xml"],
        &["feeds", "list"],
        &["feeds", "refresh"],
        &["articles", "list"],
        &["articles", "search", "page"],
        &["articles", "show", id],
        &["articles", "links", id],
        &["articles", "mark", id, "--star"],
    ];
    for command in commands {
        let done = site.run(&desk, &[command, &["--json"]].concat());
        assert!(!done.stdout.trim().is_empty(), "{command:?}: {done:?}");
        let raw: Vec<char> = done.stdout.chars().filter(|it| is_hidden(*it)).collect();
        assert!(raw.is_empty(), "{command:?}: {raw:?} in {done:?}");
        for line in done.stdout.lines().filter(|_| command[0] == "tail") {
            let event: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(event["message"], HIDDEN);
        }
    }
}
