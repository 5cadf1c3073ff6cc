//! The reader with 10,000 articles in the store: the `dist` binary with `--demo --data-dir DIR` in a terminal of its own.
//!
//! `cargo bench --bench reader`; `IACSTONE_BINARY=PATH` measures another build. Goals: first frame within 50 ms of the
//! spawn; an article of 112 KB, from the key to the last byte, within 8 ms; a search, from the key to the frame, within
//! 16 ms, and so is every key while reading; at most 30 MB resident. What an article costs without terminal and store,
//! `--bench articles` tells.

mod long;
mod measure;
mod screen;

use std::error::Error;
use std::path::Path;
use std::time::Duration;

use iacstone::articles::{
    ArticleId, Delivered, Delivery, Document, FeedHealth, Markup, Text, Validators,
};
use iacstone::store::Store;
use jiff::{SignedDuration, Timestamp};
use measure::{Goal, heading, median, milliseconds, report};
use screen::Screen;

const FEEDS: usize = 20;
const ARTICLES: usize = 500;
const TRIES: usize = 15;
const KEYS: usize = 60;

/// The end of a synchronized update: a frame is complete.
const FRAME: &[u8] = b"\x1b[?2026l";
/// The title of the longest article, which is the newest, and how its text begins. In capitals, for only what changes on
/// the screen is written: a letter that stood there before would be missing in the middle.
const LONGEST: &str = "LONGESTOFALL";
const OPENING: &str = "BEGINNINGOFTHELONGEST";
/// The title of the only article of these with a word that begins so.
const RARE: &str = "ZEBRASTRIPES";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("data");
    fill(&folder).await?;
    heading("10,000 articles of 20 feeds and one of 112 KB, 120x40");
    // The first start brings the notes into the store, and warms the page cache.
    drop(listing(home.path(), &folder)?);
    starts(home.path(), &folder)?;
    let mut screen = listing(home.path(), &folder)?;
    report(
        "resident memory with the list on screen",
        screen.resident_mb(),
        "MB",
        Goal::AtMost(30.0),
    );
    openings(&mut screen)?;
    reading(&mut screen)?;
    searches(&mut screen)?;
    report(
        "resident memory after all of this",
        screen.resident_mb(),
        "MB",
        Goal::None,
    );
    Ok(())
}

/// Spawn to first frame, and from the key of the pane to the first page of the list.
fn starts(home: &Path, folder: &Path) -> Result<(), Box<dyn Error>> {
    let (mut frames, mut lists) = (Vec::new(), Vec::new());
    for _ in 0..TRIES {
        let mut screen = start(home, folder)?;
        frames.push(milliseconds(screen.first_frame()));
        lists.push(milliseconds(screen.answer(b"1", LONGEST.as_bytes())?));
    }
    report(
        "spawn to first complete frame, median",
        median(frames),
        "ms",
        Goal::AtMost(50.0),
    );
    report(
        "key of the pane to the list, median",
        median(lists),
        "ms",
        Goal::AtMost(50.0),
    );
    Ok(())
}

/// Opens the longest article again and again.
fn openings(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    for _ in 0..TRIES {
        let opened = screen.answer(b"\r", OPENING.as_bytes())?;
        times.push(milliseconds(opened));
        screen.wait_until_settled()?;
        screen.answer(b"\x1b", LONGEST.as_bytes())?;
        screen.wait_until_settled()?;
    }
    report(
        "opening the article of 112 KB, median",
        median(times),
        "ms",
        Goal::AtMost(8.0),
    );
    Ok(())
}

/// Keys in the longest article, there and back in turn: by the line, from heading to heading and from code to code.
fn reading(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    screen.answer(b"\r", OPENING.as_bytes())?;
    screen.wait_until_settled()?;
    for (what, there, back) in [
        ("a line", b"j", b"k"),
        ("a heading", b"]", b"["),
        ("a code block", b"}", b"{"),
    ] {
        let mut times = Vec::new();
        for key in [there, back].into_iter().cycle().take(KEYS) {
            times.push(milliseconds(screen.answer(key, FRAME)?));
            screen.listen(Duration::from_millis(20));
        }
        let what = format!("{what}, key to frame, median");
        report(&what, median(times), "ms", Goal::AtMost(16.0));
    }
    screen.answer(b"\x1b", LONGEST.as_bytes())?;
    screen.wait_until_settled()
}

