//! Feeds of made-up articles, the same each time: words of a vocabulary, common ones more often than rare ones.

use std::fmt::Write as _;

/// Articles of one feed.
pub(crate) const ARTICLES: usize = 1000;
/// Words of one article: about 10 KB.
const WORDS: usize = 1400;
/// Words there are.
const VOCABULARY: u64 = 20_000;

/// Queries for words of these articles, from those of nearly every article to those of few.
pub(crate) const QUERIES: [(&str, &str); 5] = [
    ("a word of every article", "title:article"),
    ("a word of many articles", "w1"),
    ("a word of few articles", "w19999"),
    ("the beginning of many words", "w1 w"),
    ("two words of many articles", "w2 w3"),
];

/// The feed with this number.
pub(crate) fn feed(number: usize) -> String {
    let mut text = format!("<rss version='2.0'><channel><title>Feed {number}</title>");
    let mut random = Random(number as u64 + 1);
    for article in 0..ARTICLES {
        let (day, month, year) = (article % 28 + 1, article / 28 % 12, 2015 + number);
        let month = MONTHS.get(month).copied().unwrap_or("Jan");
        write!(
            text,
            "<item><title>Article {article} of feed {number}</title><guid>{number}-{article}</guid>\
             <link>https://example.org/{number}/{article}</link><category>aws</category>\
             <pubDate>{day:02} {month} {year} 10:00:00 GMT</pubDate><description>"
        )
        .ok();
        paragraphs(&mut random, &mut text);
        text.push_str("</description></item>");
    }
    text.push_str("</channel></rss>");
    text
}

/// A feed of one article.
pub(crate) fn small_feed() -> &'static str {
    "<rss version='2.0'><channel><title>Small</title><item><title>One</title><guid>1</guid>\
     <description>&lt;p&gt;Words&lt;/p&gt;</description></item></channel></rss>"
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

fn paragraphs(random: &mut Random, text: &mut String) {
    for word in 0..WORDS {
        if word % 100 == 0 {
            text.push_str("&lt;p&gt;");
        }
        // The square makes small numbers common.
        let word = random.below(VOCABULARY) * random.below(VOCABULARY) / VOCABULARY;
        write!(text, "w{word} ").ok();
    }
}

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}
