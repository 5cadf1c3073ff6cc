//! How fast feeds are fetched and read, what hostile ones cost, and how the reader fares with 10,000 articles.
//!
//! `cargo bench --bench feeds`. Goals: 100 feeds on 100 addresses of loopback that answer after 200 ms within 2 s; a
//! gzip of 408 KB that inflates to 400 MB told within 0.5 s and with at most 32 MB more memory; a million nested tags
//! within 300 ms; with 10,000 articles a first frame within 50 ms, a search within 16 ms of the key, and at most 30 MB
//! resident.

mod library;
mod measure;
mod screen;

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use axum::Router;
use axum::http::header::CONTENT_ENCODING;
use flate2::Compression;
use flate2::write::GzEncoder;
use iacstone::articles::{ArticleFilter, SearchQuery};
use iacstone::feeds::{AddError, FeedError, FeedSource, Fetcher, RefreshOutcome, add, refresh};
use iacstone::store::Store;
use measure::{Goal, binary, heading, median, milliseconds, report};
use screen::Screen;

const FEEDS: u8 = 100;
const DELAY: Duration = Duration::from_millis(200);
const INFLATED: usize = 400 << 20;
const MILLION: usize = 1_000_000;
const TRIES: usize = 5;
const KEYS: usize = 15;
/// As many hits as the interface lists.
const LISTED: usize = 200;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    heading("100 feeds, each on an address of its own");
    hundred_feeds().await?;
    heading("A gzip that inflates to 400 MB");
    bomb().await?;
    let folder = tempfile::tempdir()?;
    heading("A feed that means harm, from a file into the store");
    for (what, text) in harms() {
        let (ms, _) = reading(folder.path(), &text).await?;
        report(what, ms, "ms", Goal::AtMost(300.0));
    }
    heading("A feed of 1,000 articles of 10 KB");
    let (ms, articles) = reading(folder.path(), &library::feed(0)).await?;
    assert_eq!(articles, library::ARTICLES);
    report("from the file into the store", ms, "ms", Goal::None);
    heading("10,000 articles");
    let data = folder.path().join("data");
    fill(&data).await?;
    queries(&data).await?;
    program(folder.path(), &data)
}