/// A search that finds next to nothing, and one that finds everything, by the letters from which on a beginning counts
/// in a large store.
fn searches(screen: &mut Screen) -> Result<(), Box<dyn Error>> {
    for (what, letters, answer) in [
        ("a search that finds one article", b"zeb", RARE.as_bytes()),
        ("a search that finds 10,000", b"que", b"200"),
    ] {
        let mut times = Vec::new();
        for _ in 0..TRIES {
            screen.answer(b"/", FRAME)?;
            screen.wait_until_settled()?;
            times.push(milliseconds(screen.answer(letters, answer)?));
            screen.wait_until_settled()?;
            screen.answer(b"\x1b", LONGEST.as_bytes())?;
            screen.wait_until_settled()?;
        }
        let what = format!("{what}, key to frame, median");
        report(&what, median(times), "ms", Goal::AtMost(16.0));
    }
    Ok(())
}

/// A program that has drawn everything it has to draw at its start.
fn start(home: &Path, folder: &Path) -> Result<Screen, Box<dyn Error>> {
    let folder = folder.display().to_string();
    let arguments = ["--data-dir", folder.as_str()];
    let mut screen = Screen::spawn(&measure::binary(), &arguments, home)?;
    screen.wait_until_settled()?;
    Ok(screen)
}

/// A program with the list of articles on screen.
fn listing(home: &Path, folder: &Path) -> Result<Screen, Box<dyn Error>> {
    let mut screen = start(home, folder)?;
    screen.answer(b"1", LONGEST.as_bytes())?;
    screen.wait_until_settled()?;
    Ok(screen)
}

/// Fills a store.
async fn fill(folder: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(folder)?;
    let newest: Timestamp = "2026-11-20T08:00:00Z".parse()?;
    for number in 0..FEEDS {
        let source = format!("https://feeds.example/{number}");
        let (feed, _) = store.feeds().follow(&source, None).await?;
        let from = number * ARTICLES + 1;
        let mut articles: Vec<Delivered> = (from..from + ARTICLES)
            .map(|number| ordinary(number, newest))
            .collect();
        if number == 0 {
            articles.push(longest(newest));
        }
        let delivery = Delivery {
            health: FeedHealth::default(),
            validators: Validators::default(),
            address: None,
            title: Some(format!("Feed {number}")),
            articles,
        };
        store.feeds().save_fetch(feed, delivery).await?;
    }
    Ok(store.close().await?)
}

/// An article of two pages.
fn ordinary(number: usize, newest: Timestamp) -> Delivered {
    let title = if number == 5000 {
        RARE.to_owned()
    } else {
        format!("Queues and what waits in them, part {number}")
    };
    let words = format!(
        "<p>Message {number} waits in a queue until somebody takes it, or until it is too old to be of use to anybody.</p>"
    );
    let html = format!(
        "<h2>What waits</h2>{}<pre class=\"highlight shell\"><code>receive --count {number}</code></pre>{}",
        words.repeat(12),
        words.repeat(12)
    );
    let age = SignedDuration::from_hours(i64::try_from(number).unwrap_or_default());
    delivered(number, title, html, newest - age)
}

fn longest(newest: Timestamp) -> Delivered {
    let html = format!("<p>{OPENING}</p>{}", long::article());
    delivered(0, LONGEST.to_owned(), html, newest)
}

fn delivered(number: usize, title: String, html: String, published: Timestamp) -> Delivered {
    let link = format!("https://feeds.example/articles/{number}");
    let text = Text {
        markup: Markup::Html,
        source: html,
        base: Some(link.clone()),
        enclosures: Vec::new(),
    };
    Delivered {
        id: ArticleId(format!("{number:016x}")),
        title,
        author: Some("Ada".to_owned()),
        published: Some(published),
        first_seen: None,
        link: Some(link),
        tags: vec!["aws".to_owned()],
        plain: Document::read(&text).plain_text(),
        text,
        fingerprint: number.to_string(),
        essence: None,
    }
}