async fn serve(router: Router, host: &str) -> Result<u16, Box<dyn Error>> {
    let listener = tokio::net::TcpListener::bind((host, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(port)
}

async fn hundred_feeds() -> Result<(), Box<dyn Error>> {
    let router = Router::new().fallback(|| async {
        tokio::time::sleep(DELAY).await;
        library::small_feed()
    });
    let port = serve(router, "0.0.0.0").await?;
    let mut times = Vec::new();
    for _ in 0..TRIES {
        let store = Store::in_memory()?;
        for number in 1..=FEEDS {
            let source = format!("http://127.0.1.{number}:{port}/feed");
            let (feed, _) = store.feeds().follow(&source, None).await?;
            store.feeds().allow_near(feed).await?;
        }
        let start = Instant::now();
        let fetcher = Fetcher::new()?;
        let feeds = store.feeds().subscriptions().await?;
        let mut saved = 0;
        refresh(&store, &fetcher, feeds, |one| {
            saved += u8::from(matches!(one.outcome, RefreshOutcome::Saved(_)));
        })
        .await?;
        times.push(start.elapsed().as_secs_f64());
        assert_eq!(saved, FEEDS);
    }
    let seconds = median(times);
    report(
        "fetched, read and stored, median",
        seconds,
        "s",
        Goal::AtMost(2.0),
    );
    Ok(())
}

fn inflating() -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let blanks = vec![b' '; 1 << 20];
    for _ in 0..INFLATED >> 20 {
        encoder.write_all(&blanks)?;
    }
    encoder.finish()
}

async fn bomb() -> Result<(), Box<dyn Error>> {
    let body = inflating()?;
    report(
        "sent by the server",
        body.len() as f64 / 1e3,
        "kB",
        Goal::None,
    );
    let router = Router::new().fallback(move || {
        let body = body.clone();
        async move { ([(CONTENT_ENCODING, "gzip")], body) }
    });
    let port = serve(router, "127.0.0.1").await?;
    let store = Store::in_memory()?;
    let fetcher = Fetcher::new()?;
    let source = FeedSource::named(&format!("http://127.0.0.1:{port}/"))?;
    let before = resident_mb("VmRSS:");
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let start = Instant::now();
    let outcome = add(&store, &fetcher, &source, None).await;
    let ms = milliseconds(start.elapsed());
    assert!(matches!(
        outcome,
        Err(AddError::Feed(_, FeedError::TooLarge(_)))
    ));
    report("told as too large", ms, "ms", Goal::AtMost(500.0));
    let more = (resident_mb("VmHWM:") - before).max(0.0);
    report("more memory at most", more, "MB", Goal::AtMost(32.0));
    Ok(())
}

/// Memory of this process in MB (10^6 bytes); 0 where the system does not tell.
fn resident_mb(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kb = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kb.unwrap_or_default() * 1024.0 / 1e6
}

/// Feeds of a million of something; an article may have 2 MiB, so markup inside of one is as much as fits.
fn harms() -> Vec<(&'static str, String)> {
    let around = |inside: String| {
        format!("<rss><channel><item><title>x</title>{inside}</item></channel></rss>")
    };
    let inside = |markup: &str| {
        let markup = markup.repeat((2 << 20) / markup.len() - 100);
        around(format!("<description><![CDATA[{markup}]]></description>"))
    };
    vec![
        (
            "1,000,000 nested elements, none closed",
            around("<a>".repeat(MILLION)),
        ),
        (
            "1,000,000 nested elements, all closed",
            around("<a>".repeat(MILLION) + &"</a>".repeat(MILLION)),
        ),
        ("1,000,000 ends of nothing", around("</b>".repeat(MILLION))),
        (
            "1,000,000 attributes of one element",
            around(format!("<a {}/>", "b='' ".repeat(MILLION))),
        ),
        (
            "1,000,000 articles",
            "<rss><channel>".to_owned() + &"<item/>".repeat(MILLION),
        ),
        ("an article of nested <b>", inside("<b>")),
        ("an article of nested lists", inside("<ul><li>")),
        ("an article of nested tables", inside("<table><tr><td>")),
        ("an article of one line", inside("word ")),
        ("an article of ampersands", around("&".repeat(MILLION))),
    ]
}

/// Milliseconds for a feed to be read from a file into a store, and how many articles it had.
async fn reading(folder: &Path, text: &str) -> Result<(f64, usize), Box<dyn Error>> {
    let path = folder.join("feed.xml");
    std::fs::write(&path, text)?;
    let source = FeedSource::named(&path.display().to_string())?;
    let (mut times, mut articles) = (Vec::new(), 0);
    for _ in 0..TRIES {
        let store = Store::in_memory()?;
        let start = Instant::now();
        articles = add(&store, &Fetcher::offline(), &source, None)
            .await?
            .feed
            .articles;
        times.push(milliseconds(start.elapsed()));
    }
    Ok((median(times), articles))
}

async fn fill(data: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(data)?;
    let start = Instant::now();
    for number in 0..10 {
        let path = data.join(format!("feed-{number}.xml"));
        std::fs::write(&path, library::feed(number))?;
        let source = FeedSource::named(&path.display().to_string())?;
        add(&store, &Fetcher::offline(), &source, None).await?;
    }
    let seconds = start.elapsed().as_secs_f64();
    report("reading and storing them", seconds, "s", Goal::None);
    Ok(store.close().await?)
}

async fn queries(data: &Path) -> Result<(), Box<dyn Error>> {
    let store = Store::open(data)?;
    let page = ArticleFilter {
        limit: Some(100),
        ..ArticleFilter::default()
    };
    let mut times = Vec::new();
    for _ in 0..KEYS {
        let start = Instant::now();
        assert_eq!(store.articles().list(&page).await?.len(), 100);
        times.push(milliseconds(start.elapsed()));
    }
    report(
        "the first 100 of them, median",
        median(times),
        "ms",
        Goal::None,
    );
    for (what, query) in library::QUERIES {
        let query = SearchQuery::parse(query)?;
        let mut times = Vec::new();
        for _ in 0..KEYS {
            let start = Instant::now();
            assert!(
                !store.articles().search(&query, LISTED).await?.is_empty(),
                "{what}"
            );
            times.push(milliseconds(start.elapsed()));
        }
        let what = format!("searching {what}, median");
        report(&what, median(times), "ms", Goal::AtMost(16.0));
    }
    Ok(store.close().await?)
}

/// The program over these articles.
fn program(home: &Path, data: &Path) -> Result<(), Box<dyn Error>> {
    let data = data.display().to_string();
    let arguments = ["--data-dir", data.as_str()];
    let (mut frames, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..KEYS {
        let mut screen = Screen::spawn(&binary(), &arguments, home)?;
        screen.wait_until_settled()?;
        frames.push(milliseconds(screen.first_frame()));
        memory.push(screen.resident_mb());
    }
    report(
        "spawn to first frame, median",
        median(frames),
        "ms",
        Goal::AtMost(50.0),
    );
    report(
        "resident memory after start, median",
        median(memory),
        "MB",
        Goal::AtMost(30.0),
    );
    Ok(())
}
